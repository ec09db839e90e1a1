"""Commands while no answer is wanted: in gaps, in silences, while paused or off the record.

Nothing of it is told, kept or remembered; an utterance longer than any command is not even transcribed.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session import turn as turns
from voice_guide.session.command import WHILE_WAITING, Command
from voice_guide.session.commands import meant_command
from voice_guide.session.effects import Forget, Transcribe
from voice_guide.session.events import EngineFailed, Event, Heard, Pause, Resumed, SpeechStarted
from voice_guide.session.prompting import speak
from voice_guide.session.state import Out, Phase, Session, wake_at
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import CUT, SPOT_LONGEST
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
        return replace(session, turn=turns.heard(session.turn, event))
    if session.spot is None or event.turn:
        return session  # its moment has passed
    session = replace(session, spot=turns.heard(session.spot, event))
    return _judge(session, out)


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
    return _on(session, out)


def _judge(session: Session, out: Out) -> Session:
    """A complete utterance is a command, or nothing to the guide."""
    spot = session.spot
    if spot is None or not spot.pieces or not spot.pieces[-1].committed:
        return session
    piece = spot.pieces[-1]
    if piece.text is None and piece.length <= SPOT_LONGEST:
        return session  # its text is on its way
    out.append(Forget(before=session.now))
    session = replace(session, spot=None)
    command = meant_command(piece.text or "", piece.hinted)
    waiting = session.phase is Phase.WAITING
    if command is not None and (command in WHILE_WAITING if waiting else command is not Command.CONTINUE):
        return replace(session, todo=command)
    return session if waiting else _on(session, out)


def _on(session: Session, out: Out) -> Session:
    """Nobody speaks: go on with what was to come."""
    if session.phase is Phase.GAP:
        return speak(session, out)
    if session.phase is Phase.SILENCE:
        if session.now >= session.quiet_ends - 1e-6:
            return end_quiet(session, out)
        return wake_at(session, out, session.quiet_ends)
    return session
