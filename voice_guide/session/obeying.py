"""What each command does, wherever it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.exercise.steps import AnswerKind, Purpose, Who
from voice_guide.session import lines
from voice_guide.session import turn as turns
from voice_guide.session.command import WHILE_WAITING, Command
from voice_guide.session.effects import CloseEars, Hush, OpenEars, PlayTone
from voice_guide.session.landing import ACTS, close, tell_end
from voice_guide.session.listening import end_turn, listen, seal_tail
from voice_guide.session.prompting import interject, open_gap, say, speak
from voice_guide.session.state import Out, Phase, Session, Then, hold, name_of, tell, wake_at
from voice_guide.session.striking import strike
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import EAR_TAIL, GAP, LONG_PAUSE
from voice_guide.session.walking import be_quiet, end_quiet, go_back, next_step

_MORE_SECONDS = 60.0
"""What "more time" adds to a timed turn."""

_MORE_QUIET = 30.0
"""What it adds to a silence."""


def obey(session: Session, out: Out, command: Command) -> Session:
    """Do what was asked; while the guide waits, only what has to do with waiting."""
    if session.waiting and command not in WHILE_WAITING:
        return session
    tell(out, "command", name=str(command))
    if session.phase is Phase.SPEAKING:
        out.append(Hush())
        tell(out, "guide_silenced")
    if session.turn is not None:
        session = seal_tail(session, out)
    return _DOES[command](session, out)


def restore(session: Session, out: Out) -> Session:
    """Go back to where the evening was before a pause, a repeat or a kind word."""
    held = session.held
    if held is None:
        return replace(session, todo=Then.NEXT)
    session = replace(session, held=None, prompting=None)
    if held.phase is Phase.LISTENING and session.turn is not None:
        turn = turns.shifted(session.turn, session.now + EAR_TAIL, session.now - held.at)
        return listen(replace(session, turn=turn), out)
    if held.phase is Phase.SILENCE:
        return be_quiet(session, out, held.quiet_left)
    if held.prompting is not None:
        session = replace(session, prompting=held.prompting)
        return open_gap(session, out, GAP) if session.spoke else speak(session, out)
    return replace(session, todo=Then.NEXT)


def wait(session: Session, out: Out) -> Session:
    """Wait for continue, with ears open for commands only."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    return wake_at(replace(session, phase=Phase.WAITING, spot=None, heard_from=opened), out, None)


def _repeat(session: Session, out: Out) -> Session:
    question = session.question
    if session.turn is None or question is None:
        return next_step(replace(session, position=session.position - 1), out)
    again = question.again if question.again and session.turn.nudges else question.text
    return interject(session, out, again)


def _pause(session: Session, out: Out) -> Session:
    """Stop everything that runs, and wait."""
    tell(out, "paused")
    out += [CloseEars(), PlayTone(tone=Tone.PAUSED)]
    return say(hold(session), out, lines.PAUSED, Then.WAIT)


def _off_record(session: Session, out: Out) -> Session:
    tell(out, "off_record")
    out += [CloseEars(), PlayTone(tone=Tone.OFF_RECORD)]
    session = hold(session)
    assert session.held is not None  # hold() has just set it
    session = replace(session, held=replace(session.held, off_record=True))
    return say(session, out, lines.OFF_RECORD, Then.WAIT)


def _go_on(session: Session, out: Out) -> Session:
    """Continue after a pause, or go back on the record."""
    held = session.held
    if not session.waiting or held is None:
        return interject(session, out, lines.NO_HURRY) if session.turn is None else listen(session, out)
    tell(out, "on_record" if held.off_record else "resumed")
    out.append(PlayTone(tone=Tone.ON_RECORD if held.off_record else Tone.RESUMED))
    session = replace(session, spoke=False)
    if session.now - held.at < LONG_PAUSE or session.turn is None:
        return restore(session, out)
    return say(session, out, _reminder(session, held.at), Then.RESTORE)


def _reminder(session: Session, since: float) -> str:
    """After a long pause: whose turn, the question, the time left."""
    turn, question = session.turn, session.question
    if turn is None or question is None:
        return lines.BACK_TO_BOTH
    name = name_of(session, question.who)
    whose = lines.BACK_TO_BOTH if question.who is Who.BOTH else lines.BACK_TO.format(name=name)
    text = f"{whose} {question.text}"
    if turn.ends_at is not None and turn.ends_at > since:
        text += " " + lines.TIME_LEFT.format(left=spoken_seconds(turn.ends_at - since))
    return text


