"""A script and two names -> a flat program: no loops, no nesting, a stable id for each step.

An id is the path of labels that leads to the step: `each-1@first/ask-2`, `opening/say-1`. A label is the
author's `id`, the name of an included part, or kind and number among the siblings of that kind. The
rounds of `each` are called `@first` and `@second`, so an id does not depend on names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice_guide.exercise.flat import FlatStep, Line, Program, Purpose, Question, Quiet, Skip, Who
from voice_guide.exercise.labels import labels
from voice_guide.exercise.mirror import TOLD, own_question, say_it_back
from voice_guide.exercise.steps import (
    PLAIN,
    Ask,
    Choose,
    Deeper,
    Each,
    Exercise,
    Include,
    Manner,
    Mirror,
    Recall,
    Role,
    Say,
    Silence,
    Step,
    When,
)
from voice_guide.language.phrases import OwnQuestion, Phrase
from voice_guide.language.tables import Language

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def unroll(exercise: Exercise, partners: tuple[str, str], language: Language) -> Program:
    """The exercise as it runs for these two; the first of them begins.

    Names come from outside the script and are put in as they are, never read as placeholders.
    """
    unroller = _Unroller(partners, language)
    unroller.take(exercise.steps, "", replace(_OUTSIDE, manner=exercise.manner))
    return Program(
        name=exercise.name,
        title=exercise.title,
        minutes=exercise.minutes,
        depth=exercise.depth,
        partners=partners,
        language=language,
        steps=tuple(unroller.steps),
        recorded=exercise.recorded,
        sounds=exercise.sounds,
    )


@dataclass(frozen=True, slots=True)
class _Round:
    """One pass through the steps of `each`: who is {speaker}, who is {listener}."""

    label: str
    speaker: Who
    listener: Who
    manner: Manner = PLAIN
    """Of the blocks around."""

    def inside(self, manner: Manner) -> _Round:
        """The same within a block that has a manner of its own."""
        return replace(self, manner=manner.within(self.manner))

    def who(self, role: Role) -> Who:
        """The partner in this role."""
        if role is Role.BOTH:
            return Who.BOTH
        return self.speaker if role is Role.SPEAKER else self.listener


_OUTSIDE = _Round("", Who.FIRST, Who.SECOND)
_ROUNDS = (_Round("@first", Who.FIRST, Who.SECOND), _Round("@second", Who.SECOND, Who.FIRST))


class _Unroller:
    """Collects the flat steps in the order in which they run."""

    def __init__(self, partners: tuple[str, str], language: Language) -> None:
        self._language = language
        self.steps: list[FlatStep] = []
        self._names = {Who.FIRST: partners[0], Who.SECOND: partners[1]}
        self._keys: dict[str, str] = {}  # the author's name of an answer -> its name in this round
        self._told: list[Question] = []  # in this round, not yet mirrored
        self._open: list[int] = []  # places of the conditions whose end is not known yet

    def take(self, steps: Sequence[Step], prefix: str, round: _Round) -> None:
        """Append these steps; `prefix` is the path of labels down to them."""
        for step, label in zip(steps, labels(steps), strict=True):
            self._step(step, prefix + label, round)

    def _step(self, step: Step, id: str, round: _Round) -> None:
        match step:
            case Say():
                manner = step.manner.within(round.manner)
                self.steps.append(Line(id=id, text=self._fill(step.text, round), manner=manner))
            case Silence():
                self.steps.append(Quiet(id=id, seconds=step.seconds))
            case Ask():
                self._ask(step, id, round)
            case Mirror():
                self._mirror(step, id, round)
            case Each():
                for each_round in _ROUNDS:
                    self._told = []
                    inner = replace(each_round, manner=step.manner.within(round.manner))
                    self.take(step.steps, f"{id}{each_round.label}/", inner)
            case When():
                self._if(f"{id}", self._keys[step.key], step.equals)
                self._block(step.steps, id, round.inside(step.manner))
            case Include():
                self.take(step.steps, f"{id}/", round.inside(step.manner))
            case Deeper():
                self._deeper(step, id, round)
            case Choose():
                self._choose(step, id, round)
            case Recall():
                self._recall(step, id, round)

    def _if(self, id: str, key: str, equals: bool | int | str) -> None:
        """What follows, up to the end that `_end` sets, only after this answer."""
        self._open.append(len(self.steps))
        self.steps.append(Skip(id=id, key=key, equals=equals, target=len(self.steps)))

    def _end(self, times: int = 1) -> None:
        """The last of the conditions that are open leads here."""
        for _ in range(times):
            place = self._open.pop()
            skip = self.steps[place]
            assert isinstance(skip, Skip)  # put there by _if
            self.steps[place] = replace(skip, target=len(self.steps))

    def _block(self, steps: Sequence[Step], id: str, round: _Round) -> None:
        self.take(steps, f"{id}/", round)
        self._end()

    def _ask(self, ask: Ask, id: str, round: _Round) -> None:
        key = None
        if ask.save is not None:
            key = self._keys[ask.save] = ask.save + round.label
        question = Question(
            id=id,
            text=self._fill(ask.text, round),
            who=round.who(ask.of),
            answer=ask.answer,
            choices=ask.choices,
            low=ask.low,
            high=ask.high,
            seconds=ask.seconds,
            save=key,
            again=tuple(self._fill(text, round) for text in ask.again),
            help=self._fill(ask.help, round),
            manner=ask.manner.within(round.manner),
        )
        self.steps.append(question)
        if ask.answer in TOLD and ask.of is not Role.BOTH:
            self._told.append(question)

    def _deeper(self, deeper: Deeper, id: str, round: _Round) -> None:
        """Both are asked in turn; after a no nothing tells whose it was, and what follows the block comes."""
        for who, label in ((Who.FIRST, "first"), (Who.SECOND, "second")):
            name = {"name": self._names[who]}
            ask = self._own(f"{id}/{label}", OwnQuestion.DEEPER, who, name)
            self.steps.append(replace(ask, purpose=Purpose.DEEPER))
            self._if(f"{id}/{label}-yes", ask.id, equals=True)
        self.take(deeper.steps, f"{id}/", round.inside(deeper.manner))
        self._if(f"{id}/done", "", equals=True)  # never so: whoever went deeper passes over the next line
        past = self._open.pop()
        self._end(2)
        self.steps.append(Line(id=f"{id}/not-deeper", text=self._language.line(Phrase.NOT_DEEPER)))
        self._open.append(past)
        self._end()

    def _choose(self, choose: Choose, id: str, round: _Round) -> None:
        """The first of the ways whose name was said; whoever chooses nothing goes on behind them."""
        self._ask(choose.ask, id, round.inside(choose.manner))
        ways = []
        for number, (choice, steps) in enumerate(choose.between, 1):
            self._if(f"{id}/{number}", id, choice)
            self.take(steps, f"{id}/{number}/", round.inside(choose.manner))
            self._if(f"{id}/{number}-done", "", equals=True)
            ways.append(self._open.pop())
            self._end()
        self._open += ways
        self._end(len(ways))

    def _recall(self, recall: Recall, id: str, round: _Round) -> None:
        """Only if there is something, and its speaker wishes it."""
        key, who = self._keys[recall.key], round.who(recall.of)
        self._if(f"{id}/said", key, equals=True)
        words = OwnQuestion.RECALL_BOTH if who is Who.BOTH else OwnQuestion.RECALL
        ask = self._own(f"{id}/may", words, who, {"name": self._names.get(who, "")})
        self.steps.append(replace(ask, purpose=Purpose.RECALL))
        self._if(f"{id}/yes", ask.id, equals=True)
        text, manner = self._fill(recall.text, round), recall.manner.within(round.manner)
        self.steps.append(Line(id=id, text=text, manner=manner, recalls=key))
        self._end(2)

    def _mirror(self, mirror: Mirror, id: str, round: _Round) -> None:
        hearer = round.who(mirror.of)
        told = tuple(question.id for question in self._told if question.who is not hearer)
        self._told = [question for question in self._told if question.who is hearer]
        teller_is = Role.SPEAKER if mirror.of is Role.LISTENER else Role.LISTENER
        names = {"teller": self._names[round.who(teller_is)], "hearer": self._names[hearer]}

        def ask(id: str, words: OwnQuestion, who: Who) -> Question:
            return self._own(id, words, who, names)

        self.steps += say_it_back(id, hearer, told, ask, len(self.steps))

    def _own(self, id: str, question: OwnQuestion, who: Who, names: dict[str, str]) -> Question:
        return own_question(id, self._language.asks[question], who, lambda text: _put(text, names))

    def _fill(self, text: str, round: _Round) -> str:
        names = {
            "speaker": self._names[round.speaker],
            "listener": self._names[round.listener],
            "first": self._names[Who.FIRST],
            "second": self._names[Who.SECOND],
        }
        return _put(text, names)


def _put(text: str, names: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: names[found[1]], text)
