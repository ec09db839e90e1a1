"""Strike that: which answer is meant, and what the guide may say of it."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Question, Who
from voice_guide.language.phrases import Phrase
from voice_guide.session.effects import Strike
from voice_guide.session.held import Settling
from voice_guide.session.notes import Said
from voice_guide.session.phases import Then
from voice_guide.session.prompting import interject
from voice_guide.session.settling import settle
from voice_guide.session.state import Out, Session, hold


def strike(session: Session, out: Out) -> Session:
    """Take the answer that is meant out of the record, with what repeated it, and out of the open turn."""
    struck = _to_strike(session)
    dropped = _drops(session)
    if dropped and session.turn is not None:
        session = replace(session, turn=replace(session.turn, pieces=()))
    last = tuple(word.turn for word in session.notes.words[-1:])
    answers = tuple(s.answer for s in session.notes.said if s.turn in struck)
    session = replace(session, notes=session.notes.without_words((*struck, *answers) or last))
    session = _without_aside(session, answers)
    if session.notes.lost or (session.notes.said and not session.notes.keeping):
        return interject(session, out, session.says(Phrase.STRIKE_FAILED))
    if not struck:
        text = (
            session.says(Phrase.STRUCK)
            if dropped and session.notes.keeping
            else session.says(Phrase.NOTHING_TO_STRIKE)
        )
        return interject(session, out, text)
    alone = len({s.answer for s in session.notes.said if s.turn in struck}) == 1
    said = tuple(s for s in session.notes.said if s.turn not in struck)
    gone = tuple(s.step for s in session.notes.said if s.turn in struck)
    notes = replace(session.notes, said=said, struck=(*session.notes.struck, *gone))
    session = replace(session, notes=notes)
    done = session.says(Phrase.STRUCK if alone else Phrase.STRUCK_WITH_MIRRORS)
    then = Then.WAIT if session.waiting else Then.RESTORE
    told = Settling(done=done, failed=session.says(Phrase.STRIKE_FAILED), then=then)
    return settle(hold(session), out, Strike(turns=struck), told)


def _without_aside(session: Session, answers: tuple[int, ...]) -> Session:
    """The turn that waits while unclear words are said again is struck like any other: it is asked anew."""
    filling = session.filling
    if filling is None or filling.turn is None or filling.turn.number not in answers:
        return session
    held = replace(filling.held, ask=True)
    return replace(session, filling=replace(filling, turn=replace(filling.turn, pieces=()), held=held))


def _drops(session: Session) -> bool:
    """Whether words of the open turn go: not those of the one partner at the other's wish."""
    turn, question = session.turn, session.question
    if turn is None or question is None or not turn.pieces:
        return False
    return session.by is None or question.who in (Who.BOTH, session.by)


def _to_strike(session: Session) -> tuple[int, ...]:
    """The turns to remove: the answer just given, whole, and whatever mirrored it.

    That is the last answer of whose voice asks for it; if nobody can tell, what the open turn has in the
    record; else the last answer of the partner whose turn it is, if nothing but its mirror came after it;
    else the last answer of all.
    """
    said = session.notes.said
    target = _answer_meant(session, said)
    if target is None:
        return ()
    whole = [s.turn for s in said if s.answer == target.answer]
    return (*whole, *(s.turn for s in said if not set(whole).isdisjoint(s.mirrors)))


def _answer_meant(session: Session, said: tuple[Said, ...]) -> Said | None:
    turn, question = session.turn, session.question
    if turn is not None:
        open_ones = [s for s in said if s.turn >= turn.number]
        mine = [s for s in open_ones if session.by is None or s.who in (Who.BOTH, session.by)]
        if mine:
            return next((s for s in mine if s.turn == turn.number), mine[-1])
        if _drops(session):
            return None  # what was just said is not in the record yet, and never will be
    if session.by is not None:
        return next((s for s in reversed(said) if s.who in (Who.BOTH, session.by)), None)
    if not said:
        return None
    last, before = said[-1], said[-2] if len(said) > 1 else None
    if before is None or not isinstance(question, Question) or last.who is question.who:
        return last
    mirrored = before.turn in last.mirrors or before.step == question.id
    return before if mirrored and before.who is question.who else last
