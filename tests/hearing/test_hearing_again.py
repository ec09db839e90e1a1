"""Hearing with all the time there is: in the light of what was said before, and how sure each word is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from voice_guide.hearing.transcript import Attempt, word_percents
from voice_guide.hearing.whisper import FULL_WINDOW, Whisper
from voice_guide.sound import RATE, silence

GOOD = Attempt("I was afraid of it", 0.1, -0.3)
LOOPS = Attempt("I was afraid of I was afraid of", 0.1, -0.1)
IMPROBABLE = Attempt("Herons", 0.1, -1.5)
NOBODY = Attempt("you", 0.99, -0.9)


class Scripted(Whisper):
    """Whisper whose attempts are written down beforehand; it notes what each was told of the time before."""

    def __init__(self, *attempts: Attempt) -> None:
        self.left = list(attempts)
        self.told: list[list[int]] = []
        self._prompt = [1]
        self._tokenizer: Any = SimpleNamespace(sot_prev=9, encode=lambda text: list(range(len(text.split()))))

    def _encode(self, samples: Any, window: float) -> Any:
        assert len(samples) <= window * RATE
        assert window == FULL_WINDOW
        return "encoded"

    def _decode(self, encoded: Any, seconds: float, prompt: list[int]) -> Attempt:
        assert encoded == "encoded"
        assert seconds > 0
        self.told.append(prompt)
        return self.left.pop(0)


def test_what_was_said_before_makes_words_likelier() -> None:
    """One attempt, with the words before in front of its prompt; without any it has none."""
    whisper = Scripted(GOOD, GOOD)
    found, _ = whisper.transcribe_surely(silence(3.0, RATE), before="in the dark")
    assert (found.text, whisper.told) == (GOOD.text, [[9, 0, 1, 2, 1]])
    whisper.transcribe_surely(silence(3.0, RATE))
    assert whisper.told[1] == [1]


@pytest.mark.parametrize("misled", [LOOPS, IMPROBABLE, NOBODY], ids=["loops", "improbable", "nobody"])
def test_where_it_misleads_it_does_not_count(misled: Attempt) -> None:
    """A second attempt hears the sound alone."""
    whisper = Scripted(misled, GOOD)
    found, _ = whisper.transcribe_surely(silence(3.0, RATE), before="in the dark")
    assert (found.text, whisper.told[1]) == (GOOD.text, [1])


def test_only_the_last_words_before_are_told() -> None:
    """More than the model takes would push the sound's own words out."""
    whisper = Scripted(GOOD)
    whisper.transcribe_surely(silence(3.0, RATE), before="word " * 500)
    assert len(whisper.told[0]) == 1 + 200 + 1


@pytest.mark.parametrize(
    ("tokens", "probabilities", "text", "percents"),
    [
        ([" Lob", "sters", " and", "."], [0.64, 0.96, 0.9, 0.2], "Lobsters and.", (64, 90)),
        ([" I", "'m", ",", " so"], [0.9, 0.8, 0.1, 1.0], "I'm, so", (80, 100)),
        ([" I"], [0.9], "I was", ()),
        ([], [], "", ()),
    ],
)
def test_a_word_is_as_sure_as_its_least_sure_part(
    tokens: list[str], probabilities: list[float], text: str, percents: tuple[int, ...]
) -> None:
    """Marks do not count; where tokens and words do not fit, nobody can tell."""
    assert word_percents(tokens, probabilities, text) == percents
