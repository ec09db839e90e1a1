"""What was said in a span of sound, and how far to trust it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

# Whisper's own thresholds (Radford et al. 2022, section 4.5).
_LOOPING = 2.4
IMPROBABLE = -1.0
_NO_SPEECH = 0.6

SHORT = 3.5
"""Seconds with pre-roll; a command lasts about one."""

_DOUBTFUL = -0.5
"""Average log-probability of a short span; a plain "yes" is above it, a "pass" that is misheard as one is not."""

_FAINT = 0.4
"""Share of the speech frames in which the detector was sure; below it the words have to be likelier than ..."""

_FAINT_LEAST = -0.6
"""... this average log-probability. Of 284 spans of people in rooms, meetings and single words it takes five; of a
murmuring office all (tests/bench/README.md)."""

_SPOT_MARGIN, _SPOT_LEAD = 6.0, 2.0
"""Natural logarithms: by how much the free reading of what was said over the guide's voice may be likelier than a word
to it, and by how much the second word has to be less likely than the first. On the tuning half of the voices
(tests/bench/over.py, tiny.en) "pause" was heard 99 of 110 times and "stop" 96 of 106, and 6 of 386 other words were
taken for one; with 4.5 it was 83, 88 and 1, with 5.5 and 1 98, 95 and 8, with 7.5 100, 99 and 19."""

_ROW = 4  # words in a row that come twice where a window was too tight, and seldom in speech

_WORDS_PER_SECOND = 7.0  # nobody is understood at more than about 6
_SPARE_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said in a span of sound, and how far to trust it; `repr` hides the words."""

    text: str = field(repr=False)
    """Empty if nothing was said, or more than anyone could say in that time."""
    speech: bool
    """False if the span held noise only, by two signs."""
    sure: bool
    """False if the words are improbable, loop, or are no words at all."""
    hinted: str = field(default="", repr=False)
    """What a short span holds if one of the hinted phrases was to be expected; empty unless that is likelier."""
    doubtful: bool = False
    """A short reading that is too improbable for a consent to hang on it."""
    no_speech: float
    """Whisper's probability that nobody speaks, 0 to 1."""
    average_log_probability: float
    """Natural logarithm, over the tokens of the text."""
    compression_ratio: float
    """Bytes of the text over its bytes compressed."""
    fitted: bool
    """True if the fitted window was enough, False if the full one was tried as well."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one pass of the decoder gave."""

    text: str = field(repr=False)
    no_speech: float
    average_log_probability: float
    tokens: tuple[int, ...] = field(default=(), repr=False)
    """Of the text, as the model's vocabulary numbers them; empty where several windows were joined."""

    @property
    def compression_ratio(self) -> float:
        """Bytes of the text over its bytes compressed: loops compress well."""
        raw = self.text.encode()
        return len(raw) / len(zlib.compress(raw))

    @property
    def silent(self) -> bool:
        """Two signs: the surer Whisper is that nobody speaks, the more probable the words have to be.

        The slope keeps "That's it." from the far end of a table (0.68, -0.44) and drops "you" on digital
        silence (0.99, -0.65).
        """
        needed = IMPROBABLE + 2 * (self.no_speech - _NO_SPEECH)
        return self.no_speech > _NO_SPEECH and self.average_log_probability < needed

    def too_many_words(self, seconds: float) -> bool:
        """More than anybody can say in that time."""
        return len(self.text.split()) > _WORDS_PER_SECOND * seconds + _SPARE_WORDS

    @property
    def repeats(self) -> bool:
        """A row of words comes twice."""
        words = self.text.casefold().split()
        rows = [tuple(words[i : i + _ROW]) for i in range(len(words) - _ROW + 1)]
        return len(set(rows)) < len(rows)

    def looping(self, seconds: float) -> bool:
        """The decoder went round in circles."""
        return self.compression_ratio > _LOOPING or self.too_many_words(seconds)

    def sure(self, seconds: float) -> bool:
        """Probable enough, and no loop."""
        return self.average_log_probability >= IMPROBABLE and not self.looping(seconds)


def spotted(words: Sequence[tuple[float, str]], free: Attempt) -> str:
    """The likeliest of these words (log-probability, word), where it is likely enough beside the free reading."""
    if len(words) < 2:
        return ""
    best, second = sorted(words, reverse=True)[:2]
    said = free.average_log_probability * (len(free.tokens) + 1)
    return best[1] if best[0] >= max(said - _SPOT_MARGIN, second[0] + _SPOT_LEAD) else ""


def judged(
    attempt: Attempt, seconds: float, *, fitted: bool, hinted: str = "", clear: float = 1.0
) -> Transcript:
    """What to make of it; `clear` is the share of its speech in which the detector was sure.

    Words that are dropped here leave speech behind, and that is "[unclear]".
    """
    speech = bool(attempt.text) and not attempt.silent
    faint = clear < _FAINT and attempt.average_log_probability < _FAINT_LEAST
    believed = speech and not faint and not attempt.too_many_words(seconds)
    return Transcript(
        text=attempt.text if believed else "",
        speech=speech,
        sure=believed and attempt.sure(seconds),
        hinted=hinted,
        doubtful=seconds <= SHORT and attempt.average_log_probability < _DOUBTFUL,
        no_speech=attempt.no_speech,
        average_log_probability=attempt.average_log_probability,
        compression_ratio=attempt.compression_ratio,
        fitted=fitted,
    )


def word_percents(tokens: Sequence[str], probabilities: Sequence[float], text: str) -> tuple[int, ...]:
    """How sure each word of a text is, 0 to 100: its least probable token that has a letter or digit in it.

    `tokens` are the text's, as strings; where they do not make up its words, nobody can tell, and it is empty.

    >>> word_percents([" Lob", "sters", " and", "."], [0.64, 0.96, 0.9, 0.2], "Lobsters and.")
    (64, 90)
    """
    words: list[float] = []
    fresh = True
    for token, probability in zip(tokens, probabilities, strict=False):
        fresh = fresh or token[:1].isspace()
        if fresh and token.strip():
            words.append(1.0)
            fresh = False
        if words and any(letter.isalnum() for letter in token):
            words[-1] = min(words[-1], probability)
    return tuple(round(100 * sure) for sure in words) if len(words) == len(text.split()) else ()
