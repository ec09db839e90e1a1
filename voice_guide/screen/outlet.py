"""Lines that are printed by a thread of their own: a terminal that was stopped (Ctrl-S) stalls no evening."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
from types import TracebackType
from typing import Self, TextIO

_JOIN = 1.0
"""Seconds that the last lines may take."""


class Outlet:
    """Takes lines and prints them when the stream takes them; what nobody reads any more is dropped."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._fd: int | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lines", daemon=True)

    def line(self, text: str) -> None:
        """Print a line, soon."""
        self._lines.put(text)

    def __enter__(self) -> Self:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()  # what was printed before stands before
        with contextlib.suppress(OSError, ValueError):  # a stream in memory has none
            self._fd = os.dup(self._stream.fileno())
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
                self._print(text + "\n")
        if self._fd is not None:
            os.close(self._fd)

    def _print(self, text: str) -> None:
        if self._fd is None:
            self._stream.write(text)
            self._stream.flush()
            return
        # Past the stream: a write that hangs would hold its lock, and the interpreter, which flushes it at the very
        # end, would wait for that lock for ever.
        data = text.encode(self._stream.encoding or "utf-8", errors="replace")
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:  # another program has set the descriptor so
                select.select([], [self._fd], [])
