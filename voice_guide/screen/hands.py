"""What the keyboard needs of others: hands that act, and a screen that answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from voice_guide.screen.view import View
from voice_guide.session.command import Command


class Hands(Protocol):
    """What is done with what is typed; called from the keyboard's thread."""

    def command(self, command: Command) -> None:
        """A key that means a command."""

    def any_key(self) -> None:
        """Any other key: the guide's voice stops."""

    def typing(self) -> None:
        """Somebody types a line."""

    def typed(self, text: str) -> None:
        """A line was sent."""

    def gone(self) -> None:
        """Nothing can be typed any more: the input has ended, or the terminal was closed."""


class Board(Protocol):
    """What the keyboard needs of a screen."""

    @property
    def view(self) -> View | None:
        """What it shows, if it knows."""

    @property
    def by_keys(self) -> bool:
        """Whether it shows single keys and the line that is typed."""

    @property
    def aloud(self) -> bool:
        """Whether what it shows may be read aloud just now into ears that are open: the evening is to pause first."""

    def show_keys(self) -> None:
        """Show the keys."""

    def toggle_captions(self) -> None:
        """Captions on or off."""

    def typing_line(self, text: str | None, cursor: int | None = None) -> None:
        """Show the line that is typed."""

    def beside(self, leave: Callable[[], None], enter: Callable[[], None]) -> None:
        """Be called before Ctrl-Z, and after."""


class Reader(Protocol):
    """Makes sense of the bytes that come."""

    @property
    def patience(self) -> float | None:
        """Seconds after which `quiet` wants to be called; None for never."""

    def feed(self, data: bytes) -> bool:
        """Take bytes, or none at the end of the input; False if this is really the end."""

    def quiet(self) -> None:
        """Nothing has come for a while."""
