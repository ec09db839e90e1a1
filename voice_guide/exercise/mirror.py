"""A mirror as flat steps: one partner says back what the other told, who may add what is missing, twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise import wording
from voice_guide.exercise.steps import AnswerKind, FlatStep, Purpose, Question, Skip, Who
from voice_guide.exercise.wording import Words

TOLD = (AnswerKind.SHORT, AnswerKind.OPEN, AnswerKind.TIMED)
"""Answers that tell something, so that a mirror can say it back."""


def say_it_back(
    id: str, hearer: Who, told: tuple[str, ...], fill: Callable[[str], str], start: int
) -> tuple[FlatStep, ...]:
    """The steps of one mirror.

    `told` are the ids of the questions whose answers are said back, `fill` puts the names into a text, and
    `start` is the place of the first of these steps in the program.
    """
    teller = Who.SECOND if hearer is Who.FIRST else Who.FIRST

    def open_question(label: str, words: Words, who: Who) -> Question:
        text, again, help = fill(words.text), fill(words.again), fill(words.help)
        return Question(
            id=f"{id}/{label}", text=text, who=who, answer=AnswerKind.OPEN, again=again, help=help
        )

    def missing(label: str, words: Words) -> Question:
        ask = open_question(label, words, teller)
        return replace(ask, answer=AnswerKind.YES_NO, save=ask.id, purpose=Purpose.MISSING)

    end = start + 8
    return (
        replace(open_question("say-back", wording.SAY_BACK, hearer), mirrors=told),
        missing("missing", wording.MISSING),
        Skip(id=f"{id}/go-on", key=f"{id}/missing", equals=True, target=end),
        open_question("add", wording.ADD, teller),
        replace(open_question("say-back-2", wording.SAY_BACK_MORE, hearer), mirrors=(f"{id}/add",)),
        missing("missing-2", wording.STILL_MISSING),
        Skip(id=f"{id}/go-on-2", key=f"{id}/missing-2", equals=True, target=end),
        open_question("add-2", wording.ADD_MORE, teller),
    )
