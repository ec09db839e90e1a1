"""Lines that are printed by a thread of their own: a terminal that was stopped (Ctrl-S) stalls no evening."""

from __future__ import annotations

import contextlib
import queue
import threading
from types import TracebackType
from typing import Self, TextIO

_JOIN = 1.0
"""Seconds that the last lines may take."""


class Outlet:
    """Takes lines and prints them when the stream takes them; what nobody reads any more is dropped."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lines", daemon=True)

    def line(self, text: str) -> None:
        """Print a line, soon."""
        self._lines.put(text)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.put(None)
        self._thread.join(_JOIN)

    def _run(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # closed: whoever read has gone
            while (text := self._lines.get()) is not None:
                self._stream.write(text + "\n")
                self._stream.flush()
