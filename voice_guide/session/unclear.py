"""Words that stand in the record as "[unclear]", and what becomes of them when they have been said again."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.language.phrases import Phrase
from voice_guide.session.digesting import record_rest
from voice_guide.session.effects import FillIn
from voice_guide.session.notes import Gap
from voice_guide.session.phases import Then
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session
from voice_guide.session.turn import Turn


def last_gap(session: Session, who: Who | None) -> Gap | None:
    """The last unclear words of this partner, or of anybody; None where all is clear."""
    if not session.notes.keeping:
        return None
    return next(
        (gap for gap in reversed(session.notes.gaps) if who is None or gap.who in (who, Who.BOTH)), None
    )


def put_back(session: Session) -> Session:
    """The evening as it was before unclear words were said again."""
    filling = session.filling
    assert filling is not None  # asked by the callers
    session = replace(session, filling=None, held=filling.held, turn=filling.turn, prompting=None)
    return replace(session, closing=filling.closing)


def filled_in(session: Session, out: Out, turn: Turn) -> Session:
    """The turn in which something was said again is over: what is clear of it takes the place of the unclear line."""
    session, filled = _fill(session, out, turn)
    if not filled:
        return replace(session, todo=Then.RESTORE)
    return say(session, out, session.says(Phrase.FILLED_IN), Then.RESTORE)


def record_all(session: Session, out: Out) -> Session:
    """Record whatever is open when the evening ends: what is being said again, and the turn that waits for it."""
    if session.filling is not None:
        turn = session.turn
        session = put_back(session) if turn is None else _fill(session, out, turn)[0]
    return record_rest(session, out)


def _fill(session: Session, out: Out, turn: Turn) -> tuple[Session, bool]:
    filling = session.filling
    assert filling is not None  # asked by the callers
    session, gap = put_back(session), filling.gap
    pieces = [piece for piece in turn.pieces if piece.text and not piece.strange]
    notes = session.notes
    if not pieces or gap not in notes.gaps or not notes.keeping:
        return session, False
    sound = pieces[0].sound if len(pieces) == len(turn.pieces) == 1 else None
    text, tail = " ".join(piece.shown for piece in pieces), pieces[-1].tail
    out.append(FillIn(turn=gap.turn, said_at=gap.said_at, text=text, sound=sound, tail=tail))
    gaps = tuple(each for each in notes.gaps if each is not gap)
    # It is the last answer that was given: "strike that" means it.
    said = sorted(notes.said, key=lambda each: each.turn == gap.turn)
    return replace(session, notes=replace(notes, gaps=gaps, said=tuple(said))), True
