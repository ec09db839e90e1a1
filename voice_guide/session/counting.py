"""Numbers in what was said, in digits or in words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from voice_guide.language.tables import Counting, Language
from voice_guide.session.speech import any_of, corrected, folded, normal

_FRACTION = re.compile(r"\d[.,]\d")
_MINUS = re.compile(r"(?<!\w)-(?=\d)")


def number(text: str, language: Language, low: int | None = None, high: int | None = None) -> int | None:
    """The one whole number in the text that lies within the range, or None.

    >>> [number(text, ENGLISH) for text in ("I'd say a seven.", "twenty one", "five or six")]
    [7, 21, None]
    >>> [number(text, ENGLISH) for text in ("seven out of ten", "3/10", "3.5")]
    [7, 3, None]
    """
    counting = language.counting
    patterns = _patterns(counting)
    said = patterns.out_of.sub(" ", folded(text))
    if _FRACTION.search(said) or patterns.not_whole.search(said):
        return None
    words = normal(_MINUS.sub(f"{counting.minus[0]} ", said)).replace("-", " ")
    words = " ".join(counting.sounds_like.get(words, words).split())
    found = set(numbers_in(patterns.not_counted.sub(" ", words).split(), counting))
    fitting = {n for n in found if (low is None or n >= low) and (high is None or n <= high)}
    if len(fitting) > 1 and (instead := corrected(text, language.answers.corrections)):
        return number(instead, language, low, high)
    return fitting.pop() if len(fitting) == 1 else None


def numbers_in(words: list[str], counting: Counting) -> list[int]:
    """Numbers in digits and words; "twenty one" and "a hundred" are one number each."""
    found: list[int] = []
    tens = False
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        value = int(word) if word.isdecimal() and len(word) < 6 else counting.numbers.get(word)
        if value is None:
            tens = tens and word in counting.joins
        elif tens and 0 < value < 10:
            found[-1] += value if found[-1] > 0 else -value
            tens = False
        elif value == 100 and before in counting.numbers and found and abs(found[-1]) < 10:
            found[-1] *= 100
        else:
            found.append(-value if before in counting.minus else value)
            tens = value in range(20, 100, 10)
    return found


def spelled(number: int, counting: Counting) -> str:
    """A number in words, as far as the tables go; else in digits.

    >>> [spelled(number, ENGLISH.counting) for number in (8, 25, 140)]
    ['eight', 'twenty five', '140']
    """
    words = {value: word for word, value in reversed(list(counting.numbers.items()))}
    if number in words:
        return words[number]
    tens, ones = number - number % 10, number % 10
    if number > 100 or tens not in words:
        return str(number)
    return " ".join((words[tens], *counting.joins[:1], words[ones]))


@dataclass(frozen=True, slots=True)
class _Patterns:
    out_of: re.Pattern[str]
    not_whole: re.Pattern[str]
    not_counted: re.Pattern[str]


@functools.cache
def _patterns(counting: Counting) -> _Patterns:
    scales, out_of = any_of(counting.scales), any_of(counting.out_of)
    return _Patterns(
        out_of=re.compile(rf"\s*(?:/|\b{out_of}\b)\s*(?:{scales}|\d+)\b"),
        not_whole=re.compile(rf"\b{any_of((*counting.fractions, *counting.vague))}\b"),
        not_counted=re.compile(rf"\b{any_of(counting.not_counted)}\b"),
    )
