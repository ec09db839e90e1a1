"""The state of an evening: frozen data, and the few helpers that every part of the machine needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from voice_guide.exercise.steps import FlatStep, Program, Question, Who
from voice_guide.session.command import Command
from voice_guide.session.effects import Effect, Tell, WakeAt
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import Manners


class Phase(StrEnum):
    """What the guide is doing."""

    READY = "ready"
    SPEAKING = "speaking"
    """A prompt sounds; the ears are closed."""
    GAP = "gap"
    """A short silence before more words of the guide, with ears open for commands."""
    LISTENING = "listening"
    LANDING = "landing"
    """The turn seems over; whoever goes on has the floor again."""
    SILENCE = "silence"
    """A silence that is the point of its step."""
    SETTLING = "settling"
    """The record is being changed, and what the guide says next depends on the outcome."""
    WAITING = "waiting"
    """Paused, or off the record: commands only."""
    FINISHED = "finished"


class Then(StrEnum):
    """What follows a prompt or a handler."""

    NEXT = "next step"
    LISTEN = "open a turn"
    RESTORE = "back to where we were"
    WAIT = "wait for continue"
    DECIDE = "act on a consent"
    FINISH = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompting:
    """Words of the guide that are being said or still to be said."""

    chunks: tuple[tuple[str, ...], ...]
    """Each a few sentences, under 10 s together; the first one is the current one."""
    to: str
    then: Then


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where the evening was when something came in between."""

    phase: Phase
    at: float
    prompting: Prompting | None = None
    quiet_left: float = 0.0
    off_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What the guide says when the record has been changed, or could not be."""

    done: str
    failed: str
    then: Then
    tone: Tone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn that is over or has lines in the record; never its words."""

    turn: int
    step: str
    who: Who
    mirrors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is remembered across steps."""

    answers: tuple[tuple[str, bool | int | str | None], ...] = ()
    """Answers by step id and by the author's name for them; the newest counts."""
    said: tuple[Said, ...] = ()
    keeping: bool = False
    """Both have said yes to writing, and nobody took it back."""
    lost: bool = False
    """The record can be reached no more; what is in it, is."""
    overrun: tuple[tuple[str, float], ...] = ()
    """Seconds that the other one is offered, by step id."""

    def answer(self, key: str) -> bool | int | str | None:
        """The newest answer under a step id or an author's name."""
        return next((value for k, value in reversed(self.answers) if k == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An evening as it stands."""

    program: Program
    manners: Manners
    phase: Phase = Phase.READY
    now: float = 0.0
    position: int = -1
    wake: float | None = None
    todo: Then | Command | None = None
    """What the machine does next, before it takes another event."""
    prompts: int = 0
    turns: int = 0
    revisions: int = 0
    prompting: Prompting | None = None
    turn: Turn | None = None
    spot: Turn | None = None
    """Command spotting: an utterance heard while no answer is wanted."""
    held: Held | None = None
    settling: Settling | None = None
    heard_from: float = 0.0
    """When the ears opened for commands."""
    quiet_ends: float = 0.0
    spoke: bool = False
    """The last voice was the guide's own."""
    ending: str = ""
    """Why the evening ends."""
    news: str = ""
    """What the guide has to say before its next words."""
    notes: Notes = field(default_factory=Notes)

    @property
    def step(self) -> FlatStep:
        """The current step."""
        return self.program.steps[self.position]

    @property
    def waiting(self) -> bool:
        """Paused or off the record, or just saying so."""
        saying = self.prompting is not None and self.prompting.then is Then.WAIT
        return self.phase is Phase.WAITING or saying

    @property
    def question(self) -> Question | None:
        """The question that is open or being asked."""
        if self.turn is not None and self.turn.question is not None:
            return self.turn.question
        step = self.program.steps[self.position] if 0 <= self.position < len(self.program.steps) else None
        return step if isinstance(step, Question) else None


Out = list[Effect]
"""Effects, gathered while one event is handled."""


def name_of(session: Session, who: Who) -> str:
    """A partner's name, or `both`."""
    if who is Who.BOTH:
        return "both"
    return session.program.partners[0 if who is Who.FIRST else 1]


def wake_at(session: Session, out: Out, at: float | None) -> Session:
    """Ask for a `Tick`, if the wish has changed."""
    if at == session.wake:
        return session
    out.append(WakeAt(at=at))
    return replace(session, wake=at)


def tell(out: Out, event: str, /, **fields: object) -> None:
    """Let screen and event log know."""
    out.append(Tell(name=event, fields=fields))


def hold(session: Session) -> Session:
    """Remember where we are, unless something came in between already."""
    if session.held is not None:
        return session
    phase = Phase.LISTENING if session.phase is Phase.LANDING else session.phase
    phase = Phase.SPEAKING if phase is Phase.GAP else phase
    left = max(0.0, session.quiet_ends - session.now)
    held = Held(phase=phase, at=session.now, prompting=session.prompting, quiet_left=left)
    return replace(session, held=held)


def the_turn(session: Session) -> tuple[Turn, Question]:
    """The open turn and its question, where the phase has one."""
    turn = session.turn
    assert turn is not None and turn.question is not None  # the phase has a turn
    return turn, turn.question
