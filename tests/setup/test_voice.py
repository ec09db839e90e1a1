"""The guide's voice at setup: in order, cut off at once, and never a reason to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from voice_guide.errors import DeviceError, ModelError, VoiceGuideError
from voice_guide.setup import voice as module
from voice_guide.setup.voice import SetupVoice, in_words
from voice_guide.sound import RATE, Sound


class Loudspeaker:
    """Plays whatever it is given at once, unless it is told to wait."""

    rate = RATE
    volume = 1.0

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.played: list[float] = []
        self.faded = 0
        self.open = False
        self.waits = False
        self.has_played = threading.Event()
        self._ended: Callable[[int], None] = lambda _: None

    def start(self, ended: Callable[[int], None]) -> None:
        """Once."""
        assert not self.open
        self.open = True
        self._ended = ended

    def play(self, id: int, sound: Sound) -> None:
        """Heard at once, or never."""
        assert self.open
        self.played.append(sound.seconds)
        self.has_played.set()
        if not self.waits:
            self._ended(id)

    def fade(self) -> None:
        """Silent."""
        self.faded += 1

    def stop(self) -> None:
        """Once."""
        assert self.open
        self.open = False


@pytest.fixture
def speaker() -> Loudspeaker:
    """The loudspeaker of a test."""
    return Loudspeaker()


def render(text: str) -> list[Sound]:
    """A tenth of a second for each letter."""
    return [Sound(np.zeros(RATE * len(text) // 10, np.float32), RATE)]


@pytest.fixture
def voice(speaker: Loudspeaker) -> Iterator[SetupVoice]:
    """A voice on that loudspeaker."""
    one = SetupVoice(render, lambda: speaker)
    yield one
    one.close()


def test_one_after_the_other(voice: SetupVoice, speaker: Loudspeaker) -> None:
    """What is said is played in order, and `wait` returns when all of it was heard."""
    for text in ("a", "bb", "ccc"):
        voice.say(text)
    voice.wait()
    assert speaker.played == [0.1, 0.2, 0.3]
    assert voice.problem == ""


def test_the_loudspeaker_is_opened_when_needed(voice: SetupVoice, speaker: Loudspeaker) -> None:
    """Not before something is said, and closed at the end."""
    assert not speaker.open
    voice.say("a")
    voice.wait()
    assert speaker.open
    voice.let_go()
    assert not speaker.open


def test_hush(voice: SetupVoice, speaker: Loudspeaker) -> None:
    """Somebody types: it fades, what was queued is never played, and nobody waits for it."""
    speaker.waits = True
    rendering, go_on = threading.Event(), threading.Event()

    def slowly(text: str) -> list[Sound]:
        rendering.set()
        assert go_on.wait(10)
        return render(text)

    voice.say("a")
    assert speaker.has_played.wait(10)
    voice._render = slowly
    voice.say("bb")
    voice.say("ccc")
    assert rendering.wait(10)
    voice.hush()
    go_on.set()
    voice.wait()
    assert speaker.faded == 1
    assert speaker.played == [0.1]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (DeviceError("It is busy.", "close other programs"), "It is busy. Close other programs."),
        (DeviceError("It is gone"), "It is gone."),
    ],
)  # fmt: skip
def test_a_loudspeaker_that_cannot_be_opened(
    error: VoiceGuideError, problem: str, speaker: Loudspeaker
) -> None:
    """A problem in words; and once it can be opened, it is used."""
    errors = [error]

    def open_it() -> Loudspeaker:
        if errors:
            raise errors.pop()
        return speaker

    voice = SetupVoice(render, open_it)
    voice.say("a")
    voice.wait()
    assert voice.problem == problem == in_words(error)
    voice.say("bb")
    voice.wait()
    assert voice.problem == ""
    assert speaker.played == [0.2]
    voice.close()


def test_a_voice_that_cannot_be_loaded(speaker: Loudspeaker) -> None:
    """A damaged model is a problem in words as well."""

    def damaged(text: str) -> list[Sound]:
        raise ModelError(f"The voice for {len(text)} letters is damaged", "run voice-guide models verify")

    voice = SetupVoice(damaged, lambda: speaker)
    voice.say("a")
    voice.wait()
    assert voice.problem == "The voice for 1 letters is damaged. Run voice-guide models verify."
    assert not speaker.open
    voice.close()


@pytest.mark.parametrize("fault", ["render", "start", "play"])
def test_whatever_is_raised_keeps_nobody_waiting(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine's or a driver's own error is a problem of its kind, without its words; the next text is said."""
    one = Loudspeaker()

    def fail(*_: object) -> None:
        raise RuntimeError("Hello, Ana.")

    with monkeypatch.context() as patch:
        patch.setattr(module, "OVERDUE_AFTER", 0.1)  # what was not taken by the driver is never heard
        if fault != "render":
            patch.setattr(one, fault, fail)
        voice = SetupVoice(fail if fault == "render" else render, lambda: one)  # type: ignore[arg-type]
        voice.say("a")
        waiting = threading.Thread(target=voice.wait, daemon=True)
        waiting.start()
        waiting.join(10)
        assert not waiting.is_alive()
        assert voice.problem == "The guide's voice failed (RuntimeError)."
    voice._render = render
    voice.say("bb")
    voice.wait()
    assert one.played == [0.2]
    assert voice.problem == ""
    voice.close()


def test_a_loudspeaker_that_dies(voice: SetupVoice, speaker: Loudspeaker) -> None:
    """What will never be heard is not waited for, and the next text opens the loudspeaker anew."""
    speaker.waits = True
    voice.say("a")
    assert speaker.has_played.wait(10)
    speaker.failure = DeviceError("It is gone.")
    voice.wait()
    assert voice.problem == "The loudspeaker plays nothing."
    speaker.failure, speaker.waits = None, False
    voice.say("bb")
    voice.wait()
    assert speaker.played == [0.1, 0.2]
    assert voice.problem == ""


def test_a_loudspeaker_that_stalls(
    voice: SetupVoice, speaker: Loudspeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes sound and never plays it is given up after its time."""
    monkeypatch.setattr(module, "OVERDUE_AFTER", 0.1)
    speaker.waits = True
    voice.say("a")
    voice.wait()
    assert voice.problem == "The loudspeaker plays nothing."
