"""A mirror as flat steps: one partner says back what the other told, who may add what is missing, twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.flat import FlatStep, Purpose, Question, Skip, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import OwnQuestion
from voice_guide.language.tables import Words

TOLD = (AnswerKind.SHORT, AnswerKind.OPEN, AnswerKind.TIMED)
"""Answers that tell something, so that a mirror can say it back."""


def own_question(id: str, words: Words, who: Who, fill: Callable[[str], str]) -> Question:
    """A question in the guide's own words, to be answered with yes or no."""
    text, again, help = fill(words.text), (fill(words.again),), fill(words.help)
    return Question(id=id, text=text, who=who, answer=AnswerKind.YES_NO, again=again, help=help)


def say_it_back(
    id: str, hearer: Who, told: tuple[str, ...], ask: Callable[[str, OwnQuestion, Who], Question], start: int
) -> tuple[FlatStep, ...]:
    """The steps of one mirror; where its teller passed everything, there is nothing to say back.

    `told` are the ids of the questions whose answers are said back, `ask` makes a question of the guide's own by its
    id, and `start` is the place of the first of these steps in the program.
    """
    teller = Who.SECOND if hearer is Who.FIRST else Who.FIRST

    def open_question(label: str, words: OwnQuestion, who: Who) -> Question:
        return replace(ask(f"{id}/{label}", words, who), answer=AnswerKind.OPEN)

    def missing(label: str, words: OwnQuestion) -> Question:
        question = ask(f"{id}/{label}", words, teller)
        return replace(question, save=question.id, purpose=Purpose.MISSING)

    checks, start = _unless_told(id, told, start)
    end = start + 8
    return (
        *checks,
        replace(open_question("say-back", OwnQuestion.SAY_BACK, hearer), mirrors=told),
        missing("missing", OwnQuestion.MISSING),
        Skip(id=f"{id}/go-on", key=f"{id}/missing", equals=True, target=end),
        open_question("add", OwnQuestion.ADD, teller),
        replace(open_question("say-back-2", OwnQuestion.SAY_BACK_MORE, hearer), mirrors=(f"{id}/add",)),
        missing("missing-2", OwnQuestion.STILL_MISSING),
        Skip(id=f"{id}/go-on-2", key=f"{id}/missing-2", equals=True, target=end),
        open_question("add-2", OwnQuestion.ADD_MORE, teller),
    )


def _unless_told(id: str, told: tuple[str, ...], start: int) -> tuple[tuple[FlatStep, ...], int]:
    """Steps that lead past the mirror's eight if none of these questions was answered, and where those begin."""
    begin = start + 2 * len(told) + 1
    checks: list[FlatStep] = []
    for number, question in enumerate(told, 1):
        here = start + len(checks)
        checks.append(Skip(id=f"{id}/told-{number}", key=question, equals=True, target=here + 2))
        checks.append(Skip(id=f"{id}/say-it-{number}", key="", equals=True, target=begin))
    checks.append(Skip(id=f"{id}/nothing-told", key="", equals=True, target=begin + 8))
    return tuple(checks), begin