def spoken_seconds(seconds: float) -> str:
    """A length of time as it is said.

    >>> spoken_seconds(150), spoken_seconds(61), spoken_seconds(20)
    ('about 2 and a half minutes', 'about 1 minute', 'about 20 seconds')
    """
    if seconds < 50:
        return f"about {max(10, round(seconds / 10) * 10)} seconds"
    halves = round(seconds / 30)
    minutes = f"{halves // 2} and a half minutes" if halves % 2 else f"{halves // 2} minute"
    return f"about {minutes}" + ("s" if halves > 2 and not halves % 2 else "")


def _more_time(session: Session, out: Out) -> Session:
    turn = session.turn
    if turn is None:
        if session.phase is Phase.SILENCE:
            session = replace(session, quiet_ends=session.quiet_ends + _MORE_QUIET)
        return interject(session, out, lines.MORE_TIME)
    ends = max(session.now, turn.ends_at) + _MORE_SECONDS if turn.ends_at is not None else None
    more = turn.more if turn.ends_at is not None else turn.more * 2
    turn = replace(turn, ends_at=ends, more=more, nudges=0, over=False, cued=False)
    return interject(replace(session, turn=turn), out, lines.MORE_TIME)


def _pass(session: Session, out: Out) -> Session:
    """Leave this step; what was said of it stays, and nobody is told who passed."""
    if session.turn is not None:
        tell_end(session, out, "pass")
        return close(session, out, passed=True)
    if session.phase is Phase.SILENCE:
        return end_quiet(session, out)
    question = session.question
    if question is not None and question.purpose in ACTS:
        # Passed before it was asked to the end: that is no yes, and the act is decided as such.
        notes = replace(session.notes, answers=(*session.notes.answers, (question.id, None)))
        return replace(session, notes=notes, held=None, prompting=None, spoke=False, todo=Then.DECIDE)
    return next_step(session, out)


def _done(session: Session, out: Out) -> Session:
    turn, question = session.turn, session.question
    if question is not None and question.purpose is Purpose.MISSING and turn is not None and not turn.pieces:
        # "That's it" answers whether something is missing.
        tell_end(session, out, "done")
        return close(session, out, passed=True)
    if turn is None:
        return end_quiet(session, out) if session.phase is Phase.SILENCE else _resume_prompt(session, out)
    if turn.pieces:
        return end_turn(session, out, "done")
    if question is not None and question.answer in (AnswerKind.OPEN, AnswerKind.TIMED, AnswerKind.SHORT):
        return _pass(session, out)
    return listen(session, out)


def _resume_prompt(session: Session, out: Out) -> Session:
    """The guide was told something that changes nothing: it says the rest of its words."""
    return speak(session, out) if session.prompting is not None else replace(session, todo=Then.NEXT)


def _help(session: Session, out: Out) -> Session:
    if session.waiting:
        off = session.held is not None and session.held.off_record
        return interject(session, out, lines.OFF_RECORD if off else lines.PAUSED)
    question = session.question
    return interject(session, out, (question.help if question is not None else "") or lines.HELP)


def _back(session: Session, out: Out) -> Session:
    tell_end(session, out, "go back")
    return go_back(session, out)


def _stop(session: Session, out: Out) -> Session:
    out.append(CloseEars())
    session = replace(session, ending="stopped", spoke=False, held=None, turn=None)
    return say(session, out, lines.STOPPED, Then.FINISH)


_DOES: dict[Command, Callable[[Session, Out], Session]] = {
    Command.REPEAT: _repeat,
    Command.PAUSE: _pause,
    Command.CONTINUE: _go_on,
    Command.MORE_TIME: _more_time,
    Command.PASS: _pass,
    Command.GO_BACK: _back,
    Command.HELP: _help,
    Command.DONE: _done,
    Command.STRIKE: strike,
    Command.OFF_RECORD: _off_record,
    Command.ON_RECORD: _go_on,
    Command.STOP: _stop,
}
