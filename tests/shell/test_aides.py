"""Helpers that an evening does without."""

from __future__ import annotations

import numpy as np
import pytest

from voice_guide.aides import Aides
from voice_guide.exercise.flat import Who
from voice_guide.hearing.voices import Likelihood
from voice_guide.sound import Samples

SOUND: Samples = np.zeros(16000, dtype=np.float32)


class Helper:
    """Knows turns and voices, or fails at all of it."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.learnt: list[Who] = []
        self.loads = 0

    def load(self) -> Helper:
        """Counted."""
        self.loads += 1
        return self

    def complete(self, samples: Samples) -> float:
        """Always the same."""
        self._work(samples)
        return 0.25

    def learn(self, who: Who, samples: Samples) -> None:
        """Noted."""
        self._work(samples)
        self.learnt.append(who)

    def whose(self, samples: Samples) -> Likelihood:
        """The first one's."""
        self._work(samples)
        return Likelihood(0.9, 0.1, 0.0)

    def _work(self, samples: Samples) -> None:
        assert samples is SOUND
        if self.error is not None:
            raise self.error


def test_they_are_loaded_when_they_are_needed_and_once() -> None:
    """Nobody's voice is looked for before one was learnt."""
    helper = Helper()
    aides = Aides(helper.load, helper.load)
    assert aides.whose(SOUND) is None
    assert helper.loads == 0
    aides.learn(Who.SECOND, SOUND)
    assert (helper.loads, helper.learnt) == (1, [Who.SECOND])
    assert (found := aides.whose(SOUND)) is not None
    assert found.who is Who.FIRST
    assert [aides.complete(SOUND), aides.complete(SOUND)] == [0.25, 0.25]
    assert helper.loads == 2


def test_without_them_nobody_can_tell() -> None:
    """As where they are not installed."""
    aides = Aides()
    aides.learn(Who.FIRST, SOUND)
    assert (aides.complete(SOUND), aides.whose(SOUND)) == (None, None)


@pytest.mark.parametrize("loads", [True, False])
def test_one_that_fails_has_nothing_to_say(loads: bool) -> None:
    """Whether it cannot be loaded or cannot work; the evening goes on."""
    helper = Helper(RuntimeError("Rumpelstiltskin"))

    def fail() -> Helper:
        raise RuntimeError("Rumpelstiltskin")

    aides = Aides(helper.load, helper.load) if loads else Aides(fail, fail)
    for _ in range(2):
        aides.learn(Who.FIRST, SOUND)
        assert (aides.complete(SOUND), aides.whose(SOUND)) == (None, None)
