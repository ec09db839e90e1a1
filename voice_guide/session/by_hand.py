"""Keys and typed lines: any key stops the guide's voice, and every answer can be typed, mixed with speech."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import turn as turns
from voice_guide.session.answers import leave_us, one_of_us, typed_word
from voice_guide.session.command import Command
from voice_guide.session.commands import spoken_command
from voice_guide.session.digesting import command_in, digest
from voice_guide.session.effects import Hush
from voice_guide.session.events import Event, Typed
from voice_guide.session.landing import close, tell_end
from voice_guide.session.listening import decide_turn, listen, transcribe
from voice_guide.session.phases import Closing, Phase, Then
from voice_guide.session.state import Out, Session, name_of, tell, the_turn, wake_at
from voice_guide.session.talking import answered, busy
from voice_guide.session.timing import wake_time
from voice_guide.session.turn import Piece
from voice_guide.session.turn_end import BRIEF, TYPING_FLOOR
from voice_guide.session.understanding import understand
from voice_guide.session.waiting import asks_whose, heeds, idle, it_was_us, stirred_from_idleness

_TYPING = 6.0
"""Seconds for which a key of a line that is being typed makes the guide hold its words."""


def touched(session: Session, out: Out, event: Event) -> Session:
    """A key while the guide speaks: it is silent at once, and what follows its words follows now."""
    del event
    prompting = session.prompting
    out.append(Hush())
    tell(out, "guide_silenced")
    assert prompting is not None  # the phase has words
    return replace(session, prompting=None, spoke=True, todo=prompting.then)


def typing(session: Session, out: Out, event: Event) -> Session:
    """Whoever types has the floor: the turn does not end, and a gap or a talk lasts."""
    del event
    if session.phase is Phase.TALKING:
        return replace(session, talk=replace(session.talk, last=session.now))
    if session.phase is Phase.GAP:
        return wake_at(session, out, session.now + _TYPING)
    session = _reopened(session, out)
    turn, _ = the_turn(session)
    since = max(turn.quiet_since, session.now)
    turn = replace(turn, quiet_since=since, typing_until=session.now + TYPING_FLOOR)
    session = replace(session, turn=turn)
    return wake_at(session, out, wake_time(session))


def typed_early(session: Session, out: Out, event: Event) -> Session:
    """A line while the guide speaks: a command, or the answer to what it is asking."""
    assert isinstance(event, Typed)  # by the table
    command = spoken_command(event.text, session.language)
    if command is not None:
        return session if _idle(session, command) else replace(session, todo=command)
    return replace(touched(session, out, event), again=event)


def typed_command(session: Session, out: Out, event: Event) -> Session:
    """A line while no answer is wanted: it is a command, or nothing to the guide.

    Where it waits only because nobody began, a line is the answer at last.
    """
    assert isinstance(event, Typed)  # by the table
    command = spoken_command(event.text, session.language)
    if asks_whose(session) and one_of_us(event.text, session.language):
        return it_was_us(session, out)
    if command is None and idle(session) and event.text.strip():
        return typed(listen(stirred_from_idleness(session, out), out), out, event)
    return session if command is None or _idle(session, command) else replace(session, todo=command)


def typed_in_gap(session: Session, out: Out, event: Event) -> Session:
    """A line between the words of a question answers it; before them it has not been asked."""
    assert isinstance(event, Typed)  # by the table
    words = session.prompting
    asking = words is not None and words.begun and words.then in (Then.LISTEN, Then.RESTORE)
    if words is None or not asking or spoken_command(event.text, session.language) is not None:
        return typed_command(session, out, event)
    return replace(session, prompting=None, spoke=True, todo=words.then, again=event)


def typed_in_talk(session: Session, out: Out, event: Event) -> Session:
    """A line while they talk: a command, whether to go on, or the answer that was wanted before they talked."""
    assert isinstance(event, Typed)  # by the table
    if spoken_command(event.text, session.language) is not None:
        return typed_command(session, out, event)
    leave = leave_us(event.text, session.language) if session.talk.asked else None
    if leave is not None or session.turn is None:
        return answered(session, out, event.text)
    if not event.text.strip():
        return session
    tell(out, "turn_reopened", turn=session.turn.number)
    return typed(replace(session, held=None, spot=None, phase=Phase.LISTENING), out, event)


def typed_late(session: Session, out: Out, event: Event) -> Session:
    """A line while the last words of a turn are awaited: more of the answer, unless it was passed."""
    assert isinstance(event, Typed)  # by the table
    if spoken_command(event.text, session.language) is not None or session.closing is not Closing.ANSWERED:
        return typed_command(session, out, event)
    return typed(session, out, event)


def typed(session: Session, out: Out, event: Event) -> Session:
    """A line while an answer is wanted: a piece of it, after whatever was spoken before."""
    assert isinstance(event, Typed)  # by the table
    _, question = the_turn(session)
    text = " ".join(event.text.split())
    text = typed_word(text, session.language) if question.answer is AnswerKind.YES_NO else text
    if not text:
        return session
    revision = session.revisions + 1
    now = session.now
    piece = Piece(start=now, speech_from=now, end=now, revision=revision, text=text, committed=True)
    command = command_in(piece, question, session.language, last=True)
    if command is not None:
        return replace(session, todo=command)
    if (
        _idle(session, spoken_command(text, session.language))
        and understand(question, text, session.language) is None
    ):
        return session
    session = _after_speech(_reopened(replace(session, revisions=revision), out), out)
    session = digest(_with(session, piece, out), out)
    if session.todo is not None:
        return session
    if question.answer in BRIEF and not the_turn(session)[0].speaking:
        tell_end(session, out, "typed")  # a yes or a number that was sent with Enter is complete
        return close(session, out)
    return decide_turn(session, out)


def _with(session: Session, piece: Piece, out: Out) -> Session:
    """The typed line in the turn, before what is being said at the same time."""
    turn, question = the_turn(session)
    pieces = (*turn.pieces[:-1], piece, turn.pieces[-1]) if turn.tail is not None else (*turn.pieces, piece)
    since = max(session.now, turn.opened)
    turn = replace(turn, pieces=pieces, quiet_since=since, fresh=False, typing_until=0.0)
    heard = {"who": name_of(session, question.who), "text": turn.text, "turn": turn.number}
    tell(out, "heard", **heard, revision=piece.revision, final=False)
    return replace(session, turn=turn)


def _idle(session: Session, command: Command | None) -> bool:
    """Commands that mean nothing now: "continue" while nothing waits, others while the guide only waits."""
    if session.waiting:
        return command is None or not heeds(session, command)
    return command in (Command.CONTINUE, Command.ON_RECORD) and not busy(session)


def _reopened(session: Session, out: Out) -> Session:
    """Whoever types while the turn lands, or closes, has the floor again."""
    if session.phase not in (Phase.LANDING, Phase.CLOSING):
        return session
    out.append(Hush())  # the landing tone
    tell(out, "turn_reopened", turn=the_turn(session)[0].number)
    return replace(session, phase=Phase.LISTENING)


def _after_speech(session: Session, out: Out) -> Session:
    """What was being said is cut here, so that the typed line comes after it; speech may go on."""
    turn, _ = the_turn(session)
    if turn.tail is None:
        return session
    revision = session.revisions + 1
    if turn.speaking:
        cut = turns.cut_at(turn, session.now, revision)
        if cut is turn:
            return session
        return transcribe(replace(session, turn=cut, revisions=revision), out, cut.pieces[-2])
    turn = turn if turn.tail.revision is not None else turns.asked_for(turn, revision)
    turn = turns.commit(turn, alone=False)
    return transcribe(replace(session, turn=turn, revisions=revision), out, turn.pieces[-1])
