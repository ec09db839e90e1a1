"""Clocks of a turn: its time limit, its cues, its no-input words, and when to look again."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.session.effects import CloseEars, PlayTone
from voice_guide.session.phases import Then
from voice_guide.session.prompting import say
from voice_guide.session.signs import judge_due, signs_of
from voice_guide.session.state import Out, Session, hold, name_of, tell
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import (
    CUE_LEFT,
    CUT,
    IDLE_PAUSE,
    MUTED_AFTER,
    OVERRUN_END,
    SPECULATE,
    STILL_AFTER,
    STIRRED_MOST,
    end_silence,
    nudge_after,
)

_CUE_WORTH = 60.0
"""A cue in a shorter turn would only disturb it."""

_NUDGES = (Phrase.NO_HURRY, Phrase.OFFER)


def quiet_from(session: Session, turn: Turn) -> float:
    """From when the silence counts: in an open answer, tears and laughter start the clock anew for a while."""
    if turn.question is None or turn.question.answer is not AnswerKind.OPEN:
        return turn.quiet_since
    return max(turn.quiet_since, min(session.sound.stirred, turn.quiet_since + STIRRED_MOST))


def ends_by_itself(session: Session, turn: Turn) -> float | None:
    """Seconds of silence that end the turn, or None if silence never does."""
    assert turn.question is not None  # asked by the callers
    if turn.over:
        return OVERRUN_END
    question = turn.question
    factor, signs = session.manners.factor(question.who), signs_of(session, turn, question)
    wait = end_silence(question.answer, factor, question.manner.ends, signs)
    return None if wait is None else wait * turn.more


def open_timer(turn: Turn, session: Session) -> Turn:
    """Start the clock of a timed turn, with as much more as the other one overran."""
    question = turn.question
    if question is None or question.answer is not AnswerKind.TIMED or question.seconds is None:
        return turn
    if session.manners.time is None:
        return turn  # somebody ends turns by saying so: no clock runs, for either
    extra = dict(session.notes.overrun).get(question.id, 0.0)
    seconds = question.seconds * session.manners.time + extra
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
    if (due := judge_due(session, turn, turn.question)) is not None:
        times.append(due)
    if turn.ends_at is not None and not turn.over:
        times.append(turn.ends_at if turn.cued else turn.ends_at - CUE_LEFT)
    if turn.tail is None and not turn.waiting_for_text:
        wait = ends_by_itself(session, turn)
        if wait is not None and (turn.pieces or turn.over):
            times.append(max(turn.typing_until, quiet_from(session, turn) + wait))
        else:
            times += [max(turn.typing_until, due) for due in _words_due(session, turn)]
    return max(session.now, min(times)) if times else None


def _words_due(session: Session, turn: Turn) -> list[float]:
    """When there is something to say to those who are silent; while a clock runs, that one says it."""
    due = [] if turn.ends_at is not None or turn.assured else [_nudge_due(session, turn)]
    return [*due, _muted_due(session, turn)] if _tells_muted(session, turn) else due


def nudge(session: Session, out: Out) -> Session:
    """Silence, and nothing that ends it: say once that there is no hurry, later what can be done, then wait in peace.

    After minutes without a first word the guide pauses: it never hangs up, and does not listen to an empty room.
    """
    turn = session.turn
    if turn is None or turn.question is None or session.now < turn.typing_until - 1e-6:
        return session
    to = name_of(session, turn.question.who)
    if _tells_muted(session, turn) and session.now >= _muted_due(session, turn) - 1e-6:
        session = replace(session, sound=replace(session.sound, told=True))
        return say(hold(session), out, session.says(Phrase.MUTED), Then.RESTORE)
    if turn.ends_at is not None or turn.assured or session.now < _nudge_due(session, turn) - 1e-6:
        return session
    words = _next_words(turn)
    if words is None:
        return _pause_idly(session, out)
    tell(out, "no_input")
    said = replace(turn, assured=True) if turn.pieces else replace(turn, nudges=turn.nudges + 1)
    session, text = replace(session, turn=said), session.says(words)
    if session.sound.muted:  # a pause in which not even the room is heard: perhaps they have spoken
        text += " " + session.says(Phrase.MUTED)
    return say(hold(session), out, text, Then.RESTORE, to=to)


def _next_words(turn: Turn) -> Phrase | None:
    """What there is still to say to whoever is silent; None if all has been said."""
    if turn.pieces:
        return Phrase.STILL_LISTENING
    return _NUDGES[turn.nudges] if turn.nudges < len(_NUDGES) else None


def _pause_idly(session: Session, out: Out) -> Session:
    tell(out, "paused")
    out += [CloseEars(), PlayTone(tone=Tone.PAUSED)]
    return say(hold(session), out, session.says(Phrase.WAITING), Then.WAIT)


def _nudge_due(session: Session, turn: Turn) -> float:
    """Tears and laughter start the clock anew."""
    assert turn.question is not None  # asked by both callers
    if not _next_words(turn):
        wait = IDLE_PAUSE
    else:
        factor, own = session.manners.factor(turn.question.who), turn.question.manner.nudge
        wait = nudge_after(session.program.depth, factor, own) * turn.more
        wait = max(STILL_AFTER, wait) if turn.pieces else wait
    return max(turn.quiet_since, session.sound.stirred) + wait


def _tells_muted(session: Session, turn: Turn) -> bool:
    """Apart from the kind words: while a clock runs they never come, and zeros from the start need not wait."""
    sound = session.sound
    return sound.muted and not sound.told and (sound.always or turn.ends_at is not None) and not turn.pieces


def _muted_due(session: Session, turn: Turn) -> float:
    return turn.quiet_since + MUTED_AFTER if session.sound.always else _nudge_due(session, turn)


def overran(session: Session) -> Session:
    """Note how much longer a timed turn took, asked for or not, so that the other one is offered as much."""
    turn = session.turn
    if turn is None or turn.ends_at is None or turn.question is None:
        return session
    seconds = turn.quiet_since - (turn.ends_at - turn.added)
    if seconds < _OVERRUN_WORTH or turn.question.who is Who.BOTH or "@first" not in turn.question.id:
        return session
    other = turn.question.id.replace("@first", "@second")
    notes = replace(session.notes, overrun=(*session.notes.overrun, (other, seconds)))
    return replace(session, notes=notes)


_OVERRUN_WORTH = 5.0
"""A few seconds over are no overrun: the last sentence has to end somewhere."""
