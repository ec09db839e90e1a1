"""Answers that a script saves under a name, so that a later `when` can compare them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from voice_guide.exercise.fields import Fields
from voice_guide.exercise.problems import Notes, listed, nearest
from voice_guide.exercise.source import Node, Scalar
from voice_guide.exercise.steps import AnswerKind, Ask, Position

COMPARED = (AnswerKind.YES_NO, AnswerKind.NUMBER, AnswerKind.CHOICE)
"""Answers that can be saved and compared."""


class Saved:
    """The names given so far in one script and its parts."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._given: dict[str, Position] = {}
        self._known: dict[str, Ask | None] = {}  # those that `when` may use here; None: its ask is broken

    @contextmanager
    def round(self) -> Iterator[None]:
        """Inside `each`: names given there are forgotten at its end, for each round has its own."""
        known = dict(self._known)
        yield
        self._known = known

    def give(self, fields: Fields, ask: Ask | None) -> None:
        """Note the name under which an ask saves its answer; `ask` is None if it is broken."""
        save = fields.name("save")
        if save is None:
            return
        at = fields.place("save")
        if save in self._given:
            first = self._given[save]
            message = f'an answer is saved as "{save}" twice, first at {first.path}, line {first.line}'
            self._notes.add(at, message, "choose another name")
        self._given.setdefault(save, at)
        self._known[save] = ask

    def value(self, key: Scalar, wanted: Node) -> bool | int | str | None:
        """What the saved answer is compared with, in its type; None and a problem if it can never be that."""
        if key.text not in self._known:
            self._unknown_key(key)
            return None
        ask = self._known[key.text]
        if ask is not None and ask.answer not in COMPARED:
            message = f'"{key.text}" is an answer in words, and cannot be compared'
            self._notes.add(key.at, message, f"ask for {listed(COMPARED)}, or recall it")
            return None
        if ask is None or (ask.answer is AnswerKind.CHOICE and not ask.choices):
            return None  # its ask has a problem of its own
        word = wanted.text if isinstance(wanted, Scalar) else ""
        fitting: dict[str, bool | int | str] = {choice: choice for choice in ask.choices}
        hint = f"one of {listed(ask.choices)}" if ask.choices else ""
        if ask.answer is AnswerKind.YES_NO:
            fitting, hint = {"yes": True, "no": False}, "yes or no"
        if ask.answer is AnswerKind.NUMBER:
            fitting, hint = _number(word, ask)
        if word not in fitting:
            self._notes.add(wanted.at, f'"{key.text}" can never be "{word}"', hint)
        return fitting.get(word)

    def words(self, key: Scalar) -> Ask | None:
        """The ask whose short answer can be recalled under this name; None and a problem if there is none."""
        if key.text not in self._known:
            self._unknown_key(key)
            return None
        ask = self._known[key.text]
        if ask is not None and ask.answer is not AnswerKind.SHORT:
            message = f'"{key.text}" cannot be recalled'
            self._notes.add(key.at, message, "only short answers can, and open ones never are")
            return None
        return ask

    def _unknown_key(self, key: Scalar) -> None:
        if key.text in self._given:
            message = f'"{key.text}" is known only inside the each where it was saved'
            self._notes.add(key.at, message, "move this when in there")
            return
        hint = f"write save: {key.text} at an ask above, if that is meant"
        message = f'no ask before this saves its answer as "{key.text}"'
        self._notes.add(key.at, message, nearest(key.text, self._known, hint))


def _number(word: str, ask: Ask) -> tuple[dict[str, bool | int | str], str]:
    """The number that `word` is, if the ask can have it for an answer, and a hint at those that it can."""
    low, high = ask.low, ask.high
    hint = "a whole number"
    hint += f" from {low}" if low is not None else ""
    hint += f" to {high}" if high is not None else ""
    if not re.fullmatch(r"-?[0-9]{1,4}", word):
        return {}, hint
    number = int(word)
    fits = (low is None or number >= low) and (high is None or number <= high)
    return ({word: number} if fits else {}), hint
