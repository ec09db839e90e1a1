"""What the loudspeaker has played, by the moment at which it is heard: the reference for taking it out again.

A microphone and a loudspeaker have clocks of their own. Both are laid beside the driver's: the blocks of one by when
they came, those of the other by when they will be heard. Blocks come irregularly, so the place of a moment is fixed
anew only by `align`, at the beginning of a prompt: within one it must not jump.
"""

from __future__ import annotations

import statistics
from collections import deque

import numpy as np

from voice_guide.audio.resample import StreamResampler
from voice_guide.sound import RATE, Samples

KEPT = 20.0
"""Seconds that are kept: longer than any prompt without a gap."""

_ANCHORS = 100  # blocks whose times are compared: two seconds of them

_JUMP = 0.25  # seconds by which a block may come out of line before it counts as another stream

_LOUD = 1e-3  # of full scale: what a dithered silence never reaches


class Played:
    """Filled from the loudspeaker's thread, read from another."""

    def __init__(self) -> None:
        self._fresh: deque[tuple[Samples, int, float]] = deque(maxlen=round(KEPT / 0.01))
        self._ring = np.zeros(round(KEPT * RATE), np.float32)
        self._rate = 0
        self._resampler = StreamResampler(RATE, RATE)
        self._received = 0  # samples at the loudspeaker's rate since it was opened
        self._count = 0  # of them at 16 kHz; sample k stands at k modulo the ring's length
        self._anchors: deque[float] = deque(maxlen=_ANCHORS)
        """When sample 0 was heard, by each of the last blocks."""
        self._began = 0.0
        self._loud_until = float("-inf")

    def __call__(self, samples: Samples, rate: int, heard_at: float) -> None:
        """A block, float32 mono at `rate` Hertz, whose first sample is heard at this time of the driver's clock.

        In seconds. The array is kept. Called from the loudspeaker's thread: returns at once.
        """
        self._fresh.append((samples, rate, heard_at))

    def align(self) -> None:
        """Say anew which sample is heard at which time, from the blocks that came lately."""
        self._absorb()
        if self._anchors:
            self._began = statistics.median(self._anchors)

    def loud_at(self, time: float) -> bool:
        """Whether anything but silence is heard at this time, or was within the half second before it."""
        self._absorb()
        return time < self._loud_until + 0.5

    def span(self, start: float, count: int) -> Samples:
        """`count` samples at 16 kHz from this time of the driver's clock on; zeros where nothing is known of them."""
        self._absorb()
        first = round((start - self._began) * RATE)
        out = np.zeros(count, np.float32)
        a, b = max(first, self._count - len(self._ring), 0), min(first + count, self._count)
        if a < b:
            out[a - first : b - first] = self._ring[np.arange(a, b) % len(self._ring)]
        return out

    def _absorb(self) -> None:
        while self._fresh:
            samples, rate, heard_at = self._fresh.popleft()
            began = heard_at - self._received / rate
            if rate != self._rate or abs(began - self._anchors[-1]) > _JUMP:
                self._begin(rate, began := heard_at)
            self._anchors.append(began)
            self._received += len(samples)
            if np.abs(samples).max(initial=0) > _LOUD:
                self._loud_until = heard_at + len(samples) / rate
            self._keep(self._resampler.feed(samples))

    def _begin(self, rate: int, began: float) -> None:
        """The first loudspeaker, another one, or the same after it stood still: nothing of before lies where it did."""
        self._rate, self._resampler = rate, StreamResampler(rate, RATE)
        self._received = self._count = 0
        self._anchors.clear()
        self._began = began

    def _keep(self, samples: Samples) -> None:
        self._ring[np.arange(self._count, self._count + len(samples)) % len(self._ring)] = samples
        self._count += len(samples)
