"""The keyboard on a pseudo terminal, and whole lines from a pipe."""

from __future__ import annotations

import errno
import os
import queue
import termios
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.screen.test_folding import LISTENING, QUESTION, Told, seen
from tests.screen.tty import PATIENCE, Tty
from voice_guide.screen import keyboard
from voice_guide.screen.keyboard import Keyboard
from voice_guide.screen.keys import COMMANDS, TABLE
from voice_guide.screen.view import View
from voice_guide.session.command import Command

CHOOSING: list[Told] = [*QUESTION, (5.0, "listening", {"who": "Ana", "answer": "choice", "turn": 1})]
ASKING: list[Told] = [*QUESTION, (6.0, "prompt", {"text": "Ana, shall we?", "to": "Ana", "answer": "yes-no"})]


class FakeHands:
    """Remembers what was asked for, in order."""

    def __init__(self) -> None:
        self._done: queue.Queue[object] = queue.Queue()

    def command(self, command: Command) -> None:
        """A command."""
        self._done.put(command)

    def any_key(self) -> None:
        """Another key."""
        self._done.put("any key")

    def typing(self) -> None:
        """A letter."""
        self._done.put("typing")

    def typed(self, text: str) -> None:
        """A line."""
        self._done.put(f"typed: {text}")

    def gone(self) -> None:
        """The end."""
        self._done.put("gone")

    def next(self) -> object:
        """What was done next, `typing` apart."""
        while (done := self._done.get(timeout=PATIENCE)) == "typing":
            pass
        return done

    def next_of_all(self) -> object:
        """What was done next."""
        return self._done.get(timeout=PATIENCE)


class FakeBoard:
    """A screen that remembers."""

    aloud = False

    def __init__(self, view: View | None) -> None:
        self.view = view
        self.by_keys = view is not None
        self.shown: queue.Queue[object] = queue.Queue()
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.jobs: list[tuple[Callable[[], None], Callable[[], None]]] = []

    def show_keys(self) -> None:
        """Asked for."""
        self.shown.put("keys")

    def toggle_captions(self) -> None:
        """Asked for."""
        self.shown.put("captions")

    def typing_line(self, text: str | None, cursor: int | None = None) -> None:
        """The line."""
        if self.view is not None:
            self.view = replace(self.view, typed=text, cursor=cursor or 0)
        self.lines.put(text)

    def beside(self, leave: Callable[[], None], enter: Callable[[], None]) -> None:
        """A job."""
        self.jobs.append((leave, enter))


@pytest.fixture
def tty() -> Iterator[Tty]:
    """A terminal."""
    with Tty() as terminal:
        yield terminal


@pytest.fixture
def hands() -> FakeHands:
    """Nothing was asked for yet."""
    return FakeHands()


@pytest.mark.parametrize(("key", "command"), sorted(COMMANDS.items()))
def test_each_command_has_a_key(key: str, command: Command, tty: Tty, hands: FakeHands) -> None:
    """Small or capital."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
        tty.press(key)
        assert hands.next() is command
        tty.press(key.upper())
        assert hands.next() is command


def test_all_commands_can_be_given_by_a_key_that_is_shown() -> None:
    """Pause and continue share one, and so do off and on the record."""
    shared = {Command.PAUSE, Command.CONTINUE, Command.OFF_RECORD, Command.ON_RECORD}
    assert set(COMMANDS.values()) | shared == set(Command)
    assert {key for key, _ in TABLE} == {*COMMANDS, "space", "o", "c", "?", "Enter", "other"}


@pytest.mark.parametrize(
    ("held", "space", "record"),
    [
        (None, Command.PAUSE, Command.OFF_RECORD),
        ("paused", Command.CONTINUE, Command.OFF_RECORD),
        ("off_record", Command.ON_RECORD, Command.ON_RECORD),
        ("break", Command.CONTINUE, Command.OFF_RECORD),
        ("stopping", Command.CONTINUE, Command.OFF_RECORD),
        ("talking", Command.PAUSE, Command.OFF_RECORD),
    ],
)
def test_space_and_o_mean_what_the_moment_asks_for(
    held: str | None, space: Command, record: Command, tty: Tty, hands: FakeHands
) -> None:
    """Pause, or go on with whatever waits; who talks is not talked over, so there it is pause as well."""
    told = LISTENING if held is None else [*LISTENING, (9.0, held, {"seconds": 30})]
    with Keyboard(hands, FakeBoard(seen(told)), fd=tty.slave):
        tty.press(" ")
        assert hands.next() is space
        tty.press("o")
        assert hands.next() is record


def test_any_other_key_stops_the_voice(tty: Tty, hands: FakeHands) -> None:
    """An arrow, a function key, a letter without a meaning; none of them is a command."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
        for key in ("\x1b[A", "\x1b[15~", "z", "\x1b[M !!", "5", "\x01", "\u00e9", "\x1b"):
            tty.press(key)
            assert hands.next() == "any key"


