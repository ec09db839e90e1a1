"""What speaks for and against the end of an answer, besides the silence: its words, its length, its speaker's pauses,
and a turn model's ear for its melody. Nothing of it is stored.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.tables import Language
from voice_guide.session.effects import Judge
from voice_guide.session.events import Judged, Resumed, SpeechStarted
from voice_guide.session.speech import normal
from voice_guide.session.state import Out, Session
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import (
    BRIEF,
    EPSILON,
    INCOMPLETE,
    JUDGED_AT,
    JUDGED_LAST,
    Signs,
    learnt,
    turn_model_counts,
)

_TRAILS_OFF = ("...", "\u2026", ",", "-", "\u2013", "\u2014")
"""How a transcriber writes that somebody has not come to an end."""


def signs_of(session: Session, turn: Turn, question: Question) -> Signs:
    """The signs as they stand in this silence."""
    text = turn.pieces[-1].text if turn.pieces else None
    known = len(turn.verdicts) == len(JUDGED_AT) or _content(turn)
    return Signs(
        spoken=_spoken(turn),
        unfinished=text is not None and unfinished(text, session.language),
        complete=max(turn.verdicts) if turn.verdicts and known else None,
        pause=_usual_pause(session.pauses, question.who),
    )


def unfinished(text: str, language: Language) -> bool:
    """Whether the last words want to go on.

    >>> unfinished("I was afraid, because...", ENGLISH), unfinished("That is all I know.", ENGLISH)
    (True, False)
    """
    words = " " + normal(text)
    phrases = language.commands.unfinished
    return text.rstrip().endswith(_TRAILS_OFF) or any(words.endswith(" " + phrase) for phrase in phrases)


def judge(session: Session, out: Out, turn: Turn, question: Question) -> Session:
    """Ask the turn model, where that is due: it hears the whole turn, its pre-roll and the silence."""
    due = judge_due(session, turn, question)
    if due is None or session.now < due - EPSILON:
        return session
    last = turn.pieces[-1]
    assert last.revision is not None  # it is committed
    start = max(turn.pieces[0].start, session.now - JUDGED_LAST)
    out.append(Judge(turn=turn.number, revision=last.revision, start=start, end=session.now))
    return replace(session, turn=replace(turn, asked=turn.asked + 1))


def judge_due(session: Session, turn: Turn, question: Question) -> float | None:
    """When to ask it next, seconds; None where its answer would change nothing."""
    decides = question.answer is AnswerKind.OPEN and question.manner.ends is None and not turn.over
    if not decides or session.manners.factor(question.who) is None or not turn_model_counts(_spoken(turn)):
        return None
    if turn.tail is not None or turn.asked == len(JUDGED_AT) or _content(turn):
        return None
    return turn.quiet_since + JUDGED_AT[turn.asked]


def judged(turn: Turn, event: Judged) -> Turn:
    """Take its answer, unless somebody has spoken since; no answer is one that nothing hangs on."""
    if turn.speaking or not turn.pieces or turn.pieces[-1].revision != event.revision:
        return turn
    return replace(turn, verdicts=(*turn.verdicts, 0.0 if event.complete is None else event.complete))


def learn(session: Session, turn: Turn, question: Question, event: SpeechStarted | Resumed) -> Session:
    """A pause within a turn is over: its speaker is known a little better."""
    own = turn.pieces and not turn.fresh and question.answer not in BRIEF and question.who is not Who.BOTH
    pause = event.since - turn.quiet_since
    if not own or turn.speaking or pause <= 0:
        return session
    first, second = session.pauses
    if question.who is Who.FIRST:
        return replace(session, pauses=(learnt(first, pause), second))
    return replace(session, pauses=(first, learnt(second, pause)))


def _usual_pause(pauses: tuple[float, float], who: Who) -> float:
    return max(pauses) if who is Who.BOTH else pauses[0 if who is Who.FIRST else 1]


def _spoken(turn: Turn) -> float:
    return sum(piece.length for piece in turn.pieces)


def _content(turn: Turn) -> bool:
    return any(verdict >= INCOMPLETE for verdict in turn.verdicts)
