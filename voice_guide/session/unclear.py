"""Words that stand in the record as "[unclear]", and what becomes of them when they have been said again."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.language.phrases import Phrase
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


def filled_in(session: Session, out: Out, turn: Turn) -> Session:
    """The turn in which something was said again is over: what is clear of it takes the place of the unclear line."""
    filling = session.filling
    assert filling is not None  # asked before
    session = replace(session, filling=None, held=filling.held, turn=filling.turn)
    words, gap, notes = [piece.text for piece in turn.pieces if piece.text], filling.gap, session.notes
    if not words or gap not in notes.gaps or not notes.keeping:
        return replace(session, todo=Then.RESTORE)
    sound = turn.pieces[0].sound if len(turn.pieces) == 1 else None
    out.append(FillIn(turn=gap.turn, said_at=gap.said_at, text=" ".join(words), sound=sound))
    notes = replace(notes, gaps=tuple(each for each in notes.gaps if each is not gap))
    return say(replace(session, notes=notes), out, session.says(Phrase.FILLED_IN), Then.RESTORE)
