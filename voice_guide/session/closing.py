"""Texts that come when a turn is over: it is closed only when all of its words are known."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session import turn as turns
from voice_guide.session.command import Command
from voice_guide.session.digesting import digest
from voice_guide.session.events import EngineFailed, Event, Heard
from voice_guide.session.landing import close
from voice_guide.session.phases import Phase
from voice_guide.session.state import Out, Session, tell, the_turn


def on_heard(session: Session, out: Out, event: Event) -> Session:
    """The text of a piece that was committed before the turn ended."""
    if isinstance(event, EngineFailed):
        tell(out, "failed", what=event.what, hint="the answer is kept as unclear")
        event = Heard(at=event.at, turn=event.turn, revision=event.revision, text="")
    assert isinstance(event, Heard)  # by the table
    turn, _ = the_turn(session)
    if event.turn != turn.number:
        return session
    turn = turns.heard(turn, event) if event.speech else turns.without(turn, event.revision)
    session = digest(replace(session, turn=turn), out)
    if session.todo is Command.DONE:
        session = replace(session, todo=None, by=None)  # it is done already
    if session.todo is not None or session.phase is Phase.LANDING:
        return session
    return close(session, out, session.closing)
