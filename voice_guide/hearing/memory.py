"""What was heard lately, in memory only."""

from __future__ import annotations

from collections import deque

import numpy as np

from voice_guide.sound import FRAME, RATE, Samples

_SPEECH, _SURE = 0.35, 0.8
"""Probabilities from which a frame counts as speech (Silero's lower threshold), and as speech for sure."""


class SoundMemory:
    """Frames at 16 kHz by the time when they were heard; the oldest go when `seconds` are full.

    Never written anywhere, and its `repr` shows no sound. 15 minutes take 58 MB.
    """

    def __init__(self, seconds: float = 900.0) -> None:
        self._frames: deque[tuple[int, Samples, float]] = deque(maxlen=max(1, round(seconds * RATE / FRAME)))

    def append(self, at_sample: int, frame: Samples, speech: float = 1.0) -> None:
        """Keep a copy of a frame, shape (512,), that begins `at_sample` samples after the evening's start.

        `speech` is the probability that somebody speaks in it.

        Raises ValueError if it begins before the end of the last one, or has another shape.
        """
        if frame.shape != (FRAME,):
            raise ValueError(f"A frame has {FRAME} samples, not {frame.shape}.")
        if self._frames and at_sample < self._frames[-1][0] + FRAME:
            raise ValueError("Frames must follow one another in time.")
        self._frames.append((at_sample, frame.copy(), speech))

    def span(self, start: float, end: float) -> Samples:
        """What was heard from `start` to `end`, seconds, each to the nearest sample: float32, shape (n,).

        Zeros stand where nothing was heard, or where it is forgotten.
        """
        first, last = round(start * RATE), round(end * RATE)
        out = np.zeros(max(0, last - first), dtype=np.float32)
        for at, frame, _ in reversed(self._frames):  # spans lie near the end
            if at + FRAME <= first:
                break
            a, b = max(at, first), min(at + FRAME, last)
            if a < b:
                out[a - first : b - first] = frame[a - at : b - at]
        return out

    def clearness(self, start: float, end: float) -> float:
        """Share of the speech from `start` to `end`, seconds, in which the detector was sure; 1 if there is none."""
        first, last = round(start * RATE), round(end * RATE)
        found = []
        for at, _, speech in reversed(self._frames):
            if at + FRAME <= first:
                break
            if at < last and speech >= _SPEECH:
                found.append(speech > _SURE)
        return sum(found) / len(found) if found else 1.0

    def forget(self, before: float) -> None:
        """Drop every frame that ended at or before this moment, seconds."""
        while self._frames and self._frames[0][0] + FRAME <= round(before * RATE):
            self._frames.popleft()

    def clear(self) -> None:
        """Drop everything."""
        self._frames.clear()

    def __repr__(self) -> str:
        return f"SoundMemory({len(self._frames) * FRAME / RATE:.1f} s)"
