"""Yes or no in what was said (numbers: `counting`, choices: `choosing`); unsure is None, never a guess."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from voice_guide.language.tables import Answers, Language
from voice_guide.session.speech import any_of, clauses, corrected, folded, normal, statements


def yes_or_no(text: str, language: Language, *, keeping: bool = False) -> bool | None:
    """True for yes, False for no, None if it is neither, both, unsure or a question.

    Plain words ("yes", "rather not") count wherever they stand, and before anything else; phrases that
    mean something only if nothing else is said ("I would") have to be a whole clause. With `keeping`, an
    act that is named ("keep them", "let it go", "don't delete it") decides.

    >>> [yes_or_no(text, ENGLISH) for text in ("I guess so.", "No, that's fine.", "Yes and no.")]
    [True, False, None]
    >>> yes_or_no("Yes, let them go.", ENGLISH, keeping=True)
    False
    """
    value = first_thought(text, language, keeping=keeping)
    if value is None and (instead := corrected(text, language.answers.second_thoughts)):
        return first_thought(instead, language, keeping=keeping)
    return value


def first_thought(text: str, language: Language, *, keeping: bool = False) -> bool | None:
    """The same, where nothing that was said can put something else in place of the rest."""
    table = language.answers
    said = parts_of(text, table)
    acts = [_act(clause, table) for clause in said] if keeping else [None] * len(said)
    if None in signs_in(" ".join(statements(_without_rhetoric(text, table))), table):
        return None
    others = [clause for clause, act in zip(said, acts, strict=True) if act is None]
    signs = [sign for clause in others for sign in signs_in(clause, table)]
    named = [act for act in acts if act is not None]
    if named:
        # "No, keep them": whoever says no to keeping is not overheard.
        return None if True in named and False in signs else _agreed(named)
    wholes = [_whole(clause, table) for clause in said]
    if False in wholes and True in signs:
        return None  # "Yes. I can't." But "No, that's fine." is a no.
    return _agreed(signs or wholes)


def typed_word(text: str, language: Language) -> str:
    """A typed answer with its abbreviation written out.

    >>> typed_word("Y", ENGLISH), typed_word("yes, please", ENGLISH)
    ('yes', 'yes, please')
    """
    return language.answers.typed.get(normal(text), text)


def leave_us(text: str, language: Language) -> bool | None:
    """Whether "shall I go on, or leave you to talk?" was answered with the second; None if with neither.

    >>> [leave_us(text, ENGLISH) for text in ("Leave us to talk, please.", "Yes, go on.", "As I said to her")]
    [True, False, None]
    """
    parts, table = clauses(text), language.answers
    if any(_whole_of(part, table.leave_us, language) for part in parts):
        return True
    if any(_whole_of(part, table.go_on, language) for part in parts):
        return False  # "no, go on"
    go_on = yes_or_no(text, language)
    return None if go_on is None else not go_on


def one_of_us(text: str, language: Language) -> bool:
    """Whether it was said that a strange voice was one of the two.

    >>> [one_of_us(text, ENGLISH) for text in ("That was me.", "No, it's just the two of us.", "It was my mother.")]
    [True, True, False]
    """
    table = language.answers
    return any(_whole_of(part, table.one_of_us, language) for part in clauses(text))


def refused(text: str, language: Language) -> bool:
    """Whether nothing of what was offered is wanted: a plain no, or none of them.

    >>> [refused(text, ENGLISH) for text in ("Not tonight.", "None of these.", "No, the other one.")]
    [True, True, False]
    """
    small = {*language.answers.before, *language.answers.after}
    parts = [part for part in clauses(text) if part not in small]
    return bool(parts) and all(_refuses(part, language) for part in parts)


def _refuses(clause: str, language: Language) -> bool:
    table = language.answers
    return _whole(clause, table) is False or _whole_of(clause, (*table.no, *table.nothing_of_it), language)


# --- yes and no


def _without_rhetoric(text: str, table: Answers) -> str:
    """ "Why not?" is an answer, though it is written as a question."""
    return _rhetoric(table).sub(f"{table.yes[0]}.", folded(text))


@functools.cache
def _rhetoric(table: Answers) -> re.Pattern[str]:
    not_after = "".join(rf"(?<!{re.escape(word)} )" for word in table.not_rhetoric_after)
    return re.compile(rf"\b{not_after}{any_of(table.rhetoric)}\s*(?:[?.!]|$)")


@functools.cache
def _joints(table: Answers) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(table.joints)}\b")


def _agreed(signs: Iterable[bool | None]) -> bool | None:
    """The sign that all agree on who have one."""
    known = {sign for sign in signs if sign is not None}
    return known.pop() if len(known) == 1 else None


@functools.cache
def _anywhere(answers: Answers) -> tuple[tuple[re.Pattern[str], bool | None], ...]:
    """Phrases that count wherever they stand, the longest first."""
    table = [(p, True) for p in answers.yes] + [(p, False) for p in answers.no]
    phrases: list[tuple[str, bool | None]] = [*table, *((p, None) for p in answers.unsure)]
    phrases.sort(key=lambda entry: -len(entry[0]))
    return tuple((re.compile(rf"(?<!\S){re.escape(phrase)}(?!\S)"), sign) for phrase, sign in phrases)


def parts_of(text: str, table: Answers) -> list[str]:
    """The clauses of what was said, "and", "but" and "because" parting them as well."""
    said = clauses(_without_rhetoric(text, table))
    return [part.strip() for clause in said for part in _joints(table).split(clause)]


def signs_in(said: str, table: Answers) -> list[bool | None]:
    """The sign of each phrase found; None is unsure."""
    found: list[bool | None] = []
    for pattern, sign in _anywhere(table):
        said, times = pattern.subn("_", said)
        found += [sign] * times
    return found


def _whole(clause: str, table: Answers) -> bool | None:
    """The sign of a clause that is nothing but a known phrase, small words around it apart."""
    while True:
        for phrases, sign in ((table.yes_alone, True), (table.no_alone, False)):
            if clause in phrases:
                return sign
        before = clause
        for small in table.before:
            clause = clause.removeprefix(small + " ")
        for small in table.after:
            clause = clause.removesuffix(" " + small)
        if clause == before:
            return None


@functools.cache
def _acts(table: Answers) -> tuple[tuple[re.Pattern[str], bool], ...]:
    objects = "|".join(re.escape(each) for each in table.words_of_tonight)
    acts = [(p, True) for p in table.keep] + [(p, False) for p in table.discard]
    return tuple((re.compile(_act_pattern(phrase, objects)), sign) for phrase, sign in acts)


def _act_pattern(phrase: str, objects: str) -> str:
    before, object, after = phrase.partition(" {}")
    # A verb alone has to end the clause: "keep talking" keeps nothing.
    tail = rf"(?: (?:{objects}))(?!\S)" + after if after else rf"(?:(?: (?:{objects}))(?!\S)|$)"
    return rf"(?<!\S){before}" + (tail if object else r"(?!\S)")


def acts_in(clause: str, table: Answers) -> list[tuple[re.Pattern[str], bool]]:
    """The acts that a clause names, each with whether it is one of keeping."""
    return [(pattern, keeps) for pattern, keeps in _acts(table) if pattern.search(clause)]


def _act(clause: str, table: Answers) -> bool | None:
    """Whether a clause names keeping or letting go; a negation before it turns it round."""
    for small in table.after:
        clause = clause.removesuffix(" " + small)
    found = []
    for pattern, sign in _acts(table):
        match = pattern.search(clause)
        if match is not None:
            negated = table.negations & set(clause[: match.start()].split())
            found.append(sign is not bool(negated))
    return _agreed(found)


# --- whole clauses


def _whole_of(clause: str, phrases: tuple[str, ...], language: Language) -> bool:
    """Whether a clause is one of these, small words around it apart."""
    for small in (*language.answers.before, *language.commands.polite):
        clause = clause.removeprefix(small + " ").removesuffix(" " + small)
    return clause in phrases
