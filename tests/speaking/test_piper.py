"""A sentence becomes calm, level sound, and nothing of it reaches a log."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from tests.silent_voice import LEVEL, write_silent_voice
from voice_guide.errors import ModelError
from voice_guide.exercise.sentences import PAUSE, estimated_seconds, longest_seconds
from voice_guide.models import models_home
from voice_guide.sound import Sound
from voice_guide.speaking.piper import CEILING, LOUDNESS, PiperVoice

SENTENCES = (
    "Ana, would you like to do this tonight?",
    "Yes, no, and not tonight are all good answers.",
    "While you talk, I learn your voice.",
    "Shall I write down what you say?",
    "It stays on this machine, and I write only if you both say yes.",
    "Choose a fear you are willing to share tonight.",
    "It need not be the biggest.",
    "Ben, take three minutes to tell it, while Ana only listens.",
    "That answer is out of the record, and so is what repeated it.",
    "Together, what do you want to remember from tonight?",
    "There is no hurry, I'm here.",
    "What you told each other is still yours.",
)


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """A folder with the tiny silent voice."""
    return write_silent_voice(tmp_path / "silent")


@pytest.fixture(scope="module")
def joe() -> PiperVoice:
    """The real voice, wherever it lies among the models."""
    found = sorted(models_home().rglob("en_US-joe-medium.onnx"))
    if not found:
        pytest.skip("en_US-joe-medium is not here (voice-guide models fetch joe)")
    return PiperVoice(found[0].parent)


def test_speaks_and_stays_quiet(silent: Path) -> None:
    """The silent voice gives sound of the expected length and at most 12 dB more than it has."""
    sound = PiperVoice(silent).synthesize("There is no hurry.")
    assert sound.rate == 22_050
    assert 0.4 < sound.seconds < 2.0
    assert np.abs(sound.samples).max() == pytest.approx(4 * LEVEL)
    assert sound.samples.dtype == np.float32


def test_speed(silent: Path) -> None:
    """Twice the speed takes half the time."""
    voice = PiperVoice(silent)
    slow, fast = voice.synthesize("I'm here for you both."), voice.synthesize("I'm here for you both.", 2.0)
    assert fast.seconds == pytest.approx(slow.seconds / 2, abs=0.05)


@pytest.mark.parametrize("text", ["", "...", " ?! "])
def test_no_word_no_sound(silent: Path, text: str) -> None:
    """Text without a word is no sound, and no error."""
    assert len(PiperVoice(silent).synthesize(text).samples) == 0


def test_never_logs_what_it_says(silent: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not even at the finest level does a spoken word reach a log."""
    with caplog.at_level(logging.DEBUG):
        PiperVoice(silent).synthesize("My secret is marmalade.")
    assert "marmalade" not in caplog.text
    assert "secret" not in caplog.text


def test_identity_follows_what_changes_the_sound(silent: Path, tmp_path: Path) -> None:
    """Another pace or other settings of the voice are another identity; the folder's place is not."""
    same = write_silent_voice(tmp_path / "elsewhere")
    identity = PiperVoice(silent).identity
    assert PiperVoice(same).identity == identity
    assert PiperVoice(silent, length_scale=1.0).identity != identity
    settings = same / "silent.onnx.json"
    settings.write_text(settings.read_text("utf-8").replace("0.667", "0.5"), "utf-8")
    assert PiperVoice(same).identity != identity


def test_no_voice_in_the_folder(tmp_path: Path) -> None:
    """An empty folder is a model error that says what to run."""
    with pytest.raises(ModelError, match=r"holds no voices \(run voice-guide models fetch\)"):
        PiperVoice(tmp_path)


def test_settings_missing(silent: Path) -> None:
    """A model without its settings is damaged."""
    (silent / "silent.onnx.json").unlink()
    with pytest.raises(ModelError, match="The voice silent is damaged"):
        PiperVoice(silent)


@pytest.mark.parametrize("file", ["silent.onnx", "silent.onnx.json"])
def test_damaged_voice(silent: Path, file: str) -> None:
    """A torn file is a model error when the voice loads."""
    path = silent / file
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ModelError, match="The voice silent is damaged"):
        PiperVoice(silent).load()


@pytest.fixture(scope="module")
def spoken(joe: PiperVoice) -> tuple[Sound, ...]:
    """All twelve sentences, by the real voice."""
    return tuple(joe.synthesize(sentence) for sentence in SENTENCES)


@pytest.mark.models
def test_pace_of_joe(spoken: tuple[Sound, ...]) -> None:
    """With its pauses the guide speaks 140 to 150 words a minute, as the estimate says."""
    words = sum(len(sentence.split()) for sentence in SENTENCES)
    seconds = sum(sound.seconds + PAUSE for sound in spoken)
    assert 140 <= words / seconds * 60 <= 150
    assert seconds == pytest.approx(sum(map(estimated_seconds, SENTENCES)), rel=0.05)


@pytest.mark.models
def test_longest_seconds_holds_for_joe(joe: PiperVoice, spoken: tuple[Sound, ...]) -> None:
    """No sentence takes longer than the bound that keeps prompts under 10 s, hard ones included."""
    hard = (
        "Yes.",
        "Responsibilities, expectations, disappointments and misunderstandings accumulate unnecessarily.",
        "Three through, strength, twelfths, scratched, stretched, squelched.",
        "Take 20 minutes, or 2.5 hours, until 10:45.",
    )
    sounds = (*spoken, *(joe.synthesize(sentence) for sentence in hard))
    for sentence, sound in zip(SENTENCES + hard, sounds, strict=True):
        assert sound.seconds < longest_seconds(sentence)


@pytest.mark.models
def test_level_of_joe(spoken: tuple[Sound, ...]) -> None:
    """Every sentence is about -20 dBFS where it is loud, under the ceiling, and begins near zero."""
    for sound in spoken:
        frames = sound.samples[: len(sound.samples) // 220 * 220].reshape(-1, 220)
        levels = np.sqrt(np.mean(frames**2, axis=1))
        loud = np.sqrt(np.mean(levels[levels > levels.max() * 10**-1.5] ** 2))
        assert 20 * np.log10(loud / LOUDNESS) == pytest.approx(0, abs=1.0)
        assert np.abs(sound.samples).max() <= CEILING
        assert np.abs(sound.samples[:10]).max() < 0.01
        assert np.abs(sound.samples[-10:]).max() < 0.01
