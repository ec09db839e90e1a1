"""What the microphone gives, apart from speech: tears, laughter, or nothing at all."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session.events import Event, Muted
from voice_guide.session.listening import decide_turn
from voice_guide.session.phases import Phase
from voice_guide.session.state import Out, Session, tell


def stirred(session: Session, out: Out, event: Event) -> Session:
    """Tears or laughter: whoever is moved is not hurried."""
    session = replace(session, sound=replace(session.sound, stirred=event.at))
    if session.phase is Phase.TALKING:
        return replace(session, talk=replace(session.talk, last=max(session.talk.last, event.at)))
    return decide_turn(session, out) if session.phase is Phase.LISTENING else session


def muted(session: Session, out: Out, event: Event) -> Session:
    """Zeros only: told in a pause, so that nobody speaks to a microphone that hears nothing."""
    assert isinstance(event, Muted)  # by the table
    tell(out, "muted")
    session = replace(session, sound=replace(session.sound, muted=True, always=event.always))
    return decide_turn(session, out) if session.phase is Phase.LISTENING else session


def unmuted(session: Session, out: Out, event: Event) -> Session:
    """It hears again."""
    del event
    tell(out, "unmuted")
    return replace(session, sound=replace(session.sound, muted=False, always=False, told=False))
