"""Word error rate, as the field counts it: edits over the words that were said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_WORD = re.compile(r"[^\w' ]+")


@dataclass(frozen=True, slots=True)
class Errors:
    """Word edits and reference words; sums over utterances with `+`."""

    edits: int = 0
    words: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.edits + other.edits, self.words + other.words)

    @property
    def rate(self) -> float:
        """Word error rate, 0 and up."""
        return self.edits / max(1, self.words)


def words(text: str) -> list[str]:
    """Lower case, no punctuation; contractions stay as they are."""
    return _NOT_WORD.sub(" ", text.lower().replace("\u2019", "'")).split()


def errors(said: str, heard: str) -> Errors:
    """The fewest insertions, deletions and substitutions of words that turn `said` into `heard`."""
    reference, hypothesis = words(said), words(heard)
    row = list(range(len(hypothesis) + 1))
    for i, expected in enumerate(reference, 1):
        before, row = row, [i]
        for j, found in enumerate(hypothesis, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (expected != found)))
    return Errors(row[-1], len(reference))
