"""A sound system that does not answer is given up, and nobody's Ctrl-C waits for it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from voice_guide.audio import answering
from voice_guide.audio.answering import Attempt, in_time
from voice_guide.errors import DeviceError, ExitCode

WAIT = 5.0


class Server:
    """A sound server that hangs until it is let go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.asked = threading.Event()
        self.abandoned = 0

    def hang(self) -> str:
        """No answer, for as long as anybody would wait."""
        self.asked.set()
        assert self.go_on.wait(WAIT)
        return "late"

    def abandon(self) -> None:
        """PortAudio is left as it is."""
        self.abandoned += 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """It hangs."""
    one = Server()
    monkeypatch.setattr(answering, "abandon", one.abandon)
    yield one
    one.go_on.set()


def test_an_answer_in_time(server: Server) -> None:
    """It is given, from whatever thread, and PortAudio is closed at the end as always."""
    assert in_time(lambda: threading.current_thread().daemon)
    assert server.abandoned == 0


def test_a_refusal_in_time(server: Server) -> None:
    """What the sound system raises reaches whoever asked."""

    def refuse() -> None:
        raise DeviceError("There is no microphone.", "plug one in")

    with pytest.raises(DeviceError, match=r"^There is no microphone\. \(plug one in\)$"):
        in_time(refuse)
    assert server.abandoned == 0


def test_no_answer(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device error with a hint; PortAudio, which would hang at the program's end, is left unclosed."""
    monkeypatch.setattr(answering, "ANSWER", 0.05)
    with pytest.raises(DeviceError) as raised:
        in_time(server.hang)
    assert str(raised.value) == (
        "The sound system does not answer. (look at the system's sound settings, or start the computer anew)"
    )
    assert raised.value.exit_code is ExitCode.DEVICE
    assert server.abandoned == 1


def test_ctrl_c_is_heard(server: Server) -> None:
    """While it hangs, long before it is given up."""
    main = threading.main_thread().ident
    assert main is not None
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it

    def hang() -> str:
        signal.pthread_kill(main, signal.SIGINT)
        return server.hang()

    try:
        with pytest.raises(KeyboardInterrupt):
            in_time(hang)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not server.go_on.is_set()
    assert server.abandoned == 1


@pytest.mark.parametrize("do", [lambda: 7, lambda: 1 // 0])
def test_an_attempt_is_over_once(do: Callable[[], int]) -> None:
    """Before it has begun it is not; afterwards it stays so."""
    one = Attempt(do)
    assert not one.over()
    one.begin()
    assert one.over(WAIT) and one.over()


def test_an_attempt_keeps_nobody(server: Server) -> None:
    """Whoever asks whether it is over is told at once."""
    one = Attempt(server.hang)
    one.begin()
    assert server.asked.wait(WAIT)
    assert not one.over()
    server.go_on.set()
    assert one.over(WAIT)
    assert one.result() == "late"
