"""Which of several was chosen: by its words, by others for it, by a part of them, or by its order."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from voice_guide.language.tables import Choosing, Language
from voice_guide.session.counting import numbers_in
from voice_guide.session.speech import any_of, clauses, corrected, normal


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
    language: Language,
    *,
    aliases: tuple[tuple[str, ...], ...] = (),
    order: Order = _AS_THEY_COME,
) -> str | None:
    """The one choice that was named, by its words, by other words for it, by part of them, or by its order.

    >>> choice("The second one", ("strong", "pleasing", "perfect"), ENGLISH)
    'pleasing'
    >>> choice("I guess pleasing.", ("strong", "pleasing", "perfect"), ENGLISH)
    'pleasing'
    """
    if not choices:
        return None
    words = set(normal(text).split())
    parts = [set(normal(each).split()) for each in choices]
    if words & language.choosing.none_of_them - {word for part in parts for word in part}:
        return None
    said = normal(text)
    named = _named(said, choices) or _ordered(clauses(text.replace("?", ".")), choices, order, language)
    if not named:
        pairs = zip(choices, aliases, strict=False)
        named = [each for each, others in pairs if _named(said, others)]
    if not named:
        named = _by_parts(words, choices, parts, language.choosing)
    if not named and len(words) <= _SHORT:
        named = _alike(words, choices, parts, language.choosing)
    if len(named) > 1 and (instead := corrected(text, language.answers.corrections)):
        return choice(instead, choices, language, aliases=aliases, order=order)
    return named[0] if len(named) == 1 else None


def _by_parts(
    words: set[str], choices: tuple[str, ...], parts: list[set[str]], choosing: Choosing
) -> list[str]:
    """The choices of which a word was said that no other has."""
    common = set.intersection(*parts) | choosing.small_words
    own = [{stem(word, choosing.endings) for word in part - common} for part in parts]
    stems = {stem(word, choosing.endings) for word in words}
    return [each for each, part in zip(choices, own, strict=True) if part & stems]


_SHORT = 4
"""Words of an answer in which one may stand for another that sounds alike."""
_ALIKE = 0.8
"""Of two words, as `difflib` has it: "been" and "Ben" are 0.86, "tea" and "team" too, "sea" and "see" 0.67."""


def _alike(words: set[str], choices: tuple[str, ...], parts: list[set[str]], choosing: Choosing) -> list[str]:
    """The choices of which a word sounds like one that was said, and may have been misheard."""
    said = words - choosing.small_words
    return [
        each
        for each, part in zip(choices, parts, strict=True)
        if any(_alike_words(one, other) for one in said for other in part - choosing.small_words)
    ]


def _alike_words(one: str, other: str) -> bool:
    """Whether one may have been heard for the other; "strongly" is a word of its own, not a misheard "strong"."""
    apart = not one.startswith(other) and not other.startswith(one)
    return apart and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def stem(word: str, endings: tuple[str, ...]) -> str:
    """A word without the ending of a plural or of a verb.

    >>> [stem(word, ("s", "ing")) for word in ("forests", "trusting", "glass")]
    ['forest', 'trust', 'glass']
    """
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
    return word


@functools.cache
def _order(language: Language) -> re.Pattern[str]:
    choosing = language.choosing
    places = (word for words in choosing.ordinals for word in words)
    orders = any_of((*places, *choosing.last, *choosing.middle))
    counts = f"(?:{any_of(tuple(language.counting.numbers))}|\\d)"
    nouns, articles, counters = any_of(choosing.nouns), any_of(choosing.articles), any_of(choosing.counters)
    return re.compile(
        rf"\b{articles} {orders}\b(?= {nouns}\b|$)|\b{orders} {nouns}\b"
        rf"|^{orders}$|\b{counters} {counts}\b|^{counts}$"
    )


def _named(said: str, choices: tuple[str, ...]) -> list[str]:
    """The choices whose words were said; "green tea" is not "tea" as well."""
    found = []
    for each in sorted(choices, key=lambda c: -len(normal(c))):
        said, times = re.subn(rf"(?<!\w){re.escape(normal(each))}(?!\w)", "_", said)
        found += [each] * min(times, 1)
    return found


def _ordered(said: list[str], choices: tuple[str, ...], order: Order, language: Language) -> list[str]:
    """The choices that "the second one", "last" or "number two" mean."""
    phrases = (phrase for clause in said for phrase in _order(language).findall(clause))
    found = {_meant(phrase, choices, order, language) for phrase in phrases}
    return [each for each in choices if each in found]


def _meant(phrase: str, choices: tuple[str, ...], order: Order, language: Language) -> str | None:
    """What a place in the order of reading, or a number, means."""
    read, choosing = choices[: order.read or len(choices)], language.choosing
    if _holds(phrase, choosing.last):
        return read[-1]
    if _holds(phrase, choosing.middle):
        return read[len(read) // 2] if len(read) % 2 else None
    places = [place for place, words in enumerate(choosing.ordinals) if _holds(phrase, words)]
    if places:
        return read[places[0]] if places[0] < len(read) else None
    numbered, number = order.numbered or choices, numbers_in(phrase.split(), language.counting)[0]
    return numbered[number - 1] if 0 < number <= len(numbered) else None


def _holds(phrase: str, words: tuple[str, ...]) -> bool:
    return re.search(rf"\b{any_of(words)}\b", phrase) is not None
