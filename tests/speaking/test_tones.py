"""Tones are soft, short, without clicks, told apart by ear, and never taken for speech."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from voice_guide.audio.resample import resample
from voice_guide.session.tones import Tone
from voice_guide.sound import FRAME, RATE, Samples, Sound
from voice_guide.speaking.tones import CHIME_PEAK, PEAK, tone

CONTEXT = 64
KINDS = pytest.mark.parametrize("kind", list(Tone))
RATES = pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])


@KINDS
@RATES
def test_soft_and_short(kind: Tone, rate: int) -> None:
    """Each has its peak exactly, lasts no longer than it may, and is float32."""
    sound = tone(kind, rate)
    assert sound.rate == rate
    assert sound.samples.dtype == np.float32
    assert np.abs(sound.samples).max() == pytest.approx(CHIME_PEAK if kind is Tone.CHIME else PEAK)
    assert sound.seconds <= (1.6 if kind is Tone.CHIME else 0.8)


@KINDS
@RATES
def test_no_click(kind: Tone, rate: int) -> None:
    """It begins and ends near zero, swells over 15 ms, and never jumps more than its notes do."""
    samples = tone(kind, rate).samples
    assert abs(samples[0]) < 1e-4
    assert abs(samples[-1]) < 1e-3
    assert np.abs(samples[: round(0.004 * rate)]).max() < 0.25 * np.abs(samples).max()
    steepest = 2 * np.pi * 880 / rate * CHIME_PEAK
    assert np.abs(np.diff(samples)).max() < steepest


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(Tone, 2)))
def test_told_apart(one: Tone, other: Tone) -> None:
    """No two share their course of pitch: their spectrograms point in different directions."""
    assert alikeness(tone(one, RATE).samples, tone(other, RATE).samples) < 0.75


def alikeness(one: Samples, other: Samples) -> float:
    """Cosine of two spectrograms (64 ms frames), 1 for the same sound."""
    length = max(len(one), len(other)) // 1024 * 1024 + 1024
    spectrograms = [
        np.abs(np.fft.rfft(np.pad(samples, (0, length - len(samples))).reshape(-1, 1024))).reshape(-1)
        for samples in (one, other)
    ]
    return float(np.dot(*spectrograms) / (np.linalg.norm(spectrograms[0]) * np.linalg.norm(spectrograms[1])))


def test_names_are_stable() -> None:
    """The events file names tones by these words."""
    assert [kind.value for kind in Tone] == [
        "listening",
        "landing",
        "paused",
        "resumed",
        "off-record",
        "on-record",
        "kept",
        "cue",
        "chime",
    ]


@pytest.fixture(scope="module")
def silero() -> Path:
    """The real Silero model, as it comes with faster-whisper."""
    import faster_whisper

    return Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx"


@pytest.mark.models
@KINDS
@pytest.mark.parametrize("gain", [0.03, 0.1, 0.3, 1.0, 4.0])
def test_never_taken_for_speech(silero: Path, kind: Tone, gain: float) -> None:
    """At any loudness in the room, Silero gives each frame of a tone less than 0.35."""
    sound = resample(tone(kind, 44_100), RATE)
    noise = np.random.default_rng(1).normal(0, 1e-4, len(sound.samples) + RATE).astype(np.float32)
    noise[RATE // 2 : RATE // 2 + len(sound.samples)] += sound.samples * gain
    assert max(probabilities(silero, Sound(noise, RATE))) < 0.35


def probabilities(model: Path, sound: Sound) -> list[float]:
    """Silero's probability of speech for each frame of 512 samples."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    frames = sound.samples[: len(sound.samples) // FRAME * FRAME].reshape(-1, FRAME)
    h = c = np.zeros((1, 1, 128), np.float32)
    context = np.zeros(CONTEXT, np.float32)
    found = []
    for frame in frames:
        feed = {"input": np.concatenate([context, frame])[None], "h": h, "c": c}
        output, h, c = session.run(None, feed)
        context = frame[-CONTEXT:]
        found.append(float(output.reshape(-1)[0]))
    return found
