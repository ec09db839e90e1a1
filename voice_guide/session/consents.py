"""A yes that decides something: it has to be said in plain words, freely, and about oneself."""

from __future__ import annotations

import functools
import re

from voice_guide.language.tables import Answers, Language
from voice_guide.session.answers import acts_in, first_thought, parts_of, signs_in
from voice_guide.session.speech import any_of, normal


def consent(text: str, language: Language, *, keeping: bool = False) -> bool | None:
    """Like `yes_or_no`, but a yes counts only if nothing around it could turn it round; else it is unsure.

    A question that is asked once more costs little; a consent that was none cannot be taken back.

    >>> [consent(text, ENGLISH) for text in ("Yes, I would like to.", "Only if Ben says yes.", "I won't say yes.")]
    [True, None, None]
    >>> [consent(text, ENGLISH, keeping=True) for text in ("Yes, keep them.", "No need to keep them.")]
    [True, None]
    """
    # Not `yes_or_no`: whoever has just thought otherwise ("no, actually, yes") is asked once more.
    value, table = first_thought(text, language, keeping=keeping), language.answers
    if value is not True:
        return value
    if _unfree(table).search(_brave(table).sub(" ", normal(text))):
        return None
    said = [part for part in parts_of(text, table) if _says(part, table, keeping=keeping)]
    return True if all(_plain(part, table, keeping=keeping) for part in said) else None


def _says(part: str, table: Answers, *, keeping: bool) -> bool:
    return True in signs_in(part, table) or (keeping and bool(acts_in(part, table)))


def _plain(part: str, table: Answers, *, keeping: bool) -> bool:
    """Whether a clause holds nothing but its yes and words that change nothing."""
    rest, negated = part, False
    for pattern, keeps in acts_in(part, table) if keeping else ():
        rest, negated = pattern.sub(" ", rest), negated or not keeps
    for phrase in sorted(table.yes, key=len, reverse=True):
        rest = re.sub(rf"(?<!\S){re.escape(phrase)}(?!\S)", " ", rest)
    harmless = table.plain_words | (table.negations | table.beside_negations if negated else frozenset())
    return set(rest.split()) <= harmless


@functools.cache
def _unfree(table: Answers) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){any_of(table.unfree)}(?!\S)")


@functools.cache
def _brave(table: Answers) -> re.Pattern[str]:
    """ "I'm not afraid" is no fear."""
    return re.compile(rf"(?<!\S){any_of(table.brave)}(?!\S)")
