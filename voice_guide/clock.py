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


def boottime() -> float:
    """Seconds that go on while the computer sleeps; `time.monotonic` stands still then."""
    # macOS has no such name; there CLOCK_MONOTONIC goes on, and time.monotonic reads another clock.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Sleepwatch:
    """Notices that the computer slept, or this process was stopped, around the main loop's wait.

    The wall clock, which may be set, is never asked.
    """

    SLEPT = 2.0
    """Seconds beyond what was asked for, after which a wait was a sleep; a busy machine is late by less."""

    def __init__(
        self, boottime: Callable[[], float] = boottime, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._boottime = boottime
        self._monotonic = monotonic
        self._since = boottime()
        self._asleep = self._lag()
        self._longest = 0.0

    def waiting(self, longest: float) -> None:
        """The loop waits now, for at most `longest` seconds."""
        self._longest = longest
        self._since = self._boottime()

    def woke(self) -> float:
        """The wait is over: the seconds that were slept, 0.0 if none were.

        A computer that slept while the loop was busy shows as well; a process that was stopped then does not.
        """
        asleep = self._lag()
        suspended, self._asleep = asleep - self._asleep, asleep
        stopped = self._boottime() - self._since - self._longest
        slept = max(suspended, stopped)
        return slept if slept > self.SLEPT else 0.0

    def _lag(self) -> float:
        """How long the computer has slept since it was switched on (and a constant)."""
        return self._boottime() - self._monotonic()
