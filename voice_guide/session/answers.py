"""Yes or no, numbers and choices in what was said; unsure is None, never a guess."""

from __future__ import annotations

import re

from voice_guide.session import english
from voice_guide.session.speech import normal


def yes_or_no(text: str, *, keeping: bool = False) -> bool | None:
    """True for yes, False for no, None if it is neither or both.

    The longest phrases are read first, so that "I don't mind" is a yes and "not tonight" a no.
    `keeping` adds the words that answer "keep or let go?".

    >>> yes_or_no("I guess so."), yes_or_no("No, not really."), yes_or_no("Yes and no.")
    (True, False, None)
    """
    signs = _signs(normal(text), keeping)
    if not signs:
        return None
    if all(signs) or not any(signs):
        return signs[0]
    return None


def number(text: str, low: int | None = None, high: int | None = None) -> int | None:
    """The one whole number in the text that lies within the range, or None.

    >>> number("I'd say a seven."), number("twenty one"), number("five or six")
    (7, 21, None)
    """
    found = set(_numbers(normal(text).replace("-", " ").split()))
    fitting = {n for n in found if (low is None or n >= low) and (high is None or n <= high)}
    return fitting.pop() if len(fitting) == 1 else None


def choice(text: str, choices: tuple[str, ...]) -> str | None:
    """The one choice that was named, by its words, by part of them, or by its order.

    >>> choice("The second one", ("strong", "pleasing", "perfect"))
    'pleasing'
    >>> choice("I guess pleasing.", ("strong", "pleasing", "perfect"))
    'pleasing'
    """
    said = normal(text)
    whole = [c for c in choices if re.search(rf"\b{re.escape(normal(c))}\b", said)]
    if len(whole) == 1:
        return whole[0]
    if whole:
        return None
    words = set(said.split())
    by_order = [c for c, order in zip(choices, english.ORDINALS, strict=False) if order in words]
    if "last" in words and choices:
        by_order.append(choices[-1])
    if len(set(by_order)) == 1:
        return by_order[0]
    common = set.intersection(*(set(normal(c).split()) for c in choices)) if choices else set()
    part = [c for c in choices if (set(normal(c).split()) - common - _SMALL) & words]
    return part[0] if len(part) == 1 else None


_SMALL = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "and", "or", "my", "your", "i", "it", "is", "one"}
)


def _polarities(keeping: bool) -> list[tuple[str, bool | None]]:
    table: list[tuple[str, bool | None]] = [(p, True) for p in english.YES]
    table += [(p, False) for p in english.NO] + [(p, None) for p in english.UNSURE]
    if keeping:
        table += [(p, True) for p in english.KEEP] + [(p, False) for p in english.DISCARD]
    return sorted(table, key=lambda entry: -len(entry[0]))


def _signs(said: str, keeping: bool) -> list[bool]:
    """The polarity of each phrase found, in the order of the text."""
    found: list[tuple[int, bool]] = []
    for phrase, positive in _polarities(keeping):
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", said):
            if positive is not None:
                found.append((match.start(), positive))
        said = re.sub(rf"\b{re.escape(phrase)}\b", lambda m: "_" * len(m.group()), said)
    return [positive for _, positive in sorted(found)]


def _numbers(words: list[str]) -> list[int]:
    """Numbers in digits and words; "twenty one" and "a hundred" are one number each."""
    found: list[int] = []
    tens = False
    for word in words:
        value = int(word) if word.isdecimal() and len(word) < 6 else english.NUMBERS.get(word)
        if value is None:
            tens = False
        elif tens and 0 < value < 10:
            found[-1] += value
            tens = False
        elif value == 100 and found and tens is False and found[-1] < 10:
            found[-1] *= 100
        else:
            found.append(value)
            tens = value in range(20, 100, 10)
    return found
