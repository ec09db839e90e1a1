"""The conversation of setup: a typed line or a finding comes in, the next state and effects go out. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Ask, Effect, Say
from voice_guide.setup.findings import Finding
from voice_guide.setup.question import Question, Taken, Unfit
from voice_guide.setup.rooms import QUESTIONS

_PLACES = {question.id: place for place, question in enumerate(QUESTIONS)}

_BACK = "Back leads to the question before."


@dataclass(frozen=True, slots=True)
class State:
    """Where the conversation stands."""

    draft: Draft
    at: int = 0
    """Place of the question in `QUESTIONS`; past their end it is over."""
    past: tuple[int, ...] = ()
    """The questions that were asked before, for `back`."""

    @property
    def over(self) -> bool:
        """Every question has been asked."""
        return self.at >= len(QUESTIONS)

    @property
    def question(self) -> Question:
        """The one that waits for an answer or a finding."""
        return QUESTIONS[self.at]


Next = tuple[State, tuple[Effect, ...]]


def begin(draft: Draft) -> Next:
    """The first question."""
    return _enter(State(draft), 0)


def answer(state: State, line: str) -> Next:
    """What a typed line leads to."""
    if not state.question.secret:  # a passphrase is taken as it is typed, here as in every other place
        line = unicodedata.normalize("NFC", line.strip())
    if line == "?":
        return state, (Say(f"{state.question.why} {_BACK}"), *_asking(state))
    if line.casefold() == "back":
        return _back(state)
    try:
        taken = state.question.take(state.draft, line)
    except Unfit as why:
        return state, (Say(str(why)), *_asking(state))
    after, effects = _enter(replace(state, draft=taken.draft), _place(state, taken))
    return after, (*taken.effects, *effects)


def learn(state: State, finding: Finding) -> Next:
    """What a finding leads to."""
    state = replace(state, draft=state.question.learn(state.draft, finding))
    if state.question.ask is None:
        return _enter(state, state.at + 1)
    return state, _asking(state)


def _place(state: State, taken: Taken) -> int:
    return _PLACES[taken.to] if taken.to else state.at + 1


def _back(state: State) -> Next:
    if not state.past:
        return state, (Say("This is the first question."), *_asking(state))
    return _enter(state, state.past[-1])


def _enter(state: State, place: int) -> Next:
    """Go to the next question from `place` on that fits, and tell on the way what only wants telling."""
    told: tuple[Effect, ...] = ()
    while place < len(QUESTIONS):
        question = QUESTIONS[place]
        if question.when(state.draft):
            before = question.before(state.draft)
            told += before
            if question.ask is not None or _finds(before):
                break
        place += 1
    past = tuple(one for one in state.past if one < place)
    # Only what really was asked can be gone back to.
    if not state.over and state.question.ask is not None and state.at < place and state.at not in past:
        past += (state.at,)
    state = replace(state, at=place, past=past)
    if state.over or _finds(told):
        return state, told
    return state, (*told, *_asking(state))


def _finds(effects: tuple[Effect, ...]) -> bool:
    return bool(effects) and not isinstance(effects[-1], Say)


def _asking(state: State) -> tuple[Effect, ...]:
    question = state.question
    assert question.ask is not None, "a question that only tells waits for nothing"
    text, stands = question.ask(state.draft), question.stands(state.draft)
    shown = f"{text} [{stands}]" if stands else text
    spoken = f"{text} Enter {question.enter} {stands}." if stands else text
    return Say(shown, spoken), Ask(secret=question.secret)
