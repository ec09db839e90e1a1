"""The commands that partners can give at any time."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """A command; its value is its name in events and on the screen."""

    REPEAT = "repeat"
    PAUSE = "pause"
    CONTINUE = "continue"
    MORE_TIME = "more time"
    PASS = "pass"  # noqa: S105 - a word of the couple's, not a password
    GO_BACK = "go back"
    HELP = "help"
    DONE = "I'm done"
    STRIKE = "strike that"
    OFF_RECORD = "off the record"
    ON_RECORD = "on the record"
    BREAK = "take a break"
    STOP = "stop"
    LOUDER = "louder"
    SOFTER = "softer"
    SLOWER = "slower"
    FASTER = "faster"
    WHOSE_TURN = "whose turn is it"
    TIME_LEFT = "how long is left"


WHILE_WAITING = frozenset(
    {
        Command.CONTINUE,
        Command.ON_RECORD,
        Command.OFF_RECORD,
        Command.STOP,
        Command.HELP,
        Command.STRIKE,
        Command.BREAK,
        Command.LOUDER,
        Command.SOFTER,
        Command.SLOWER,
        Command.FASTER,
    }
)
"""All that counts while paused or off the record."""

WHILE_OFF_RECORD = WHILE_WAITING - {Command.BREAK}
"""What counts off the record: nothing that could end in "go on" being taken for the way back."""

WHILE_STOPPED = frozenset({Command.CONTINUE, Command.ON_RECORD, Command.STOP, Command.HELP, Command.STRIKE})
"""What counts in the half minute in which a stop can be undone: no other wait may take its place."""