@pytest.mark.parametrize(("key", "shown"), [("?", "keys"), ("\x04", "keys"), ("c", "captions")])
def test_keys_for_the_screen(key: str, shown: str, tty: Tty, hands: FakeHands) -> None:
    """They stop the voice as well: any key does."""
    board = FakeBoard(seen(LISTENING))
    with Keyboard(hands, board, fd=tty.slave):
        tty.press(key)
        assert hands.next() == "any key"
        assert board.shown.get(timeout=PATIENCE) == shown


def test_an_answer_is_typed(tty: Tty, hands: FakeHands) -> None:
    """Enter, the words, Enter; each key gives the floor to whoever types, and no letter is a command."""
    board = FakeBoard(seen(LISTENING))
    with Keyboard(hands, board, fd=tty.slave):
        tty.press("\r")
        assert hands.next_of_all() == "typing"
        assert board.view is not None
        assert board.view.typed == ""
        tty.press("so ")
        assert [hands.next_of_all() for _ in range(3)] == ["typing"] * 3
        tty.press("caf\u00e9 你\x7f\r")
        assert hands.next() == "typed: so caf\u00e9"
        assert board.view.typed is None
        tty.press("r")
        assert hands.next() is Command.REPEAT


def test_esc_gives_up(tty: Tty, hands: FakeHands) -> None:
    """Nothing is sent, and keys are commands again. An empty line is nothing, too."""
    board = FakeBoard(seen(LISTENING))
    with Keyboard(hands, board, fd=tty.slave):
        tty.press("\rso")
        assert [hands.next_of_all() for _ in range(3)] == ["typing"] * 3
        tty.press("\x1b[D\x1b")
        while board.lines.get(timeout=PATIENCE) is not None:
            pass
        tty.press("x")
        assert hands.next() is Command.STRIKE
        tty.press("\r\rr")
        assert hands.next() is Command.REPEAT


@pytest.mark.parametrize("key", ["1", "y", "N"])
def test_a_number_yes_or_no_begins_an_answer(key: str, tty: Tty, hands: FakeHands) -> None:
    """Where one is awaited."""
    with Keyboard(hands, FakeBoard(seen(CHOOSING)), fd=tty.slave):
        tty.press(key)
        assert hands.next_of_all() == "typing"
        tty.press("\r")
        assert hands.next() == f"typed: {key}"


@pytest.mark.parametrize(
    "told",
    [
        ASKING,
        [*ASKING, (7.0, "guide_silenced", {})],
        [*ASKING, (7.0, "prompt_ended", {})],
        [*CHOOSING, (6.0, "prompt", {"text": "Choose one of these.", "to": "Ana"})],
        [*ASKING, (7.0, "paused", {}), (8.0, "resumed", {})],
    ],
)
@pytest.mark.parametrize("key", ["2", "y", "N"])
def test_it_begins_an_answer_while_the_guide_still_asks(
    key: str, told: list[Told], tty: Tty, hands: FakeHands
) -> None:
    """In the midst of the question, of a help, and between the words: one key, and Enter sends it."""
    with Keyboard(hands, FakeBoard(seen(told)), fd=tty.slave):
        tty.press(f"{key}\r")
        assert hands.next_of_all() == "typing"
        assert hands.next() == f"typed: {key}"


@pytest.mark.parametrize(
    "told",
    [
        QUESTION,
        [*QUESTION, (6.0, "prompt", {"text": "Ana, the sea?", "to": "Ana", "answer": "open"})],
        [*ASKING, (7.0, "paused", {}), (7.0, "prompt", {"text": "Paused.", "to": "both"})],
        [*ASKING, (7.0, "step", {"id": "two"}), (7.0, "prompt", {"text": "Now a breath.", "to": "both"})],
        [*ASKING, (7.0, "microphone_lost", {"what": "microphone", "name": "USB"})],
        [*ASKING, (7.0, "finished", {"reason": "stopped"})],
    ],
)
def test_it_begins_none_where_none_is_asked_for(told: list[Told], tty: Tty, hands: FakeHands) -> None:
    """No question, an open one, a pause, the next step, a lost device, the end: any key stops the voice."""
    with Keyboard(hands, FakeBoard(seen(told)), fd=tty.slave):
        for key in "2y":
            tty.press(key)
            assert hands.next_of_all() == "any key"


