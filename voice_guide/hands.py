"""Keys and typed lines, put into the evening's inbox like everything else."""

from __future__ import annotations

from voice_guide.inbox import KeyPressed, LineTyped, Source, Typing
from voice_guide.session.command import Command


class InboxHands:
    """What the keyboard is given; called from its thread."""

    def __init__(self, inbox: Source) -> None:
        self._inbox = inbox

    def command(self, command: Command) -> None:
        """A key that is a command."""
        self._inbox.put(KeyPressed(command))

    def any_key(self) -> None:
        """A key that only means: be silent."""
        self._inbox.put(KeyPressed())

    def typing(self) -> None:
        """A key of a line that is being typed."""
        self._inbox.put(Typing())

    def typed(self, text: str) -> None:
        """A whole line."""
        self._inbox.put(LineTyped(text))

    def gone(self) -> None:
        """The terminal is gone; a closed one sends SIGHUP, and an evening needs no keyboard."""
