"""The speech detector on real speech, on what is none, and on files that are no model of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from tests.recordings import SPEECH, utterances
from tests.silent_voice import write_silent_voice
from voice_guide.errors import ModelError
from voice_guide.hearing.segmenter import Segmenter, SpeechEvent
from voice_guide.hearing.silero import Silero
from voice_guide.session.events import Pause, SpeechStarted
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples, silence


@pytest.fixture(scope="module")
def model_file() -> Path:
    """The detector that lies in faster-whisper's wheel, found without importing it."""
    spec = importlib.util.find_spec("faster_whisper")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"


@pytest.fixture
def silero(model_file: Path) -> Silero:
    """A detector that has heard nothing yet."""
    return Silero(model_file)


@pytest.fixture(scope="module")
def sentence() -> Samples:
    """A sentence of a LibriSpeech speaker, with a second of silence on both sides."""
    if not SPEECH.is_dir():
        pytest.skip(f"no recorded speech in {SPEECH}")
    _, samples = next(utterances(SPEECH, ("1688",)))
    return np.concatenate([silence(1.0, RATE), samples, silence(1.0, RATE)])


def probabilities(silero: Silero, samples: Samples) -> list[float]:
    """Of each whole frame."""
    whole = samples[: len(samples) // FRAME * FRAME]
    return [silero.probability(frame) for frame in whole.reshape(-1, FRAME)]


def events(silero: Silero, samples: Samples) -> list[SpeechEvent]:
    """What the segmenter makes of it."""
    segmenter = Segmenter()
    found = [segmenter.feed((i + 1) * FRAME_SECONDS, p) for i, p in enumerate(probabilities(silero, samples))]
    return [event for event in found if event is not None]


def test_speech(silero: Silero, sentence: Samples) -> None:
    """A sentence begins after the silence before it, and ends in a pause within the silence after it."""
    found = events(silero, sentence)
    assert isinstance(found[0], SpeechStarted)
    assert 1.0 <= found[0].since < 2.0
    assert isinstance(found[-1], Pause)
    assert found[-1].since < len(sentence) / RATE - 0.9


def test_state_is_carried(silero: Silero, sentence: Samples) -> None:
    """Each frame is judged in the light of those before, and `reset` makes the first one first again."""
    first = probabilities(silero, sentence)
    silero.reset()
    assert probabilities(silero, sentence) == first
    assert probabilities(silero, sentence) != first


@pytest.mark.parametrize("kind", ["silence", "hiss", "clicks", "coughs"])
def test_no_speech(silero: Silero, kind: str) -> None:
    """Silence, hiss, clicks and cough-like bursts begin nothing."""
    random = np.random.default_rng(5)
    hiss = 1e-3 * random.standard_normal(10 * RATE)
    burst = {"clicks": 3e-3, "coughs": 0.08}.get(kind)
    if burst is not None:
        time = np.arange(RATE // 2) / RATE
        for second in range(1, 10):
            hiss[second * RATE : second * RATE + len(time)] += (
                0.2 * random.standard_normal(len(time)) * np.exp(-time / burst)
            )
    samples = silence(10.0, RATE) if kind == "silence" else hiss.astype(np.float32)
    assert events(silero, samples) == []


def test_missing(tmp_path: Path) -> None:
    """A file that is not there is named, with a hint."""
    with pytest.raises(ModelError, match=r"cannot be read .*none\.onnx"):
        Silero(tmp_path / "none.onnx")


def test_damaged(tmp_path: Path, model_file: Path) -> None:
    """Half a model is as good as none."""
    half = tmp_path / "half.onnx"
    half.write_bytes(model_file.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="cannot be read"):
        Silero(half)


def test_other_model(tmp_path: Path) -> None:
    """Another ONNX model is refused by its inputs, before it meets a sound."""
    with pytest.raises(ModelError, match="is not the Silero v6"):
        Silero(write_silent_voice(tmp_path) / "silent.onnx")
