"""Answers that decide how the evening goes on.

The acts of consent: to the exercise, to writing, to keeping; both must say yes, either can say no. The menu.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Program, Purpose, Question, Who
from voice_guide.language.phrases import Phrase
from voice_guide.session import menu
from voice_guide.session.effects import Choose, CloseRecord, DiscardRecord, StartRecord
from voice_guide.session.held import Settling
from voice_guide.session.phases import Phase, Then
from voice_guide.session.prompting import say
from voice_guide.session.settling import settle
from voice_guide.session.state import Out, Session, tell, wake_at
from voice_guide.session.tones import Tone


def decide(session: Session, out: Out) -> Session:
    """Act on the answer to the current act of consent; unsure is never a yes."""
    question = session.step
    assert isinstance(question, Question)  # Then.DECIDE follows acts only
    answer = session.notes.answer(question.id)
    if question.purpose is Purpose.CONSENT:
        return _consent(session, out, given=answer is True)
    if question.purpose is Purpose.WRITE:
        return _write(session, out, question)
    if question.purpose is Purpose.MENU:
        return _menu(session, out, question)
    return _keep(session, out, question)


def _consent(session: Session, out: Out, *, given: bool) -> Session:
    if given:
        return replace(session, todo=Then.NEXT)
    session = replace(session, ending="declined")
    return say(session, out, session.says(Phrase.DECLINED), Then.FINISH)


def _write(session: Session, out: Out, question: Question) -> Session:
    """Write only if each answer that was given, and the second one at last, is a yes."""
    asked = (Who.FIRST,) if question.who is Who.FIRST else (Who.FIRST, Who.SECOND)
    if any(session.notes.answer(f"{Purpose.WRITE}/{who}") is not True for who in asked):
        session = replace(session, position=_last(session.program, Purpose.WRITE))
        return say(session, out, session.says(Phrase.NOT_WRITTEN), Then.NEXT)
    if question.who is Who.SECOND:
        out.append(StartRecord())
        tell(out, "writing", on=True)
        session = replace(session, notes=replace(session.notes, keeping=True))
    return replace(session, todo=Then.NEXT)


def _keep(session: Session, out: Out, question: Question) -> Session:
    answers = [session.notes.answer(f"{Purpose.KEEP}/{who}") for who in (Who.FIRST, Who.SECOND)]
    if False not in answers and question.who is Who.FIRST:
        return replace(session, todo=Then.NEXT)
    notes = replace(session.notes, keeping=False)
    session = replace(session, position=_last(session.program, Purpose.KEEP), notes=notes)
    tell(out, "writing", on=False)
    if False in answers:
        session = replace(session, notes=replace(notes, said=()))
        told = Settling(
            done=session.says(Phrase.DISCARDED), failed=session.says(Phrase.DISCARD_FAILED), then=Then.NEXT
        )
        return settle(session, out, DiscardRecord(), told)
    kept = answers == [True, True]
    told = Settling(
        done=session.says(Phrase.KEPT) if kept else session.says(Phrase.UNDECIDED),
        failed=session.says(Phrase.KEEP_FAILED),
        then=Then.NEXT,
        tone=Tone.KEPT if kept else None,
    )
    return settle(session, out, CloseRecord(kept=kept, reason="completed"), told)


def _menu(session: Session, out: Out, question: Question) -> Session:
    """Open what was chosen; else go on with the menu, whose last question is about the suggestion."""
    session = wake_at(session, out, None)  # before the shell opens it: what it says then comes after
    answer = session.notes.answer(question.id)
    offer = menu.picked(session.offers, question, answer)
    if question.id == menu.RESUME and answer is True:
        out.append(Choose(name="", resume=True))
    elif offer is not None:
        out.append(Choose(name=offer.name))
    elif question.id == menu.SHALL or (answer is False and not menu.reads_on(session.program, question)):
        return say(replace(session, ending="declined"), out, session.says(Phrase.MENU_NONE), Then.FINISH)
    else:
        return replace(session, todo=Then.NEXT)
    return replace(session, phase=Phase.SETTLING)


def _last(program: Program, purpose: Purpose) -> int:
    """The position of the second partner's question, so that what follows it comes next."""
    return max(
        index
        for index, step in enumerate(program.steps)
        if isinstance(step, Question) and step.purpose is purpose
    )
