"""What is written to descriptor 2 while a view is live: libraries' chatter goes, Python's own words wait."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from types import TracebackType
from typing import Self, TextIO

_KEPT = 20_000
"""Characters of Python's messages that are kept, the last ones."""


class Hushed:
    """Keeps ALSA, JACK and others from writing into the view; only where descriptor 2 is a terminal.

    They write to the descriptor, past Python; what Python itself says is printed when the view is over.
    """

    def __init__(self) -> None:
        self._saved: int | None = None
        self._python: TextIO | None = None
        self._kept = _Kept()

    def __enter__(self) -> Self:
        if os.isatty(2):
            self._python, sys.stderr = sys.stderr, self._kept
            self._saved = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._saved is None:
            return
        os.dup2(self._saved, 2)
        os.close(self._saved)
        self._saved = None
        if sys.stderr is self._kept and self._python is not None:
            sys.stderr = self._python
        with contextlib.suppress(OSError, ValueError):  # the terminal may be gone
            sys.stderr.write(self._kept.getvalue()[-_KEPT:])
            sys.stderr.flush()


class _Kept(io.StringIO):
    """Python's messages of the time of a view, in memory; a fault handler finds the real descriptor."""

    def write(self, text: str) -> int:
        if self.tell() > 4 * _KEPT:
            last = self.getvalue()[-_KEPT:]
            self.seek(0)
            self.truncate()
            super().write(last)
        return super().write(text)

    def fileno(self) -> int:
        return 2
