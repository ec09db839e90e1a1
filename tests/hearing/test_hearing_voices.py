"""Voices: what a network makes of them is measured in tests/bench; here, what is made of that."""

from __future__ import annotations

import math
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordings import SPEECH, utterances
from voice_guide.errors import ModelError
from voice_guide.exercise.flat import Who
from voice_guide.hearing.voices import MOST_WINDOWS, SHORTEST, SpeakerModel, Vectors, Voices, likelihood
from voice_guide.models import find
from voice_guide.session.turn_end import POST_ROLL, PRE_ROLL
from voice_guide.sound import RATE, Samples, silence


class Painted:
    """A network that reads the voice off the first sample of each window of half a second: an angle, in degrees."""

    def windows(self, samples: Samples) -> Vectors | None:
        """Directions in a plane."""
        if len(samples) < RATE:
            return None
        angles = [math.radians(float(angle)) for angle in samples[:: RATE // 2]]
        return np.array([(math.cos(angle), math.sin(angle)) for angle in angles], dtype=np.float32)


def said(angle: float, seconds: float = 3.0) -> Samples:
    """Somebody with this voice."""
    return np.full(round(seconds * RATE), angle, dtype=np.float32)


@pytest.fixture
def voices() -> Voices:
    """Two partners: one at 0 degrees, one at 80."""
    known = Voices(cast(SpeakerModel, Painted()))
    known.learn(Who.FIRST, said(0))
    known.learn(Who.SECOND, said(80))
    return known


@pytest.mark.parametrize(
    ("angle", "who"), [(0, Who.FIRST), (20, Who.FIRST), (80, Who.SECOND), (95, Who.SECOND), (40, None), (180, None)]
)  # fmt: skip
def test_whose_voice(voices: Voices, angle: float, who: Who | None) -> None:
    """The nearer partner where that is clear, nobody in the middle between them or far from both."""
    found = voices.whose(said(angle))
    assert found is not None
    assert found.who is who


def test_a_stranger_is_neither(voices: Voices) -> None:
    """Far from both, and that is said, too."""
    found = voices.whose(said(200))
    assert found is not None
    assert found.neither > 0.99
    assert found.strange


@pytest.mark.parametrize("angle", [0, 40, 80])
def test_whoever_is_near_a_partner_is_no_stranger(voices: Voices, angle: float) -> None:
    """Unsure is not strange: somebody may be hoarse, or weep."""
    found = voices.whose(said(angle))
    assert found is not None
    assert not found.strange


@pytest.mark.parametrize(
    ("parts", "both"),
    [
        ([(0, 1.5), (80, 1.5)], True),
        ([(80, 1.0), (0, 3.0)], True),
        ([(0, 2.5), (80, 0.5)], False),
        ([(0, 2.0), (40, 2.0)], False),
        ([(0, 2.0), (180, 2.0)], False),
    ],
)
def test_one_after_the_other_without_a_pause_is_both(
    voices: Voices, parts: list[tuple[float, float]], both: bool
) -> None:
    """Where as much as two windows is clearly each partner's; what is unclear or a third one's is not."""
    found = voices.whose(np.concatenate([said(angle, seconds) for angle, seconds in parts]))
    assert found is not None
    assert found.both == both
    assert (found.who is Who.BOTH) == both


def test_nothing_is_told_before_both_are_known() -> None:
    """One voice alone could be anybody's."""
    known = Voices(cast(SpeakerModel, Painted()))
    assert known.whose(said(0)) is None
    known.learn(Who.FIRST, said(0))
    assert known.whose(said(0)) is None


def test_voices_that_are_too_alike_are_not_told_apart() -> None:
    """The same person twice, or a microphone that hears nothing but the room: the turn's owner counts."""
    known = Voices(cast(SpeakerModel, Painted()))
    known.learn(Who.FIRST, said(0))
    known.learn(Who.SECOND, said(10))
    assert not known.told_apart
    assert known.whose(said(0)) is None


def test_a_short_word_has_no_voice(voices: Voices) -> None:
    """Below 1.5 s of speech nobody is told; a sentence that is too short to learn from leaves what was known."""
    around = PRE_ROLL + POST_ROLL
    assert voices.whose(said(0, around + SHORTEST - 0.1)) is None
    assert voices.whose(said(0, around + SHORTEST + 0.1)) is not None
    voices.learn(Who.FIRST, said(170, 1.9))
    found = voices.whose(said(0))
    assert found is not None
    assert found.who is Who.FIRST


def test_clear_turns_sharpen_a_voice(voices: Voices) -> None:
    """Who changes little by little is followed to where one step would have lost them."""
    assert (first := voices.whose(said(-60))) is not None
    assert first.who is None
    for angle in np.repeat(np.arange(-4, -61, -4), 6):
        voices.whose(said(float(angle)))
    assert (later := voices.whose(said(-60))) is not None
    assert later.who is Who.FIRST


def test_a_voice_does_not_show(voices: Voices) -> None:
    """In no log, whatever is printed."""
    assert repr(voices) == "Voices(2 known)"


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_for_any_likeness_the_shares_add_up_and_follow_it(first: float, second: float) -> None:
    """Whoever is nearer has the larger share; nobody is named who is not the likeliest."""
    found = likelihood(first, second)
    assert found.first + found.second + found.neither == pytest.approx(1)
    assert (found.first >= found.second) == (first >= second) or found.first == pytest.approx(found.second)
    if found.who is Who.FIRST:
        assert found.first > max(found.second, found.neither)
    if found.who is Who.SECOND:
        assert found.second > max(found.first, found.neither)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    """With a hint; the engine's own words are not shown."""
    file = tmp_path / "voice.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"^The voice model cannot be read from .*verify\)$"):
        SpeakerModel(file)


@pytest.fixture(scope="module")
def model() -> SpeakerModel:
    """The real network."""
    return SpeakerModel(find("speaker").main)


@pytest.mark.models
def test_another_model_is_refused() -> None:
    """Silero's file, for one."""
    with pytest.raises(ModelError, match="tells no voices"):
        SpeakerModel(find("silero").main)


@pytest.mark.models
@pytest.mark.parametrize(
    ("seconds", "heard"), [(0.0, False), (0.5, False), (0.81, False), (0.83, True), (9.0, True)]
)
def test_any_length(model: SpeakerModel, seconds: float, heard: bool) -> None:
    """Few directions of length 1, or none where there is less than a window; digital silence does no harm."""
    found = model.windows(np.zeros(round(seconds * RATE), dtype=np.float32))
    assert (found is not None) == heard
    if found is not None:
        assert 1 <= len(found) <= MOST_WINDOWS
        assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.models
@pytest.mark.skipif(not SPEECH.is_dir(), reason="needs the recordings of shared/speech")
def test_two_women_are_told_apart(model: SpeakerModel) -> None:
    """After one sentence each, as clear as recordings are."""
    ana, ben = ([samples for _, samples in utterances(SPEECH, (speaker,))] for speaker in ("3080", "3331"))
    known = Voices(model)
    known.learn(Who.FIRST, ana[2])
    known.learn(Who.SECOND, ben[0])
    assert known.told_apart
    around = silence(PRE_ROLL, RATE), silence(POST_ROLL, RATE)
    for who, parts in ((Who.FIRST, ana), (Who.SECOND, ben)):
        for samples in parts[4:8]:
            found = known.whose(np.concatenate([around[0], samples, around[1]]))
            assert found is not None
            assert found.who is who
