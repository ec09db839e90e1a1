"""What partners ask of the guide beside the exercise: another voice, whose turn it is, how long is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.language.phrases import Phrase
from voice_guide.session.command import Command
from voice_guide.session.effects import SetVoice
from voice_guide.session.progress import seconds_left
from voice_guide.session.prompting import interject
from voice_guide.session.state import Out, Session, name_of, tell
from voice_guide.session.voice import adjusted, said_of_it


def adjust(command: Command) -> Callable[[Session, Out], Session]:
    """A step louder, softer, slower or faster, and a word in the new voice."""

    def handler(session: Session, out: Out) -> Session:
        voice = adjusted(session.voice, command)
        out.append(SetVoice(speed=voice.speed, loudness=voice.loudness))
        tell(out, "voice", speed=voice.speed, loudness=voice.loudness)
        words = said_of_it(session.voice, voice)
        return interject(replace(session, voice=voice), out, session.says(words))

    return handler


def whose_turn(session: Session, out: Out) -> Session:
    """Say whose turn it is."""
    question = session.question
    if question is None:
        return interject(session, out, session.says(Phrase.NOBODYS_TURN))
    if question.who is Who.BOTH:
        return interject(session, out, session.says(Phrase.TURN_OF_BOTH))
    return interject(session, out, session.says(Phrase.YOUR_TURN, name=name_of(session, question.who)))


def time_left(session: Session, out: Out) -> Session:
    """In this turn, if it has a limit, and in all."""
    turn = session.turn
    if session.offers:
        return interject(session, out, session.says(Phrase.NOT_BEGUN))
    text, position, left = "", session.position, 0.0
    if turn is not None and turn.ends_at is not None:
        left, position = max(0.0, turn.ends_at - session.now), position + 1
        text = session.says(Phrase.LEFT_IN_TURN, left=session.lasts(left)) + " " if left else ""
    in_all = left + seconds_left(session.program, position, session.manners.time)
    return interject(session, out, text + session.says(Phrase.LEFT_IN_ALL, left=session.lasts(in_all)))
