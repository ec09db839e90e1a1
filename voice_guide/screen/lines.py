"""Whole lines as they are typed or piped: answers, and commands in words."""

from __future__ import annotations

import os
import termios
import time

from voice_guide.screen.cleaning import clean
from voice_guide.screen.hands import Board, Hands
from voice_guide.screen.keys import KEYS_KEY
from voice_guide.session.command import Command

_LONGEST = 100_000
"""Bytes after which a line that does not end is taken as it is."""
_AT_ONCE = 0.05
"""Seconds: two ends of the input so close together are no hand on Ctrl-D, but a terminal that is gone."""


class Lines:
    """Puts bytes together to lines; `?` alone asks for the keys, and an empty line is just a key."""

    def __init__(self, hands: Hands, screen: Board, fd: int, encoding: str = "utf-8") -> None:
        self._hands = hands
        self._screen = screen
        self._fd = fd
        self._encoding = encoding
        self._rest = b""
        self._ended = -1.0

    @property
    def patience(self) -> float | None:
        """A line ends with Enter, whenever that comes."""
        return None

    def feed(self, data: bytes) -> bool:
        """Take bytes, or none at the end of the input; False if this is really the end."""
        if not data:
            return self._end()
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST:
            lines.append(self._rest)
            self._rest = b""
        for line in lines:
            self._take(line)
        return True

    def quiet(self) -> None:
        """Nothing: a line ends with Enter."""

    def _take(self, line: bytes) -> None:
        text = clean(line.decode(self._encoding, errors="replace"))
        if text == KEYS_KEY:
            self._show_keys()
        elif text:
            self._hands.typed(text)
        else:
            self._hands.any_key()

    def _show_keys(self) -> None:
        self._screen.show_keys()
        if self._screen.aloud:  # then it shows them once the evening is paused
            self._hands.command(Command.PAUSE)

    def _end(self) -> bool:
        """Ctrl-D at a terminal ends nothing: it asks what there is to type."""
        if self._rest:
            line, self._rest = self._rest, b""
            self._take(line)
        before, self._ended = self._ended, time.monotonic()
        if not os.isatty(self._fd) or self._ended - before < _AT_ONCE:
            return False
        try:
            termios.tcgetattr(self._fd)  # fails on a terminal that was closed
        except (termios.error, OSError):
            return False
        self._show_keys()
        return True
