"""The level of the microphone: quick to rise, slow to fall, and still in a silent room."""

from __future__ import annotations

import math
import random

from voice_guide.screen.levels import Level


def test_rises_at_once_and_falls_after_a_while() -> None:
    """A word is seen as it begins; the bar does not flicker between syllables."""
    level = Level()
    assert level.feed(-30.0)
    assert level.step == 3
    assert [level.feed(-70.0) for _ in range(8)] == [False] * 7 + [True]
    assert level.step == 0


def test_a_silent_room_changes_nothing() -> None:
    """Noise around -55 dBFS, for as long as it likes."""
    noise = random.Random(7)  # noqa: S311 - noise, no secret
    level = Level()
    assert not any(level.feed(noise.gauss(-55.0, 2.0)) for _ in range(5000))


def test_a_level_at_a_threshold_does_not_flicker() -> None:
    """Once lit, a step goes out only well below."""
    level = Level()
    assert sum(level.feed(-40.0 + wobble) for wobble in (0.5, -0.5) * 100) == 1


def test_no_sound_at_all() -> None:
    """Zeros and what is no number count as silence."""
    level = Level()
    assert not level.feed(-math.inf)
    assert not level.feed(math.nan)
    assert level.step == 0
