"""Exercises spoken through the real models: two here, a third in test_audio_rehearsal.py, all in `make nightly`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evenings.aloud import UNCLEAR, played

pytestmark = pytest.mark.models


@pytest.mark.parametrize("name", ["first-taste", "no-blame-ask"])
def test_an_exercise_is_spoken_to_its_end(name: str, tmp_path: Path) -> None:
    """All that it must ask is asked, and what the couple says is heard with few words wrong."""
    evening = played(name, tmp_path)
    assert evening.code == 0, evening.output
    assert evening.ending == "completed"
    assert evening.unasked == set()
    assert [text for text in evening.heard if text.startswith(UNCLEAR)] == []
    assert evening.word_errors.rate < 0.2
