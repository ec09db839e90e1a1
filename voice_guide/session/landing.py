"""The end of a turn: room to go on, then what it meant, then the next step."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import AnswerKind, Purpose, Question
from voice_guide.session import lines
from voice_guide.session.answers import choice, number, yes_or_no
from voice_guide.session.command import Command
from voice_guide.session.commands import spoken_command
from voice_guide.session.effects import Forget, PlayTone
from voice_guide.session.prompting import say
from voice_guide.session.state import Notes, Out, Phase, Session, Then, hold, name_of, tell, wake_at
from voice_guide.session.timing import overran
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import CHIME_SECONDS, LANDING_ROOM, LANDING_TONE, ONSET

_PARSED = (AnswerKind.YES_NO, AnswerKind.NUMBER, AnswerKind.CHOICE)
ACTS = (Purpose.CONSENT, Purpose.WRITE, Purpose.KEEP)
"""Questions whose answer is an act of consent."""


def land(session: Session, out: Out, *, chimed: bool, room: bool) -> Session:
    """A quiet tone and 1.2 s of room after an open answer; other answers close at once."""
    if not room:
        return close(session, out)
    tell(out, "landing")
    if not chimed:
        out.append(PlayTone(tone=Tone.LANDING))
    tone = CHIME_SECONDS if chimed else LANDING_TONE
    session = replace(session, phase=Phase.LANDING)
    return wake_at(session, out, session.now + tone + LANDING_ROOM + ONSET)


def close(session: Session, out: Out, *, passed: bool = False) -> Session:
    """Nobody went on: what was said is final."""
    turn = session.turn
    assert turn is not None and turn.question is not None  # a turn is being closed
    question = turn.question
    value = _consented(turn, question) if question.purpose in ACTS else _meant(turn, question)
    if question.answer in _PARSED and value is None and not turn.retries and not passed:
        return _ask_again(session, out, question)
    if turn.pieces:
        who = name_of(session, question.who)
        revision = turn.pieces[-1].revision
        tell(out, "heard", who=who, text=turn.text, turn=turn.number, revision=revision, final=True)
    out.append(Forget(before=session.now))
    session = overran(session)
    notes = _answered(session.notes, question, None if passed else value)
    then = Then.DECIDE if question.purpose in ACTS else Then.NEXT
    return replace(session, notes=notes, turn=None, held=None, spoke=False, todo=then)


def _meant(turn: Turn, question: Question) -> bool | int | str | None:
    value = understand(question, turn.text)
    return understand(question, turn.hinted) if value is None else value


def _consented(turn: Turn, question: Question) -> bool | None:
    """A yes has to be one beyond doubt: no other reading makes one, and none may speak against it.

    Said a second time, a plain yes is believed even if it was said softly.
    """
    value = understand(question, turn.text)
    if value is not True:
        return False if value is False or understand(question, turn.hinted) is False else None
    if turn.hinted:  # a second reading decides: it agrees, or it makes the first one doubtful
        return True if understand(question, turn.hinted) is True else None
    return None if turn.doubtful and not turn.retries else True


def tell_end(session: Session, out: Out, reason: str) -> None:
    """The turn is over, and why; its partner may still go on while it lands."""
    turn, question = session.turn, session.question
    if turn is not None and question is not None:
        waited = round(max(0.0, session.now - turn.quiet_since), 3)
        who = name_of(session, question.who)
        tell(out, "turn_ended", who=who, turn=turn.number, waited_seconds=waited, reason=reason)


def understand(question: Question, text: str) -> bool | int | str | None:
    """The answer in a form that the program can use; None for open words and whatever is unsure."""
    if question.purpose is Purpose.WRITE and spoken_command(text) is Command.OFF_RECORD:
        return False  # "shall I write it down?" - "off the record."
    if question.answer is AnswerKind.YES_NO:
        return yes_or_no(text, keeping=question.purpose is Purpose.KEEP)
    if question.answer is AnswerKind.NUMBER:
        return number(text, question.low, question.high)
    if question.answer is AnswerKind.CHOICE:
        return choice(text, question.choices)
    return None


def _ask_again(session: Session, out: Out, question: Question) -> Session:
    """Once, and only where the answer decides something."""
    turn = session.turn
    assert turn is not None  # close() asked
    text = {
        AnswerKind.YES_NO: lines.MISSED_YES_NO,
        AnswerKind.NUMBER: lines.MISSED_NUMBER,
        AnswerKind.CHOICE: lines.MISSED_CHOICE.format(choices=", ".join(question.choices)),
    }[question.answer]
    fresh = replace(turn, retries=turn.retries + 1, pieces=())
    session = hold(replace(session, turn=fresh))
    return say(session, out, text, Then.RESTORE, to=name_of(session, question.who))


def _answered(notes: Notes, question: Question, value: bool | int | str | None) -> Notes:
    named = ((question.save, value),) if question.save else ()
    return replace(notes, answers=(*notes.answers, (question.id, value), *named))
