"""A turn from its first word to its end."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.session import turn as turns
from voice_guide.session.commands import meant_command
from voice_guide.session.digesting import digest
from voice_guide.session.effects import Hush, OpenEars, PlayTone, Transcribe
from voice_guide.session.events import (
    EngineFailed,
    Event,
    Heard,
    Judged,
    Lull,
    Pause,
    Resumed,
    SpeechStarted,
    Tick,
)
from voice_guide.session.landing import land, tell_end
from voice_guide.session.phases import Phase
from voice_guide.session.prompting import interject
from voice_guide.session.signs import judge, judged, learn
from voice_guide.session.state import Out, Session, name_of, tell, the_turn, wake_at
from voice_guide.session.timing import cues, ends_by_itself, nudge, open_timer, quiet_from, wake_time
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Piece, Turn
from voice_guide.session.turn_end import (
    BRIEF,
    CUT,
    EAR_TAIL,
    EPSILON,
    LONG_PIECE,
    SPECULATE,
)


def open_turn(session: Session, out: Out) -> Session:
    """Open the ears for an answer to the current question."""
    question = session.question
    assert question is not None  # Then.LISTEN follows questions only
    number = session.turns + 1
    opened = session.now + EAR_TAIL
    turn = Turn(number=number, question=question, opened=opened, quiet_since=opened)
    turn = open_timer(turn, session)
    return listen(replace(session, turns=number, turn=turn), out)


def listen(session: Session, out: Out) -> Session:
    """The ears are open for the current turn, from now on."""
    turn, question = the_turn(session)
    out.append(OpenEars(at=session.now + EAR_TAIL))
    out.append(PlayTone(tone=Tone.LISTENING))
    who = name_of(session, question.who)
    tell(out, "listening", who=who, answer=str(question.answer), turn=turn.number, question=question.text)
    if turn.ends_at is not None and not turn.over:
        tell(out, "timer", left=round(max(0.0, turn.ends_at - max(session.now, turn.opened)), 1))
    session = replace(session, phase=Phase.LISTENING, spoke=False, spot=None, held=None, prompting=None)
    session = digest(session, out)  # a text may have come while the guide spoke
    return session if session.todo is not None else decide_turn(session, out)


def seal_tail(session: Session, out: Out, at: float | None = None) -> Session:
    """Whatever the open turn holds so far is final, up to this moment: something else comes in between.

    What comes in between decides what follows, not an end ("that's all") that was said before it. A command that was
    said before it is no answer either: it stood alone, and nobody is to read in the record who passed. What is left
    `todo` is that command, if its text is known; the caller decides.
    """
    turn, _ = the_turn(session)
    tail = turn.tail
    if tail is None:
        return session
    revision = session.revisions + 1
    if tail.end is None:
        until = session.now if at is None else max(at, tail.speech_from)
        turn = turns.speech_paused(turn, until, revision)
    elif tail.revision is None:
        turn = turns.asked_for(turn, revision)
    turn = turns.commit(turn, alone=True)
    piece = turn.pieces[-1]
    session = transcribe(replace(session, turn=turn, revisions=revision), out, piece)
    return replace(digest(session, out), by=session.by)


def transcribe(session: Session, out: Out, piece: Piece) -> Session:
    """Have a committed piece of the turn transcribed, unless its text is known already."""
    if piece.text is None and piece.revision is not None:
        out.append(_job(the_turn(session)[0], piece, piece.revision, speculative=False))
    return session


def on_speech(session: Session, out: Out, event: Event) -> Session:
    """Somebody speaks, for the first time or again."""
    assert isinstance(event, SpeechStarted | Resumed)  # by the table
    turn, question = the_turn(session)
    session = learn(session, turn, question, event)
    if session.phase is Phase.LANDING:
        out.append(Hush())
        tell(out, "turn_reopened", turn=turn.number)
    tell(out, "speech_started" if isinstance(event, SpeechStarted) else "resumed_speech")
    session = replace(session, phase=Phase.LISTENING, turn=turns.speech_began(turn, event.since))
    return wake_at(session, out, wake_time(session))


def on_pause(session: Session, out: Out, event: Event) -> Session:
    """Somebody stopped, perhaps for a breath: transcribe already, decide later."""
    assert isinstance(event, Pause)  # by the table
    turn, question = the_turn(session)
    turn = turns.speech_paused(turn, event.since, None)
    tell(out, "pause")
    tail = turn.tail
    session = replace(session, turn=turn)
    if tail is not None and tail.length >= LONG_PIECE:
        session = _ask(session, out, speculative=False)
        session = replace(session, turn=turns.commit(the_turn(session)[0], alone=False))
    elif question.answer in BRIEF:
        session = _ask(session, out, speculative=True)
    session = cues(session, out)
    return wake_at(session, out, wake_time(session))


def _ask(session: Session, out: Out, *, speculative: bool) -> Session:
    """Have the tail transcribed, once for each revision of it."""
    turn, _ = the_turn(session)
    tail = turn.tail
    if tail is None or tail.revision is not None:
        return session
    revision = session.revisions + 1
    out.append(_job(turn, tail, revision, speculative=speculative))
    return replace(session, turn=turns.asked_for(turn, revision), revisions=revision)


def on_lull(session: Session, out: Out, event: Event) -> Session:
    """Long speech without a pause: cut it where it was quietest, and transcribe that much."""
    assert isinstance(event, Lull)  # by the table
    turn, _ = the_turn(session)
    revision = session.revisions + 1
    cut = turns.cut_at(turn, event.since, revision)
    if cut is turn:
        return session
    out.append(_job(cut, cut.pieces[-2], revision, speculative=False))
    return replace(session, turn=cut, revisions=revision)


def on_heard(session: Session, out: Out, event: Event) -> Session:
    """A text has come: it may be old, noise, a command, or part of the answer."""
    assert isinstance(event, Heard)  # by the table
    turn, question = the_turn(session)
    if all(p.revision != event.revision for p in turn.pieces):
        return session  # speech went on since: a newer revision is on its way
    if event.speech:
        turn = turns.heard(turn, event)
        other = any(p.of_other(question) for p in turn.pieces if p.revision == event.revision)
        if event.text and not other and meant_command(event.text, event.hinted, session.language) is None:
            heard = {"who": name_of(session, question.who), "text": turn.text, "turn": turn.number}
            tell(out, "heard", **heard, revision=event.revision, final=False)
    else:
        turn = turns.without(turn, event.revision)
    session = digest(replace(session, turn=turn), out)
    return session if session.todo is not None else decide_turn(session, out)


def on_engine_failed(session: Session, out: Out, event: Event) -> Session:
    """The transcriber failed: the words are unclear, and the evening goes on."""
    assert isinstance(event, EngineFailed)  # by the table
    tell(out, "failed", what=event.what, hint="the answer is kept as unclear")
    lost = Heard(at=event.at, turn=event.turn, revision=event.revision, text="")
    return on_heard(session, out, lost)


def on_tick(session: Session, out: Out, event: Event) -> Session:
    """Time has passed in silence."""
    assert isinstance(event, Tick)  # by the table
    turn, question = the_turn(session)
    if turn.speaking:
        return session
    if turn.tail is not None and session.now >= turn.quiet_since + SPECULATE - EPSILON:
        session = _ask(session, out, speculative=True)
        turn, _ = the_turn(session)
    if turn.tail is not None and session.now >= turn.quiet_since + CUT - EPSILON:
        session = _commit(session, out, turn)
        if session.todo is not None:
            return session
        turn, _ = the_turn(session)
    session = cues(judge(session, out, turn, question), out)
    return decide_turn(session, out)


def on_judged(session: Session, out: Out, event: Event) -> Session:
    """The turn model has spoken: the turn may be over sooner."""
    assert isinstance(event, Judged)  # by the table
    turn, _ = the_turn(session)
    return decide_turn(replace(session, turn=judged(turn, event)), out)


def _commit(session: Session, out: Out, turn: Turn) -> Session:
    tail = turn.tail
    assert tail is not None  # asked before
    session = transcribe(session, out, tail)
    return digest(replace(session, turn=turns.commit(turn, alone=True)), out)


def decide_turn(session: Session, out: Out) -> Session:
    """Is the turn over, or is it time for a kind word?"""
    turn, _ = the_turn(session)
    if session.phase is Phase.LISTENING and not turn.speaking and turn.tail is None:
        quiet = session.now - quiet_from(session, turn) + EPSILON
        wait = ends_by_itself(session, turn)
        if session.now < turn.typing_until - EPSILON:
            return wake_at(session, out, wake_time(session))
        if turn.strayed and not turn.reminded and not turn.pieces:
            return _remind(session, out)
        if turn.waiting_for_text:
            return wake_at(session, out, wake_time(session))
        if wait is None or not (turn.pieces or turn.over):
            session = nudge(session, out)
        elif quiet >= wait:
            return end_turn(session, out, "time" if turn.over else "silence")
    return wake_at(session, out, wake_time(session)) if session.phase is Phase.LISTENING else session


def _remind(session: Session, out: Out) -> Session:
    """The other partner answered, and the one who was asked has not begun: say to both whose turn it is, once."""
    turn, question = the_turn(session)
    session = replace(session, turn=replace(turn, reminded=True))
    return interject(
        session, out, session.says(Phrase.YOUR_TURN, name=name_of(session, question.who)), to="both"
    )


def end_turn(session: Session, out: Out, reason: str) -> Session:
    """The turn is over, unless its partner goes on while it lands."""
    turn, question = the_turn(session)
    tell_end(session, out, reason)
    return land(session, out, chimed=turn.over, room=question.answer in (AnswerKind.OPEN, AnswerKind.TIMED))


def _job(turn: Turn, piece: Piece, revision: int, *, speculative: bool) -> Transcribe:
    end = piece.end if piece.end is not None else piece.start
    return Transcribe(
        turn=turn.number, revision=revision, start=piece.start, end=end, speculative=speculative
    )
