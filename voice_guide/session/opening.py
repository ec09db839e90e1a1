"""How an evening opens: with the menu, or with the exercise itself."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session.events import Chosen, Event
from voice_guide.session.notes import Notes
from voice_guide.session.state import Out, Session, tell
from voice_guide.session.turn_end import Manners
from voice_guide.session.walking import next_step


def begun(session: Session, out: Out, event: Event) -> Session:
    """The shell is ready: the menu, if there is one, else the exercise."""
    del event
    if session.offers:
        offers = [{"title": o.title, "minutes": o.minutes, "depth": o.depth} for o in session.offers]
        tell(out, "menu", offers=offers, partners=list(session.program.partners))
        return next_step(session, out)
    return _started(session, out)


def chosen(session: Session, out: Out, event: Event) -> Session:
    """From the menu into the exercise: nothing of the menu is remembered."""
    assert isinstance(event, Chosen)  # by the table
    manners = session.manners
    if event.program.partners[0] != session.program.partners[0]:
        # It belongs to a partner, not to a place.
        manners = Manners(patience=(manners.patience[1], manners.patience[0]))
    session = replace(session, program=event.program, manners=manners, position=-1, notes=Notes(), offers=())
    return _started(session, out)


def _started(session: Session, out: Out) -> Session:
    program = session.program
    tell(
        out,
        "session_started",
        exercise=program.name,
        title=program.title,
        minutes=program.minutes,
        depth=program.depth,
        partners=list(program.partners),
    )
    return next_step(session, out)
