"""The microphone's level in a few steps, calm enough that a silent room changes nothing."""

from __future__ import annotations

THRESHOLDS = (-48.0, -40.0, -33.0, -26.0, -19.0)
"""Decibels (full scale) from which each step is lit; a quiet room lies below the first."""

_MARGIN = 3.0
"""A step goes out only this far below where it was lit, ..."""

_LASTS = 8
"""... and after this many frames in a row (0.25 s)."""


class Level:
    """The step to be shown."""

    def __init__(self) -> None:
        self.step = 0
        """0 (silence) to `len(THRESHOLDS)`."""
        self._below = 0

    def feed(self, dbfs: float) -> bool:
        """Take the level of a frame; whether the step changed. Rises at once, falls slowly."""
        step = 0
        for threshold in THRESHOLDS:
            if not dbfs >= threshold:  # no number is below all of them
                break
            step += 1
        if step > self.step:
            self.step, self._below = step, 0
            return True
        if step == self.step or dbfs >= THRESHOLDS[self.step - 1] - _MARGIN:
            self._below = 0
            return False
        self._below += 1
        if self._below < _LASTS:
            return False
        self.step, self._below = step, 0
        return True
