"""A yes that decides something: it has to be said in plain words, freely, and about oneself."""

from __future__ import annotations

import functools
import re

from voice_guide.session import english
from voice_guide.session.answers import acts_in, parts_of, signs_in, yes_or_no
from voice_guide.session.speech import normal


def consent(text: str, *, keeping: bool = False) -> bool | None:
    """Like `yes_or_no`, but a yes counts only if nothing around it could turn it round; else it is unsure.

    A question that is asked once more costs little; a consent that was none cannot be taken back.

    >>> consent("Yes, I would like to."), consent("Only if Ben says yes."), consent("I won't say yes.")
    (True, None, None)
    >>> consent("Yes, keep them.", keeping=True), consent("No need to keep them.", keeping=True)
    (True, None)
    """
    value = yes_or_no(text, keeping=keeping)
    if value is not True:
        return value
    if _unfree().search(_without_courage(normal(text))):
        return None
    said = [part for part in parts_of(text) if True in signs_in(part) or (keeping and acts_in(part))]
    return True if all(_plain(part, keeping=keeping) for part in said) else None


def _plain(part: str, *, keeping: bool) -> bool:
    """Whether a clause holds nothing but its yes and words that change nothing."""
    rest, negated = part, False
    for pattern, keeps in acts_in(part) if keeping else ():
        rest, negated = pattern.sub(" ", rest), negated or not keeps
    for phrase in sorted(english.YES, key=len, reverse=True):
        rest = re.sub(rf"(?<!\S){re.escape(phrase)}(?!\S)", " ", rest)
    harmless = english.PLAIN_WORDS | (english.NEGATIONS | {"do"} if negated else frozenset())
    return set(rest.split()) <= harmless


@functools.cache
def _unfree() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, english.UNFREE))})(?!\S)")


def _without_courage(said: str) -> str:
    """ "I'm not afraid" is no fear."""
    return re.sub(r"\b(?:not|no longer|never) (?:so |too )?(?:afraid|scared)\b", " ", said)
