"""Paused, off the record, in a break, or stopped a moment ago: how each begins, lasts and ends.

While the guide waits, nothing is kept, told or shown of what is said; sound goes to command spotting only.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Who
from voice_guide.language.phrases import Phrase
from voice_guide.session import company
from voice_guide.session import turn as turns
from voice_guide.session.command import WHILE_OFF_RECORD, WHILE_STOPPED, WHILE_WAITING, Command
from voice_guide.session.effects import CloseEars, OpenEars, PlayTone, Strike
from voice_guide.session.held import Settling
from voice_guide.session.listening import listen, seal_tail
from voice_guide.session.phases import Phase, Then, Why
from voice_guide.session.prompting import interject, say
from voice_guide.session.settling import settle
from voice_guide.session.state import Out, Session, hold, name_of, tell, the_turn, wake_at
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import BREAK_LEAST, BREAK_LONGEST, EAR_TAIL, LONG_PAUSE, UNDO_STOP
from voice_guide.session.unclear import record_all
from voice_guide.session.walking import finish

_BEGINS = {
    Why.PAUSED: ("paused", Tone.PAUSED, Phrase.PAUSED),
    Why.OFF_RECORD: ("off_record", Tone.OFF_RECORD, Phrase.OFF_RECORD),
    Why.BREAK: ("break", Tone.PAUSED, Phrase.BREAK),
}
"""What is told, sounded and said."""


def begin_waiting(session: Session, out: Out, why: Why, text: str = "") -> Session:
    """Stop everything that runs, say so, and wait."""
    told, tone, usual = _BEGINS[why]
    tell(out, told)
    out += [CloseEars(), PlayTone(tone=tone)]
    return say(_held(session, why), out, text or session.says(usual), Then.WAIT)


_HEEDED = {Why.STOPPED: WHILE_STOPPED, Why.OFF_RECORD: WHILE_OFF_RECORD}


def heeds(session: Session, command: Command) -> bool:
    """Whether a command counts while the guide waits: in a wait that nobody asked for, every one does."""
    held = session.held
    if held is None or held.why is None:
        return True
    return command in _HEEDED.get(held.why, WHILE_WAITING)


def idle(session: Session) -> bool:
    """Whether it waits only because nobody began to answer."""
    return session.waiting and session.turn is not None and (session.held is None or session.held.why is None)


def stirred_from_idleness(session: Session, out: Out) -> Session:
    """Somebody is there after all, and has the floor: the turn is as fresh as when it was opened."""
    turn, _ = the_turn(session)
    tell(out, "resumed")
    turn = turns.shifted(turn, session.now + EAR_TAIL, session.now - turn.quiet_since)
    turn = replace(turn, nudges=0)
    return replace(session, turn=turn, phase=Phase.LISTENING, held=None, prompting=None, spot=None)


def pause(session: Session, out: Out) -> Session:
    """Wait for continue."""
    return begin_waiting(session, out, Why.PAUSED)


def for_company(session: Session, out: Out) -> Session:
    """Somebody else is in the room: wait, until they go on or say that it was one of them."""
    if session.turn is not None:
        session = seal_tail(session, out)
        if session.todo is not None:
            return session  # they ask for something, and that comes first
    tell(out, "new_voice")
    session = replace(session, company=replace(session.company, asked=True), spoke=False)
    return begin_waiting(session, out, Why.PAUSED, session.says(Phrase.NEW_VOICE))


def asks_whose(session: Session) -> bool:
    """Whether it waits because of a voice, and nobody has asked for another wait since."""
    held = session.held
    return session.company.asked and session.waiting and held is not None and held.why is Why.PAUSED


def it_was_us(session: Session, out: Out) -> Session:
    """The voice was one of theirs: what it said stays, and the evening goes on."""
    return go_on(company.ours(session), out)


def off_record(session: Session, out: Out) -> Session:
    """Wait until they are on the record again."""
    return begin_waiting(session, out, Why.OFF_RECORD)


def take_break(session: Session, out: Out) -> Session:
    """Wait for twenty minutes and more."""
    return begin_waiting(session, out, Why.BREAK)


def stop(session: Session, out: Out) -> Session:
    """Stop at once; for half a minute "continue" undoes it, and a second stop makes it final."""
    held = session.held
    if session.waiting and held is not None and held.why is Why.STOPPED:
        return stopped(session, out)
    out.append(CloseEars())
    tell(out, "stopping", seconds=UNDO_STOP)
    before = held.why if held is not None and session.waiting else None
    session = _held(replace(session, spoke=False), Why.STOPPED)
    assert session.held is not None  # just held
    session = replace(session, held=replace(session.held, before_stop=before))
    return say(session, out, session.says(Phrase.STOPPED), Then.WAIT)


def wait(session: Session, out: Out) -> Session:
    """Wait, with ears open for commands only."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    return rest(replace(session, phase=Phase.WAITING, spot=None, heard_from=opened), out)


