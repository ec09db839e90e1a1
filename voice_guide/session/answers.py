"""Yes or no in what was said (numbers: `counting`, choices: `choosing`); unsure is None, never a guess."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from voice_guide.session import english, english_commands
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
    said = parts_of(text)
    acts = [_act(clause) for clause in said] if keeping else [None] * len(said)
    if None in signs_in(" ".join(statements(_without_rhetoric(text)))):
        return None
    others = [clause for clause, act in zip(said, acts, strict=True) if act is None]
    signs = [sign for clause in others for sign in signs_in(clause)]
    named = [act for act in acts if act is not None]
    if named:
        # "No, keep them": whoever says no to keeping is not overheard.
        return None if True in named and False in signs else _agreed(named)
    wholes = [_whole(clause) for clause in said]
    if False in wholes and True in signs:
        return None  # "Yes. I can't." But "No, that's fine." is a no.
    return _agreed(signs or wholes)


def typed_word(text: str) -> str:
    """A typed answer with its abbreviation written out.

    >>> typed_word("Y"), typed_word("yes, please")
    ('yes', 'yes, please')
    """
    return english.TYPED.get(normal(text), text)


def leave_us(text: str) -> bool | None:
    """Whether "shall I go on, or leave you to talk?" was answered with the second; None if with neither.

    >>> leave_us("Leave us to talk, please."), leave_us("Yes, go on."), leave_us("As I said to her")
    (True, False, None)
    """
    parts = clauses(text)
    if any(_whole_of(part, english.LEAVE_US) for part in parts):
        return True
    if any(_whole_of(part, english.GO_ON) for part in parts):
        return False  # "no, go on"
    go_on = yes_or_no(text)
    return None if go_on is None else not go_on


def refused(text: str) -> bool:
    """Whether nothing of what was offered is wanted: a plain no, or none of them.

    >>> refused("Not tonight."), refused("None of these."), refused("No, the other one.")
    (True, True, False)
    """
    small = {*english.BEFORE_ANSWERS, *english.AFTER_ANSWERS}
    parts = [part for part in clauses(text) if part not in small]
    return bool(parts) and all(_refuses(part) for part in parts)


def _refuses(clause: str) -> bool:
    return _whole(clause) is False or _whole_of(clause, (*english.NO, *english.NOTHING_OF_IT))


# --- yes and no


def _without_rhetoric(text: str) -> str:
    """ "Why not?" is an answer, though it is written as a question."""
    return _RHETORIC.sub("yes.", text)


_JOINED = re.compile(r"\b(?:and|but|because)\b")
_RHETORIC = re.compile(
    r"\b(?:(?<!see )why not|why wouldn['\u2019]t i|who wouldn['\u2019]t)\s*(?:[?.!]|$)", re.IGNORECASE
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


def parts_of(text: str) -> list[str]:
    """The clauses of what was said, "and", "but" and "because" parting them as well."""
    return [part.strip() for clause in clauses(_without_rhetoric(text)) for part in _JOINED.split(clause)]


def signs_in(said: str) -> list[bool | None]:
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


def acts_in(clause: str) -> list[tuple[re.Pattern[str], bool]]:
    """The acts that a clause names, each with whether it is one of keeping."""
    return [(pattern, keeps) for pattern, keeps in _acts() if pattern.search(clause)]


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


# --- whole clauses


def _whole_of(clause: str, phrases: tuple[str, ...]) -> bool:
    """Whether a clause is one of these, small words around it apart."""
    for small in (*english.BEFORE_ANSWERS, *english_commands.POLITE):
        clause = clause.removeprefix(small + " ").removesuffix(" " + small)
    return clause in phrases
