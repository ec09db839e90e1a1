"""What is typed: a key for each command, a line for each answer.

On a live screen the terminal hands over key by key; with plain lines, or where the input is no terminal,
whole lines are read, and the words of commands do what the keys do.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import signal
import sys
import threading
from types import TracebackType
from typing import Self

from voice_guide.screen.hands import Board, Hands, Reader
from voice_guide.screen.lines import Lines
from voice_guide.screen.mode import Mode
from voice_guide.screen.presses import Presses
from voice_guide.screen.terminal import in_front

_BEHIND = 0.5
"""Seconds between two looks whether a job in the background has come to the front."""
_JOIN = 5.0
"""Seconds that the thread may take to end: another reader may have taken the key for which it was woken."""


class Keyboard:
    """Reads the input on a thread of its own, until it is left or the input ends."""

    def __init__(self, hands: Hands, screen: Board, *, fd: int = 0, encoding: str | None = None) -> None:
        """`encoding` is that of the terminal, if it is not that of our input."""
        self._hands = hands
        self._screen = screen
        self._fd = fd
        self._encoding = encoding or sys.stdin.encoding or "utf-8"
        self._mode = Mode(fd) if screen.by_keys and os.isatty(fd) else None
        self._wake_r, self._wake_w = os.pipe()
        self._thread = threading.Thread(target=self._run, name="keyboard", daemon=True)

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as failing:
            if self._mode is not None:
                failing.callback(self._mode.close)
                self._screen.beside(self._mode.restore, self._mode.raw)
                if in_front(self._fd):  # else the screen does so once it is
                    self._mode.raw()
            self._thread.start()
            failing.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.write(self._wake_w, b".")
            self._thread.join(_JOIN)
        finally:
            if self._mode is not None:
                self._mode.close()
        if not self._thread.is_alive():  # one that hangs still uses them
            os.close(self._wake_r)
            os.close(self._wake_w)

    def _run(self) -> None:
        # What reads from behind all the same gets an error, instead of stopping the whole evening.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTIN})
        if self._mode is None:
            reader: Reader = Lines(self._hands, self._screen, self._fd, self._encoding)
        else:
            reader = Presses(self._hands, self._screen, self._encoding)
        while True:
            behind = not in_front(self._fd)
            wanted = [self._wake_r] if behind else [self._wake_r, self._fd]
            ready = select.select(wanted, [], [], _BEHIND if behind else reader.patience)[0]
            if self._wake_r in ready:
                return
            if self._fd not in ready:
                reader.quiet()
            elif not self._read(reader):
                self._hands.gone()
                return

    def _read(self, reader: Reader) -> bool:
        """Hand on what there is; False if nothing will ever come again."""
        if not in_front(self._fd):
            return True  # what came is the shell's
        try:
            data = os.read(self._fd, 4096)
        except BlockingIOError:
            return True
        except OSError as error:
            if error.errno == errno.EIO and not in_front(self._fd):
                return True  # it went behind in between
            data = b""
        return reader.feed(data)
