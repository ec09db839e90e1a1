"""Silero VAD: how likely a frame of 32 ms is speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voice_guide.hearing.onnx import open_model
from voice_guide.sound import FRAME, Samples

_CONTEXT = 64  # samples of the frame before, which the network wants in front of each frame
_STATE = (1, 1, 128)


class Silero:
    """A streaming speech detector that remembers what it heard before.

    Needs the ONNX file of Silero VAD v6 that comes with faster-whisper 1.2.1: inputs `input` [1, 576],
    `h` and `c` [1, 1, 128]. Raises ModelError if the file is missing or is another model.
    """

    def __init__(self, model_file: Path) -> None:
        self._session = open_model(
            model_file,
            ("input", "h", "c"),
            "The speech detector",
            "is not the Silero v6 that faster-whisper brings",
        )
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._h = np.zeros(_STATE, dtype=np.float32)
        self._c = np.zeros(_STATE, dtype=np.float32)
        self._input = np.zeros((1, _CONTEXT + FRAME), dtype=np.float32)

    def probability(self, frame: Samples) -> float:
        """Probability of speech, 0 to 1, in the next 512 samples at 16 kHz, shape (512,), float32."""
        self._input[0, :_CONTEXT] = self._input[0, -_CONTEXT:]
        self._input[0, _CONTEXT:] = frame
        feeds = {"input": self._input, "h": self._h, "c": self._c}
        probabilities, self._h, self._c = self._session.run(None, feeds)
        return float(probabilities[0])
