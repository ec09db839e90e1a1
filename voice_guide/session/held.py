"""What the guide is in the middle of: its words, what came in between, an act on the record, a lost device."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice_guide.exercise.flat import Question
from voice_guide.session.notes import Gap
from voice_guide.session.phases import Closing, Phase, Then, Why
from voice_guide.session.tones import Tone
from voice_guide.session.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Aloud:
    """How words are said."""

    pause: float = 0.0
    """Seconds of silence before them, at least."""
    pace: float = 1.0
    """Against the couple's own choice."""
    quotes: bool = False
    """They hold words of a partner."""


PLAINLY = Aloud()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompting:
    """Words of the guide that are being said or still to be said."""

    chunks: tuple[tuple[str, ...], ...] = field(repr=False)
    """Each a few sentences, under 10 s together; the first one is the current one."""
    to: str
    then: Then
    how: Aloud = PLAINLY
    begun: bool = False
    """Some of it has been said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where the evening was when something came in between."""

    phase: Phase
    at: float
    prompting: Prompting | None = None
    quiet_left: float = 0.0
    why: Why | None = None
    since: float = 0.0
    """When it began to wait for this."""
    before_stop: Why | None = None
    """What it waited for when it was stopped."""
    chimed: bool = False
    """The break is long enough, and the chime has sounded."""
    ask: bool = False
    """The question has to be asked again before anybody is listened to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Unclear words that their speaker says again, and where the evening was meanwhile."""

    gap: Gap
    question: Question
    """What they answered, asked of their speaker alone and without a clock."""
    held: Held
    turn: Turn | None
    """The turn that was open."""
    closing: Closing
    """What was to follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What the guide says when the record has been changed, or could not be."""

    done: str
    failed: str
    then: Then
    tone: Tone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A device that is gone."""

    at: float
    what: str
    """`microphone` or `loudspeaker`."""
    waiting: bool
    """The guide was waiting already (paused, off the record), and goes on waiting."""
