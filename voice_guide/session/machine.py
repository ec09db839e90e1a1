"""The guide as one function with one table: `advance(session, event) -> (session, effects)`.

Pure: no clock, no sound, no disk. Time comes with the events. An event that a phase does not expect
raises `UnexpectedEvent`, or is ignored by a line of the table that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.steps import Program
from voice_guide.session import lines, listening, settling, spotting
from voice_guide.session.command import Command
from voice_guide.session.deciding import decide
from voice_guide.session.digesting import record_rest
from voice_guide.session.effects import Effect
from voice_guide.session.events import (
    Begin,
    EngineFailed,
    Event,
    Heard,
    Interrupted,
    Lull,
    Pause,
    Pressed,
    PromptEnded,
    RecordDone,
    RecordFailed,
    Resumed,
    SpeechStarted,
    Tick,
)  # fmt: skip
from voice_guide.session.landing import close
from voice_guide.session.obeying import obey, restore, wait
from voice_guide.session.prompting import prompt_ended
from voice_guide.session.state import Out, Phase, Session, Then, tell
from voice_guide.session.turn_end import Manners
from voice_guide.session.walking import finish, next_step


class UnexpectedEvent(Exception):
    """An event came in a phase that cannot have it; the session is unchanged."""

    def __init__(self, phase: Phase, event: Event) -> None:
        super().__init__(f"{type(event).__name__} while {phase}")


Handler = Callable[[Session, Out, Event], Session]


def begin(program: Program, manners: Manners | None = None) -> Session:
    """An evening that has not begun, of a program that `frame.framed` has framed."""
    return Session(program=program, manners=manners or Manners())


def advance(session: Session, event: Event) -> tuple[Session, tuple[Effect, ...]]:
    """The session after an event, and what the shell has to do, in order.

    Raises UnexpectedEvent.
    """
    handler = _TABLE.get((session.phase, type(event))) or _ANYWHERE.get(type(event))
    if handler is None:
        raise UnexpectedEvent(session.phase, event)
    out: Out = []
    session = handler(replace(session, now=max(session.now, event.at)), out, event)
    while session.todo is not None:
        todo, session = session.todo, replace(session, todo=None)
        session = obey(session, out, todo) if isinstance(todo, Command) else _FOLLOW[todo](session, out)
    return session, tuple(out)


_FOLLOW: dict[Then, Callable[[Session, Out], Session]] = {
    Then.NEXT: next_step,
    Then.LISTEN: listening.open_turn,
    Then.RESTORE: restore,
    Then.WAIT: wait,
    Then.DECIDE: decide,
    Then.FINISH: finish,
}


def _begin(session: Session, out: Out, event: Event) -> Session:
    del event
    tell(out, "session_started", exercise=session.program.name, partners=list(session.program.partners))
    return next_step(session, out)


def _prompt_ended(session: Session, out: Out, event: Event) -> Session:
    assert isinstance(event, PromptEnded)  # by the table
    return prompt_ended(session, out, event.prompt)


def _landed(session: Session, out: Out, event: Event) -> Session:
    del event
    return close(session, out)


def _pressed(session: Session, out: Out, event: Event) -> Session:
    assert isinstance(event, Pressed)  # by the table
    return obey(session, out, event.command)


def _record_failed(session: Session, out: Out, event: Event) -> Session:
    """Say it once, and go on without a record."""
    assert isinstance(event, RecordFailed)  # by the table
    tell(out, "failed", what=event.what, hint=event.hint)
    notes = replace(session.notes, keeping=False, lost=True)
    return replace(session, notes=notes, news=lines.RECORD_FAILED)


def _failed_at_the_end(session: Session, out: Out, event: Event) -> Session:
    assert isinstance(event, RecordFailed)  # by the table
    tell(out, "failed", what=event.what, hint=event.hint)
    return session


def _interrupted(session: Session, out: Out, event: Event) -> Session:
    """Ended from outside: record the words that are known, and leave at once.

    The record gets no final frame: whoever reads it sees that the evening was interrupted.
    """
    assert isinstance(event, Interrupted)  # by the table
    session = record_rest(session, out)
    notes = replace(session.notes, keeping=False)
    return finish(replace(session, ending="interrupted", notes=notes), out)


def _ignore(why: str) -> Handler:
    """A line of the table for an event that means nothing in a phase, and why."""
    assert why  # no line without its reason

    def handler(session: Session, out: Out, event: Event) -> Session:
        del out, event
        return session

    return handler


_CLOSED = _ignore("the ears are closed; this was on its way when they closed")
_LATE = _ignore("it was asked for before the phase changed")
_GIVEN_UP = _ignore("done was pressed while somebody still spoke")
_TOO_LONG = _ignore("nothing is kept of it, so nothing has to be cut")
_OVER = _ignore("the evening is over")

_TABLE: dict[tuple[Phase, type[Event]], Handler] = {
    (Phase.READY, Begin): _begin,
    (Phase.SPEAKING, PromptEnded): _prompt_ended,
    (Phase.SPEAKING, SpeechStarted): _CLOSED,
    (Phase.SPEAKING, Pause): _CLOSED,
    (Phase.SPEAKING, Resumed): _CLOSED,
    (Phase.SPEAKING, Lull): _CLOSED,
    (Phase.SPEAKING, Heard): spotting.on_heard,
    (Phase.SPEAKING, EngineFailed): spotting.on_heard,
    (Phase.SPEAKING, Tick): _LATE,
    (Phase.LISTENING, SpeechStarted): listening.on_speech,
    (Phase.LISTENING, Resumed): listening.on_speech,
    (Phase.LISTENING, Pause): listening.on_pause,
    (Phase.LISTENING, Lull): listening.on_lull,
    (Phase.LISTENING, Heard): listening.on_heard,
    (Phase.LISTENING, EngineFailed): listening.on_engine_failed,
    (Phase.LISTENING, Tick): listening.on_tick,
    (Phase.LANDING, SpeechStarted): listening.on_speech,
    (Phase.LANDING, Resumed): listening.on_speech,
    (Phase.LANDING, Pause): _GIVEN_UP,
    (Phase.LANDING, Lull): _GIVEN_UP,
    (Phase.LANDING, Tick): _landed,
    (Phase.LANDING, Heard): _LATE,
    (Phase.LANDING, EngineFailed): _LATE,
    **{
        (phase, event): handler
        for phase in (Phase.GAP, Phase.SILENCE, Phase.WAITING)
        for event, handler in {
            SpeechStarted: spotting.on_speech,
            Resumed: spotting.on_speech,
            Pause: spotting.on_pause,
            Lull: _TOO_LONG,
            Heard: spotting.on_heard,
            EngineFailed: spotting.on_heard,
            Tick: spotting.on_tick,
        }.items()
    },
    (Phase.SETTLING, RecordDone): settling.on_done,
    (Phase.SETTLING, RecordFailed): settling.on_failed,
    (Phase.SETTLING, Pressed): _ignore("an act and its outcome come in one; a key has to wait for its turn"),
    (Phase.FINISHED, RecordFailed): _failed_at_the_end,
    **{
        (Phase.FINISHED, event): _OVER
        for event in (RecordDone, PromptEnded, SpeechStarted, Pause, Resumed, Lull, Heard, EngineFailed, Tick, Pressed,
                      Interrupted)
    },
}  # fmt: skip

_ANYWHERE: dict[type[Event], Handler] = {
    PromptEnded: _LATE,  # a prompt that was hushed in its last moment
    Pressed: _pressed,
    RecordFailed: _record_failed,
    Interrupted: _interrupted,
}
