"""Clocks of a turn: its time limit, its cues, its no-input words, and when to look again."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import AnswerKind, Who
from voice_guide.session import lines
from voice_guide.session.effects import CloseEars, PlayTone
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session, Then, hold, name_of, tell
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import CUE_LEFT, CUT, OVERRUN_END, SPECULATE, end_silence, nudge_after

_CUE_WORTH = 60.0
"""A cue in a shorter turn would only disturb it."""

_NUDGES = (lines.NO_HURRY, lines.OFFER)


def open_timer(turn: Turn, session: Session, out: Out) -> Turn:
    """Start the clock of a timed turn, with as much more as the other one overran."""
    question = turn.question
    if question is None or question.answer is not AnswerKind.TIMED or question.seconds is None:
        return turn
    extra = dict(session.notes.overrun).get(question.id, 0.0)
    seconds = question.seconds + extra
    tell(out, "timer", left=round(seconds, 1))
    return replace(turn, ends_at=turn.opened + seconds, cued=seconds < _CUE_WORTH)


def cues(session: Session, out: Out) -> Session:
    """Sound a cue or the chime that is due; callers see to it that nobody is speaking."""
    turn = session.turn
    if turn is None or turn.ends_at is None or turn.over:
        return session
    if session.now >= turn.ends_at:
        out.append(PlayTone(tone=Tone.CHIME))
        tell(out, "timer", left=0)
        return replace(session, turn=replace(turn, over=True, cued=True))
    if not turn.cued and session.now >= turn.ends_at - CUE_LEFT:
        out.append(PlayTone(tone=Tone.CUE))
        tell(out, "timer", left=round(turn.ends_at - session.now, 1))
        return replace(session, turn=replace(turn, cued=True))
    return session


def wake_time(session: Session) -> float | None:
    """The next moment at which silence would mean something in this turn."""
    turn = session.turn
    if turn is None or turn.question is None or turn.speaking:
        return None  # cues wait for a pause, and a pause is an event
    times = []
    if turn.tail is not None:
        times.append(turn.quiet_since + (SPECULATE if turn.tail.revision is None else CUT))
    if turn.ends_at is not None and not turn.over:
        times.append(turn.ends_at if turn.cued else turn.ends_at - CUE_LEFT)
    factor = session.manners.factor(turn.question.who)
    if turn.tail is None and not turn.waiting_for_text:
        wait = OVERRUN_END if turn.over else end_silence(turn.question.answer, factor)
        if wait is not None and (turn.pieces or turn.over):
            times.append(turn.quiet_since + wait * turn.more)
        elif not turn.pieces and turn.question.answer is not AnswerKind.TIMED:
            times.append(turn.quiet_since + nudge_after(session.program.depth, factor) * turn.more)
    return max(session.now, min(times)) if times else None


def nudge(session: Session, out: Out) -> Session:
    """Nobody has begun: say once that there is no hurry, later what can be done, then wait in peace."""
    turn = session.turn
    if turn is None or turn.question is None or turn.question.answer is AnswerKind.TIMED:
        return session
    factor = session.manners.factor(turn.question.who)
    due = turn.quiet_since + nudge_after(session.program.depth, factor) * turn.more
    if session.now < due - 1e-6:
        return session
    tell(out, "no_input")
    session = replace(session, turn=replace(turn, nudges=turn.nudges + 1))
    if turn.nudges >= len(_NUDGES):
        tell(out, "paused")
        out += [CloseEars(), PlayTone(tone=Tone.PAUSED)]
        return say(hold(session), out, lines.WAITING, Then.WAIT)
    to = name_of(session, turn.question.who)
    return say(hold(session), out, _NUDGES[turn.nudges], Then.RESTORE, to=to)


def overran(session: Session) -> Session:
    """Note how much longer a timed turn took, so that the other one is offered as much."""
    turn = session.turn
    if turn is None or turn.ends_at is None or turn.question is None:
        return session
    seconds = turn.quiet_since - turn.ends_at
    if seconds < _OVERRUN_WORTH or turn.question.who is Who.BOTH or "@first" not in turn.question.id:
        return session
    other = turn.question.id.replace("@first", "@second")
    notes = replace(session.notes, overrun=(*session.notes.overrun, (other, seconds)))
    return replace(session, notes=notes)


_OVERRUN_WORTH = 5.0
"""A few seconds over are no overrun: the last sentence has to end somewhere."""
