"""The guide's voice: one sentence of text becomes sound, through Piper."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_guide.errors import ModelError
from voice_guide.sound import Samples, Sound

if TYPE_CHECKING:
    import piper.voice

LENGTH_SCALE = 1.45
"""Stretches en_US-joe-medium from 226 words a minute to 173, which is 145 with 0.6 s after each sentence.

Measured over the twelve sentences of tests/speaking/test_piper.py.
"""

LOUDNESS = 0.1
"""Root mean square of the loud frames of a sentence: -20 dBFS, a calm voice with room above it."""

CEILING = 0.707
"""No sample is larger: -3 dBFS."""

_KNEE = 0.4  # above -8 dBFS the peaks bend towards the ceiling
_LARGEST_GAIN = 4.0  # 12 dB: a voice that is all but silent is not blown up into noise
_FRAME_SECONDS = 0.01
_MARGIN_SECONDS = 0.05
_EDGE_SECONDS = 0.005  # some sentences begin in the middle of a breath: without a ramp that clicks
_SILENT = 10 ** (-50 / 20)  # below the loudest frame
_LOUD = 10 ** (-30 / 20)
_SEED = 1


class PiperVoice:
    """A Piper voice in a folder of its own (`NAME.onnx`, `NAME.onnx.json`), loaded at its first sentence.

    The same sentences in the same order sound the same in each run: Piper draws the rhythm from noise,
    whose seed is fixed. Raises ModelError where the folder holds no voice, or a damaged one.
    """

    def __init__(self, folder: Path, length_scale: float = LENGTH_SCALE, threads: int = 2) -> None:
        self._model = _only_model(folder)
        self._settings = self._model.with_name(self._model.name + ".json")
        self._length_scale = length_scale
        self._threads = threads
        self._voice: piper.voice.PiperVoice | None = None
        try:
            settings = self._settings.read_bytes()
            size = self._model.stat().st_size
        except OSError as error:
            raise _damaged(self._model) from error
        digest = hashlib.blake2b(settings, digest_size=8).hexdigest()
        self._identity = f"{self._model.stem}-{size}-{digest}-{length_scale}-{LOUDNESS}-{CEILING}"

    @property
    def identity(self) -> str:
        """Changes whenever the same words would sound otherwise: voice, its settings, ours."""
        return self._identity

    def load(self) -> piper.voice.PiperVoice:
        """Load the model now instead of at the first sentence: about half a second. Raises ModelError."""
        if self._voice is None:
            self._voice = _load(self._model, self._settings, self._threads)
        return self._voice

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """Speak one sentence at the voice's own rate; `speed` 2.0 takes half the time.

        Its edges are trimmed to 50 ms of silence, its level is `LOUDNESS` and its peaks stay below
        `CEILING`. Text without a word gives no samples. Raises ModelError.
        """
        voice = self.load()
        from piper.config import SynthesisConfig

        how = SynthesisConfig(length_scale=self._length_scale / speed)
        # Not voice.synthesize(): that logs the text, which may quote a partner.
        parts = [
            np.asarray(voice.phoneme_ids_to_audio(voice.phonemes_to_ids(phonemes), how), dtype=np.float32)
            for phonemes in voice.phonemize(text)
            if any(phoneme.isalnum() for phoneme in phonemes)
        ]
        _give_memory_back()
        rate = voice.config.sample_rate
        samples = np.concatenate([part.reshape(-1) for part in parts]) if parts else np.zeros(0, np.float32)
        return Sound(_calm(samples, rate), rate)


def _only_model(folder: Path) -> Path:
    models = sorted(folder.glob("*.onnx"))
    if len(models) != 1:
        raise ModelError(f"{folder} holds {len(models) or 'no'} voices", "run voice-guide models fetch")
    return models[0]


def _damaged(model: Path) -> ModelError:
    return ModelError(
        f"The voice {model.stem} is damaged", "run voice-guide models verify, then voice-guide models fetch"
    )


def _load(model: Path, settings: Path, threads: int) -> piper.voice.PiperVoice:
    # Not PiperVoice.load(): that takes every core for its session, also from the transcriber.
    import onnxruntime
    from piper.config import PiperConfig
    from piper.voice import PiperVoice as Engine

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # An arena would hold what the longest sentence needed, for the whole evening: 200 MB.
    options.enable_cpu_mem_arena = False
    onnxruntime.set_seed(_SEED)
    try:
        config = PiperConfig.from_dict(json.loads(settings.read_text("utf-8")))
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no parent of their own
        raise _damaged(model) from error
    return Engine(session=session, config=config)


def _give_memory_back() -> None:
    """Let the system have what the last sentence needed: the C library would keep it, in pieces."""
    _malloc_trim()(0)


@functools.cache
def _malloc_trim() -> Callable[[int], object]:
    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # only glibc has it
        return lambda _: None
    return trim


def _calm(samples: Samples, rate: int) -> Samples:
    """Trim, level and limit one sentence."""
    frame = round(rate * _FRAME_SECONDS)
    if len(samples) < frame:
        return np.zeros(0, np.float32)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    levels = np.sqrt(np.mean(frames**2, axis=1))
    loudest = float(levels.max())
    if loudest == 0.0:
        return np.zeros(0, np.float32)
    (heard,) = np.nonzero(levels > loudest * _SILENT)
    margin = round(rate * _MARGIN_SECONDS)
    trimmed = samples[max(0, heard[0] * frame - margin) : (heard[-1] + 1) * frame + margin]
    level = float(np.sqrt(np.mean(levels[levels > loudest * _LOUD] ** 2)))
    calm = _limited(trimmed * np.float32(min(LOUDNESS / level, _LARGEST_GAIN)))
    ramp = np.linspace(0, 1, round(rate * _EDGE_SECONDS), dtype=np.float32)
    calm[: len(ramp)] *= ramp
    calm[-len(ramp) :] *= ramp[::-1]
    return calm


def _limited(samples: Samples) -> Samples:
    """Bend what is louder than the knee softly below the ceiling; quieter samples stay as they are."""
    size = np.abs(samples)
    room = CEILING - _KNEE
    bent = _KNEE + room * np.tanh((size - _KNEE) / room)
    return np.where(size > _KNEE, np.sign(samples) * bent, samples).astype(np.float32)
