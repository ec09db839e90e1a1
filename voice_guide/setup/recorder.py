"""A few seconds of the microphone, in memory only."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Iterator

import numpy as np

from voice_guide.audio.ports import Block, Microphone
from voice_guide.audio.resample import StreamResampler
from voice_guide.errors import DeviceError
from voice_guide.sound import RATE, Samples

_STARTS_WITHIN = 4.0
"""Seconds; a Bluetooth headset takes two until its microphone is there."""

_SETTLES = 0.3
"""Seconds at the start that are left out: many microphones begin with a click."""


class Recorder:
    """An open microphone; what it hears comes out at 16 kHz."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self._blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        self._resampler = StreamResampler(microphone.rate, RATE)
        self._next: int | None = None
        self._missing = 0

    @property
    def lost_seconds(self) -> float:
        """What the driver lost so far."""
        return self._missing / self._microphone.rate

    def start(self) -> None:
        """Listen from now on, once the microphone has settled. Raises DeviceError."""
        self._microphone.start(self._blocks.put)
        self._take(_SETTLES)

    def next(self, seconds: float) -> Samples:
        """What is heard in the next seconds, and nothing of before; waits for it. Raises DeviceError."""
        self.so_far()
        return self._take(seconds)

    def so_far(self) -> Samples:
        """All that has been heard since the last call, without waiting."""
        pieces = [self._heard(self._blocks.get()) for _ in range(self._blocks.qsize())]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def tail(self, seconds: float) -> Samples:
        """What is heard from the last call on until so many seconds have come. Raises DeviceError."""
        return self._take(seconds)

    def stop(self) -> None:
        """Close the microphone."""
        self._microphone.stop()

    def _heard(self, block: Block) -> Samples:
        """A block at 16 kHz; what the driver lost before it is silence, so that time stays true."""
        missing = 0 if self._next is None else max(0, block.index - self._next)
        self._next = block.index + len(block.samples)
        self._missing += missing
        return self._resampler.feed(np.concatenate([np.zeros(missing, np.float32), block.samples]))

    def _take(self, seconds: float) -> Samples:
        pieces: list[Samples] = []
        wanted, until = round(seconds * RATE), time.monotonic() + seconds + _STARTS_WITHIN
        while sum(map(len, pieces)) < wanted:
            try:
                block = self._blocks.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise DeviceError(
                    "The microphone sends nothing.", "look whether it is plugged in, or choose another"
                ) from None
            pieces.append(self._heard(block))
        return np.concatenate(pieces)[:wanted]


@contextlib.contextmanager
def recording(microphone: Microphone) -> Iterator[Recorder]:
    """A microphone that listens while the block runs. Raises DeviceError."""
    recorder = Recorder(microphone)
    try:
        recorder.start()
        yield recorder
    finally:
        recorder.stop()
