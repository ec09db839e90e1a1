"""They talk to each other: a success, not an error. The guide is silent, keeps none of it, and asks once."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.language.phrases import Phrase
from voice_guide.session.answers import leave_us
from voice_guide.session.effects import OpenEars
from voice_guide.session.notes import Talk
from voice_guide.session.phases import Phase, Then, Why
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session, hold, tell, the_turn, wake_at
from voice_guide.session.turn_end import ASKED_QUIET, EAR_TAIL, TALK_QUIET
from voice_guide.session.waiting import begin_waiting

_ENOUGH = 2
"""Remarks, or one long one, that are a talk; a single short one is not."""


def remarked(session: Session, *, long: bool) -> Session:
    """Something was said that is no command."""
    heard = session.talk.heard + (_ENOUGH if long else 1)
    return replace(session, talk=replace(session.talk, heard=heard, last=session.now))


def busy(session: Session) -> bool:
    """They talk, or are being asked whether to go on."""
    asking = session.prompting is not None and session.prompting.then is Then.TALK
    return session.phase is Phase.TALKING or asking


def in_talk(session: Session) -> bool:
    """Whether they have said enough to each other for the guide to keep out of it."""
    return session.talk.heard >= _ENOUGH and session.now < session.talk.last + TALK_QUIET


def keep_out(session: Session, out: Out) -> Session:
    """Leave them the room, until it has been quiet for a while."""
    tell(out, "talking")
    session = replace(hold(session), phase=Phase.TALKING, prompting=None)
    return wake_at(session, out, session.talk.last + TALK_QUIET)


def instead_of_answering(session: Session, out: Out) -> Session:
    """They talked where a yes or no, a number or a choice was wanted: none of it is kept, and it is asked again."""
    turn, _ = the_turn(session)
    talk = Talk(heard=_ENOUGH, last=turn.quiet_since)
    session = replace(session, turn=replace(turn, pieces=(), talked=True), phase=Phase.LISTENING, talk=talk)
    session = hold(session)
    assert session.held is not None  # just held
    session = replace(session, held=replace(session.held, ask=True))
    opened = session.now
    out.append(OpenEars(at=opened))
    return keep_out(replace(session, spot=None, heard_from=opened), out)


def listen(session: Session, out: Out) -> Session:
    """The question has been asked: hear whether to go on."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    talk = replace(session.talk, asked=True, last=session.now)
    session = replace(session, phase=Phase.TALKING, prompting=None, spot=None, heard_from=opened, talk=talk)
    return wake_at(session, out, session.now + ASKED_QUIET)


def answered(session: Session, out: Out, text: str) -> Session:
    """An answer to the guide's question, or more of their talk."""
    leave = leave_us(text, session.language) if session.talk.asked else None
    if leave is None:
        return rest(session, out)
    return _leave(session, out) if leave else go_on(session, out)


def more_time(session: Session, out: Out) -> Session:
    """ "More time", "not yet": leave them to it; before they were asked, the quiet counts anew."""
    if session.talk.asked or session.phase is not Phase.TALKING:
        return _leave(session, out)
    return rest(replace(session, talk=replace(session.talk, last=session.now)), out)


def rest(session: Session, out: Out) -> Session:
    """Quiet: ask once whether to go on; if nobody minds, go on."""
    quiet = ASKED_QUIET if session.talk.asked else TALK_QUIET
    if session.now < session.talk.last + quiet - 1e-6:
        return wake_at(session, out, session.talk.last + quiet)
    if session.talk.asked:
        return go_on(session, out)
    return say(replace(session, spoke=False), out, session.says(Phrase.SHALL_I_GO_ON), Then.TALK)


def go_on(session: Session, out: Out) -> Session:
    """Back to where the evening was."""
    tell(out, "resumed")
    return replace(session, spoke=False, todo=Then.RESTORE)


def _leave(session: Session, out: Out) -> Session:
    return begin_waiting(replace(session, spoke=False), out, Why.PAUSED, session.says(Phrase.LEAVE_YOU))
