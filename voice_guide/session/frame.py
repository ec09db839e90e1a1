"""The frame that the machine puts around every exercise: consent before it, landing and keeping after it.

No script can leave it out, because the machine runs framed programs only.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import FlatStep, Line, Program, Purpose, Question, Quiet, Skip, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import ASIDES, Phrase

BREATH_SECONDS = 6.0


def framed(
    program: Program,
    *,
    protected: bool | None,
    greeted: bool = False,
    voices: bool = False,
    start: str = "",
) -> Program:
    """The whole evening around a program.

    `protected` tells whether a passphrase guards the record; with None nothing can be kept, and nobody is asked.
    `greeted`: the menu has said hello. `voices`: they are learnt from the consents, and that is said. `start` is the
    id of an own step to begin at, after the consents.
    """
    protected = protected if program.recorded else None
    before = _opening(program, protected, greeted=greeted, voices=voices)
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
    return tuple(
        dict.fromkeys(
            (
                *((step.text, step.manner.pace or 1.0) for step in told),
                (program.language.line(Phrase.KEPT), 1.0),
            )
        )
    )


def asides(program: Program) -> tuple[str, ...]:
    """What it may say besides: help, other words for a question, answers to commands."""
    questions = [step for step in program.steps if isinstance(step, Question)]
    own = [text for question in questions for text in (question.help, *question.again) if text]
    return tuple(dict.fromkeys((*map(program.language.line, ASIDES), *own)))


def _moved(step: FlatStep, by: int) -> FlatStep:
    return replace(step, target=step.target + by) if isinstance(step, Skip) else step


def _opening(
    program: Program, protected: bool | None, *, greeted: bool, voices: bool
) -> tuple[FlatStep, ...]:
    say = program.language.line
    names = {} if greeted else dict(zip(("first", "second"), program.partners, strict=True))
    words = Phrase.WELCOME_CHOSEN if greeted else Phrase.WELCOME
    welcome = say(words, title=program.title, minutes=program.minutes, **names)
    if program.depth >= 2:
        welcome += " " + say(Phrase.WELCOME_DEEP)
    consents = (
        Line(id="welcome", text=welcome),
        Line(id="rights", text=say(Phrase.RIGHTS)),
        *((Line(id="voices", text=say(Phrase.LEARN_VOICES)),) if voices else ()),
        _ask(Purpose.CONSENT, Who.FIRST, program, Phrase.CONSENT),
        _ask(Purpose.CONSENT, Who.SECOND, program, Phrase.CONSENT),
    )
    if protected is None:
        nothing = say(Phrase.NOTHING_KEPT if program.recorded else Phrase.NOTHING_WRITTEN)
        return (*consents, Line(id="nothing-kept", text=nothing))
    write = _ask(Purpose.WRITE, Who.FIRST, program, Phrase.WRITE)
    unprotected = "" if protected else " " + say(Phrase.WRITE_UNPROTECTED)
    return (
        *consents,
        replace(write, text=write.text + unprotected),
        _ask(Purpose.WRITE, Who.SECOND, program, Phrase.WRITE_SECOND),
    )


def _closing(program: Program, *, keeps: bool) -> tuple[FlatStep, ...]:
    say = program.language.line
    keep = (
        _ask(Purpose.KEEP, Who.FIRST, program, Phrase.KEEP),
        _ask(Purpose.KEEP, Who.SECOND, program, Phrase.KEEP_SECOND),
    )
    return (
        Line(id="landing", text=say(Phrase.LANDING)),
        Quiet(id="landing/breath", seconds=BREATH_SECONDS),
        _ask(Purpose.LANDING, Who.FIRST, program, Phrase.LANDING_ASK),
        _ask(Purpose.LANDING, Who.SECOND, program, Phrase.LANDING_ASK),
        *(keep if keeps else ()),
        Line(id="goodbye", text=say(Phrase.GOODBYE)),
    )


_SECOND_WORDS = {
    Purpose.CONSENT: (Phrase.CONSENT_AGAIN, Phrase.CONSENT_HELP),
    Purpose.WRITE: (Phrase.WRITE_AGAIN, Phrase.WRITE_HELP),
    Purpose.LANDING: (Phrase.LANDING_AGAIN, Phrase.LANDING_HELP),
    Purpose.KEEP: (Phrase.KEEP_AGAIN, Phrase.KEEP_HELP),
}


def _ask(purpose: Purpose, who: Who, program: Program, words: Phrase) -> Question:
    again, help = _SECOND_WORDS[purpose]
    say, name = program.language.line, program.partners[0 if who is Who.FIRST else 1]
    return Question(
        id=f"{purpose}/{who}",
        text=say(words, name=name),
        who=who,
        answer=AnswerKind.SHORT if purpose is Purpose.LANDING else AnswerKind.YES_NO,
        again=(say(again, name=name),),
        help=say(help),
        purpose=purpose,
    )
