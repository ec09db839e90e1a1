"""Is the microphone alive, and does anybody make a sound that need not be speech? PURE: levels in, events out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

ZERO_DBFS = -100.0
"""The level of digital silence, as the ears give it."""

MUTED_AFTER = 5.0
"""Seconds of digital silence after which a microphone counts as muted."""

STIR_DB = 12.0
"""How far above the noise floor a sound is clearly one."""

STIR_SECONDS = 0.15
"""How long it must last: a laugh does, a cup put down does not."""

STIR_PAUSE = 1.0
"""Seconds from one `Stirred` to the next."""

LOWEST_FLOOR = -80.0
"""dBFS; where nothing but zeros was heard there is no floor, and a hiss is no sound."""

_WINDOW = 10.0  # the floor is the quietest moment of so many seconds (minimum statistics)
_PARTS = 8  # in so many parts: each keeps its minimum alone
_SMOOTH = 0.3  # share of a new frame in the level whose minimum counts: a single quiet frame is no floor


@dataclass(frozen=True, slots=True)
class Muted:
    """Nothing but zeros have come for a while. A real microphone always hears a little."""

    at: float
    zero_seconds: float
    ever_heard: bool
    """Did anything else come since the beginning? If not, this may be a device that is silent by nature."""


@dataclass(frozen=True, slots=True)
class Unmuted:
    """The first sound after `Muted`."""

    at: float
    zero_seconds: float
    """How long the silence lasted."""


@dataclass(frozen=True, slots=True)
class Stirred:
    """Somebody makes a sound: speech, laughter, crying, a chair; the guide itself, if it speaks."""

    at: float


Vital = Muted | Unmuted | Stirred


class Vitals:
    """Follows the levels of one evening's frames; may stay when the microphone is opened anew."""

    def __init__(self, muted_after: float = MUTED_AFTER) -> None:
        self._muted_after = muted_after
        self._last: float | None = None
        self._muted = False
        self._loud = 0.0  # seconds above the floor; a dip counts back, so that a laugh in bursts is one
        self._stirred_at = -STIR_PAUSE
        self._floor = _Floor()
        self.zero_seconds = 0.0
        """How long nothing but zeros have come."""
        self.ever_heard = False
        """Was there any sound at all since the beginning?"""

    @property
    def floor_dbfs(self) -> float:
        """The room's noise: its quietest moment in the last 10 s."""
        return self._floor.level

    def feed(self, level_dbfs: float, at: float) -> list[Vital]:
        """The level (RMS, dBFS) of the frame that ends at `at`, seconds; what it tells."""
        passed = max(0.0, at - self._last) if self._last is not None else 0.0
        self._last = at
        if level_dbfs <= ZERO_DBFS:
            return self._zero(at, passed)
        told: list[Vital] = [Unmuted(at, self.zero_seconds)] if self._muted else []
        self._muted, self.zero_seconds, self.ever_heard = False, 0.0, True
        self._floor.feed(level_dbfs, at)
        if self._stirs(level_dbfs, at, passed):
            told.append(Stirred(at))
        return told

    def _zero(self, at: float, passed: float) -> list[Vital]:
        self.zero_seconds += passed
        self._loud = 0.0
        if self._muted or self.zero_seconds < self._muted_after:
            return []
        self._muted = True
        return [Muted(at, self.zero_seconds, self.ever_heard)]

    def _stirs(self, level_dbfs: float, at: float, passed: float) -> bool:
        loud = level_dbfs >= self._floor.level + STIR_DB
        self._loud = min(STIR_SECONDS, self._loud + passed) if loud else max(0.0, self._loud - passed)
        if self._loud < STIR_SECONDS or at < self._stirred_at + STIR_PAUSE:
            return False
        self._stirred_at = at
        return True


class _Floor:
    """The minimum of the smoothed level over the last 10 s, by parts of 1.25 s."""

    def __init__(self) -> None:
        self._smooth: float | None = None
        self._part_ends = 0.0
        self._parts: deque[float] = deque(maxlen=_PARTS)
        self.level = LOWEST_FLOOR

    def feed(self, level: float, at: float) -> None:
        """One more frame that is not digital silence."""
        self._smooth = level if self._smooth is None else self._smooth + _SMOOTH * (level - self._smooth)
        if at >= self._part_ends:
            self._parts.append(self._smooth)
            self._part_ends = at + _WINDOW / _PARTS
        elif self._smooth < self._parts[-1]:
            self._parts[-1] = self._smooth
        self.level = max(LOWEST_FLOOR, min(self._parts))
