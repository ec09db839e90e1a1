"""The end of a turn: room to go on, then what it meant, then the next step."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Purpose, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.session import turn as turns
from voice_guide.session.digesting import record_rest
from voice_guide.session.effects import Forget, LearnVoice, PlayTone
from voice_guide.session.notes import Notes, Word
from voice_guide.session.phases import Closing, Phase, Then
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session, hold, name_of, tell, the_turn, wake_at
from voice_guide.session.timing import overran
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import BRIEF, CHIME_SECONDS, LANDING_ROOM, LANDING_TONE, ONSET
from voice_guide.session.unclear import filled_in
from voice_guide.session.understanding import DECIDED, answer_of, understand
from voice_guide.session.walking import go_back


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


def close(session: Session, out: Out, how: Closing = Closing.ANSWERED) -> Session:
    """Nobody went on: what was said is final, as soon as all of it is known."""
    turn, question = the_turn(session)
    session = replace(session, closing=how, held=None, prompting=None)
    if turn.waiting_for_text:
        return wake_at(replace(session, phase=Phase.CLOSING), out, None)
    value = answer_of(turn, question, session.language) if how is Closing.ANSWERED else None
    if question.answer in BRIEF and value is None and how is Closing.ANSWERED:
        if turns.talked_in(turn):
            return replace(session, todo=Then.KEEP_OUT)
        if not turn.retries:
            return _ask_again(session, out, question)
    if turn.pieces:
        session = record_rest(session, out)
        who = name_of(session, question.who)
        revision = turn.pieces[-1].revision
        tell(out, "heard", who=who, text=turn.text, turn=turn.number, revision=revision, final=True)
    if question.purpose is Purpose.CONSENT and value is True:
        _learn_voice(out, turn, question)
    out.append(Forget(before=session.now))
    session = replace(overran(session), closing=Closing.ANSWERED, turn=None)
    if session.filling is not None:
        return filled_in(session, out, turn)
    if how is Closing.BACK:
        return go_back(session, out)
    then = Then.DECIDE if question.purpose in DECIDED else Then.NEXT
    told = how is Closing.ANSWERED and question.answer not in BRIEF and bool(turn.pieces)
    notes = _answered(session.notes, question, value, told=told)
    return replace(
        session, notes=_saved(notes, question, turn) if how is Closing.ANSWERED else notes, todo=then
    )


def _learn_voice(out: Out, turn: Turn, question: Question) -> None:
    """Whoever has just consented is the partner who was asked: that is how they sound."""
    spoken = turn.pieces[-1]
    if question.who is not Who.BOTH and len(turn.pieces) == 1 and spoken.end is not None:
        out.append(LearnVoice(who=question.who, start=spoken.speech_from, end=spoken.end))


def tell_end(session: Session, out: Out, reason: str) -> None:
    """The turn is over, and why; its partner may still go on while it lands."""
    turn, question = session.turn, session.question
    if turn is not None and question is not None:
        waited = round(max(0.0, session.now - turn.quiet_since), 3)
        who = name_of(session, question.who)
        tell(out, "turn_ended", who=who, turn=turn.number, waited_seconds=waited, reason=reason)


def _ask_again(session: Session, out: Out, question: Question) -> Session:
    """Once, and only where the answer decides something."""
    session = record_rest(session, out)
    turn, _ = the_turn(session)
    text = {
        AnswerKind.YES_NO: session.says(Phrase.MISSED_YES_NO),
        AnswerKind.NUMBER: session.says(Phrase.MISSED_NUMBER),
        AnswerKind.CHOICE: session.says(Phrase.MISSED_CHOICE, choices=", ".join(question.choices)),
    }[question.answer]
    text = question.again[0] if question.purpose is Purpose.MENU and question.again else text
    fresh = replace(
        turn,
        retries=turn.retries + 1,
        pieces=(),
        said_yes=understand(question, turn.text, session.language) is True,
    )
    session = hold(replace(session, turn=fresh, closing=Closing.ANSWERED))
    return say(session, out, text, Then.RESTORE, to=name_of(session, question.who))


def _answered(
    notes: Notes, question: Question, value: bool | int | str | None, *, told: bool = False
) -> Notes:
    """Remember what it meant, or that something was told at all: a mirror asks for that."""
    named = ((question.save, value),) if question.save else ()
    return replace(notes, answers=(*notes.answers, (question.id, told or value), *named))


def _saved(notes: Notes, question: Question, turn: Turn) -> Notes:
    """A short answer that the script wants to recall, if every word of it is sure."""
    known = bool(turn.pieces) and all(piece.text and not piece.strange for piece in turn.pieces)
    if question.answer is not AnswerKind.SHORT or question.save is None or not known:
        return notes
    word = Word(key=question.save, turn=turn.number, text=turn.text.strip(" .!?,;\u2026"))
    answers = (*notes.answers, (question.save, True))
    return replace(notes, answers=answers, words=(*(w for w in notes.words if w.key != word.key), word))
