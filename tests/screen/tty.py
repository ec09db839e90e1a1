"""A terminal for tests: a pseudo terminal, and what somebody who looks at it would see."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

_PIECE = re.compile(r"\x1b\[(\??)([\d;]*)([A-Za-z])|\x18|\x1b[^\[]|[^\x1b\x18]", re.DOTALL)
_BEGUN = re.compile(r"\x1b(\[\??[\d;]*)?\Z")
"""An escape sequence whose end has not come yet: the kernel hands a terminal over in pieces of any length."""
PATIENCE = 60.0
"""Seconds after which what should be seen never will be."""


class Tty:
    """Both ends of a pseudo terminal; a character is one cell here."""

    def __init__(self, width: int = 80, height: int = 24) -> None:
        self.master, self.slave = pty.openpty()
        self.stream: TextIO = os.fdopen(os.dup(self.slave), "w", encoding="utf-8")
        self.raw = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._begun = ""
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Change its size; what it shows is lost, as if each terminal were as unkind as some are."""
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.width, self.height = width, height
        self.wipe()

    def wipe(self) -> None:
        """Nothing is shown any more."""
        self.cells = [[" "] * self.width for _ in range(self.height)]
        self._row = self._column = 0

    @property
    def rows(self) -> list[str]:
        """What is seen."""
        return ["".join(row).rstrip() for row in self.cells]

    def until(self, wanted: str, *, raw: bool = False) -> str:
        """Read until this is seen (or has come, control characters and all)."""
        self.until_so(lambda: wanted in (self.raw if raw else "\n".join(self.rows)), wanted)
        return self.raw

    def until_so(self, is_so: Callable[[], bool], wanted: str) -> None:
        """Read until it is so."""
        ends = time.monotonic() + PATIENCE
        while not is_so():
            left = ends - time.monotonic()
            assert left > 0, f"{wanted!r} was not seen in:\n" + "\n".join(self.rows) + repr(self.raw[-500:])
            self.read(left)

    def read(self, timeout: float = 0.0) -> None:
        """Take what has come."""
        while select.select([self.master], [], [], timeout)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            self.feed(data)
            timeout = 0.0

    def feed(self, data: bytes) -> None:
        """Show what has come; a character or a sequence may come in several pieces."""
        text = self._decoder.decode(data)
        self.raw += text
        text = self._begun + text
        begun = _BEGUN.search(text)
        self._begun = begun.group() if begun else ""
        for piece in _PIECE.finditer(text[: len(text) - len(self._begun)]):
            self._take(piece)

    def _take(self, piece: re.Match[str]) -> None:
        private, numbers, kind = piece.groups()
        if kind is None:
            self._print(piece.group())
        elif kind == "H" and not private:
            row, column = (int(number) for number in numbers.split(";"))
            self._row, self._column = row - 1, column - 1
        elif kind == "K" and self._row < self.height:
            self.cells[self._row] = [" "] * self.width
        elif kind == "J":
            self.wipe()

    def _print(self, letter: str) -> None:
        if letter == "\n":
            self._row, self._column = self._row + 1, 0
        elif letter.isprintable() and self._row < self.height and self._column < self.width:
            self.cells[self._row][self._column] = letter
            self._column += 1

    def press(self, keys: str | bytes) -> None:
        """Type something."""
        os.write(self.master, keys if isinstance(keys, bytes) else keys.encode())

    def attributes(self) -> list[int | list[bytes | int]]:
        """How it is set."""
        return termios.tcgetattr(self.slave)

    def hang_up(self) -> None:
        """Close the terminal window."""
        os.close(self.master)
        self.master = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.close()
        os.close(self.slave)
        if self.master >= 0:
            os.close(self.master)
