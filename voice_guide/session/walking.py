"""From step to step: the position is one integer, and it moves here only."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import RECALLED, FlatStep, Line, Purpose, Question, Quiet, Skip, Who
from voice_guide.exercise.steps import AnswerKind, Manner
from voice_guide.language.phrases import Phrase
from voice_guide.session.effects import CloseRecord, Finish, OpenEars, PlayTone
from voice_guide.session.held import Aloud
from voice_guide.session.notes import Talk
from voice_guide.session.phases import Phase, Then
from voice_guide.session.progress import seconds_left
from voice_guide.session.prompting import say
from voice_guide.session.state import Out, Session, name_of, tell, wake_at
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import EAR_TAIL


def next_step(session: Session, out: Out) -> Session:
    """Enter the step after this one, past skips and questions that are out of place."""
    position = session.position + 1
    steps = session.program.steps
    while position < len(steps):
        step = steps[position]
        if isinstance(step, Skip):
            position = position + 1 if session.notes.answer(step.key) == step.equals else step.target
        elif isinstance(step, Question) and step.purpose is Purpose.KEEP and not session.notes.keeping:
            position += 1
        else:
            return _enter(replace(session, position=position, turn=None, held=None, prompting=None), out)
    return replace(session, position=position, ending="completed", todo=Then.FINISH)


def _enter(session: Session, out: Out) -> Session:
    step = session.step
    if session.offers:  # a menu takes as long as they like
        tell(out, "step", id=step.id)
    else:
        left = round(seconds_left(session.program, session.position, session.manners.time) / 60, 1)
        tell(out, "step", id=step.id, minutes_left=left)
    if isinstance(step, Line):
        return _say_line(session, out, step)
    if isinstance(step, Question):
        then = Then.NEXT if step.answer is AnswerKind.NONE else Then.LISTEN
        text, to = f"{_missing(session, step)}{step.text}{_clock(session, step)}", name_of(session, step.who)
        return say(session, out, text, then, to=to, how=_aloud(step.manner))
    assert isinstance(step, Quiet)  # next_step passes over skips
    return be_quiet(session, out, step.seconds)


def _say_line(session: Session, out: Out, line: Line) -> Session:
    how = _aloud(line.manner)
    if not line.recalls:
        return say(session, out, line.text, Then.NEXT, how=how)
    word = session.notes.word(line.recalls)
    if not word:
        return replace(session, todo=Then.NEXT)  # it was taken back
    return say(session, out, line.text.replace(RECALLED, word), Then.NEXT, how=replace(how, quotes=True))


def _aloud(manner: Manner) -> Aloud:
    return Aloud(pause=manner.pause or 0.0, pace=manner.pace or 1.0)


def _clock(session: Session, question: Question) -> str:
    """A script names the minutes of a timed turn; where patience makes them others, the guide says so."""
    time = session.manners.time
    if question.seconds is None or time == 1.0:
        return ""
    if time is None:
        return " " + session.says(Phrase.NO_CLOCK)
    return " " + session.says(Phrase.OTHER_CLOCK, time=session.lasts(question.seconds * time))


def _missing(session: Session, question: Question) -> str:
    """Before the words are kept, once: that some of them could not be understood."""
    asks = question.purpose is Purpose.KEEP and question.who is Who.FIRST
    return f"{session.says(Phrase.SOME_UNCLEAR)} " if asks and session.notes.gaps else ""


def be_quiet(session: Session, out: Out, seconds: float) -> Session:
    """Begin or resume a silence step."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    ends = session.now + seconds
    session = replace(
        session,
        phase=Phase.SILENCE,
        spot=None,
        heard_from=opened,
        quiet_ends=ends,
        spoke=False,
        talk=Talk(),
    )
    tell(out, "timer", left=round(seconds, 1))
    return wake_at(session, out, ends)


def end_quiet(session: Session, out: Out) -> Session:
    """A chime, and on."""
    out.append(PlayTone(tone=Tone.CHIME))
    tell(out, "timer", left=0)
    # The chime rings while a gap is held, so that the guide does not speak into it.
    return replace(session, spoke=True, todo=Then.NEXT)


def go_back(session: Session, out: Out) -> Session:
    """To the question before this one; at the first one, ask it again."""
    earlier = [place for place in _walked(session) if _can_be_asked_again(session.program.steps[place])]
    target = earlier[-1] if earlier else session.position
    return next_step(replace(session, position=target - 1), out)


def _walked(session: Session) -> list[int]:
    """The places of the steps before this one that were not left out, as far as the answers tell."""
    places, place = [], 0
    while place < session.position:
        step = session.program.steps[place]
        if isinstance(step, Skip) and session.notes.answer(step.key) != step.equals:
            place = step.target
            continue
        places.append(place)
        place += 1
    return places


def _can_be_asked_again(step: FlatStep) -> bool:
    return isinstance(step, Question) and step.purpose in (Purpose.EXERCISE, Purpose.LANDING)


def finish(session: Session, out: Out) -> Session:
    """The evening is over; a record that nobody decided about stays sealed and open."""
    if session.notes.keeping:
        out.append(CloseRecord(kept=False, reason=session.ending))
        tell(out, "undecided")
    tell(out, "finished", reason=session.ending)
    out.append(Finish(reason=session.ending))
    return wake_at(replace(session, phase=Phase.FINISHED), out, None)
