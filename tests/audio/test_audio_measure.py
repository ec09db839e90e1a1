"""Measurements of a microphone, on sounds whose level, noise and echo are known because they were made here."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.audio.measure import (
    QUIETEST_DBFS,
    clipped_share,
    echo_db,
    is_all_zero,
    level_dbfs,
    noise_floor_dbfs,
    speech_level_dbfs,
)
from voice_guide.sound import RATE, Samples


def noise(seconds: float, dbfs: float, seed: int = 1) -> Samples:
    """White noise of a known level."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    level: Samples = (samples / np.sqrt(np.mean(samples**2)) * 10 ** (dbfs / 20)).astype(np.float32)
    return level


def voice(seconds: float, dbfs: float, seed: int = 2) -> Samples:
    """Noise in the colour and the rhythm of speech: below 1 kHz mostly, four syllables a second."""
    rough = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    coloured = np.convolve(rough, np.hanning(24), "same")
    time = np.arange(len(coloured)) / RATE
    swelling = coloured * np.clip(np.sin(2 * np.pi * 4 * time), 0.02, None)
    samples: Samples = (swelling / np.sqrt(np.mean(swelling**2)) * 10 ** (dbfs / 20)).astype(np.float32)
    return samples


levels = st.floats(-70, -15)


@given(dbfs=levels)
def test_the_level_of_noise(dbfs: float) -> None:
    """Steady noise has its own level, whole or as a floor."""
    samples = noise(1.0, dbfs)
    assert level_dbfs(samples) == pytest.approx(dbfs, abs=0.1)
    assert noise_floor_dbfs(samples, RATE) == pytest.approx(dbfs, abs=0.5)


@given(dbfs=levels, cough=st.floats(0.1, 1.2))
def test_a_cough_does_not_raise_the_floor(dbfs: float, cough: float) -> None:
    """What is loud for less than half of the time is no part of the floor."""
    samples = noise(3.0, dbfs)
    samples[RATE : RATE + round(cough * RATE)] += noise(cough, -10, seed=3)
    assert noise_floor_dbfs(samples, RATE) == pytest.approx(dbfs, abs=1.0)


@given(dbfs=st.floats(-45, -12), before=st.floats(0.01, 3), behind=st.floats(0.01, 3))
def test_pauses_do_not_lower_the_level_of_speech(dbfs: float, before: float, behind: float) -> None:
    """However long the silence around it, the same words have the same level."""
    said = voice(2.0, dbfs)
    alone = speech_level_dbfs(said, RATE)
    around = np.concatenate([noise(before, -75), said, noise(behind, -75)])
    assert speech_level_dbfs(around, RATE) == pytest.approx(alone, abs=1.0)
    assert alone == pytest.approx(dbfs, abs=3.0)


@given(share=st.floats(0, 1))
def test_clipping(share: float) -> None:
    """As many samples as lie at full scale, on either side."""
    samples = noise(0.5, -30)
    count = round(share * len(samples))
    samples[:count] = np.where(np.arange(count) % 2, 1.0, -1.0)
    assert clipped_share(samples) == pytest.approx(count / len(samples))


def test_nothing_but_zeros() -> None:
    """One sample of the smallest size is enough to show that a microphone is on."""
    samples = np.zeros(RATE, np.float32)
    assert is_all_zero(samples)
    assert level_dbfs(samples) == noise_floor_dbfs(samples, RATE) == speech_level_dbfs(samples, RATE)
    assert level_dbfs(samples) == QUIETEST_DBFS
    samples[77] = 1 / 32768
    assert not is_all_zero(samples)


@pytest.mark.parametrize("measure", [noise_floor_dbfs, speech_level_dbfs])
def test_no_sound_at_all(measure) -> None:  # type: ignore[no-untyped-def]  # one of two functions above
    """A recording of no length is silence, not an error."""
    nothing = np.zeros(0, np.float32)
    assert measure(nothing, RATE) == level_dbfs(nothing) == QUIETEST_DBFS
    assert clipped_share(nothing) == 0.0
    assert is_all_zero(nothing)


def leaked(played: Samples, leak: float, delay: float, echoes: int) -> Samples:
    """`played` as a room gives it back: late, at `leak` dB, with reflections within 20 ms, all counted."""
    path = np.zeros(round(0.02 * RATE))
    at = np.random.default_rng(echoes).integers(1, len(path), echoes)
    path[0] = 1.0
    path[at] = 0.4
    heard = np.convolve(played, path)[: len(played)]
    heard *= 10 ** (leak / 20) * np.sqrt(np.sum(played**2) / np.sum(heard**2))
    return np.concatenate([np.zeros(round(delay * RATE)), heard, np.zeros(RATE // 2)]).astype(np.float32)


@settings(deadline=None, max_examples=25)
@given(leak=st.floats(-40, 6), delay=st.floats(0, 0.6), echoes=st.integers(0, 12))
def test_a_known_echo(leak: float, delay: float, echoes: int) -> None:
    """For any leak, delay and room the echo is right to 1.5 dB, with a quiet room's noise in it."""
    played = voice(3.0, -22)
    recorded = leaked(played, leak, delay, echoes)
    recorded += noise(len(recorded) / RATE, -66)[: len(recorded)]
    assert echo_db(played, recorded, RATE) == pytest.approx(leak, abs=1.5)


@settings(deadline=None, max_examples=15)
@given(dbfs=st.floats(-60, -20), seed=st.integers(10, 10_000))
def test_what_was_not_played_is_no_echo(dbfs: float, seed: int) -> None:
    """Noise and another's voice, however loud, are not taken for the guide's."""
    played = voice(3.0, -22)
    assert echo_db(played, noise(4.0, dbfs, seed), RATE) is None
    assert echo_db(played, voice(4.0, dbfs, seed), RATE) is None


def test_a_talker_beside_the_echo() -> None:
    """Somebody who speaks meanwhile changes little: only what was played counts."""
    played = voice(3.0, -22)
    recorded = leaked(played, -20, 0.1, 4)
    recorded += voice(len(recorded) / RATE, -40, seed=5)[: len(recorded)]
    assert echo_db(played, recorded, RATE) == pytest.approx(-20, abs=1.5)


@pytest.mark.parametrize(("played", "recorded"), [(0.0, 0.1), (0.1, 0.0), (0.0, 0.0)])
def test_an_echo_of_nothing(played: float, recorded: float) -> None:
    """Silence played, or silence recorded: no echo."""
    sounds = [np.full(RATE, level, np.float32) for level in (played, recorded)]
    assert echo_db(sounds[0], sounds[1], RATE) is None


@pytest.mark.parametrize("block", [0.02, 0.05])
def test_a_block_that_was_lost(block: float) -> None:
    """A sound server that drops a block in the middle does not make the echo look fainter."""
    played = voice(4.0, -22)
    recorded = leaked(played, -20, 0.1, 4)
    lost = slice(round(1.2 * RATE), round((1.2 + block) * RATE))
    assert echo_db(played, np.delete(recorded, lost), RATE) == pytest.approx(-20, abs=1.5)


def test_a_recording_that_ends_too_soon() -> None:
    """Of half the sound the echo can be told as well; of a tenth of a second it cannot."""
    played = voice(3.0, -22)
    recorded = leaked(played, -12, 0.1, 0)
    assert echo_db(played, recorded[: 2 * RATE], RATE) == pytest.approx(-12, abs=1.5)
    assert echo_db(played, recorded[: RATE // 20], RATE) is None
