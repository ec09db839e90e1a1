"""The evening's clock: it counts sound while sound arrives, and monotonic time while none does."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Seconds since the evening began, never running backwards.

    Counting frames makes a rehearsal in virtual time and a real evening the same thing. Where no
    blocks arrive (a microphone that went away), `monotonic` takes over.
    """

    STALE = 0.5
    """Seconds without a frame after which the monotonic clock takes over."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._at = 0.0
        self._latest = 0.0
        self._seen = monotonic()

    def frame(self, at: float) -> None:
        """A frame that ends at `at` has arrived."""
        self._at = max(self._at, at)
        self._seen = self._monotonic()

    def alive(self) -> None:
        """The program itself took its time; that is no silence of the microphone."""
        self._seen = self._monotonic()

    def now(self) -> float:
        """The moment."""
        silent = self._monotonic() - self._seen
        if silent > self.STALE:
            self._latest = max(self._latest, self._at + silent)
        return max(self._latest, self._at)

    def silent_for(self) -> float:
        """Seconds of monotonic time since the last frame."""
        return self._monotonic() - self._seen
