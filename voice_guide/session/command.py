"""Which of the commands count at which moment."""

from __future__ import annotations

from voice_guide.language.command import Command

__all__ = ["WHILE_OFF_RECORD", "WHILE_STOPPED", "WHILE_WAITING", "Command"]

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
