"""Commands while no answer is wanted: in gaps, in silences, while paused or off the record.

Nothing of it is told, kept or remembered; an utterance longer than any command is not even transcribed.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.session import company, talking
from voice_guide.session import turn as turns
from voice_guide.session.answers import one_of_us
from voice_guide.session.command import Command
from voice_guide.session.commands import meant_command, spoken_command
from voice_guide.session.effects import Forget, OpenEars, Transcribe
from voice_guide.session.events import EngineFailed, Event, Heard, Pause, Resumed, SpeechStarted
from voice_guide.session.phases import Phase, Then, Why
from voice_guide.session.prompting import speak
from voice_guide.session.state import Out, Session, tell, wake_at
from voice_guide.session.turn import Piece, Turn
from voice_guide.session.turn_end import CUT, EAR_TAIL, REMARK_ROOM, SPOT_LONGEST
from voice_guide.session.waiting import asks_whose, heeds, it_was_us, rest
from voice_guide.session.walking import end_quiet


def on_speech(session: Session, out: Out, event: Event) -> Session:
    """Somebody speaks: the guide holds its words until it knows whether they are for it."""
    assert isinstance(event, SpeechStarted | Resumed)  # by the table
    spot = session.spot or Turn(number=0, question=None, opened=session.heard_from, quiet_since=event.since)
    return wake_at(replace(session, spot=turns.speech_began(spot, event.since)), out, None)


def on_pause(session: Session, out: Out, event: Event) -> Session:
    """They stopped: was it a command?"""
    assert isinstance(event, Pause)  # by the table
    if session.spot is None:
        return session  # what paused began before the ears opened
    revision = session.revisions + 1
    spot = turns.speech_paused(session.spot, event.since, revision)
    tail = spot.tail
    if tail is not None and tail.end is not None and tail.length <= SPOT_LONGEST:
        out.append(Transcribe(turn=0, revision=revision, start=tail.start, end=tail.end, speculative=True))
    session = replace(session, spot=spot, revisions=revision)
    return wake_at(session, out, event.since + CUT)


def on_heard(session: Session, out: Out, event: Event) -> Session:
    """The text of a possible command, or that of an answer that was interrupted."""
    if isinstance(event, EngineFailed):
        event = Heard(at=event.at, turn=event.turn, revision=event.revision, text="")
    assert isinstance(event, Heard)  # by the table
    if event.turn and session.turn is not None:
        return _of_the_turn(session, session.turn, event)
    if session.spot is None or event.turn:
        return session  # its moment has passed
    session = replace(session, spot=turns.heard(session.spot, event))
    return _judge(session, out)


def _of_the_turn(session: Session, turn: Turn, event: Heard) -> Session:
    """Words of the answer that the guide came in between: they wait until it is open again, but a stop does not."""
    if not event.speech:
        return replace(session, turn=turns.without(turn, event.revision))
    turn = turns.heard(turn, event)
    piece = next((p for p in turn.pieces if p.revision == event.revision), None)
    if piece is None or not (piece.committed and piece.alone and not piece.settled):
        return replace(session, turn=turn)
    command = spoken_command(event.text, session.language)
    granted = _granted(session, command)
    if command is not Command.STOP and not granted:
        return replace(session, turn=turn)
    turn = turns.without(turns.before(turn, piece), event.revision)
    return replace(session, turn=turn, todo=None if granted else Command.STOP)


_WAITS = {
    Command.PAUSE: Why.PAUSED,
    Command.OFF_RECORD: Why.OFF_RECORD,
    Command.BREAK: Why.BREAK,
    Command.STOP: Why.STOPPED,
}


def _granted(session: Session, command: Command | None) -> bool:
    """Whether the guide waits for just this already: a key was faster than the transcriber."""
    held = session.held
    why = _WAITS.get(command) if command is not None else None
    return session.waiting and held is not None and why is not None and held.why is why


def listen_anew(session: Session, out: Out) -> Session:
    """Nothing was heard for a while: what was being said is lost, and what was to come, comes."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    if session.phase is Phase.SILENCE:
        tell(out, "timer", left=round(max(0.0, session.quiet_ends - session.now), 1))
    return _on(replace(session, spot=None, heard_from=opened), out)


