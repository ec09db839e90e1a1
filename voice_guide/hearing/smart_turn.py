"""Smart Turn: does a turn sound complete? Its melody and its breath, not its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voice_guide.hearing.onnx import open_model
from voice_guide.sound import RATE, Samples

HEARS = 8.0
"""Seconds: the end of a turn that the model was trained on."""

_BANDS, _COLUMNS = 80, 800
_TINY = 1e-7  # of Whisper's own normalisation; keeps silence finite


class SmartTurn:
    """Smart Turn v3.2 (pipecat-ai), the ONNX file for processors: 17 ms for the spectrogram and 47 for the network.

    It wants the whole turn so far with its pre-roll and the silence behind it; of a longer one it hears the end.
    About read speech it knows nothing: see tests/bench/README.md. Raises ModelError if the file is another model.
    """

    def __init__(self, model_file: Path) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor

        self._session = open_model(model_file, ("input_features",), "The turn model", "is not Smart Turn v3")
        self._spectrogram = FeatureExtractor(chunk_length=round(HEARS))

    def complete(self, samples: Samples) -> float:
        """Probability, 0 to 1, that the turn in this sound (float32 at 16 kHz, shape (n,)) is over."""
        sound = np.zeros(round(HEARS * RATE), dtype=np.float32)
        last = samples[-len(sound) :]
        sound[len(sound) - len(last) :] = last  # zeros before it, as in the model's training
        sound = (sound - sound.mean()) / np.sqrt(sound.var() + _TINY)
        mel = np.asarray(self._spectrogram(sound, padding=0), dtype=np.float32)[None, :_BANDS, :_COLUMNS]
        (found,) = self._session.run(None, {"input_features": mel})
        return float(np.ravel(found)[0])
