"""How a terminal hands over what is typed."""

from __future__ import annotations

import contextlib
import termios
import threading

from voice_guide.screen.terminal import uninterrupted

_Attributes = list[int | list[bytes | int]]


class Mode:
    """The input of a terminal: `raw` gives key by key, `restore` what was before, `close` for good."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._before: _Attributes | None = None
        self._closed = False
        self._lock = threading.Lock()  # the screen's thread sets it after Ctrl-Z, the main thread at the end

    def raw(self) -> None:
        """Key by key, unseen; Ctrl-C and Ctrl-Z keep their meaning, and Ctrl-backslash loses its one."""
        with self._lock, contextlib.suppress(termios.error):
            if self._closed:
                return
            mode: _Attributes = termios.tcgetattr(self._fd)
            if self._before is None:
                self._before = termios.tcgetattr(self._fd)
            flags, characters = mode[3], mode[6]
            assert isinstance(flags, int) and isinstance(mode[0], int) and isinstance(characters, list)
            mode[0] = (mode[0] | termios.ICRNL) & ~termios.INLCR
            mode[3] = flags & ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            characters[termios.VMIN], characters[termios.VTIME] = 1, 0
            characters[termios.VQUIT] = b"\x00"
            self._set(mode)

    def restore(self) -> None:
        """As it was found; keys that nobody has read are dropped, and reach no shell."""
        if self._before is None:
            return
        self._set(self._before)
        with contextlib.suppress(termios.error), uninterrupted():
            termios.tcflush(self._fd, termios.TCIFLUSH)

    def close(self) -> None:
        """As it was found, and left so."""
        with self._lock:
            self._closed = True
            self.restore()

    def _set(self, mode: _Attributes) -> None:
        # At once: waiting until the output is shown would hang on a terminal that is stopped.
        with contextlib.suppress(termios.error), uninterrupted():
            termios.tcsetattr(self._fd, termios.TCSANOW, mode)
