"""The guide's own words: in chunks with gaps in which it can be heard, ears closed while they sound."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.sentences import LIMIT, chunks
from voice_guide.session.effects import CloseEars, OpenEars, Speak
from voice_guide.session.held import PLAINLY, Aloud, Prompting
from voice_guide.session.notes import Talk
from voice_guide.session.phases import Phase, Then
from voice_guide.session.state import Out, Session, hold, name_of, tell, wake_at
from voice_guide.session.turn_end import EAR_TAIL, GAP, QUESTION_GAP
from voice_guide.session.understanding import DECIDED


def say(
    session: Session, out: Out, text: str, then: Then, *, to: str = "both", how: Aloud = PLAINLY
) -> Session:
    """Say something, after a gap if the guide has just spoken; `then` follows."""
    limit = LIMIT * session.voice.speed * how.pace
    prompting = Prompting(chunks=chunks(f"{session.news} {text}", limit), to=to, then=then, how=how)
    gap = 0.0
    if session.spoke:
        gap = QUESTION_GAP if then is Then.LISTEN else GAP
    gap = max(gap, how.pause)
    session = replace(session, prompting=prompting, news="")
    return open_gap(session, out, gap) if gap else speak(session, out)


def open_gap(session: Session, out: Out, seconds: float) -> Session:
    """Be quiet for a moment, with ears open for commands."""
    opened = session.now + EAR_TAIL
    out.append(OpenEars(at=opened))
    session = replace(session, phase=Phase.GAP, spot=None, heard_from=opened, talk=Talk())
    return wake_at(session, out, session.now + seconds)


def speak(session: Session, out: Out) -> Session:
    """Begin the current chunk."""
    prompting = session.prompting
    assert prompting is not None  # say() set it; a gap without words is a bug
    number = session.prompts + 1
    sentences = prompting.chunks[0]
    fields = {"text": " ".join(sentences), "to": prompting.to}
    question = session.question
    # A question that is asked again, or a word in between, leads back to the turn that is open.
    asks = prompting.then is Then.LISTEN or (prompting.then is Then.RESTORE and session.turn is not None)
    if asks and question is not None:
        fields["answer"] = str(question.answer)
    tell(out, "prompt", **fields)
    out += [
        CloseEars(),
        Speak(prompt=number, sentences=sentences, pace=prompting.how.pace, quotes=prompting.how.quotes),
    ]
    prompting = replace(prompting, begun=True)
    session = replace(
        session, phase=Phase.SPEAKING, prompts=number, spot=None, prompting=prompting, said=sentences
    )
    return wake_at(session, out, None)


def prompt_ended(session: Session, out: Out, prompt: int) -> Session:
    """A chunk has been heard: a gap and the next one, or what follows."""
    prompting = session.prompting
    if prompt != session.prompts or prompting is None:
        return session  # hushed, or replaced by another prompt while its end was on its way
    tell(out, "prompt_ended")
    session = replace(session, spoke=True)
    if len(prompting.chunks) > 1:
        session = replace(session, prompting=replace(prompting, chunks=prompting.chunks[1:]))
        return open_gap(session, out, GAP)
    return replace(session, prompting=None, todo=prompting.then)


def told_outcome(session: Session) -> Prompting | None:
    """The words that tell what a decision has led to, if the guide is at them: it is not to be made again."""
    held, question = session.held, session.question
    words = held.prompting if held is not None and held.prompting is not None else session.prompting
    if words is None or question is None or question.purpose not in DECIDED or session.turn is not None:
        return None
    return words if words.then in (Then.NEXT, Then.FINISH) else None


def interject(session: Session, out: Out, text: str, *, to: str = "") -> Session:
    """Say something, to whose turn it is if nobody is named, and go on where we were."""
    then = Then.WAIT if session.waiting else Then.RESTORE
    question = session.question
    whose = name_of(session, question.who) if question is not None else "both"
    return say(hold(session), out, text, then, to=to or whose)
