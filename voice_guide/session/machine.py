"""The guide as one function with one table: `advance(session, event) -> (session, effects)`.

Pure: no clock, no sound, no disk. Time comes with the events. An event that a phase does not expect
raises `UnexpectedEvent`, or is ignored by a line of the table that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.flat import Program
from voice_guide.session import away, company, filling, listening, talking
from voice_guide.session.command import Command
from voice_guide.session.deciding import decide
from voice_guide.session.effects import Effect
from voice_guide.session.events import Event, Heard, Tick
from voice_guide.session.notes import Offer
from voice_guide.session.obeying import obey, restore
from voice_guide.session.phases import Phase, Then
from voice_guide.session.state import Out, Session
from voice_guide.session.table import handler_of
from voice_guide.session.turn_end import Manners
from voice_guide.session.voice import Voice
from voice_guide.session.waiting import for_company, wait
from voice_guide.session.walking import finish, next_step


class UnexpectedEvent(Exception):
    """An event came in a phase that cannot have it; the session is unchanged."""

    def __init__(self, phase: Phase, event: Event) -> None:
        super().__init__(f"{type(event).__name__} while {phase}")


def begin(
    program: Program,
    manners: Manners | None = None,
    voice: Voice | None = None,
    offers: tuple[Offer, ...] = (),
) -> Session:
    """An evening that has not begun: of a program that `frame.framed` has framed, or of a menu and its offers."""
    return Session(program=program, manners=manners or Manners(), voice=voice or Voice(), offers=offers)


def advance(session: Session, event: Event) -> tuple[Session, tuple[Effect, ...]]:
    """The session after an event, and what the shell has to do, in order.

    Raises UnexpectedEvent.
    """
    out: Out = []
    wake = None if isinstance(event, Tick) else session.wake  # a wish is fulfilled once
    session = _handle(replace(session, now=max(session.now, event.at), wake=wake), out, event)
    while session.again is not None:
        later, session = session.again, replace(session, again=None)
        session = _handle(session, out, later)
    return session, tuple(out)


def _handle(session: Session, out: Out, event: Event) -> Session:
    if isinstance(event, Heard):
        event = company.as_known(session, event)
    handler = handler_of(session.phase, event)
    if handler is None:
        raise UnexpectedEvent(session.phase, event)
    return _follow(handler(session, out, event), out)


def _follow(session: Session, out: Out) -> Session:
    """Do what a handler has left to do, until nothing is left."""
    while session.todo is not None:
        todo, session = session.todo, replace(session, todo=None)
        if isinstance(todo, Command):
            session = replace(obey(session, out, todo), by=None)
        else:
            session = _FOLLOW[todo](session, out)
    return session


_FOLLOW: dict[Then, Callable[[Session, Out], Session]] = {
    Then.NEXT: next_step,
    Then.LISTEN: listening.open_turn,
    Then.RESTORE: restore,
    Then.WAIT: wait,
    Then.DECIDE: decide,
    Then.TALK: talking.listen,
    Then.KEEP_OUT: talking.instead_of_answering,
    Then.FILL_IN: filling.open_turn,
    Then.COMPANY: for_company,
    Then.SEARCH: away.search,
    Then.FINISH: finish,
}
