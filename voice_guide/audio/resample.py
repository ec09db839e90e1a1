"""The one resampler of the program, for what is heard and for what is played."""

from __future__ import annotations

import numpy as np

from voice_guide.sound import Samples, Sound

LOWEST, HIGHEST = 8_000, 192_000
"""Hertz; the rates that sound cards and voices come with."""

# 20 bits, linear phase. MQ costs the same here (4 us for each 10 ms at 48 kHz) and would be 20 ms quicker,
# which nobody notices beside a pause of 320 ms; HQ leaves Piper's voice no audible image on the way up.
_QUALITY = "HQ"


class StreamResampler:
    """Changes the rate of an endless stream of mono samples, however it is cut into blocks.

    Sample 0 of the output lies at sample 0 of the input; what is held back at any moment (33 ms from
    48 to 16 kHz, about 0.1 s from 8 kHz) is late, not shifted. Raises ValueError for a rate outside
    8 to 192 kHz.
    """

    def __init__(self, from_rate: int, to_rate: int) -> None:
        import soxr

        for rate in (from_rate, to_rate):
            if not LOWEST <= rate <= HIGHEST:
                raise ValueError(f"A rate of {rate} Hertz is outside {LOWEST} to {HIGHEST}.")
        self._stream = (
            None
            if from_rate == to_rate
            else soxr.ResampleStream(from_rate, to_rate, num_channels=1, dtype="float32", quality=_QUALITY)
        )

    def feed(self, samples: Samples) -> Samples:
        """The samples that are ready after these; may be none. Shapes (n,) and (m,), float32."""
        if self._stream is None:
            return samples
        # soxr refuses views with a stride, such as one channel of an interleaved block.
        return self._resampled(np.ascontiguousarray(samples, dtype=np.float32), last=False)

    def flush(self) -> Samples:
        """What was held back; afterwards a fresh stream can begin."""
        if self._stream is None:
            return np.zeros(0, dtype=np.float32)
        rest = self._resampled(np.zeros(0, dtype=np.float32), last=True)
        self._stream.clear()
        return rest

    def _resampled(self, samples: Samples, *, last: bool) -> Samples:
        assert self._stream is not None
        out: Samples = self._stream.resample_chunk(samples, last=last)
        return out


def resample(sound: Sound, rate: int) -> Sound:
    """The same sound at `rate` Hertz. Raises ValueError for a rate outside 8 to 192 kHz."""
    resampler = StreamResampler(sound.rate, rate)
    return Sound(np.concatenate([resampler.feed(sound.samples), resampler.flush()]), rate)
