"""What a piece of a turn is, once its text is known: a command, an end, or an answer for the record."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import Purpose, Question, Who
from voice_guide.session import turn as turns
from voice_guide.session.command import Command
from voice_guide.session.commands import meant_command, spoken_command, without_tail
from voice_guide.session.effects import Record
from voice_guide.session.landing import ACTS, understand
from voice_guide.session.state import Notes, Out, Said, Session, name_of, the_turn
from voice_guide.session.turn import Piece

RECORDED = (Purpose.EXERCISE, Purpose.LANDING)
"""Consents are acts, not words to keep."""

_CUTS_OFF = (Command.PAUSE, Command.OFF_RECORD, Command.STOP, Command.PASS, Command.GO_BACK)
"""What was said after one of these, before a slow transcriber gave it away, was not said to the guide."""

_ALWAYS = frozenset(Command) - {Command.CONTINUE, Command.ON_RECORD}
"""While somebody has the floor, "go on" is said to the other partner, not to the guide."""


def digest(session: Session, out: Out) -> Session:
    """Look at each committed piece whose text is known: a command, an end, or an answer to record."""
    turn, question = the_turn(session)
    for piece in turn.pieces:
        if not piece.committed or piece.settled or piece.text is None or piece.revision is None:
            continue
        command = _command(piece, question)
        last = piece.revision == turn.pieces[-1].revision
        if command is Command.DONE and not last:
            turn = turns.without(turn, piece.revision)  # they went on before its text came: not done yet
            continue
        if command is not None:
            turn = turns.before(turn, piece) if command in _CUTS_OFF else turn
            return replace(session, turn=turns.without(turn, piece.revision), todo=command)
        rest = without_tail(piece.text) if last else None
        turn = turns.settle(turn, piece.revision, piece.text if rest is None else rest)
        turn = turns.without(turn, piece.revision) if rest == "" else turn
        session = _record(replace(session, turn=turn), out, piece.revision)
        if rest is not None:
            session = replace(session, todo=Command.DONE)
    return replace(session, turn=turn)


def _command(piece: Piece, question: Question) -> Command | None:
    text = piece.text or ""
    command = meant_command(text, piece.hinted) if piece.alone else None
    answer = understand(question, text)
    if answer is not None and (command in (Command.DONE, Command.STRIKE) or spoken_command(text) is None):
        # "That's all" answers whether something is missing, "delete that" what to do with the words, and a
        # plain yes needs no other reading.
        return None
    if answer is False and question.purpose in ACTS and command is Command.OFF_RECORD:
        return None  # "don't write this down" is a no, where that is the question
    return command if command in _ALWAYS else None


def _record(session: Session, out: Out, revision: int) -> Session:
    """Record a settled piece at once, so that a power cut takes nothing that was said before it."""
    turn, question = the_turn(session)
    piece = next((p for p in turn.pieces if p.revision == revision), None)
    if piece is None or not session.notes.keeping or question.purpose not in RECORDED:
        return session
    mirrors = tuple(s.turn for s in session.notes.said if s.step in question.mirrors)
    line = Record(
        turn=turn.number,
        step=question.id,
        who=name_of(session, question.who),
        said_at=piece.speech_from,
        text=piece.shown,
        mirrors=mirrors,
    )
    out.append(line)
    return replace(session, notes=_noted(session.notes, turn.number, question, mirrors))


def record_rest(session: Session, out: Out) -> Session:
    """Record what the open turn holds before the evening ends in the middle of it; unknown words as unclear."""
    if session.turn is None:
        return session
    for piece in session.turn.pieces:
        if not piece.settled:
            revision = session.revisions + 1
            known = replace(piece, revision=revision, text=piece.text or "", end=piece.end or session.now)
            turn = replace(session.turn, pieces=(known,))
            session = _record(replace(session, turn=turn, revisions=revision), out, revision)
    return session


def _noted(notes: Notes, number: int, question: Question, mirrors: tuple[int, ...]) -> Notes:
    if any(s.turn == number for s in notes.said):
        return notes
    said = Said(turn=number, step=question.id, who=Who(question.who), mirrors=mirrors)
    return replace(notes, said=(*notes.said, said))
