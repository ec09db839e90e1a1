"""The author's linter: what works, but will sound or run other than meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice_guide.exercise.flat import FlatStep, Line, Purpose, Question, Quiet, Skip
from voice_guide.exercise.problems import Problem
from voice_guide.exercise.program import unroll
from voice_guide.exercise.sentences import LIMIT, estimated_seconds, longest_seconds, sentences
from voice_guide.exercise.steps import (
    AnswerKind,
    Ask,
    Choose,
    Deeper,
    Each,
    Exercise,
    Include,
    Position,
    Recall,
    Role,
    Say,
    Step,
    When,
)
from voice_guide.language.tables import Language

MOST_WORDS = 20
"""Of a sentence that can be understood by ear at once."""

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


def lint(exercise: Exercise, language: Language) -> tuple[Problem, ...]:
    """Warnings about a script that loads, in the order of its steps; a `because` at their place answers them."""
    found: list[Problem] = []
    for step in _all(exercise.steps):
        if isinstance(step, Say | Recall):
            found += _long(step.text, step.at)
        if isinstance(step, Ask):
            for text in (step.text, *step.again, step.help):
                found += _long(text, step.at)
            found += [*_nameless(step), *_one_sided(step)]
    found += [*_unreachable(exercise.steps, {}), *_length(exercise, language)]
    return (*(p for p in found if p.at not in exercise.waived), *_idle(exercise, {p.at for p in found}))


def parts_in(exercise: Exercise) -> set[str]:
    """The names of the parts that it includes, and that those include."""
    return {step.part for step in _all(exercise.steps) if isinstance(step, Include)}


def _idle(exercise: Exercise, warned: set[Position]) -> Iterator[Problem]:
    """A reason without a warning would hide the next one."""
    for at in sorted(exercise.waived - warned, key=lambda at: (at.path, at.line, at.column)):
        yield Problem(at, "this because answers no warning", "remove it", warning=True)


def _all(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Each | When | Include | Deeper):
            yield from _all(step.steps)
        if isinstance(step, Choose):
            yield step.ask
            for _, way in step.between:
                yield from _all(way)


def _long(text: str, at: Position) -> Iterator[Problem]:
    for sentence in sentences(text):
        words = sentence.split()
        if len(words) > MOST_WORDS:
            message = f'a sentence has {len(words)} words: "{" ".join(words[:5])} ..."'
            yield Problem(at, message, f"by ear, {MOST_WORDS} are enough; make two of it", warning=True)
        elif longest_seconds(sentence) > LIMIT:
            message = f'for {LIMIT:g} s nobody can come in: "{" ".join(words[:5])} ..."'
            yield Problem(at, message, "make two sentences of it", warning=True)


def _nameless(ask: Ask) -> Iterator[Problem]:
    if ask.of is not Role.BOTH and f"{{{ask.of.value}}}" not in ask.text:
        message = f"this asks the {ask.of.value}, but does not say the name"
        yield Problem(ask.at, message, f"put {{{ask.of.value}}} into the text", warning=True)


def _one_sided(ask: Ask) -> Iterator[Problem]:
    """An ask of both that calls one of them by name is an ask of one: the other does not get it."""
    named = {name for name in ("first", "second") if f"{{{name}}}" in ask.text}
    if ask.of is Role.BOTH and len(named) == 1:
        message = f"this asks {{{named.pop()}}} only, and the other partner gets nothing like it"
        yield Problem(ask.at, message, "move it under - each: speaker, or name both", warning=True)


def _unreachable(steps: Sequence[Step], known: dict[str, bool | int | str]) -> Iterator[Problem]:
    """Steps inside two conditions that cannot both be true."""
    for step in steps:
        inner = known
        if isinstance(step, When):
            if known.get(step.key, step.equals) != step.equals:
                message = f'these steps are never reached: "{step.key}" has another answer here'
                yield Problem(step.at, message, "move them out of the when around them", warning=True)
            inner = {**known, step.key: step.equals}
        ways = step.between if isinstance(step, Choose) else ()
        for _, way in ways:
            yield from _unreachable(way, known)
        if isinstance(step, Each | When | Include | Deeper):
            yield from _unreachable(step.steps, inner)


def _length(exercise: Exercise, language: Language) -> Iterator[Problem]:
    """A warning if the steps cannot fit the minutes that the script announces."""
    minutes = seconds(unroll(exercise, ("Ana", "Ben"), language).steps) / 60
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
    return sum(estimated_seconds(sentence) for sentence in sentences(text))


def _answer(question: Question) -> float:
    return _ANSWERS[question.answer] if question.seconds is None else question.seconds