def on_tick(session: Session, out: Out, event: Event) -> Session:
    """A gap or a silence is over, or an utterance is complete."""
    del event
    spot = session.spot
    if spot is not None and spot.speaking:
        return session
    if spot is not None and spot.tail is not None:
        tail = spot.tail
        if tail.text is None and tail.length <= SPOT_LONGEST and tail.revision and tail.end is not None:
            out.append(
                Transcribe(turn=0, revision=tail.revision, start=tail.start, end=tail.end, speculative=False)
            )
        return _judge(replace(session, spot=turns.commit(spot, alone=True)), out)
    return session if spot is not None else _on(session, out)


def _judge(session: Session, out: Out) -> Session:
    """What was said is a command, or nothing to the guide."""
    spot = session.spot
    assert spot is not None  # the callers have one
    for piece in spot.pieces:
        command = meant_command(piece.text or "", piece.hinted, session.language) if piece.committed else None
        if command is not None and _counts(session, command):
            out.append(Forget(before=session.now))
            return _commanded(replace(session, spot=None), out, command, piece.by)
    if not all(piece.committed and _known(piece) for piece in spot.pieces):
        return session  # somebody speaks, or a text is on its way
    out.append(Forget(before=session.now))
    session = replace(session, spot=None)
    if session.waiting:
        us = asks_whose(session) and one_of_us(spot.text, session.language)
        return it_was_us(session, out) if us else _on(session, out)
    if any(piece.strange for piece in spot.pieces):
        session = company.noticed(session)
        if company.due(session):
            return replace(session, todo=Then.COMPANY)
        if all(company.nobody(session, strange=piece.strange) for piece in spot.pieces):
            return _on(session, out)  # a television is no talk of theirs
    seconds = sum(piece.length for piece in spot.pieces)
    session = talking.remarked(session, long=seconds > SPOT_LONGEST)
    if session.phase is Phase.TALKING:
        return talking.answered(session, out, spot.text)
    return _on(session, out)


def _known(piece: Piece) -> bool:
    return piece.text is not None or piece.length > SPOT_LONGEST


def _counts(session: Session, command: Command) -> bool:
    """While nobody waits for it, "go on" is said to the other partner."""
    if session.waiting:
        # "Go on", "I'm back": off the record that is said to the partner, and only its own words end it.
        off = session.held is not None and session.held.why is Why.OFF_RECORD
        return heeds(session, command) and not (off and command is Command.CONTINUE)
    if command is Command.SAY_AGAIN:
        return bool(session.notes.gaps)  # else it is said to the other partner, too
    return session.phase is Phase.TALKING or command not in (Command.CONTINUE, Command.ON_RECORD)


def _commanded(session: Session, out: Out, command: Command, by: Who | None) -> Session:
    if session.phase is Phase.TALKING and command in (Command.CONTINUE, Command.ON_RECORD):
        return talking.go_on(session, out)
    return replace(session, todo=command, by=by, spoke=session.spoke and session.waiting)


def _on(session: Session, out: Out) -> Session:
    """Nobody speaks: go on with what was to come."""
    if session.phase is Phase.TALKING:
        return talking.rest(session, out)
    if session.phase is Phase.WAITING:
        return rest(session, out)
    if session.phase is Phase.SILENCE and session.now < session.quiet_ends - 1e-6:
        return wake_at(session, out, session.quiet_ends)
    if session.held is None and talking.in_talk(session):
        return talking.keep_out(session, out)
    room = session.talk.last + REMARK_ROOM
    if session.phase is Phase.GAP and session.talk.heard and session.now < room - 1e-6:
        return wake_at(session, out, room)
    return speak(session, out) if session.phase is Phase.GAP else end_quiet(session, out)
