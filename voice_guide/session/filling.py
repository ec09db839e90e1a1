"""Let me say it again: whoever was not understood fills in what stands as "[unclear]", the same evening.

The guide asks nobody to (open answers are never asked again); it tells once that something is missing, before the
words of the evening are kept. What is open meanwhile waits, and is as it was.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Purpose, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.session.command import Command
from voice_guide.session.held import Filling
from voice_guide.session.listening import listen
from voice_guide.session.notes import Gap
from voice_guide.session.phases import Closing, Then
from voice_guide.session.prompting import interject, say
from voice_guide.session.state import Out, Session, hold, name_of
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import EAR_TAIL
from voice_guide.session.unclear import last_gap, put_back

_LEAVE = (Command.PASS, Command.DONE, Command.GO_BACK)
_AGAIN = (Command.REPEAT, Command.SAY_AGAIN)


def begin(session: Session, out: Out) -> Session:
    """Whoever asks for it may say their last unclear words again, if there are any."""
    gap = last_gap(session, session.by)
    question = None if gap is None else _question(session, gap)
    if session.filling is not None or gap is None or question is None:
        return interject(session, out, session.says(Phrase.NOTHING_UNCLEAR))
    if session.turn is not None and session.turn.waiting_for_text:
        return interject(session, out, session.says(Phrase.MORE_TIME))  # they still speak
    session = hold(session)
    assert session.held is not None  # just held
    held = replace(session.held, ask=session.turn is not None and not session.turn.pieces)
    filling = Filling(gap=gap, question=question, held=held, turn=session.turn, closing=session.closing)
    session = replace(session, filling=filling, turn=None, held=None, closing=Closing.ANSWERED)
    return _invite(session, out)


def obeyed(session: Session, out: Out, command: Command) -> Session | None:
    """What a command means while the guide invites somebody to; None if that is what it always means."""
    filling = session.filling
    if filling is None or session.turn is not None:
        return None
    if command in _AGAIN:
        return _invite(session, out)
    if command in _LEAVE:
        return replace(put_back(session), todo=Then.RESTORE)
    return None


def open_turn(session: Session, out: Out) -> Session:
    """Open the ears for what is said again."""
    assert session.filling is not None  # Then.FILL_IN follows an invitation only
    number, opened = session.turns + 1, session.now + EAR_TAIL
    turn = Turn(number=number, question=session.filling.question, opened=opened, quiet_since=opened)
    return listen(replace(session, turns=number, turn=turn), out)


def _invite(session: Session, out: Out) -> Session:
    assert session.filling is not None  # asked before
    who = session.filling.gap.who
    name = name_of(session, who)
    text = (
        session.says(Phrase.SAY_AGAIN_BOTH) if who is Who.BOTH else session.says(Phrase.SAY_AGAIN, name=name)
    )
    return say(replace(session, prompting=None, held=None), out, text, Then.FILL_IN, to=name)


def _question(session: Session, gap: Gap) -> Question | None:
    """What these words answered, asked of their speaker alone, and without a clock."""
    for step in session.program.steps:
        if isinstance(step, Question) and step.id == gap.step:
            open_one = replace(step, answer=AnswerKind.OPEN, purpose=Purpose.FILL_IN)
            return replace(open_one, who=gap.who, seconds=None, save=None, mirrors=())
    return None
