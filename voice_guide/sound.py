"""What sound is in this program: arrays of samples, their rate, and the frame they are cut into."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono samples in [-1, 1], shape (n,)."""

RATE = 16_000
"""Hertz; the rate of everything that listens (Silero, Whisper)."""

FRAME = 512
"""Samples at `RATE` that Silero judges at once."""

FRAME_SECONDS = FRAME / RATE
"""0.032 s."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of mono sound."""

    samples: Samples = field(repr=False)
    rate: int
    """Hertz"""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.rate


def silence(seconds: float, rate: int) -> Samples:
    """Zeros for `seconds` at `rate` Hertz."""
    return np.zeros(round(seconds * rate), dtype=np.float32)