@pytest.mark.parametrize("paste", ["\x1b[200~stop, pass\nplease\x1b[201~", "stop, pass please"])
def test_pasted_text_is_an_answer_and_no_row_of_commands(paste: str, tty: Tty, hands: FakeHands) -> None:
    """Whether the terminal marks it or not."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
        tty.press(paste)
        tty.press("\r")
        assert hands.next() == "typed: stop, pass please"


def test_the_terminal_is_as_it_was(tty: Tty, hands: FakeHands) -> None:
    """Key by key and unseen meanwhile; then restored, whatever happened."""
    before = tty.attributes()

    def fail() -> None:
        with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
            flags = tty.attributes()[3]
            assert isinstance(flags, int)
            assert not flags & (termios.ICANON | termios.ECHO)
            assert flags & termios.ISIG  # Ctrl-C and Ctrl-Z mean what they always mean
            raise ValueError("out of the evening")

    with pytest.raises(ValueError, match="out of the evening"):
        fail()
    assert tty.attributes() == before


def test_it_is_restored_for_the_shell_while_stopped(tty: Tty, hands: FakeHands) -> None:
    """Ctrl-Z, and back; once the keyboard is left, nothing sets the terminal again."""
    before, board = tty.attributes(), FakeBoard(seen(LISTENING))
    with Keyboard(hands, board, fd=tty.slave):
        during = tty.attributes()
        ((leave, enter),) = board.jobs
        leave()
        assert tty.attributes() == before
        enter()
        assert tty.attributes() == during
    enter()
    assert tty.attributes() == before


def test_a_closed_terminal_ends_it_quietly(tty: Tty, hands: FakeHands) -> None:
    """The thread ends by itself; leaving raises nothing."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
        tty.hang_up()
        assert hands.next() == "gone"


def test_lines_from_a_pipe(hands: FakeHands) -> None:
    """Each is an answer or a command in words; `?` asks for the keys, an empty one is just a key."""
    board = FakeBoard(None)
    read, write = os.pipe()
    with Keyboard(hands, board, fd=read):
        os.write(write, "  so caf\u00e9\x1b[2J \n\n?\nrep".encode())
        assert hands.next_of_all() == "typed: so caf\u00e9 [2J"
        assert hands.next_of_all() == "any key"
        assert board.shown.get(timeout=PATIENCE) == "keys"
        os.write(write, b"eat\nthe last")
        assert hands.next_of_all() == "typed: repeat"
        os.close(write)
        assert hands.next_of_all() == "typed: the last"
        assert hands.next_of_all() == "gone"
    os.close(read)


def test_lines_at_a_terminal(tty: Tty, hands: FakeHands) -> None:
    """With plain lines the terminal's own editing is left alone, and Ctrl-D ends nothing: it asks for the keys."""
    board, before = FakeBoard(None), tty.attributes()
    with Keyboard(hands, board, fd=tty.slave):
        assert tty.attributes() == before
        tty.press("repaet\x15repeat\r")
        assert hands.next_of_all() == "typed: repeat"
        tty.press("\x04")
        assert board.shown.get(timeout=PATIENCE) == "keys"
        tty.press("pause\r")
        assert hands.next_of_all() == "typed: pause"
        tty.hang_up()
        assert hands.next_of_all() == "gone"


def test_a_live_screen_with_a_pipe_reads_lines(hands: FakeHands) -> None:
    """There are no single keys in a pipe."""
    read, write = os.pipe()
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=read):
        os.write(write, b"stop\n")
        assert hands.next_of_all() == "typed: stop"
    os.close(read)
    os.close(write)


