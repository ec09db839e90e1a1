"""What a piece of a turn is, once its text is known: a command, an end, or an answer for the record."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Question, Who
from voice_guide.language.tables import Language
from voice_guide.session import company
from voice_guide.session import turn as turns
from voice_guide.session.command import Command
from voice_guide.session.commands import meant_command, spoken_command, without_tail
from voice_guide.session.effects import Record
from voice_guide.session.notes import Gap, Notes, Said
from voice_guide.session.phases import Then
from voice_guide.session.state import Out, Session, name_of, tell, the_turn
from voice_guide.session.turn import Piece
from voice_guide.session.turn_end import BRIEF
from voice_guide.session.understanding import ACTS, RECORDED, understand

_CUTS_OFF = (Command.PAUSE, Command.BREAK, Command.OFF_RECORD, Command.STOP, Command.PASS, Command.GO_BACK)
"""What was said after one of these, before a slow transcriber gave it away, was not said to the guide."""

_ALWAYS = frozenset(Command) - {Command.CONTINUE, Command.ON_RECORD}
"""While somebody has the floor, "go on" is said to the other partner, not to the guide."""


def digest(session: Session, out: Out) -> Session:
    """Look at each committed piece whose text is known: a command, an end, or an answer to record."""
    turn, question = the_turn(session)
    for piece in turn.pieces:
        if not piece.committed or piece.settled or piece.text is None or piece.revision is None:
            continue
        last = piece.revision == turn.pieces[-1].revision
        command = _command(session, piece, question, last=last)
        if command is Command.DONE and not last:
            turn = turns.without(turn, piece.revision)  # they went on before its text came: not done yet
            continue
        if command is not None:
            turn = turns.before(turn, piece) if command in _CUTS_OFF else turn
            turn = turns.without(turn, piece.revision)
            return replace(session, turn=turn, todo=command, by=piece.by)
        session = company.noticed(session) if piece.strange else session
        if company.nobody(session, strange=piece.strange):
            turn = turns.without(turn, piece.revision)
            continue
        if piece.of_other(question) or _counts_for_nobody(piece, question):
            session = _said_by_other(session, out, piece, question)
            if question.purpose in RECORDED:
                who = name_of(session, piece.voice or question.who)
                heard = {"who": who, "text": piece.shown, "turn": session.turns}
                tell(out, "heard", **heard, revision=piece.revision, final=True)
            turn = replace(turns.without(turn, piece.revision), strayed=True)
            continue
        rest = without_tail(piece.text, session.language) if last else None
        turn = turns.settle(turn, piece.revision, piece.text if rest is None else rest, tail=rest is not None)
        turn = turns.without(turn, piece.revision) if rest == "" else turn
        settled = next((p for p in turn.pieces if p.revision == piece.revision), None)
        if settled is not None and question.answer not in BRIEF:  # those are kept once they are an answer
            session = _record_any(session, out, settled, question, turn.number)
        if rest is not None:
            session = replace(session, todo=Command.DONE)
    session = replace(session, turn=turn)
    waits = session.todo is None and company.due(session)
    return replace(session, todo=Then.COMPANY) if waits else session


def _command(session: Session, piece: Piece, question: Question, *, last: bool) -> Command | None:
    """As below; "let me say that again" is part of an answer where everything was understood."""
    command = command_in(piece, question, session.language, last=last)
    return None if command is Command.SAY_AGAIN and not session.notes.gaps else command


def command_in(piece: Piece, question: Question, language: Language, *, last: bool) -> Command | None:
    """The command that a piece is, where it stands alone and does not answer the question.

    Where somebody has gone on since, another reading is no command: "Replied he..." is not "repeat".
    """
    text = piece.text or ""
    command = meant_command(text, piece.hinted if last else "", language) if piece.alone else None
    answer = understand(question, text, language)
    if answer is not None and (
        command in (Command.DONE, Command.STRIKE) or spoken_command(text, language) is None
    ):
        # "That's all" answers whether something is missing, "delete that" what to do with the words, and a
        # plain yes needs no other reading.
        return None
    if answer is False and question.purpose in ACTS and command is Command.OFF_RECORD:
        return None  # "don't write this down" is a no, where that is the question
    return command if command in _ALWAYS else None


def record_rest(session: Session, out: Out) -> Session:
    """Record what the open turn holds and the record does not, at its end or that of the evening.

    Words that are still unknown are kept as unclear. A command is no answer, and what followed some was
    not said to the guide.
    """
    if session.turn is None:
        return session
    turn, question = the_turn(session)
    if (
        question.answer in BRIEF
        and turns.talked_in(turn)
        and understand(question, turn.text, session.language) is None
    ):
        return session  # they talked to each other: none of that is kept
    for piece in turn.pieces:
        if piece.settled and question.answer not in BRIEF:
            continue
        last = piece == turn.pieces[-1]
        command = None if piece.settled else _command(session, piece, question, last=last)
        if command in _CUTS_OFF:
            break
        if command is None:
            known = replace(piece, text=piece.text or "", end=piece.end or session.now)
            session = _record_any(session, out, known, question, turn.number)
    return session


def _record_any(session: Session, out: Out, piece: Piece, question: Question, number: int) -> Session:
    """Under whom it belongs: the partner who was asked, the other one, both, or perhaps somebody else."""
    if company.nobody(session, strange=piece.strange):
        return session
    if piece.of_other(question):
        return _said_by_other(session, out, piece, question)
    who = Who.BOTH if piece.voice is Who.BOTH else question.who
    if not _kept(session, question) or (who is question.who and not piece.strange):
        return _record(session, out, piece, number, question.who)
    apart = session.turns + 1
    session = replace(session, turns=apart)
    session = company.kept_apart(session, apart) if piece.strange else session
    return _record(session, out, piece, apart, who, part_of=number)


def _counts_for_nobody(piece: Piece, question: Question) -> bool:
    """A strange voice gives no consent."""
    return piece.strange and question.purpose in ACTS


def _said_by_other(session: Session, out: Out, piece: Piece, question: Question) -> Session:
    """Words of the partner who was not asked: theirs, in a turn of their own; for a consent they count nothing."""
    if question.purpose not in RECORDED:
        return session
    assert piece.voice is not None  # or nobody could tell
    number = session.turns + 1
    return _record(replace(session, turns=number), out, piece, number, piece.voice)


def _kept(session: Session, question: Question) -> bool:
    return session.notes.keeping and question.purpose in RECORDED


def _record(session: Session, out: Out, piece: Piece, number: int, who: Who, *, part_of: int = 0) -> Session:
    """Record a piece at once, so that a power cut takes nothing that was said before it."""
    _, question = the_turn(session)
    if not _kept(session, question):
        return session
    if any(step in session.notes.struck for step in question.mirrors):
        return session  # it says back what was taken out
    mirrors = tuple(s.turn for s in session.notes.said if s.step in question.mirrors)
    line = Record(
        turn=number,
        step=question.id,
        who=name_of(session, who),
        said_at=piece.speech_from,
        text=piece.shown,
        mirrors=mirrors,
        sound=piece.sound,
        tail=piece.tail,
    )
    out.append(line)
    said = Said(turn=number, step=question.id, who=Who(who), mirrors=mirrors, answer=part_of or number)
    notes = _noted(session.notes, said)
    if not piece.text:
        gap = Gap(turn=number, said_at=piece.speech_from, step=question.id, who=said.who)
        notes = replace(notes, gaps=(*notes.gaps, gap))
    return replace(session, notes=notes)


def _noted(notes: Notes, said: Said) -> Notes:
    if any(s.turn == said.turn for s in notes.said):
        return notes
    struck = tuple(step for step in notes.struck if step != said.step)  # told anew, it may be said back
    return replace(notes, said=(*notes.said, said), struck=struck)
