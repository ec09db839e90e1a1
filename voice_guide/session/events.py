"""What comes into the machine. Every event carries `at`, seconds since the evening's start."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice_guide.exercise.flat import Program, Who
from voice_guide.session.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a moment of the evening."""

    at: float
    """Seconds since the start, never running backwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Event):
    """The evening starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Event):
    """The moment that the machine asked for with `WakeAt` has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptEnded(Event):
    """The last sample of a prompt has left the loudspeaker."""

    prompt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted(Event):
    """Somebody began to speak while the ears were open."""

    since: float
    """When the first frame of speech was heard, seconds; a little before `at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Event):
    """The speech stopped for a moment (the segmenter's shortest pause)."""

    since: float
    """When the last frame of speech ended, seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """Speech goes on after a `Pause`."""

    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull(Event):
    """Speech has gone on long without a pause; `since` is its quietest recent moment, fit for a cut."""

    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """The text of a span of sound that the machine asked for with `Transcribe`."""

    turn: int
    revision: int
    text: str = field(repr=False)
    """Empty if nothing sure was heard."""
    hinted: str = field(default="", repr=False)
    """Another reading of a short, unsure span: what it is if it is a command, a yes or a no."""
    doubtful: bool = False
    """The reading is too improbable to be taken for a consent."""
    speech: bool = True
    """False if the span held noise only, by the transcriber's two signs."""
    voice: Who | None = None
    """Whose voice it clearly was, or both; None if nobody can tell."""
    strange: bool = False
    """It clearly was neither partner's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Event):
    """What the turn model says of a turn that the machine asked about with `Judge`."""

    turn: int
    revision: int
    complete: float | None
    """Its probability that the turn is over; None if there is no such model, or it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenOver(Event):
    """Somebody has said something while the guide spoke."""

    since: float
    """When its first frame of speech began, seconds."""
    until: float
    """When its last one ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardOver(Event):
    """The text of what was said over the guide's voice: to look for a command in, and for nothing else."""

    revision: int
    text: str = field(repr=False)
    """Empty if nothing sure was heard, or the transcriber failed."""
    hinted: str = field(default="", repr=False)
    """The word to the guide that it most likely is, if that is likely enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFailed(Event):
    """The transcriber failed on a span; never silence."""

    turn: int
    revision: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A command given by hand."""

    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched(Event):
    """A key that means nothing else than: be silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing(Event):
    """Somebody is typing a line, and has the floor meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Event):
    """A line typed by hand: an answer, or a command in words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stirred(Event):
    """A sound that is no speech, well above the room's own: tears, laughter, somebody moving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted(Event):
    """The microphone gives nothing but zeros."""

    always: bool
    """Since the evening began: no living room is as silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmuted(Event):
    """The microphone hears again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLost(Event):
    """The microphone or the loudspeaker is gone."""

    what: str
    """`microphone` or `loudspeaker`."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBack(Event):
    """Microphone and loudspeaker are open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Event):
    """The computer, or this program, slept for a while; `at` is when it woke."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Event):
    """The exercise that they chose, framed: the evening goes on with it."""

    program: Program


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDone(Event):
    """A strike, the close or the deletion of the record has happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFailed(Event):
    """The record could not be written; the evening goes on, and says so."""

    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(Event):
    """The program was asked to end from outside (Ctrl-C, SIGTERM)."""

    signal: str
