"""What the engine worker needs, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from voice_guide.errors import VoiceGuideError
from voice_guide.exercise.flat import Who
from voice_guide.session.effects import Judge, Transcribe
from voice_guide.sound import Samples, Sound


class Transcript(Protocol):
    """What a transcriber says of a span."""

    @property
    def text(self) -> str:
        """The words; empty if none is sure."""

    @property
    def speech(self) -> bool:
        """False if the span held noise only."""

    @property
    def hinted(self) -> str:
        """Another reading of a short, unsure span, or an empty text."""

    @property
    def doubtful(self) -> bool:
        """Whether a short reading is too improbable to be taken for a consent."""


class Transcriber(Protocol):
    """Sound to text; loaded by the worker itself, so that nobody waits for it."""

    def transcribe(self, samples: Samples, clear: float) -> Transcript:
        """The words in 16 kHz mono samples; `clear` is how much of the speech in them is speech for sure, 0 to 1."""

    def spot(self, samples: Samples) -> Transcript:
        """A word to the guide that was said over its voice; what it most likely is stands in `hinted`."""


class TurnModel(Protocol):
    """A turn's sound to the probability that it is over."""

    def complete(self, samples: Samples) -> float:
        """Of 16 kHz mono samples, the silence behind them included; 0 to 1."""


class Whose(Protocol):
    """Whose voice something was said in."""

    @property
    def who(self) -> Who | None:
        """The partner, or both, where that is clear."""

    @property
    def strange(self) -> bool:
        """Whether it is clearly somebody else's."""


class VoiceBook(Protocol):
    """Both partners' voices, for as long as the evening lasts."""

    def learn(self, who: Who, samples: Samples) -> None:
        """This is how they sound: 16 kHz mono samples of somebody who speaks."""

    def whose(self, samples: Samples) -> Whose | None:
        """Whose voice it is; None if nobody can tell."""


class Renderer(Protocol):
    """Text to sound, cached."""

    def render(self, sentences: tuple[str, ...], pace: float, *, keep: bool) -> Sound:
        """The sentences as one sound, at `pace` times the voice's speed; without `keep` in memory only."""

    def prepare(self, sentences: tuple[str, ...], pace: float) -> None:
        """Have them rendered, for later."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A finished transcription."""

    job: Transcribe
    text: str = field(repr=False)
    speech: bool
    hinted: str = field(default="", repr=False)
    doubtful: bool = False
    voice: Who | None = None
    """Whose voice it clearly was."""
    strange: bool = False
    """It clearly was neither partner's."""


def transcribed(job: Transcribe, found: Transcript, voice: Whose | None) -> Transcribed:
    """What was said in a span, and by whom."""
    return Transcribed(
        job=job,
        text=found.text,
        speech=found.speech,
        hinted=found.hinted,
        doubtful=found.doubtful,
        voice=None if voice is None else voice.who,
        strange=voice is not None and voice.strange,
    )


@dataclass(frozen=True, slots=True)
class TranscriptionFailed:
    """A transcription that raised; the kind of error only, since its text might hold words."""

    job: Transcribe
    what: str


@dataclass(frozen=True, slots=True)
class TurnJudged:
    """What the turn model says; None if there is none, or it failed: then plain silence rules."""

    job: Judge
    complete: float | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt that somebody waits for."""

    prompt: int
    sound: Sound


@dataclass(frozen=True, slots=True)
class RenderFailed:
    """A prompt that could not be rendered."""

    prompt: int
    what: str


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """What the second pass made of a line of the record."""

    seq: int
    """The line's number."""
    text: str | None = field(default=None, repr=False)
    """None where nothing is sure: the line stays as it is."""
    sure: tuple[int, ...] = ()
    """0 to 100 for each word, or nothing at all."""


@dataclass(frozen=True, slots=True)
class LoadFailed:
    """The transcriber cannot be loaded: without it no evening is worth beginning."""

    error: VoiceGuideError


Result = Transcribed | TranscriptionFailed | TurnJudged | Rendered | RenderFailed | LoadFailed | HeardAgain
