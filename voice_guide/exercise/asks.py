"""Reads an ask and the keys that belong to its kind of answer."""

from __future__ import annotations

import re
from collections.abc import Sequence as TheSequence

from voice_guide.exercise.fields import Fields, Given
from voice_guide.exercise.manners import read_manner
from voice_guide.exercise.problems import Notes, listed
from voice_guide.exercise.saved import COMPARED
from voice_guide.exercise.source import Scalar
from voice_guide.exercise.steps import AnswerKind, Ask, Position, Role

KEYS = ("ask", "of", "answer", "choices", "low", "high", "minutes", "again", "help", "save", "manner", "id")

SAVED = (*COMPARED, AnswerKind.SHORT)
"""Answers that can be saved: to be compared, or to be recalled."""

_BELONGS = {
    "choices": AnswerKind.CHOICE,
    "low": AnswerKind.NUMBER,
    "high": AnswerKind.NUMBER,
    "minutes": AnswerKind.TIMED,
}
_NUMBERS = (-1000, 1000)
_MOST_CHOICES = 6  # more cannot be kept in mind by ear
_LONGEST = 60  # minutes of a timed turn
_NO_LIMIT = "no limit"


def read_ask(fields: Fields, names: tuple[str, ...], notes: Notes, given: Given) -> Ask | None:
    """The ask that these fields describe, or None if something needed is wrong."""
    text = fields.text("ask", names, 'the question in double quotes, as in ask: "..."', given)
    again, help = read_more(fields, names, given)
    of = fields.one_of("of", Role, "whom it asks: speaker, listener or both")
    kinds = listed([kind.value for kind in AnswerKind])
    answer = fields.one_of("answer", AnswerKind, f"what is waited for: {kinds}")
    _strays(fields, answer, notes)
    choices = _choices(fields, notes) if answer is AnswerKind.CHOICE else ()
    low, high = _range(fields, notes) if answer is AnswerKind.NUMBER else (None, None)
    seconds = _seconds(fields, notes) if answer is AnswerKind.TIMED else None
    save, id, manner = fields.name("save"), fields.name("id"), read_manner(fields, notes)
    if text is None or of is None or answer is None:
        return None
    return Ask(
        text=text,
        of=of,
        answer=answer,
        choices=choices,
        low=low,
        high=high,
        seconds=seconds,
        save=save,
        again=again,
        help=help,
        manner=manner,
        id=id,
        at=fields.at,
    )


def read_more(fields: Fields, names: tuple[str, ...], given: Given) -> tuple[tuple[str, ...], str]:
    """A question in other words, and what helps to answer it."""
    has = fields.has
    again = fields.texts("again", names, "the question in other words", given) if has("again") else ()
    help = fields.text("help", names, "what may help to answer", given) if has("help") else ""
    return again, help or ""


def _strays(fields: Fields, answer: AnswerKind | None, notes: Notes) -> None:
    """Keys that do not belong to this kind of answer."""
    if answer is None:
        return
    for key, kind in _BELONGS.items():
        if fields.has(key) and answer is not kind:
            message = f'"{key}" belongs to answer: {kind.value}, and this is answer: {answer.value}'
            notes.add(fields.place(key), message, f"remove it, or write answer: {kind.value}")
    if fields.has("save") and answer not in SAVED:
        message = f"answer: {answer.value} cannot be saved"
        notes.add(fields.place("save"), message, f"remove it, or ask for {listed(SAVED)}")


def _choices(fields: Fields, notes: Notes) -> tuple[str, ...]:
    return check_choices(
        fields.words("choices", "as in choices: [tea, coffee]"), fields.place("choices"), notes
    )


def check_choices(words: TheSequence[Scalar], at: Position, notes: Notes) -> tuple[str, ...]:
    """The choices as they are said, and problems where they cannot be told apart, or kept in mind."""
    seen: list[str] = []
    folded: set[str] = set()
    for word in words:
        choice = " ".join(word.text.split())
        if choice.casefold() in folded:
            notes.add(word.at, f'the choice "{choice}" stands here twice', "each can be chosen only once")
        if "{" in choice or "}" in choice:
            hint = "names cannot be chosen; ask for a short answer"
            notes.add(word.at, f'the choice "{choice}" holds a brace', hint)
        seen.append(choice)
        folded.add(choice.casefold())
    if words and not 2 <= len(words) <= _MOST_CHOICES:
        notes.add(at, f"{len(words)} is no number of choices", f"from 2 to {_MOST_CHOICES}")
    return tuple(seen)


def _range(fields: Fields, notes: Notes) -> tuple[int | None, int | None]:
    low = fields.whole("low", *_NUMBERS) if fields.has("low") else None
    high = fields.whole("high", *_NUMBERS) if fields.has("high") else None
    if low is not None and high is not None and low >= high:
        notes.add(fields.place("low"), f"no number lies from {low} to {high}", "low is the smaller one")
    return low, high


def _seconds(fields: Fields, notes: Notes) -> float | None:
    hint = f"as in minutes: 3, minutes: 1.5 or minutes: {_NO_LIMIT}"
    value = fields.word("minutes", hint)
    if value is None or value.text.strip() == _NO_LIMIT:
        return None
    minutes = float(value.text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", value.text) else 0.0
    if not 0.25 <= minutes <= _LONGEST:
        notes.add(value.at, f'a turn cannot last "{value.text}" minutes', f"{hint}; at most {_LONGEST}")
        return None
    return minutes * 60
