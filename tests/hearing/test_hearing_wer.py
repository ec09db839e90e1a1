"""The yardstick of the tests that hear words."""

from __future__ import annotations

import pytest

from tests.wer import Errors, errors, words


def test_words() -> None:
    """Case and punctuation do not count, apostrophes do, curly or straight."""
    assert words("I\u2019m NOT sure - \u201creally\u201d?") == ["i'm", "not", "sure", "really"]


@pytest.mark.parametrize(
    ("said", "heard", "edits"),
    [
        ("I am here", "i am here.", 0),
        ("I am here", "I am", 1),
        ("I am here", "I am not here", 1),
        ("I am here", "I was here", 1),
        ("I am here", "", 3),
        ("one two three four", "two three four five", 2),
    ],
)
def test_edits(said: str, heard: str, edits: int) -> None:
    """Insertions, deletions and substitutions cost one each, and the cheapest way is taken."""
    assert errors(said, heard) == Errors(edits, len(words(said)))


def test_sum() -> None:
    """Utterances are added up by words, not averaged."""
    assert (Errors(1, 2) + Errors(0, 8)).rate == pytest.approx(0.1)
