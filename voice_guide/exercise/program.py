"""A script and two names -> a flat program: no loops, no nesting, a stable id for each step.

An id is the path of labels that leads to the step: `each-1@first/ask-2`, `opening/say-1`. A label is the
author's `id`, the name of an included part, or kind and number among the siblings of that kind. The
rounds of `each` are called `@first` and `@second`, so an id does not depend on names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice_guide.exercise.mirror import TOLD, say_it_back
from voice_guide.exercise.steps import (
    Ask,
    Each,
    Exercise,
    FlatStep,
    Include,
    Line,
    Mirror,
    Program,
    Question,
    Quiet,
    Role,
    Say,
    Silence,
    Skip,
    Step,
    When,
    Who,
)

RESERVED = frozenset({"welcome", "rights", "consent", "write", "landing", "keep", "goodbye", "nothing-kept"})
"""Labels of the steps that the machine puts around every program; a script cannot use them."""

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_KINDS = {Say: "say", Ask: "ask", Silence: "silence", Mirror: "mirror", Each: "each", When: "when"}


def unroll(exercise: Exercise, partners: tuple[str, str]) -> Program:
    """The exercise as it runs for these two; the first of them begins.

    Names come from outside the script and are put in as they are, never read as placeholders.
    """
    unroller = _Unroller(partners)
    unroller.take(exercise.steps, "", _OUTSIDE)
    return Program(
        name=exercise.name,
        title=exercise.title,
        minutes=exercise.minutes,
        depth=exercise.depth,
        partners=partners,
        steps=tuple(unroller.steps),
    )


def labels(steps: Sequence[Step]) -> tuple[str, ...]:
    """The label of each step among its siblings.

    Steps with an `id` count, too, so that naming one does not rename the others.
    """
    seen: Counter[str] = Counter()
    found = []
    for step in steps:
        if isinstance(step, Include):
            kind = step.part.rpartition("/")[2]
            seen[kind] += 1
            label = kind if seen[kind] == 1 else f"{kind}-{seen[kind]}"
        else:
            kind = _KINDS[type(step)]
            seen[kind] += 1
            label = f"{kind}-{seen[kind]}"
        found.append(step.id or label)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Round:
    """One pass through the steps of `each`: who is {speaker}, who is {listener}."""

    label: str
    speaker: Who
    listener: Who

    def who(self, role: Role) -> Who:
        """The partner in this role."""
        if role is Role.BOTH:
            return Who.BOTH
        return self.speaker if role is Role.SPEAKER else self.listener


_OUTSIDE = _Round("", Who.FIRST, Who.SECOND)
_ROUNDS = (_Round("@first", Who.FIRST, Who.SECOND), _Round("@second", Who.SECOND, Who.FIRST))


class _Unroller:
    """Collects the flat steps in the order in which they run."""

    def __init__(self, partners: tuple[str, str]) -> None:
        self.steps: list[FlatStep] = []
        self._names = {Who.FIRST: partners[0], Who.SECOND: partners[1]}
        self._keys: dict[str, str] = {}  # the author's name of an answer -> its name in this round
        self._told: list[Question] = []  # in this round, not yet mirrored

    def take(self, steps: Sequence[Step], prefix: str, round: _Round) -> None:
        """Append these steps; `prefix` is the path of labels down to them."""
        for step, label in zip(steps, labels(steps), strict=True):
            self._step(step, prefix + label, round)

    def _step(self, step: Step, id: str, round: _Round) -> None:
        match step:
            case Say():
                self.steps.append(Line(id=id, text=self._fill(step.text, round)))
            case Silence():
                self.steps.append(Quiet(id=id, seconds=step.seconds))
            case Ask():
                self._ask(step, id, round)
            case Mirror():
                self._mirror(step, id, round)
            case Each():
                for each_round in _ROUNDS:
                    self._told = []
                    self.take(step.steps, f"{id}{each_round.label}/", each_round)
            case When():
                self._when(step, id, round)
            case Include():
                self.take(step.steps, f"{id}/", round)

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
            again=self._fill(ask.again, round),
            help=self._fill(ask.help, round),
        )
        self.steps.append(question)
        if ask.answer in TOLD and ask.of is not Role.BOTH:
            self._told.append(question)

    def _mirror(self, mirror: Mirror, id: str, round: _Round) -> None:
        hearer = round.who(mirror.of)
        told = tuple(question.id for question in self._told if question.who is not hearer)
        self._told = [question for question in self._told if question.who is hearer]
        teller_is = Role.SPEAKER if mirror.of is Role.LISTENER else Role.LISTENER
        names = {"teller": self._names[round.who(teller_is)], "hearer": self._names[hearer]}
        self.steps += say_it_back(id, hearer, told, lambda text: _put(text, names), len(self.steps))

    def _when(self, when: When, id: str, round: _Round) -> None:
        place = len(self.steps)
        skip = Skip(id=id, key=self._keys[when.key], equals=when.equals, target=place)
        self.steps.append(skip)
        self.take(when.steps, f"{id}/", round)
        self.steps[place] = replace(skip, target=len(self.steps))

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
