"""Somebody else is in the room: a guest, a child, a television. Their words are nobody's, and the evening waits.

Two signs before it does: whoever whispers or weeps may sound like somebody else for a moment. Until it is known whose
they were, such words stand in the record in a turn of their own, so that they can be taken out, and nothing is lost.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session.events import Heard
from voice_guide.session.notes import Company
from voice_guide.session.state import Session
from voice_guide.session.turn import Turn

_TWICE = 60.0
"""Seconds within which a strange voice is heard twice before it counts."""

_GUEST = 600.0
"""Seconds for which somebody who was here is not new; a television is heard more often than that."""


def noticed(session: Session) -> Session:
    """A voice was heard that is clearly neither partner's."""
    company = session.company
    if session.waiting:
        return session
    last, here = company.heard, company.here
    known = last is not None and session.now - last <= (_GUEST if here else _TWICE)
    company = replace(
        company,
        heard=session.now,
        signs=company.signs + 1 if known else 1,
        here=here and known,
        turns=company.turns if known else (),  # what was strange once, long ago, was theirs
    )
    return replace(session, company=company)


def due(session: Session) -> bool:
    """Whether it is time to wait: somebody is here who was not before."""
    company = session.company
    return company.signs > 1 and not (company.here or company.asked)


def nobody(session: Session, *, strange: bool) -> bool:
    """Whether words are nobody's: a strange voice, where they have let it be known that somebody else is here."""
    return strange and session.company.here


def kept_apart(session: Session, turn: int) -> Session:
    """What a strange voice said stands in the record under this turn."""
    return replace(session, company=replace(session.company, turns=(*session.company.turns, turn)))


def ours(session: Session) -> Session:
    """It was one of the two: their words stay, and no voice is strange any more tonight."""
    turn, filling = session.turn, session.filling
    if filling is not None:
        filling = replace(filling, turn=_known(filling.turn))
    return replace(session, company=Company(ours=True), turn=_known(turn), filling=filling)


def as_known(session: Session, event: Heard) -> Heard:
    """What was heard, as far as it is known who is here."""
    return replace(event, strange=False) if session.company.ours else event


def others(session: Session) -> tuple[Session, tuple[int, ...]]:
    """They go on: it was somebody else. Their words leave the open turn; those turns are to leave the record."""
    company, turn, notes = session.company, session.turn, session.notes
    gone = () if notes.lost else tuple(said.turn for said in notes.said if said.turn in company.turns)
    notes = replace(notes.without_words(gone), said=tuple(s for s in notes.said if s.turn not in gone))
    filling = session.filling
    if filling is not None:
        filling = replace(filling, turn=_theirs(filling.turn))
    company = replace(company, asked=False, here=True, turns=())
    return replace(session, company=company, turn=_theirs(turn), filling=filling, notes=notes), gone


def _known(turn: Turn | None) -> Turn | None:
    if turn is None:
        return None
    return replace(turn, pieces=tuple(replace(piece, strange=False) for piece in turn.pieces))


def _theirs(turn: Turn | None) -> Turn | None:
    """The turn without what somebody else said in it."""
    if turn is None:
        return None
    return replace(turn, pieces=tuple(piece for piece in turn.pieces if not piece.strange))