def test_it_stops_at_once_while_nobody_types(tty: Tty, hands: FakeHands) -> None:
    """Leaving waits for no key."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave) as keyboard:
        thread = keyboard._thread
    assert not thread.is_alive()


class Shell:
    """Says whose the terminal is, one answer after another, the last one for good."""

    def __init__(self, *in_front: bool) -> None:
        self._in_front = list(in_front)
        self.asked = 0

    def __call__(self, fd: int) -> bool:
        """Whether the evening is in front."""
        del fd
        self.asked += 1
        return self._in_front.pop(0) if len(self._in_front) > 1 else self._in_front[0]


@pytest.mark.parametrize(("view", "typed"), [(seen(LISTENING), "\rs\r"), (None, "s\r")])
@pytest.mark.parametrize("in_front", [(False, False, True), (True, False, False, True)])
def test_what_is_typed_into_the_shell_is_not_read(
    view: View | None, typed: str, in_front: tuple[bool, ...], tty: Tty, hands: FakeHands,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The evening is behind, or goes there just before it reads: keys and lines are its own once it is in front."""
    if view is not None:
        in_front = (True, *in_front)  # when it begins, and sets the terminal
    shell = Shell(*in_front)
    monkeypatch.setattr(keyboard, "in_front", shell)
    with Keyboard(hands, FakeBoard(view), fd=tty.slave):
        tty.press(typed)
        assert hands.next() == "typed: s"
    assert shell.asked > len(in_front)


def test_a_read_from_behind_is_no_end(tty: Tty, hands: FakeHands, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses it where its signal is blocked; the next one may be allowed."""
    monkeypatch.setattr(keyboard, "in_front", Shell(True, True, True, False, False, True))
    reads = [OSError(errno.EIO, "Input/output error")]
    real = os.read

    def read(fd: int, most: int) -> bytes:
        if fd == tty.slave and reads:
            raise reads.pop()
        return real(fd, most)

    monkeypatch.setattr("voice_guide.screen.keyboard.os.read", read)
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave):
        tty.press("s")
        assert hands.next_of_all() is Command.STOP
    assert reads == []


def test_from_behind_the_terminal_is_left_as_it_is(
    tty: Tty, hands: FakeHands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the shell's; the screen sets it once the evening is in front."""
    before, board = tty.attributes(), FakeBoard(seen(LISTENING))
    monkeypatch.setattr(keyboard, "in_front", Shell(False))
    with Keyboard(hands, board, fd=tty.slave):
        assert tty.attributes() == before
        ((_, enter),) = board.jobs
        enter()
        assert tty.attributes() != before
    assert tty.attributes() == before


@pytest.mark.parametrize(("what", "kind"), [("start", RuntimeError), ("join", KeyboardInterrupt)])
def test_whatever_happens_the_terminal_is_restored(
    what: str, kind: type[BaseException], tty: Tty, hands: FakeHands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No thread can be had, or somebody interrupts the very end."""
    before = tty.attributes()
    reader = Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave)
    real = getattr(reader._thread, what)

    def fail(*arguments: float) -> None:
        if what == "join":
            real(*arguments)
        raise kind

    monkeypatch.setattr(reader._thread, what, fail)
    with pytest.raises(kind), reader:
        pass
    assert tty.attributes() == before


LATIN = "F\u00fcr Zo\u00eb".encode("latin-1")


def test_lines_in_the_terminal_s_own_encoding(hands: FakeHands, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is given, or that of our input; letters are not lost in the record."""
    for given in ("latin-1", None):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(encoding=given or "iso8859-1"))
        read, write = os.pipe()
        with Keyboard(hands, FakeBoard(None), fd=read, encoding=given):
            os.write(write, LATIN + b"\n")
            assert hands.next_of_all() == "typed: F\u00fcr Zo\u00eb"
        os.close(read)
        os.close(write)


def test_keys_in_the_terminal_s_own_encoding(tty: Tty, hands: FakeHands) -> None:
    """Letter by letter."""
    with Keyboard(hands, FakeBoard(seen(LISTENING)), fd=tty.slave, encoding="latin-1"):
        tty.press(b"\r" + LATIN + b"\r")
        assert hands.next() == "typed: F\u00fcr Zo\u00eb"


def test_bytes_that_mean_nothing_there_are_marked(hands: FakeHands) -> None:
    """Nothing raises, and the rest of the line is there."""
    read, write = os.pipe()
    with Keyboard(hands, FakeBoard(None), fd=read, encoding="utf-8"):
        os.write(write, LATIN + b"\n")
        assert hands.next_of_all() == "typed: F\ufffdr Zo\ufffd"
    os.close(read)
    os.close(write)