def rest(session: Session, out: Out) -> Session:
    """What the passing of time means while the guide waits: a pause lasts as long as they wish."""
    held = session.held
    if held is None or held.why not in (Why.BREAK, Why.STOPPED):
        return wake_at(session, out, None)
    if held.why is Why.STOPPED:
        ends = held.since + UNDO_STOP
        return stopped(session, out) if session.now >= ends else wake_at(session, out, ends)
    if session.now >= held.since + BREAK_LONGEST:
        return finish(replace(record_all(session, out), ending="break"), out)
    if session.now < held.since + BREAK_LEAST:
        return wake_at(session, out, held.since + BREAK_LEAST)
    if not held.chimed:
        out.append(PlayTone(tone=Tone.CHIME))
        tell(out, "break_over")
        session = replace(session, held=replace(held, chimed=True))
    return wake_at(session, out, held.since + BREAK_LONGEST)


def go_on(session: Session, out: Out) -> Session:
    """Continue after a pause, or go back on the record."""
    held = session.held
    if not session.waiting or held is None:
        return _nothing_waits(session, out)
    if held.why is Why.STOPPED and held.before_stop is Why.OFF_RECORD:
        return off_record(session, out)  # undone, but they were off the record, and stay so
    off = held.why is Why.OFF_RECORD
    tell(out, "on_record" if off else "resumed")
    out.append(PlayTone(tone=Tone.ON_RECORD if off else Tone.RESUMED))
    session = replace(session, spoke=False)
    session, gone = company.others(session) if session.company.asked else (session, ())
    long = session.now - held.at >= LONG_PAUSE and session.turn is not None
    if not long and not gone:
        return replace(session, todo=Then.RESTORE)
    text = reminder(session, held.at) if long else ""
    session = replace(session, held=replace(held, ask=held.ask and not long, why=None))
    if not gone:
        return say(session, out, text, Then.RESTORE)
    done, failed = (f"{session.says(phrase)} {text}" for phrase in (Phrase.NOT_YOURS, Phrase.STRIKE_FAILED))
    told = Settling(done=done, failed=failed, then=Then.RESTORE)
    return settle(session, out, Strike(turns=gone), told)


def _nothing_waits(session: Session, out: Out) -> Session:
    """ "Continue" by hand while the evening goes on anyway."""
    if session.turn is None:
        return interject(session, out, session.says(Phrase.NO_HURRY))
    return session if session.phase is Phase.CLOSING else listen(session, out)


def reminder(session: Session, since: float) -> str:
    """After a long pause: whose turn, the question, the time left."""
    turn, question = session.turn, session.question
    if turn is None or question is None:
        return session.says(Phrase.BACK_TO_BOTH)
    name = name_of(session, question.who)
    whose = (
        session.says(Phrase.BACK_TO_BOTH)
        if question.who is Who.BOTH
        else session.says(Phrase.BACK_TO, name=name)
    )
    text = f"{whose} {question.text}"
    if turn.ends_at is not None and turn.ends_at > since:
        text += " " + session.says(Phrase.TIME_LEFT, left=session.lasts(turn.ends_at - since))
    return text


def _held(session: Session, why: Why) -> Session:
    session = hold(session)
    assert session.held is not None  # hold() has just seen to it
    return replace(session, held=replace(session.held, why=why, since=session.now, chimed=False))


def stopped(session: Session, out: Out) -> Session:
    """The stop is final; words that were said before it are in the record, if one is written."""
    return finish(replace(record_all(session, out), ending="stopped"), out)
