"""A terminal that is written to without ever waiting for it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import termios
import threading
import time
from collections.abc import Iterator
from typing import TextIO

from voice_guide.screen.size import Size

# CAN comes first: it ends a sequence of which the terminal may have got a part.
_ENTER = "\x18\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[2J"
"""Another screen, no cursor, no wrapping, pasted text marked as such."""
_LEAVE = "\x18\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
_USUAL = (80, 24)
_PATIENCE = 0.5
"""Seconds that the last words to a terminal may take."""


class Terminal:
    """The terminal behind a descriptor; whatever happens to it raises nothing here."""

    def __init__(self, fd: int) -> None:
        self._fd, self._own = _own_descriptor(fd)
        self._rest = b""
        self._shown = False
        self._lock = threading.Lock()
        self.gone = False
        """It was closed, or refuses everything."""

    @property
    def fd(self) -> int:
        """To wait for with `select`, until it can be written to again."""
        return self._fd

    @property
    def busy(self) -> bool:
        """Whether it has not yet taken all that was written."""
        return bool(self._rest) and not self.gone

    def size(self, *, symbols: bool) -> Size:
        """How large it is now."""
        try:
            width, height = os.get_terminal_size(self._fd)
        except OSError:
            width, height = _USUAL
        return Size(width or _USUAL[0], height or _USUAL[1], symbols)

    def write(self, data: bytes = b"") -> None:
        """Hand over as much as it takes now; the rest waits for the next call. Nothing outside the view."""
        with self._locked():
            if self._shown:
                self._rest += data
                self._push()

    def enter(self) -> None:
        """Begin the view."""
        with self._locked():
            self._shown, self._rest = True, _ENTER.encode()
            self._push()

    def leave(self, last: bytes = b"") -> None:
        """End the view and restore what was there, and print `last` below it.

        A terminal that was stopped (Ctrl-S) is set going again, and loses what it has not shown.
        """
        with self._locked():
            if not self._shown:
                return
            self._shown, self._rest = False, _LEAVE.encode() + last
            self._push()
            if self._drained():
                return
            with contextlib.suppress(termios.error), uninterrupted():
                termios.tcflow(self._fd, termios.TCOON)
                termios.tcflush(self._fd, termios.TCOFLUSH)
            self._rest = _LEAVE.encode() + last
            self._drained()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time; one that hangs keeps nobody waiting for long."""
        held = self._lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if held:
                self._lock.release()

    def _push(self) -> None:
        while self._rest and not self.gone:
            try:
                if not self._own and not select.select([], [self._fd], [], 0)[1]:
                    return
                self._rest = self._rest[os.write(self._fd, self._rest[:512]) :]
            except BlockingIOError:
                return
            except OSError:
                self.gone = True

    def _drained(self) -> bool:
        ends = time.monotonic() + _PATIENCE
        while self.busy:
            left = ends - time.monotonic()
            if left <= 0:
                return False
            select.select([], [self._fd], [], left)
            self._push()
        return True

    def close(self) -> None:
        """Let go of it."""
        with contextlib.suppress(OSError):
            os.close(self._fd)


def in_front(fd: int) -> bool:
    """Whether this program may use the terminal: it is no job in the background."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True  # a terminal that is not ours to control stops nobody


def _own_descriptor(fd: int) -> tuple[int, bool]:
    """A way to the terminal whose flags are nobody else's: not to block must not be forced upon the shell."""
    try:
        flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(os.ttyname(fd), flags), True
    except OSError:
        return os.dup(fd), False


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """A job in the background may set the terminal right, instead of being stopped for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def can_show(stream: TextIO) -> bool:
    """Whether a live view is possible there: a terminal that knows where to put a character."""
    try:
        return os.isatty(stream.fileno()) and os.environ.get("TERM", "dumb") not in ("dumb", "", "unknown")
    except (OSError, ValueError):
        return False
