"""How long is left: an estimate from what is still to be said, asked and waited for."""

from __future__ import annotations

from voice_guide.exercise.flat import FlatStep, Line, Program, Purpose, Question, Quiet
from voice_guide.exercise.sentences import estimated_seconds, sentences
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.language.tables import Language
from voice_guide.session.turn_end import GAP

_ANSWERS: dict[AnswerKind, float] = {
    AnswerKind.YES_NO: 4,
    AnswerKind.NUMBER: 5,
    AnswerKind.CHOICE: 6,
    AnswerKind.SHORT: 10,
    AnswerKind.OPEN: 45,
    AnswerKind.TIMED: 180,  # without a limit
    AnswerKind.NONE: 0,
}
"""Seconds from the end of a question to that of its answer, as evenings go; for "about", not for a clock."""


def seconds_of(step: FlatStep, time: float | None = 1.0) -> float:
    """How long a step takes, about; `time` is the factor on timed turns, None if no clock runs."""
    if isinstance(step, Quiet):
        return step.seconds
    if not isinstance(step, Line | Question):
        return 0.0
    spoken = sum(estimated_seconds(sentence) for sentence in sentences(step.text)) + GAP
    if isinstance(step, Line):
        return spoken
    if step.purpose is Purpose.MISSING:
        return spoken / 2  # asked twice at most, and mostly once
    if step.seconds is not None and time is not None:
        return spoken + step.seconds * time
    return spoken + _ANSWERS[step.answer]


def seconds_left(program: Program, position: int, time: float | None = 1.0) -> float:
    """How long the program takes from this step on, about; for `time` see `seconds_of`."""
    return sum(seconds_of(step, time) for step in program.steps[max(0, position) :])


def spoken_seconds(seconds: float, language: Language) -> str:
    """A length of time as it is said.

    >>> [spoken_seconds(seconds, ENGLISH) for seconds in (150, 61, 20)]
    ['about 2 and a half minutes', 'about 1 minute', 'about 20 seconds']
    """
    if seconds < 50:
        return language.line(Phrase.ABOUT_SECONDS, count=max(10, round(seconds / 10) * 10))
    halves = round(seconds / 30)
    if halves > 12:
        halves = round(halves / 2) * 2  # "about 12 minutes": nobody wants the half then
    if halves < 4:
        return language.line(Phrase.ABOUT_A_MINUTE_AND_A_HALF if halves % 2 else Phrase.ABOUT_A_MINUTE)
    return language.line(
        Phrase.ABOUT_MINUTES_AND_A_HALF if halves % 2 else Phrase.ABOUT_MINUTES, count=halves // 2
    )
