"""The reckoning behind the curve of waits and cuts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tests.bench.answers import memoryless, pause, three_to_six
from tests.bench.curve import draw, figure, fixed, gain, ours
from tests.bench.virtual import OUTPUT, Told


def told(speaker: str, *pauses: float, wait: float = 3.0, tones: tuple[float, ...] = ()) -> Told:
    """An answer whose pauses begin every 20 s, with the guide's tones beside the last one."""
    gaps = [(20.0 * n, 20.0 * n + pause) for n, pause in enumerate(pauses, start=1)]
    end = 20.0 * (len(pauses) + 1)
    return Told(speaker, gaps=gaps, ended=end, tones=[*tones, end + wait])


def test_a_fixed_silence_cuts_off_what_pauses_longer() -> None:
    """And is as long as it is, for everybody; the loudspeaker's delay counts with it."""
    answers = [told("a", 1.0, 4.0), told("b", 1.0)]
    assert figure(answers, fixed(2.5)) == pytest.approx((2.5 + OUTPUT, 0.5))
    assert figure(answers, fixed(4.0)) == pytest.approx((4.0 + OUTPUT, 0.0))


def test_a_tone_before_the_last_word_is_a_cut() -> None:
    """One after it is the end, and the wait."""
    assert ours(told("a", 5.0, tones=(23.0,))) == (True, 3.0)
    assert ours(told("a", 5.0)) == (False, 3.0)


def test_the_gain_is_taken_at_equal_cuts() -> None:
    """We cut off nobody; a fixed silence that does as well waits for the longest pause of anybody."""
    found = gain([told("a", 1.0, 5.0, wait=3.0), told("b", 2.0, wait=2.0)])
    assert found.fixed == pytest.approx(5.0, abs=0.11)
    assert found.mean == pytest.approx(found.fixed - 2.5)
    assert found.low <= found.mean <= found.high


def test_no_gain_over_itself() -> None:
    """A rule that is a fixed silence gains nothing over the fixed silences."""
    random = np.random.default_rng(1)
    answers = []
    for speaker in "abcdefgh":
        for _ in range(40):
            pauses = [pause(random) for _ in range(3)]
            tones = tuple(20.0 * n + 2.5 + OUTPUT for n, p in enumerate(pauses, start=1) if p > 2.5 + OUTPUT)
            answers.append(told(speaker, *pauses, wait=2.5 + OUTPUT, tones=tones))
    found = gain(answers)
    assert found.low - 0.11 <= 0 <= found.high + 0.11
    assert abs(found.mean) < 0.11


def test_the_picture_is_one() -> None:
    """Well-formed, with a label for each rule."""
    answers = [told("a", 1.0, 5.0), told("b", 2.0)]
    picture = ET.fromstring(draw(answers, {"stock": fixed(0.2)}, (0.7, 6.0)))  # noqa: S314 - our own text
    words = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Voice Guide", "stock", "fixed 0.7 s", "fixed 6 s"} <= words


def test_the_mix_of_pauses() -> None:
    """70 % around 0.43 s, 25 % around 1.6 s, 5 % from 3 to 10 s; counts as they are named."""
    random = np.random.default_rng(3)
    pauses = np.array([pause(random) for _ in range(20000)])
    assert np.mean(pauses > 3.0) == pytest.approx(0.05 + 0.25 * 0.104, abs=0.01)
    assert np.median(pauses) == pytest.approx(0.55, abs=0.05)
    assert {three_to_six(random) for _ in range(200)} == set(range(3, 7))
    assert {memoryless(random) for _ in range(2000)} <= set(range(1, 11))
