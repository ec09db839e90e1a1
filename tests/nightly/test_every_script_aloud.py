"""Every exercise, spoken through the real models in the simulated room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.evenings.aloud import UNCLEAR, played
from voice_guide.library import scripts

pytestmark = pytest.mark.nightly


@pytest.mark.parametrize("name", scripts())
def test_an_exercise_is_spoken_to_its_end(name: str, tmp_path: Path) -> None:
    """All that it must ask is asked; what is not made out is rare, and the words that are heard are right."""
    evening = played(name, tmp_path)
    unclear = [text for text in evening.heard if text.startswith(UNCLEAR)]
    rate = evening.word_errors.rate
    sys.stderr.write(f"{name}: {len(evening.heard)} answers, word error {rate:.1%}, {len(unclear)} unclear\n")
    assert evening.code == 0, evening.output
    assert evening.ending == "completed"
    assert evening.unasked == set()
    assert len(unclear) <= 1
    assert rate < 0.2
