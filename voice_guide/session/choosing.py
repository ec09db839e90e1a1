"""Which of several was chosen: by its words, by others for it, by a part of them, or by its order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice_guide.session import english
from voice_guide.session.counting import numbers_in
from voice_guide.session.speech import clauses, corrected, normal


@dataclass(frozen=True, slots=True)
class Order:
    """What "the second", "the last" and "number five" mean, where that differs from the choices' own order."""

    numbered: tuple[str, ...] = ()
    """By number; empty: as the choices come."""
    read: int = 0
    """So many were read aloud; 0: all."""


_AS_THEY_COME = Order()


def choice(
    text: str,
    choices: tuple[str, ...],
    aliases: tuple[tuple[str, ...], ...] = (),
    order: Order = _AS_THEY_COME,
) -> str | None:
    """The one choice that was named, by its words, by other words for it, by part of them, or by its order.

    >>> choice("The second one", ("strong", "pleasing", "perfect"))
    'pleasing'
    >>> choice("I guess pleasing.", ("strong", "pleasing", "perfect"))
    'pleasing'
    """
    if not choices:
        return None
    words = set(normal(text).split())
    parts = [set(normal(each).split()) for each in choices]
    if words & english.NONE_OF_THEM - {word for part in parts for word in part}:
        return None
    said = normal(text)
    named = _named(said, choices) or _ordered(clauses(text.replace("?", ".")), choices, order)
    if not named:
        pairs = zip(choices, aliases, strict=False)
        named = [each for each, others in pairs if _named(said, others)]
    if not named:
        common = set.intersection(*parts) | english.SMALL_WORDS
        own = [{_stem(word) for word in part - common} for part in parts]
        stems = {_stem(word) for word in words}
        named = [each for each, part in zip(choices, own, strict=True) if part & stems]
    if len(named) > 1 and (instead := corrected(text)):
        return choice(instead, choices, aliases, order)
    return named[0] if len(named) == 1 else None


def _stem(word: str) -> str:
    """A word without the ending of a plural or of a verb.

    >>> _stem("forests"), _stem("trusting"), _stem("glass")
    ('forest', 'trust', 'glass')
    """
    for ending in ("s", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
    return word


_ORDERS = "|".join((*english.ORDINALS, "last", "middle"))
_COUNTS = "|".join((*english.NUMBERS, r"\d"))
_ORDER = re.compile(
    rf"\bthe (?:{_ORDERS})\b(?= one\b| option\b| choice\b|$)|\b(?:{_ORDERS}) (?:one|option|choice)\b"
    rf"|^(?:{_ORDERS})$|\b(?:number|option|choice) (?:{_COUNTS})\b|^(?:{_COUNTS})$"
)


def _named(said: str, choices: tuple[str, ...]) -> list[str]:
    """The choices whose words were said; "green tea" is not "tea" as well."""
    found = []
    for each in sorted(choices, key=lambda c: -len(normal(c))):
        said, times = re.subn(rf"(?<!\w){re.escape(normal(each))}(?!\w)", "_", said)
        found += [each] * min(times, 1)
    return found


def _ordered(said: list[str], choices: tuple[str, ...], order: Order) -> list[str]:
    """The choices that "the second one", "last" or "number two" mean."""
    found = {_meant(phrase.split(), choices, order) for clause in said for phrase in _ORDER.findall(clause)}
    return [each for each in choices if each in found]


def _meant(words: list[str], choices: tuple[str, ...], order: Order) -> str | None:
    """What a place in the order of reading, or a number, means."""
    read = choices[: order.read or len(choices)]
    if "last" in words:
        return read[-1]
    if "middle" in words:
        return read[len(read) // 2] if len(read) % 2 else None
    ordinals = [english.ORDINALS.index(word) for word in words if word in english.ORDINALS]
    if ordinals:
        return read[ordinals[0]] if ordinals[0] < len(read) else None
    numbered, number = order.numbered or choices, numbers_in(words)[0]
    return numbered[number - 1] if 0 < number <= len(numbered) else None
