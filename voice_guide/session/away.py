"""The microphone or the loudspeaker is gone, or the computer slept: hold everything, and resume the same step."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Line
from voice_guide.language.phrases import Phrase
from voice_guide.session import talking
from voice_guide.session.command import Command
from voice_guide.session.commands import spoken_command
from voice_guide.session.effects import CloseEars, Hush, Reconnect
from voice_guide.session.events import DeviceLost, Event, Pressed, Suspended, Typed
from voice_guide.session.held import Away
from voice_guide.session.listening import seal_tail
from voice_guide.session.phases import Phase, Then, Why
from voice_guide.session.prompting import say
from voice_guide.session.spotting import listen_anew
from voice_guide.session.state import Out, Session, hold, name_of, tell, wake_at
from voice_guide.session.turn_end import BREAK_LONGEST, LONG_PAUSE, SLEPT_LONG
from voice_guide.session.unclear import record_all
from voice_guide.session.waiting import begin_waiting, reminder, stopped
from voice_guide.session.walking import finish

LOUDSPEAKER = "loudspeaker"


def device_lost(session: Session, out: Out, event: Event) -> Session:
    """Keep what was said, say so if there is still a voice, and look for the device."""
    assert isinstance(event, DeviceLost)  # by the table
    tell(out, f"{event.what}_lost", what=event.what, name=event.name)
    if session.phase is Phase.SPEAKING:
        out.append(Hush())
    if session.waiting and session.held is not None and session.held.why is Why.STOPPED:
        return stopped(session, out)  # whoever stopped has switched it off: nobody waits for a "continue"
    if session.away is not None:  # the other one is gone as well, while it was being said
        return session if session.phase is Phase.AWAY else search(session, out)
    if _nothing_left(session):
        return finish(replace(session, ending=session.ending or "completed"), out)
    if talking.busy(session):
        tell(out, "resumed")  # the guide has to say something
    if session.turn is not None:
        session = replace(seal_tail(session, out), todo=None)
    away = Away(at=session.now, what=event.what, waiting=session.waiting)
    session = replace(hold(session), away=away, spoke=False)
    if event.what == LOUDSPEAKER:
        return search(session, out)
    to = name_of(session, session.turn.question.who) if session.turn and session.turn.question else "both"
    return say(session, out, session.says(Phrase.MICROPHONE_LOST), Then.SEARCH, to=to)


def _nothing_left(session: Session) -> bool:
    """Only the guide's last words were still to be said: nobody waits for a device because of them."""
    words, last = session.prompting, session.position == len(session.program.steps) - 1
    at_the_end = last and isinstance(session.step, Line) and not session.offers
    return words is not None and (words.then is Then.FINISH or (words.then is Then.NEXT and at_the_end))


def search(session: Session, out: Out) -> Session:
    """Nothing can be heard or said until the device is there again."""
    out += [CloseEars(), Reconnect()]
    session = replace(session, phase=Phase.AWAY, prompting=None, spot=None)
    held = session.held
    in_break = held is not None and held.why is Why.BREAK
    return wake_at(session, out, held.since + BREAK_LONGEST if held is not None and in_break else None)


def on_tick(session: Session, out: Out, event: Event) -> Session:
    """A break from which nobody came back ends the evening, found or not."""
    del event
    held = session.held
    if held is None or held.why is not Why.BREAK or session.now < held.since + BREAK_LONGEST:
        return session
    return finish(replace(record_all(session, out), ending="break"), out)


def device_back(session: Session, out: Out, event: Event) -> Session:
    """Resume the same step; whoever was paused stays so."""
    del event
    away = session.away
    assert away is not None  # only what was lost comes back
    tell(out, f"{away.what}_back", what=away.what)
    session = replace(session, away=None, spoke=False)
    if away.waiting:
        return replace(session, todo=Then.WAIT)
    text = (
        session.says(Phrase.LOUDSPEAKER_BACK)
        if away.what == LOUDSPEAKER
        else session.says(Phrase.MICROPHONE_BACK)
    )
    held = session.held
    assert held is not None  # since it was lost
    if session.now - away.at >= LONG_PAUSE and session.turn is not None:
        text += " " + reminder(session, held.at)
        session = replace(session, held=replace(held, ask=False))
    return say(session, out, text, Then.RESTORE)


def by_hand_while_away(session: Session, out: Out, event: Event) -> Session:
    """Only a stop counts."""
    command = event.command if isinstance(event, Pressed) else None
    if isinstance(event, Typed):
        command = spoken_command(event.text, session.language)
    return only_stop(session, out, command)


def only_stop(session: Session, out: Out, command: Command | None) -> Session:
    """While a device is gone, only a stop is obeyed; since nobody could hear of it, it is final at once."""
    if command is not Command.STOP:
        return session
    tell(out, "command", name=str(command))
    return finish(replace(record_all(session, out), ending="stopped"), out)


def suspended(session: Session, out: Out, event: Event) -> Session:
    """The computer slept: no clock of the evening has run; after long, wait for whoever is there."""
    assert isinstance(event, Suspended)  # by the table
    tell(out, "suspended", seconds=round(event.seconds, 1))
    if session.away is not None or session.phase in (Phase.READY, Phase.SETTLING):
        return session
    listening = session.phase in (Phase.LISTENING, Phase.LANDING, Phase.CLOSING)
    if session.phase is Phase.SILENCE:
        session = replace(session, quiet_ends=session.quiet_ends + event.seconds)
    if listening:
        session = hold(replace(seal_tail(session, out, session.now - event.seconds), todo=None))
        assert session.held is not None  # just held
        session = replace(session, held=replace(session.held, at=session.now - event.seconds))
    if event.seconds >= SLEPT_LONG and not session.waiting:
        if session.phase is Phase.SPEAKING:
            out.append(Hush())
        return begin_waiting(replace(session, spoke=False), out, Why.PAUSED)
    if session.phase in (Phase.GAP, Phase.SILENCE, Phase.TALKING, Phase.WAITING):
        return listen_anew(session, out)
    return replace(session, todo=Then.RESTORE) if listening else session
