"""What each command does, wherever it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.flat import Purpose, Question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.session import away, filling, talking
from voice_guide.session import turn as turns
from voice_guide.session.asking import adjust, time_left, whose_turn
from voice_guide.session.command import Command
from voice_guide.session.digesting import digest
from voice_guide.session.effects import Hush
from voice_guide.session.landing import close, tell_end
from voice_guide.session.listening import end_turn, listen, seal_tail
from voice_guide.session.phases import Closing, Phase, Then, Why
from voice_guide.session.prompting import interject, open_gap, speak, told_outcome
from voice_guide.session.state import Out, Session, hold, tell
from voice_guide.session.striking import strike
from voice_guide.session.turn_end import EAR_TAIL, GAP
from voice_guide.session.understanding import DECIDED
from voice_guide.session.waiting import (
    go_on,
    heeds,
    idle,
    off_record,
    pause,
    stirred_from_idleness,
    stop,
    take_break,
)
from voice_guide.session.walking import be_quiet, end_quiet, go_back, next_step

_MORE_SECONDS = 60.0
"""What "more time" adds to a timed turn."""

_MORE_QUIET = 30.0
"""What it adds to a silence."""


_OF_WAITING = (Command.CONTINUE, Command.ON_RECORD)
"""They end a wait; any other command in one that nobody asked for is given to the turn that it interrupted."""


_OUTRANK = (Command.STOP, Command.OFF_RECORD)
"""Said a moment before a key was pressed, they are what counts: whoever said them needs them most."""


def obey(session: Session, out: Out, command: Command) -> Session:
    """Do what was asked; while the guide waits, only what has to do with waiting."""
    if session.away is not None:
        return away.only_stop(session, out, command)
    if session.waiting and not heeds(session, command):
        return session
    tell(out, "command", name=str(command))
    if session.phase is Phase.SPEAKING:
        out.append(Hush())
        tell(out, "guide_silenced")
    if talking.busy(session):
        if command in (Command.CONTINUE, Command.ON_RECORD):
            return talking.go_on(session, out)
        if command is Command.MORE_TIME:
            return talking.more_time(session, out)
        tell(out, "resumed")
    if idle(session) and command not in _OF_WAITING:
        session = stirred_from_idleness(session, out)
    if session.turn is not None:
        session = seal_tail(session, out)
        said = session.todo
        command = said if isinstance(said, Command) and said in _OUTRANK else command
    session = replace(session, todo=None)
    return filling.obeyed(session, out, command) or _DOES[command](session, out)


def restore(session: Session, out: Out) -> Session:
    """Go back to where the evening was before a pause, a repeat or a kind word."""
    held = session.held
    if held is None:
        return replace(session, todo=Then.NEXT)
    if held.ask and session.turn is not None:
        return _repeat(session, out)
    session = replace(session, held=None, prompting=None)
    if held.phase is Phase.CLOSING and session.turn is not None:
        return _close_after_all(session, out)
    if held.phase is Phase.LISTENING and session.turn is not None:
        turn = turns.shifted(session.turn, session.now + EAR_TAIL, session.now - held.at)
        return listen(replace(session, turn=turn), out)
    if held.phase is Phase.SILENCE:
        return be_quiet(session, out, held.quiet_left)
    if held.prompting is not None:
        session = replace(session, prompting=held.prompting)
        return open_gap(session, out, GAP) if session.spoke else speak(session, out)
    return replace(session, todo=Then.NEXT)


def _close_after_all(session: Session, out: Out) -> Session:
    """The turn was passed, or left for the one before, while its last words were not known yet."""
    session = digest(session, out)
    return session if session.todo is not None else close(session, out, session.closing)


def _repeat(session: Session, out: Out) -> Session:
    question = session.question
    if told_outcome(session) is not None:
        return _resume_prompt(session, out)
    if session.turn is None or question is None:
        return next_step(replace(session, position=session.position - 1), out)
    again = _in_other_words(question, session.turn.nudges)
    session = hold(_open_again(session))
    assert session.held is not None  # just held
    return interject(replace(session, held=replace(session.held, ask=False)), out, again)


def _in_other_words(question: Question, times: int) -> str:
    """The question again; to those who found no answer yet, in other words."""
    return question.again[min(times, len(question.again)) - 1] if question.again and times else question.text


def _open_again(session: Session) -> Session:
    """Whoever asks for more of a turn that is closing has not passed it after all."""
    return replace(session, closing=Closing.ANSWERED)


def _more_time(session: Session, out: Out) -> Session:
    turn = session.turn
    if turn is None:
        if session.phase is Phase.SILENCE:
            session = replace(session, quiet_ends=session.quiet_ends + _MORE_QUIET)
        return interject(session, out, session.says(Phrase.MORE_TIME))
    if turn.ends_at is None:
        turn = replace(turn, more=turn.more * 2)
    else:
        ends = max(session.now, turn.ends_at) + _MORE_SECONDS
        turn = replace(turn, ends_at=ends, added=turn.added + ends - turn.ends_at, over=False, cued=False)
    turn = replace(turn, nudges=0)
    return interject(_open_again(replace(session, turn=turn)), out, session.says(Phrase.MORE_TIME))


def _pass(session: Session, out: Out) -> Session:
    """Leave this step; what was said of it stays, and nobody is told who passed."""
    if session.turn is not None:
        tell_end(session, out, "done")  # nothing tells who passed
        return close(session, out, Closing.PASSED)
    if session.phase is Phase.SILENCE:
        return end_quiet(session, out)
    outcome, question = told_outcome(session), session.question
    if outcome is not None:
        return replace(session, held=None, prompting=None, todo=outcome.then)
    if question is not None and question.purpose in DECIDED:
        # Passed before it was asked to the end: that is no yes, and the act is decided as such.
        notes = replace(session.notes, answers=(*session.notes.answers, (question.id, None)))
        return replace(session, notes=notes, held=None, prompting=None, spoke=False, todo=Then.DECIDE)
    return next_step(session, out)


def _done(session: Session, out: Out) -> Session:
    turn, question = session.turn, session.question
    if session.phase is Phase.CLOSING:
        return session  # it is over already
    if session.phase is Phase.LANDING:
        return close(session, out)
    if question is not None and question.purpose is Purpose.MISSING and turn is not None and not turn.pieces:
        # "That's it" answers whether something is missing.
        tell_end(session, out, "done")
        return close(session, out, Closing.PASSED)
    if turn is None:
        return end_quiet(session, out) if session.phase is Phase.SILENCE else _resume_prompt(session, out)
    if turn.pieces:
        return end_turn(session, out, "done")
    if question is not None and question.answer in (AnswerKind.OPEN, AnswerKind.TIMED, AnswerKind.SHORT):
        return _pass(session, out)
    return listen(session, out)


def _resume_prompt(session: Session, out: Out) -> Session:
    """The guide was told something that changes nothing: it says the rest of its words."""
    if session.held is not None:
        return replace(session, todo=Then.RESTORE)
    return speak(session, out) if session.prompting is not None else replace(session, todo=Then.NEXT)


def _help(session: Session, out: Out) -> Session:
    if session.waiting:
        off = session.held is not None and session.held.why is Why.OFF_RECORD
        return interject(
            session, out, session.says(Phrase.OFF_RECORD) if off else session.says(Phrase.PAUSED)
        )
    question = session.question
    return interject(
        session, out, (question.help if question is not None else "") or session.says(Phrase.HELP)
    )


def _back(session: Session, out: Out) -> Session:
    if told_outcome(session) is not None:
        return _resume_prompt(session, out)  # what was decided is decided
    tell_end(session, out, "go back")
    return close(session, out, Closing.BACK) if session.turn is not None else go_back(session, out)


_DOES: dict[Command, Callable[[Session, Out], Session]] = {
    Command.REPEAT: _repeat,
    Command.PAUSE: pause,
    Command.CONTINUE: go_on,
    Command.MORE_TIME: _more_time,
    Command.PASS: _pass,
    Command.GO_BACK: _back,
    Command.HELP: _help,
    Command.DONE: _done,
    Command.STRIKE: strike,
    Command.SAY_AGAIN: filling.begin,
    Command.OFF_RECORD: off_record,
    Command.ON_RECORD: go_on,
    Command.BREAK: take_break,
    Command.STOP: stop,
    Command.LOUDER: adjust(Command.LOUDER),
    Command.SOFTER: adjust(Command.SOFTER),
    Command.SLOWER: adjust(Command.SLOWER),
    Command.FASTER: adjust(Command.FASTER),
    Command.WHOSE_TURN: whose_turn,
    Command.TIME_LEFT: time_left,
}
