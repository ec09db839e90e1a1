"""The one table of the machine: what each event means in each phase.

An event that a phase does not expect has no line; one that means nothing is ignored by a line that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.language.phrases import Phrase
from voice_guide.session import (
    away,
    by_hand,
    closing,
    listening,
    opening,
    overhearing,
    settling,
    sounding,
    spotting,
)
from voice_guide.session.events import (
    Begin,
    Chosen,
    DeviceBack,
    DeviceLost,
    EngineFailed,
    Event,
    Heard,
    HeardOver,
    Interrupted,
    Judged,
    Lull,
    Muted,
    Pause,
    Pressed,
    PromptEnded,
    RecordDone,
    RecordFailed,
    Resumed,
    SpeechStarted,
    SpokenOver,
    Stirred,
    Suspended,
    Tick,
    Touched,
    Typed,
    Typing,
    Unmuted,
)  # fmt: skip
from voice_guide.session.landing import close
from voice_guide.session.obeying import obey
from voice_guide.session.phases import Phase
from voice_guide.session.prompting import prompt_ended
from voice_guide.session.state import Out, Session, tell
from voice_guide.session.unclear import record_all
from voice_guide.session.walking import finish

Handler = Callable[[Session, Out, Event], Session]


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
    tell(out, "writing", on=False)
    notes = replace(session.notes, keeping=False, lost=True)
    return replace(session, notes=notes, news=session.says(Phrase.RECORD_FAILED))


def _failed_at_the_end(session: Session, out: Out, event: Event) -> Session:
    assert isinstance(event, RecordFailed)  # by the table
    tell(out, "failed", what=event.what, hint=event.hint)
    return session


def _interrupted(session: Session, out: Out, event: Event) -> Session:
    """Ended from outside: record the words that are known, and leave at once.

    The record gets no final frame: whoever reads it sees that the evening was interrupted.
    """
    assert isinstance(event, Interrupted)  # by the table
    session = record_all(session, out)
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
_DONE = _ignore("the turn is over; only its last words are awaited")
_DEAF = _ignore("the device is gone; this was on its way when it went")
_TOO_LATE = _ignore("nothing can be changed just now, and it was no answer")
_EARLY = _ignore("the evening has not begun; the shell says what is missing")
_OVER = _ignore("the evening is over")

TABLE: dict[tuple[Phase, type[Event]], Handler] = {
    (Phase.READY, Begin): opening.begun,
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
    (Phase.LISTENING, Judged): listening.on_judged,
    (Phase.LANDING, SpeechStarted): listening.on_speech,
    (Phase.LANDING, Resumed): listening.on_speech,
    (Phase.LANDING, Pause): _GIVEN_UP,
    (Phase.LANDING, Lull): _GIVEN_UP,
    (Phase.LANDING, Tick): _landed,
    (Phase.LANDING, Heard): closing.on_heard,
    (Phase.LANDING, EngineFailed): closing.on_heard,
    (Phase.CLOSING, Heard): closing.on_heard,
    (Phase.CLOSING, EngineFailed): closing.on_heard,
    **{(Phase.CLOSING, event): _DONE for event in (SpeechStarted, Pause, Resumed, Lull, Tick)},
    **{
        (phase, event): handler
        for phase in (Phase.GAP, Phase.SILENCE, Phase.WAITING, Phase.TALKING)
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
    (Phase.SETTLING, Chosen): opening.chosen,
    **{(Phase.AWAY, event): _DEAF for event in (SpeechStarted, Pause, Resumed, Lull, SpokenOver, HeardOver)},
    **{(phase, event): _TOO_LATE for phase in (Phase.READY, Phase.SETTLING) for event in (SpokenOver, HeardOver)},
    (Phase.AWAY, Tick): away.on_tick,
    (Phase.AWAY, Heard): spotting.on_heard,
    (Phase.AWAY, EngineFailed): spotting.on_heard,
    (Phase.AWAY, Pressed): away.by_hand_while_away,
    (Phase.AWAY, Typed): away.by_hand_while_away,
    (Phase.AWAY, DeviceBack): away.device_back,
    (Phase.SPEAKING, Touched): by_hand.touched,
    (Phase.SPEAKING, Typing): by_hand.touched,
    (Phase.SPEAKING, Typed): by_hand.typed_early,
    **{
        (phase, event): handler
        for phase in (Phase.LISTENING, Phase.LANDING)
        for event, handler in {Typing: by_hand.typing, Typed: by_hand.typed}.items()
    },
    (Phase.GAP, Typing): by_hand.typing,
    (Phase.TALKING, Typing): by_hand.typing,
    (Phase.GAP, Typed): by_hand.typed_in_gap,
    (Phase.TALKING, Typed): by_hand.typed_in_talk,
    (Phase.CLOSING, Typed): by_hand.typed_late,
    (Phase.SILENCE, Typed): by_hand.typed_command,
    (Phase.WAITING, Typed): by_hand.typed_command,
    **{(Phase.READY, event): _EARLY for event in (DeviceLost, Pressed, Touched, Typing, Typed)},
    (Phase.FINISHED, RecordFailed): _failed_at_the_end,
    **{
        (Phase.FINISHED, event): _OVER
        for event in (RecordDone, PromptEnded, SpeechStarted, Pause, Resumed, Lull, Heard, EngineFailed, Tick, Pressed,
                      Interrupted, Touched, Typing, Typed, Stirred, Muted, Unmuted, DeviceLost, DeviceBack, Suspended,
                      SpokenOver, HeardOver)
    },
}  # fmt: skip

_ANYWHERE: dict[type[Event], Handler] = {
    PromptEnded: _LATE,  # a prompt that was hushed in its last moment
    Judged: _LATE,
    Pressed: _pressed,
    Touched: _ignore("nothing sounds that it could stop"),
    Typing: _ignore("nobody is asked just now"),
    Typed: _ignore("nobody is asked just now, and nothing is kept of it"),
    SpokenOver: overhearing.on_spoken,
    HeardOver: overhearing.on_heard,
    Stirred: sounding.stirred,
    Muted: sounding.muted,
    Unmuted: sounding.unmuted,
    DeviceLost: away.device_lost,
    Suspended: away.suspended,
    RecordFailed: _record_failed,
    Interrupted: _interrupted,
}


def handler_of(phase: Phase, event: Event) -> Handler | None:
    """What an event means in a phase, or None if the phase cannot have it."""
    return TABLE.get((phase, type(event))) or _ANYWHERE.get(type(event))
