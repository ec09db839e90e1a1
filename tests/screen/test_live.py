"""The live view on a pseudo terminal: what is seen, what it costs, and how it leaves."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import termios
import threading
import time
from collections.abc import Iterator
from itertools import count

import pytest

from tests.screen.test_folding import LISTENING, SECRET, TIMED, Told, heard
from tests.screen.tty import PATIENCE, Tty
from voice_guide.screen.live import LiveScreen
from voice_guide.screen.terminal import can_show
from voice_guide.session.effects import Tell

LEFT = "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
SILENCE = -60.0


@pytest.fixture
def tty() -> Iterator[Tty]:
    """A terminal of 80 by 24."""
    with Tty() as terminal:
        yield terminal


def tell(screen: LiveScreen, told: list[Told]) -> None:
    """Let it know."""
    for at, name, fields in told:
        screen(at, Tell(name=name, fields=fields))


def test_what_is_told_is_seen_and_the_terminal_gets_back_what_it_showed(tty: Tty) -> None:
    """On another screen, without a cursor; both are restored."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        tty.until("Listening. Take your time.")
        assert tty.rows[1].split() == ["Eye", "Level", "about", "12", "minutes", "left"]
        assert tty.rows[-1] == "  ? keys   Enter: type an answer"
    assert tty.until(LEFT, raw=True).startswith("\x18\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h")


def test_silence_draws_nothing(tty: Tty) -> None:
    """A quarter of an hour of a quiet room: not one drawing, so no processor either."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        tty.until("Listening.")
        before = screen.drawn
        for _ in range(28_000):
            screen.level(SILENCE)
        screen(9.0, Tell(name="pause"))
        screen(9.0, Tell(name="landing"))
        tell(screen, [(10.0, "failed", {"what": "The end of the silence.", "hint": ""})])
        tty.until("The end of the silence.")
        assert screen.drawn == before + 1


def test_the_level_is_seen_while_somebody_is_listened_to(tty: Tty) -> None:
    """In steps; while the guide speaks it costs nothing."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        screen.level(-30.0)
        tty.until("Microphone ███··")
        tell(screen, [(9.0, "prompt", {"text": "No hurry.", "to": "Ana"})])
        tty.until("The guide speaks.")
        assert "Microphone" not in "\n".join(tty.rows)


def test_the_clock_runs_by_itself(tty: Tty) -> None:
    """Whole seconds, without anything being told."""
    now = [0.0]
    with LiveScreen(tty.stream, captions=False, clock=lambda: now[0]) as screen:
        tell(screen, TIMED)
        tty.until("2:00 left")
        now[0] = 30.0
        screen.captions = True  # something wakes it: the clock of this test does not
        tty.until("1:30 left")


def test_a_second_of_the_clock_wakes_it(tty: Tty) -> None:
    """The real clock, one second long."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, TIMED)
        tty.until_so(lambda: seconds_left(tty) > 0, "the time left")
        first = seconds_left(tty)
        tty.until_so(lambda: 0 < seconds_left(tty) < first, "less time left")


def seconds_left(tty: Tty) -> int:
    """Of the turn, as it stands on the screen; 0 if it does not."""
    found = re.search(r"(\d+):(\d\d) left", "\n".join(tty.rows))
    return int(found[1]) * 60 + int(found[2]) if found else 0


def test_nothing_is_lost_when_the_size_changes(tty: Tty) -> None:
    """The terminal may have forgotten everything: all is drawn again, in the new size."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, TIMED)
        tty.until("Listening.")
        for width, height in ((200, 60), (40, 12), (120, 40), (80, 24)):
            tty.resize(width, height)
            os.kill(os.getpid(), signal.SIGWINCH)  # a terminal that is not ours to control sends it to nobody
            tty.until("Listening. The time is")
            assert tty.rows[-1].strip() == "? keys   Enter: type an answer"


def test_captions_come_and_go(tty: Tty) -> None:
    """What was said before is not brought back."""
    with LiveScreen(tty.stream, captions=True) as screen:
        tell(screen, [*LISTENING, heard(SECRET)])
        tty.until(f"Ana: {SECRET}")
        screen.toggle_captions()
        screen.toggle_captions()
        tell(screen, [(9.0, "failed", {"what": "Well.", "hint": ""})])
        tty.until("Well.")
        assert SECRET not in "\n".join(tty.rows)
        assert screen.captions


