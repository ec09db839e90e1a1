"""Acts on the record whose outcome decides what the guide may say: it never claims what did not happen."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session.effects import CloseEars, CloseRecord, DiscardRecord, PlayTone, Strike
from voice_guide.session.events import Event, RecordDone, RecordFailed
from voice_guide.session.held import Settling
from voice_guide.session.phases import Phase
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session, tell, wake_at


def settle(
    session: Session, out: Out, act: Strike | CloseRecord | DiscardRecord, settling: Settling
) -> Session:
    """Ask for an act, and wait for its outcome before a word is said about it."""
    session = wake_at(replace(session, phase=Phase.SETTLING, settling=settling), out, None)
    out += [CloseEars(), act]
    return session


def on_done(session: Session, out: Out, event: Event) -> Session:
    """It happened: say so."""
    assert isinstance(event, RecordDone)  # by the table
    settling = session.settling
    assert settling is not None  # the phase has one
    if settling.tone is not None:
        out.append(PlayTone(tone=settling.tone))
    return say(replace(session, settling=None), out, settling.done, settling.then)


def on_failed(session: Session, out: Out, event: Event) -> Session:
    """It did not happen: say that, and what can be done."""
    assert isinstance(event, RecordFailed)  # by the table
    settling = session.settling
    assert settling is not None  # the phase has one
    tell(out, "failed", what=event.what, hint=event.hint)
    tell(out, "writing", on=False)
    notes = replace(session.notes, keeping=False, lost=True)
    return say(replace(session, settling=None, notes=notes), out, settling.failed, settling.then)
