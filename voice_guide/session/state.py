"""The state of an evening: frozen data, and the few helpers that every part of the machine needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voice_guide.exercise.flat import FlatStep, Program, Question, Who
from voice_guide.language.phrases import Phrase
from voice_guide.language.tables import Language
from voice_guide.session.command import Command
from voice_guide.session.effects import Effect, Tell, WakeAt
from voice_guide.session.events import Event
from voice_guide.session.held import Away, Filling, Held, Prompting, Settling
from voice_guide.session.notes import Company, Notes, Offer, Over, Sounding, Talk
from voice_guide.session.phases import Closing, Phase, Then
from voice_guide.session.progress import spoken_seconds
from voice_guide.session.turn import Turn
from voice_guide.session.turn_end import USUAL_PAUSE, Manners
from voice_guide.session.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An evening as it stands."""

    program: Program
    manners: Manners
    voice: Voice = field(default_factory=Voice)
    offers: tuple[Offer, ...] = ()
    """What the menu can open."""
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
    over: Over | None = None
    said: tuple[str, ...] = field(default=(), repr=False)
    """The guide's own last sentences: what comes back of them is no command."""
    held: Held | None = None
    away: Away | None = None
    filling: Filling | None = None
    closing: Closing = Closing.ANSWERED
    by: Who | None = None
    """Whose voice gave the command that is being obeyed; None if nobody can tell."""
    again: Event | None = None
    """What came in too early: handled once the phase has changed."""
    talk: Talk = field(default_factory=Talk)
    company: Company = field(default_factory=Company)
    sound: Sounding = field(default_factory=Sounding)
    pauses: tuple[float, float] = (USUAL_PAUSE, USUAL_PAUSE)
    """Of each partner, within answers: the geometric mean in seconds, learnt tonight and forgotten with it."""
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
    def language(self) -> Language:
        """What the guide speaks and understands tonight."""
        return self.program.language

    def says(self, phrase: Phrase, **fields: object) -> str:
        """One of the guide's own lines in tonight's language."""
        return self.language.line(phrase, **fields)

    def lasts(self, seconds: float) -> str:
        """A length of time as it is said tonight."""
        return spoken_seconds(seconds, self.language)

    @property
    def step(self) -> FlatStep:
        """The current step."""
        return self.program.steps[self.position]

    @property
    def waiting(self) -> bool:
        """Paused, off the record or the like, or just saying so."""
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
    phase = _HELD_AS.get(session.phase, session.phase)
    if session.phase is Phase.CLOSING and session.closing is Closing.ANSWERED:
        phase = Phase.LISTENING  # more room is never wrong; a pass or the way back stays what it is
    left = max(0.0, session.quiet_ends - session.now)
    held = Held(phase=phase, at=session.now, prompting=session.prompting, quiet_left=left)
    return replace(session, held=held)


_HELD_AS = {
    Phase.LANDING: Phase.LISTENING,
    Phase.GAP: Phase.SPEAKING,
}
"""Where the evening goes on after something came in between; a turn that was passed closes in the end."""


def the_turn(session: Session) -> tuple[Turn, Question]:
    """The open turn and its question, where the phase has one."""
    turn = session.turn
    assert turn is not None and turn.question is not None  # the phase has a turn
    return turn, turn.question
