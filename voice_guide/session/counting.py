"""Numbers in what was said, in digits or in words."""

from __future__ import annotations

import re

from voice_guide.session import english
from voice_guide.session.speech import corrected, normal


def number(text: str, low: int | None = None, high: int | None = None) -> int | None:
    """The one whole number in the text that lies within the range, or None.

    >>> number("I'd say a seven."), number("twenty one"), number("five or six")
    (7, 21, None)
    >>> number("seven out of ten"), number("3/10"), number("3.5")
    (7, 3, None)
    """
    said = _OUT_OF.sub(" ", text.lower())
    if _FRACTION.search(said) or _VAGUE.search(said):
        return None
    words = normal(_MINUS.sub("minus ", said)).replace("-", " ")
    words = " ".join(english.SOUNDS_LIKE.get(words, words).split())
    found = set(numbers_in(_NOT_COUNTED.sub(" ", words).split()))
    fitting = {n for n in found if (low is None or n >= low) and (high is None or n <= high)}
    if len(fitting) > 1 and (instead := corrected(text)):
        return number(instead, low, high)
    return fitting.pop() if len(fitting) == 1 else None


_OUT_OF = re.compile(r"\s*(?:/|\bout of\b|\bof (?=ten\b|10\b))\s*(?:a )?(?:ten|hundred|five|\d+)\b")
_FRACTION = re.compile(r"\d[.,]\d|\b(?:and a half|point)\b")
_VAGUE = re.compile(
    r"\b(?:more|less|fewer|higher|lower) than\b|\b(?:over|under|above|below|at least|at most)\b"
)
_MINUS = re.compile(r"(?<!\w)-(?=\d)")
_NOT_COUNTED = re.compile(
    r"\b(?:this|that|the|no|each|every|any|some|which) one\b|\bone (?=of|day|thing|more)\b"
)


def numbers_in(words: list[str]) -> list[int]:
    """Numbers in digits and words; "twenty one" and "a hundred" are one number each."""
    found: list[int] = []
    tens = False
    for before, word in zip(["", *words], words, strict=False):
        value = int(word) if word.isdecimal() and len(word) < 6 else english.NUMBERS.get(word)
        if value is None:
            tens = False
        elif tens and 0 < value < 10:
            found[-1] += value if found[-1] > 0 else -value
            tens = False
        elif value == 100 and before in english.NUMBERS and found and abs(found[-1]) < 10:
            found[-1] *= 100
        else:
            found.append(-value if before in ("minus", "negative") else value)
            tens = value in range(20, 100, 10)
    return found
