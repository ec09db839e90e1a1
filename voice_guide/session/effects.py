"""What the machine asks the shell to do: data, nothing else. Speech redacts itself in every repr."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_guide.exercise.flat import Who
from voice_guide.session.tones import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Play a prompt; `PromptEnded` follows when it has really been heard, unless it is hushed."""

    prompt: int
    sentences: tuple[str, ...] = field(repr=False)
    pace: float = 1.0
    """Speed against that of the voice."""
    quotes: bool = False
    """They hold words of a partner: rendered in memory only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayTone:
    """Play a tone; the ears stay open, and nothing follows."""

    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """Fade out whatever sounds, at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVoice:
    """How the guide's words sound from now on."""

    speed: float
    """1.0 is the voice's calm pace."""
    loudness: float
    """Decibels against the voice as it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconnect:
    """Look for the lost microphone or loudspeaker until it is there; `DeviceBack` follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Open this exercise; `Chosen` follows."""

    name: str
    resume: bool = False
    """Go on where it was interrupted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEars:
    """Report speech that begins after `at`; whatever was heard before is forgotten."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEars:
    """Report no speech: the guide speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribe:
    """Turn a span of sound into text; `Heard` or `EngineFailed` follows, unless a newer speculation won."""

    turn: int
    """0 is command spotting."""
    revision: int
    start: float
    """Seconds since the start of the evening."""
    end: float
    speculative: bool
    """Nobody has decided yet that the span is complete; the newest speculation wins."""
    over: bool = False
    """It was said over the guide's voice: `HeardOver` follows, in every case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Ask the turn model whether a turn sounds complete; `Judged` follows, unless a newer wish came in between."""

    turn: int
    revision: int
    """Of the turn's last piece."""
    start: float
    """Seconds since the start of the evening: where the turn began, pre-roll included, or its last seconds."""
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnVoice:
    """This span of sound is a partner who has said who they are: know their voice from now on, until the end."""

    who: Who
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Sound heard before this moment is not needed any more."""

    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecord:
    """Both have said yes to keeping: a record may begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Seal a line and sync it to the disk."""

    turn: int
    step: str
    who: str
    """A partner's name, or `both`."""
    said_at: float
    text: str = field(repr=False)
    mirrors: tuple[int, ...] = ()
    """Turns that this line says back."""
    sound: tuple[float, float] | None = None
    """From and to, seconds since the start of the evening; None of what was typed."""
    tail: bool = False
    """An end such as "that's all" was left out of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """Put what was said again in the place of an unclear line of the record."""

    turn: int
    said_at: float
    """Of the line."""
    text: str = field(repr=False)
    sound: tuple[float, float] | None = None
    """From and to, seconds since the start of the evening, where it is all in one piece."""
    tail: bool = False
    """An end such as "that's all" was left out of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """Remove these turns from the record."""

    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecord:
    """End the record: kept by both, or left open to be asked about again."""

    kept: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardRecord:
    """Delete tonight's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeAt:
    """Send `Tick` at this moment; replaces the last wish, None withdraws it."""

    at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Let the screen and the event log know; the names are those of `--events`."""

    name: str
    fields: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The evening is over."""

    reason: str
    """completed, declined, stopped, interrupted, break (it was never over)"""


ForEars = OpenEars | CloseEars | Transcribe | Judge | LearnVoice | Forget
"""What is done with ears and sound."""

Effect = (
    Speak
    | PlayTone
    | Hush
    | SetVoice
    | Reconnect
    | Choose
    | OpenEars
    | CloseEars
    | Transcribe
    | Judge
    | LearnVoice
    | Forget
    | StartRecord
    | Record
    | FillIn
    | Strike
    | CloseRecord
    | DiscardRecord
    | WakeAt
    | Tell
    | Finish
)
