"""From the microphone's blocks to frames with a time, a speech probability and a level."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from voice_guide.audio.ports import Block
from voice_guide.audio.resample import StreamResampler
from voice_guide.hearing.memory import SoundMemory
from voice_guide.sound import FRAME, RATE, Samples

_QUIETEST = 1e-10  # -100 dBFS as power: keeps digital silence finite


class SpeechDetector(Protocol):
    """What the ears need of Silero."""

    def probability(self, frame: Samples) -> float:
        """Probability of speech in the next 512 samples at 16 kHz."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of 32 ms of sound."""

    at: float
    """When it ended, seconds since the evening's start."""
    probability: float
    """That it is speech, 0 to 1."""
    level_dbfs: float
    """RMS; 0 for a full-scale square wave, -100 for silence."""
    samples: Samples = field(repr=False, compare=False)
    """Its sound, shape (512,), float32."""


class Ears:
    """One microphone stream: resamples, cuts frames, puts them into `memory`, judges them.

    Time is counted in samples: frame k ends at `start_at` + (k + 1) * 0.032 s. Dropped blocks are heard as
    zeros, so the count stays true. `start_at` is when the first block began, seconds. A stream that is
    opened anew needs new ears.
    """

    def __init__(
        self, rate: int, detector: SpeechDetector, memory: SoundMemory, start_at: float = 0.0
    ) -> None:
        self._rate = rate
        self._detector = detector
        self._memory = memory
        self._resampler = StreamResampler(rate, RATE)
        self._next_sample = round(start_at * RATE)  # at 16 kHz, of the evening
        self._next_index: int | None = None  # device samples, of the stream
        self._rest = np.zeros(0, dtype=np.float32)
        self._dropped = 0

    @property
    def dropped_seconds(self) -> float:
        """How much the audio driver lost since the stream began."""
        return self._dropped / self._rate

    def feed(self, block: Block) -> list[Frame]:
        """The frames that this block completes. Raises ValueError if it repeats what was heard before."""
        missing = 0 if self._next_index is None else block.index - self._next_index
        if missing < 0:
            raise ValueError(
                f"A block at {block.index} came after {self._next_index}: is this another stream?"
            )
        self._dropped += missing
        self._next_index = block.index + len(block.samples)
        heard = [*self._hear(np.zeros(missing, dtype=np.float32))] if missing else []
        return [*heard, *self._hear(block.samples)]

    def _hear(self, samples: Samples) -> Iterator[Frame]:
        sound = np.concatenate([self._rest, self._resampler.feed(samples)])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        for frame in sound[:whole].reshape(-1, FRAME):
            speech = self._detector.probability(frame)
            self._memory.append(self._next_sample, frame, speech)
            self._next_sample += FRAME
            yield Frame(self._next_sample / RATE, speech, _dbfs(frame), frame)


def _dbfs(samples: Samples) -> float:
    power = float(np.dot(samples, samples)) / len(samples)
    return 10 * math.log10(max(power, _QUIETEST))
