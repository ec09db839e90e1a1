"""Strike that: which answer is meant, and what the guide may say of it."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import Question
from voice_guide.session import lines
from voice_guide.session.effects import Strike
from voice_guide.session.prompting import interject
from voice_guide.session.settling import settle
from voice_guide.session.state import Out, Said, Session, Settling, Then, hold


def strike(session: Session, out: Out) -> Session:
    """Take the answer that is meant out of the record, with what repeated it, and out of the open turn."""
    struck = _to_strike(session)
    if session.turn is not None:
        session = replace(session, turn=replace(session.turn, pieces=()))
    if session.notes.lost or (session.notes.said and not session.notes.keeping):
        return interject(session, out, lines.STRIKE_FAILED)
    if not struck:
        return interject(session, out, lines.NOTHING_TO_STRIKE)
    said = tuple(s for s in session.notes.said if s.turn not in struck)
    session = replace(session, notes=replace(session.notes, said=said))
    done = lines.STRUCK if len(struck) == 1 else lines.STRUCK_WITH_MIRRORS
    then = Then.WAIT if session.waiting else Then.RESTORE
    told = Settling(done=done, failed=lines.STRIKE_FAILED, then=then)
    return settle(hold(session), out, Strike(turns=struck), told)


def _to_strike(session: Session) -> tuple[int, ...]:
    """The turns to remove: the answer just given, and whatever mirrored it.

    That is what the open turn has in the record; else the last answer of the partner whose turn it is,
    if nothing but its mirror came after it; else the last answer of all.
    """
    said = session.notes.said
    if not said:
        return ()
    target = _answer_meant(session, said)
    return (target.turn, *(s.turn for s in said if target.turn in s.mirrors))


def _answer_meant(session: Session, said: tuple[Said, ...]) -> Said:
    if session.turn is not None and said[-1].turn == session.turn.number:
        return said[-1]
    question = session.question
    if isinstance(question, Question):
        own = [s for s in said[-2:] if s.who is question.who]
        if own:
            return own[-1]
    return said[-1]
