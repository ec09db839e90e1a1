"""Yes or no, numbers and choices in what was said; unsure is None, never a guess."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from voice_guide.session import english
from voice_guide.session.speech import clauses, normal, statements


def yes_or_no(text: str, *, keeping: bool = False) -> bool | None:
    """True for yes, False for no, None if it is neither, both, unsure or a question.

    Plain words ("yes", "rather not") count wherever they stand, and before anything else; phrases that
    mean something only if nothing else is said ("I would") have to be a whole clause. With `keeping`, an
    act that is named ("keep them", "let it go", "don't delete it") decides.

    >>> yes_or_no("I guess so."), yes_or_no("No, that's fine."), yes_or_no("Yes and no.")
    (True, False, None)
    >>> yes_or_no("Yes, let them go.", keeping=True)
    False
    """
    said = [part.strip() for clause in clauses(_without_rhetoric(text)) for part in _JOINED.split(clause)]
    acts = [_act(clause) for clause in said] if keeping else [None] * len(said)
    if None in _signs(" ".join(statements(_without_rhetoric(text)))):
        return None
    others = [clause for clause, act in zip(said, acts, strict=True) if act is None]
    signs = [sign for clause in others for sign in _signs(clause)]
    named = [act for act in acts if act is not None]
    if named:
        # "No, keep them": whoever says no to keeping is not overheard.
        return None if True in named and False in signs else _agreed(named)
    wholes = [_whole(clause) for clause in said]
    if False in wholes and True in signs:
        return None  # "Yes. I can't." But "No, that's fine." is a no.
    return _agreed(signs or wholes)


def number(text: str, low: int | None = None, high: int | None = None) -> int | None:
    """The one whole number in the text that lies within the range, or None.

    >>> number("I'd say a seven."), number("twenty one"), number("five or six")
    (7, 21, None)
    >>> number("seven out of ten"), number("3/10"), number("3.5")
    (7, 3, None)
    """
    said = _OUT_OF.sub(" ", text.lower())
    if _FRACTION.search(said):
        return None
    words = normal(_MINUS.sub("minus ", said)).replace("-", " ")
    words = " ".join(english.SOUNDS_LIKE.get(words, words).split())
    found = set(_numbers(_NOT_COUNTED.sub(" ", words).split()))
    fitting = {n for n in found if (low is None or n >= low) and (high is None or n <= high)}
    return fitting.pop() if len(fitting) == 1 else None


def choice(text: str, choices: tuple[str, ...]) -> str | None:
    """The one choice that was named, by its words, by part of them, or by its order.

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
    named = _named(normal(text), choices) or _ordered(clauses(text.replace("?", ".")), choices)
    if not named:
        common = set.intersection(*parts) | english.SMALL_WORDS
        named = [each for each, part in zip(choices, parts, strict=True) if (part - common) & words]
    return named[0] if len(named) == 1 else None


# --- yes and no


def _without_rhetoric(text: str) -> str:
    """ "Why not?" is an answer, though it is written as a question."""
    return _RHETORIC.sub("yes.", text)


_JOINED = re.compile(r"\b(?:and|but|because)\b")
_RHETORIC = re.compile(
    r"\b(?:why not|why wouldn['\u2019]t i|who wouldn['\u2019]t)\s*(?:[?.!]|$)", re.IGNORECASE
)


def _agreed(signs: Iterable[bool | None]) -> bool | None:
    """The sign that all agree on who have one."""
    known = {sign for sign in signs if sign is not None}
    return known.pop() if len(known) == 1 else None


@functools.cache
def _anywhere() -> tuple[tuple[re.Pattern[str], bool | None], ...]:
    """Phrases that count wherever they stand, the longest first."""
    table = [(p, True) for p in english.YES] + [(p, False) for p in english.NO]
    phrases: list[tuple[str, bool | None]] = [*table, *((p, None) for p in english.UNSURE)]
    phrases.sort(key=lambda entry: -len(entry[0]))
    return tuple((re.compile(rf"(?<!\S){re.escape(phrase)}(?!\S)"), sign) for phrase, sign in phrases)


def _signs(said: str) -> list[bool | None]:
    """The sign of each phrase found; None is unsure."""
    found: list[bool | None] = []
    for pattern, sign in _anywhere():
        said, times = pattern.subn("_", said)
        found += [sign] * times
    return found


def _whole(clause: str) -> bool | None:
    """The sign of a clause that is nothing but a known phrase, small words around it apart."""
    while True:
        for table, sign in ((english.YES_ALONE, True), (english.NO_ALONE, False)):
            if clause in table:
                return sign
        before = clause
        for small in english.BEFORE_ANSWERS:
            clause = clause.removeprefix(small + " ")
        for small in english.AFTER_ANSWERS:
            clause = clause.removesuffix(" " + small)
        if clause == before:
            return None


@functools.cache
def _acts() -> tuple[tuple[re.Pattern[str], bool], ...]:
    objects = "|".join(re.escape(each) for each in english.WORDS_OF_TONIGHT)
    table = [(p, True) for p in english.KEEP] + [(p, False) for p in english.DISCARD]
    return tuple((re.compile(_act_pattern(phrase, objects)), sign) for phrase, sign in table)


def _act_pattern(phrase: str, objects: str) -> str:
    before, object, after = phrase.partition(" {}")
    # A verb alone has to end the clause: "keep talking" keeps nothing.
    tail = rf"(?: (?:{objects}))(?!\S)" + after if after else rf"(?:(?: (?:{objects}))(?!\S)|$)"
    return rf"(?<!\S){before}" + (tail if object else r"(?!\S)")


def _act(clause: str) -> bool | None:
    """Whether a clause names keeping or letting go; a negation before it turns it round."""
    for small in english.AFTER_ANSWERS:
        clause = clause.removesuffix(" " + small)
    found = []
    for pattern, sign in _acts():
        match = pattern.search(clause)
        if match is not None:
            negated = english.NEGATIONS & set(clause[: match.start()].split())
            found.append(sign is not bool(negated))
    return _agreed(found)


# --- numbers

_OUT_OF = re.compile(r"\s*(?:/|\bout of\b|\bof (?=ten\b|10\b))\s*(?:a )?(?:ten|hundred|five|\d+)\b")
_FRACTION = re.compile(r"\d[.,]\d|\b(?:and a half|point)\b")
_MINUS = re.compile(r"(?<!\w)-(?=\d)")
_NOT_COUNTED = re.compile(
    r"\b(?:this|that|the|no|each|every|any|some|which) one\b|\bone (?=of|day|thing|more)\b"
)


def _numbers(words: list[str]) -> list[int]:
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


# --- choices

_ORDERS = "|".join((*english.ORDINALS, "last"))
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


def _ordered(said: list[str], choices: tuple[str, ...]) -> list[str]:
    """The choices that "the second one", "last" or "number two" mean."""
    found = {_place(phrase.split(), len(choices)) for clause in said for phrase in _ORDER.findall(clause)}
    return [each for place, each in enumerate(choices, 1) if place in found]


def _place(words: list[str], count: int) -> int:
    """The place, from 1, that these words mean among `count`."""
    if "last" in words:
        return count
    ordinals = [english.ORDINALS.index(word) + 1 for word in words if word in english.ORDINALS]
    return (ordinals or _numbers(words))[0]
