"""The commands that partners can give at any time."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """A command; its value is its name in events, on the screen, and in the tables of a language."""

    REPEAT = "repeat"
    PAUSE = "pause"
    CONTINUE = "continue"
    MORE_TIME = "more time"
    PASS = "pass"  # noqa: S105 - a word of the couple's, not a password
    GO_BACK = "go back"
    HELP = "help"
    DONE = "I'm done"
    STRIKE = "strike that"
    SAY_AGAIN = "let me say it again"
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