def test_the_line_that_is_typed(tty: Tty) -> None:
    """With the cursor where it is; what is pasted is not obeyed by the terminal."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        screen.typing_line("a heron\x1b[2J", 3)
        tty.until("> a heron [2J")
        tty.until("\x1b[24;8H\x1b[?25h", raw=True)
        screen.typing_line(None)
        tty.until("? keys")


def test_the_keys(tty: Tty) -> None:
    """Shown, and shown no longer."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        screen.show_keys()
        tty.until("pause, continue")
        screen.show_keys()
        tty.until("what about the sea?")


def test_what_stands_there_when_the_view_is_over(tty: Tty) -> None:
    """How it ended and what failed; never what partners said."""
    with LiveScreen(tty.stream, captions=True) as screen:
        tell(
            screen,
            [*LISTENING, heard(SECRET), (9.0, "failed", {"what": "The disk is full.", "hint": "make room"})],
        )
        tell(screen, [(9.0, "finished", {"reason": "stopped"})])
    after = tty.until(LEFT, raw=True).split(LEFT)[1]
    assert after == "The evening is over.\r\nThe disk is full. (make room)\r\n"


def test_an_exception_leaves_the_terminal_as_it_was(tty: Tty) -> None:
    """And goes on its way."""

    def fail() -> None:
        with LiveScreen(tty.stream, captions=False):
            raise ValueError("out of the evening")

    with pytest.raises(ValueError, match="out of the evening"):
        fail()
    tty.until(LEFT, raw=True)


def test_a_terminal_that_takes_nothing_keeps_nobody_waiting(tty: Tty) -> None:
    """Its window hangs, and nobody reads it: telling goes on as before, and the view can be left."""
    tty.resize(200, 60)
    fill(tty)
    with LiveScreen(tty.stream, captions=False) as screen:
        ends = time.monotonic() + PATIENCE
        for number in count():  # a tell that waited for the terminal would never return
            tell(screen, [(float(number), "prompt", {"text": f"{number} " * 300, "to": "Ana"})])
            screen._drawing.forget()  # so much is drawn each time
            if screen._terminal.busy:
                break
            assert time.monotonic() < ends, "the terminal took everything"
        tell(screen, TIMED)
        assert screen.view.to == "Ana"
    tty.until(LEFT, raw=True)


def fill(tty: Tty) -> None:
    """Write until the terminal takes nothing more."""
    full = os.open(os.ttyname(tty.slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(full, b"." * 80)
    os.close(full)


def test_a_terminal_that_was_stopped_is_restored(tty: Tty) -> None:
    """Ctrl-S, and then the evening ends: the terminal goes on and is as it was."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        tty.until("Listening.")
        termios.tcflow(tty.slave, termios.TCOOFF)
        tell(screen, TIMED)
    tty.until(LEFT, raw=True)


def test_a_terminal_that_is_closed_ends_nothing(tty: Tty) -> None:
    """The evening goes on without a screen."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, LISTENING)
        tty.until("Listening.")
        tty.hang_up()
        tell(screen, TIMED)
        screen._painter.join(10.0)
        assert not screen._painter.is_alive()
        tell(screen, LISTENING)


def test_outside_the_main_thread_there_are_no_signals(tty: Tty) -> None:
    """A test or another program may run an evening there."""

    def show() -> None:
        with LiveScreen(tty.stream, captions=False) as screen:
            tell(screen, LISTENING)

    thread = threading.Thread(target=show)
    thread.start()
    thread.join()
    tty.until(LEFT, raw=True)


def test_no_escape_sequence_for_a_colour(tty: Tty) -> None:
    """Bold, dim and nothing else: on light, on dark, with NO_COLOR."""
    with LiveScreen(tty.stream, captions=False) as screen:
        tell(screen, TIMED)
        raw = tty.until("Listening.") and tty.raw
    assert set(re.findall(r"\x1b\[([\d;]*)m", raw)) <= {"", "0", "1", "2"}


def test_where_a_live_view_is_possible(tty: Tty, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal that can place a character."""
    monkeypatch.setenv("TERM", "xterm-256color")
    assert can_show(tty.stream)
    assert not can_show(io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not can_show(tty.stream)
