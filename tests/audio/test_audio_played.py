"""The reference of what was played: by the time at which it is heard, whatever the blocks look like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.audio.played import KEPT, Played
from voice_guide.sound import RATE, Samples

WAVE: Samples = np.sin(np.arange(4 * RATE) * 0.05).astype(np.float32) * np.float32(0.5)


def play(played: Played, samples: Samples, rate: int, began: float, block: int = 320) -> None:
    """The samples, block by block, heard from `began` on."""
    for at in range(0, len(samples), block):
        played(samples[at : at + block], rate, began + at / rate)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=40), st.floats(0, 1000), st.integers(0, 3 * RATE))
def test_a_moment_is_found_however_the_blocks_are_cut(cuts: list[int], began: float, at: int) -> None:
    """What was heard at a time comes back, to the nearest sample."""
    played, done = Played(), 0
    for cut in cuts:
        played(WAVE[done : done + cut], RATE, began + done / RATE)
        done = min(len(WAVE), done + cut)
    found = played.span(began + at / RATE, 512)
    wanted = np.zeros(512, np.float32)
    known = WAVE[at : min(at + 512, done)]
    wanted[: len(known)] = known
    assert np.abs(found - wanted).max() < 0.06  # a sample beside, at most


def test_a_loudspeaker_at_another_rate_is_resampled() -> None:
    """48 kHz come back at 16, in their place."""
    played = Played()
    slow = np.sin(np.arange(48_000) * 2 * np.pi * 440 / 48_000).astype(np.float32)
    play(played, slow, 48_000, 5.0, 960)
    wanted = np.sin(np.arange(512) * 2 * np.pi * 440 / RATE + 2 * np.pi * 440 * 0.5)
    assert np.abs(played.span(5.5, 512) - wanted).max() < 0.02


def test_jitter_moves_nothing_until_it_is_aligned_anew() -> None:
    """Blocks that claim to be heard a little early or late leave a moment where it is; `align` takes the middle."""
    played, random = Played(), np.random.default_rng(2)
    for at in range(0, 2 * RATE, 320):
        played(
            WAVE[at : at + 320], RATE, at / RATE + float(random.uniform(-0.02, 0.02)) + (0.0 if at else 0.02)
        )
    early = played.span(1.0, 512)
    played.align()
    late = played.span(1.0, 512)
    assert not np.array_equal(early, late)
    assert np.abs(late - WAVE[RATE : RATE + 512]).max() < 0.15  # within 5 ms


def test_a_loudspeaker_that_is_opened_anew_begins_anew() -> None:
    """After a gap nothing of before lies where it did, and what comes now does."""
    played = Played()
    play(played, WAVE[:RATE], RATE, 0.0)
    play(played, WAVE[RATE : 2 * RATE], RATE, 100.0)
    assert np.array_equal(played.span(100.5, 512), WAVE[RATE + RATE // 2 :][:512])
    assert not played.span(50.0, 512).any()


def test_only_the_last_seconds_are_kept() -> None:
    """An hour of prompts takes no more room than 20 s of it, and older sound is gone."""
    played = Played()
    for second in range(30):
        play(played, np.full(RATE, 0.1 + second / 100, np.float32), RATE, float(second))
        assert played.span(second + 0.5, 1)[0] == pytest.approx(0.1 + second / 100)
    assert played.span(30 - KEPT + 0.5, 1)[0] > 0
    assert played.span(30 - KEPT - 1.5, 1)[0] == 0


def test_it_is_loud_while_something_sounds_and_a_little_after() -> None:
    """Silence is no reason to listen beside it."""
    played = Played()
    play(played, np.zeros(RATE, np.float32), RATE, 0.0)
    assert not played.loud_at(0.5)
    play(played, WAVE[:RATE], RATE, 1.0)
    assert played.loud_at(1.5) and played.loud_at(2.4)
    assert not played.loud_at(2.6)
