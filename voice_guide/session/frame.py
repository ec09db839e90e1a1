"""The frame that the machine puts around every exercise: consent before it, landing and keeping after it.

No script can leave it out, because the machine runs framed programs only.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import FlatStep, Line, Program, Purpose, Question, Quiet, Skip, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import lines

BREATH_SECONDS = 6.0


def framed(program: Program, *, protected: bool | None, greeted: bool = False, start: str = "") -> Program:
    """The whole evening around a program.

    `protected` tells whether a passphrase guards the record; with None nothing can be kept, and nobody is asked.
    `greeted`: the menu has said hello. `start` is the id of an own step to begin at, after the consents.
    """
    protected = protected if program.recorded else None
    before = _opening(program, protected, greeted=greeted)
    first = next((index for index, step in enumerate(program.steps) if start and step.id == start), 0)
    own = tuple(_moved(step, len(before) - first) for step in program.steps[first:])
    return replace(program, steps=(*before, *own, *_closing(program, keeps=protected is not None)))


def spoken_texts(program: Program) -> tuple[str, ...]:
    """What the guide says this evening if nothing comes in between, in about this order."""
    return tuple(dict.fromkeys(text for text, _ in spoken_at(program)))


def spoken_at(program: Program) -> tuple[tuple[str, float], ...]:
    """The same, each with its pace; what quotes a partner cannot be known beforehand."""
    steps = [step for step in program.steps if isinstance(step, Line | Question)]
    told = [step for step in steps if isinstance(step, Question) or not step.recalls]
    return tuple(dict.fromkeys((*((step.text, step.manner.pace or 1.0) for step in told), (lines.KEPT, 1.0))))


def asides(program: Program) -> tuple[str, ...]:
    """What it may say besides: help, other words for a question, answers to commands."""
    questions = [step for step in program.steps if isinstance(step, Question)]
    own = [text for question in questions for text in (question.help, *question.again) if text]
    return tuple(dict.fromkeys((*lines.ASIDES, *own)))


def _moved(step: FlatStep, by: int) -> FlatStep:
    return replace(step, target=step.target + by) if isinstance(step, Skip) else step


def _opening(program: Program, protected: bool | None, *, greeted: bool) -> tuple[FlatStep, ...]:
    first, second = program.partners
    welcome = lines.WELCOME_CHOSEN if greeted else lines.WELCOME
    welcome = welcome.format(first=first, second=second, title=program.title, minutes=program.minutes)
    if program.depth >= 2:
        welcome += " " + lines.WELCOME_DEEP
    consents = (
        Line(id="welcome", text=welcome),
        Line(id="rights", text=lines.RIGHTS),
        _ask(Purpose.CONSENT, Who.FIRST, first, lines.CONSENT),
        _ask(Purpose.CONSENT, Who.SECOND, second, lines.CONSENT),
    )
    if protected is None:
        nothing = lines.NOTHING_KEPT if program.recorded else lines.NOTHING_WRITTEN
        return (*consents, Line(id="nothing-kept", text=nothing))
    unprotected = "" if protected else " " + lines.WRITE_UNPROTECTED
    return (
        *consents,
        _ask(Purpose.WRITE, Who.FIRST, first, lines.WRITE + unprotected),
        _ask(Purpose.WRITE, Who.SECOND, second, lines.WRITE_SECOND),
    )


def _closing(program: Program, *, keeps: bool) -> tuple[FlatStep, ...]:
    first, second = program.partners
    keep = (
        _ask(Purpose.KEEP, Who.FIRST, first, lines.KEEP),
        _ask(Purpose.KEEP, Who.SECOND, second, lines.KEEP_SECOND),
    )
    return (
        Line(id="landing", text=lines.LANDING),
        Quiet(id="landing/breath", seconds=BREATH_SECONDS),
        _ask(Purpose.LANDING, Who.FIRST, first, lines.LANDING_ASK),
        _ask(Purpose.LANDING, Who.SECOND, second, lines.LANDING_ASK),
        *(keep if keeps else ()),
        Line(id="goodbye", text=lines.GOODBYE),
    )


_SECOND_WORDS = {
    Purpose.CONSENT: (lines.CONSENT_AGAIN, lines.CONSENT_HELP),
    Purpose.WRITE: (lines.WRITE_AGAIN, lines.WRITE_HELP),
    Purpose.LANDING: (lines.LANDING_AGAIN, lines.LANDING_HELP),
    Purpose.KEEP: (lines.KEEP_AGAIN, lines.KEEP_HELP),
}


def _ask(purpose: Purpose, who: Who, name: str, text: str) -> Question:
    again, help_text = _SECOND_WORDS[purpose]
    return Question(
        id=f"{purpose}/{who}",
        text=text.format(name=name),
        who=who,
        answer=AnswerKind.SHORT if purpose is Purpose.LANDING else AnswerKind.YES_NO,
        again=(again.format(name=name),),
        help=help_text,
        purpose=purpose,
    )
