"""The keys and what they mean: one table for the keyboard and for the screens that show it."""

from __future__ import annotations

from voice_guide.screen.view import Held, View
from voice_guide.session.command import Command

COMMANDS: dict[str, Command] = {
    "r": Command.REPEAT,
    "m": Command.MORE_TIME,
    "p": Command.PASS,
    "b": Command.GO_BACK,
    "h": Command.HELP,
    "d": Command.DONE,
    "x": Command.STRIKE,
    "a": Command.SAY_AGAIN,
    "t": Command.BREAK,
    "s": Command.STOP,
    "w": Command.WHOSE_TURN,
    "l": Command.TIME_LEFT,
    "+": Command.LOUDER,
    "-": Command.SOFTER,
    "<": Command.SLOWER,
    ">": Command.FASTER,
}
"""Keys that always mean the same command."""

PAUSE_KEY = " "
RECORD_KEY = "o"
CAPTIONS_KEY = "c"
KEYS_KEY = "?"

TABLE: tuple[tuple[str, str], ...] = (
    ("space", "pause, continue"),
    ("r", "repeat"),
    ("m", "more time"),
    ("p", "pass"),
    ("b", "go back"),
    ("h", "help"),
    ("d", "I'm done"),
    ("x", "strike that"),
    ("a", "let me say it again"),
    ("o", "off, on the record"),
    ("t", "take a break"),
    ("s", "stop"),
    ("+", "louder"),
    ("-", "softer"),
    ("<", "slower"),
    (">", "faster"),
    ("w", "whose turn is it"),
    ("l", "how long is left"),
    ("c", "captions on, off"),
    ("?", "these keys"),
    ("Enter", "type an answer"),
    ("other", "the guide is silent"),
)
"""What `?` shows: the key, and what it does."""

_OTHERS, _LAST = [command.value for command in Command][:-1], list(Command)[-1].value
WORDS = f"You can type an answer, or {', '.join(_OTHERS)} or {_LAST}; Enter alone makes the guide silent."
"""What `?` shows where lines are typed: one sentence, for a command on a line of its own is obeyed if read aloud."""


def pause_or_continue(view: View | None) -> Command:
    """What the pause key means at this moment."""
    if view is None or view.held in (None, Held.TALKING):  # who talks is not to be talked over
        return Command.PAUSE
    return Command.ON_RECORD if view.held is Held.OFF_RECORD else Command.CONTINUE


def off_or_on_record(view: View | None) -> Command:
    """What the record key means at this moment."""
    off = view is not None and view.held is Held.OFF_RECORD
    return Command.ON_RECORD if off else Command.OFF_RECORD


def opens_typing(key: str, view: View | None) -> bool:
    """Whether this key begins an answer, also while it is still being asked: a number, a yes or a no."""
    if view is None or view.held is not None or view.lost:
        return False
    wanted = view.asks in ("yes-no", "number", "choice")
    return wanted and len(key) == 1 and (key.isdecimal() or key in "ynYN")
