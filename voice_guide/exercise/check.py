"""The author's linter: what works, but will sound or run other than meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voice_guide.exercise.problems import Problem
from voice_guide.exercise.program import unroll
from voice_guide.exercise.steps import (
    AnswerKind,
    Ask,
    Each,
    Exercise,
    FlatStep,
    Include,
    Line,
    Position,
    Purpose,
    Question,
    Quiet,
    Role,
    Say,
    Skip,
    Step,
    When,
)

MOST_WORDS = 20
"""Of a sentence that can be understood by ear at once."""

_WORDS_A_SECOND = 145 / 60  # comfortable spoken guidance is 140 to 150 words a minute
_GAP = 0.6  # seconds between sentences
_BEFORE_QUESTION = 2.0  # seconds
_FRAME = 120.0  # seconds of what the guide adds by itself: greeting, consents, landing, keeping
_ANSWERS = {
    AnswerKind.YES_NO: 5.0,
    AnswerKind.NUMBER: 5.0,
    AnswerKind.CHOICE: 5.0,
    AnswerKind.SHORT: 15.0,
    AnswerKind.OPEN: 60.0,
    AnswerKind.TIMED: 180.0,  # those without limit
    AnswerKind.NONE: 0.0,
}
"""Rough seconds that an answer takes; assumed, not measured, hence the wide margin of `_MARGIN`."""

_MARGIN = 1.5


def lint(exercise: Exercise) -> tuple[Problem, ...]:
    """Warnings about a script that loads, in the order of its steps."""
    found: list[Problem] = []
    for step in _all(exercise.steps):
        if isinstance(step, Say):
            found += _long(step.text, step.at)
        if isinstance(step, Ask):
            for text in (step.text, step.again, step.help):
                found += _long(text, step.at)
            found += _nameless(step)
    return (*found, *_length(exercise))


def _all(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Each | When | Include):
            yield from _all(step.steps)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence]


def _long(text: str, at: Position) -> Iterator[Problem]:
    for sentence in _sentences(text):
        words = sentence.split()
        if len(words) > MOST_WORDS:
            message = f'a sentence has {len(words)} words: "{" ".join(words[:5])} ..."'
            yield Problem(at, message, f"by ear, {MOST_WORDS} are enough; make two of it", warning=True)


def _nameless(ask: Ask) -> Iterator[Problem]:
    if ask.of is not Role.BOTH and f"{{{ask.of.value}}}" not in ask.text:
        message = f"this asks the {ask.of.value}, but does not say the name"
        yield Problem(ask.at, message, f"put {{{ask.of.value}}} into the text", warning=True)


def _length(exercise: Exercise) -> Iterator[Problem]:
    """A warning if the steps cannot fit the minutes that the script announces."""
    minutes = seconds(unroll(exercise, ("Ana", "Ben")).steps) / 60
    if not exercise.minutes / _MARGIN <= minutes <= exercise.minutes * _MARGIN:
        message = f"it says minutes: {exercise.minutes}, but may last about {max(1, round(minutes))}"
        yield Problem(exercise.at, message, "change the minutes, or the steps", warning=True)


def seconds(steps: Sequence[FlatStep]) -> float:
    """A rough length of a program with the guide's own frame; nothing is missing after a mirror."""
    total, place, mirrors = _FRAME, 0, set()
    while place < len(steps):
        step = steps[place]
        place += 1
        if isinstance(step, Skip):
            place = step.target if step.key in mirrors else place
        elif isinstance(step, Quiet):
            total += step.seconds
        elif isinstance(step, Line):
            total += _spoken(step.text)
        else:
            total += _BEFORE_QUESTION + _spoken(step.text) + _answer(step)
            if step.purpose is Purpose.MISSING:
                mirrors.add(step.save)
    return total


def _spoken(text: str) -> float:
    return len(text.split()) / _WORDS_A_SECOND + _GAP * len(_sentences(text))


def _answer(question: Question) -> float:
    return _ANSWERS[question.answer] if question.seconds is None else question.seconds
