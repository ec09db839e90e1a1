"""What is remembered of an evening while it lasts; no words but those that a script may recall, and none in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voice_guide.exercise.flat import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn that is over or has lines in the record; never its words."""

    turn: int
    step: str
    who: Who
    mirrors: tuple[int, ...] = ()
    answer: int
    """The turn that it is part of: what both said at once, or perhaps somebody else, has a turn of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A line that stands in the record as "[unclear]"."""

    turn: int
    said_at: float
    step: str
    who: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A short answer that the guide may say again, if its speaker wishes that."""

    key: str
    turn: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is remembered across steps."""

    answers: tuple[tuple[str, bool | int | str | None], ...] = ()
    """Answers by step id and by the author's name for them; the newest counts."""
    said: tuple[Said, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """What was not understood, and has not been said again."""
    struck: tuple[str, ...] = ()
    """Questions whose answer was taken out of the record: what says it back is not kept either."""
    words: tuple[Word, ...] = ()
    keeping: bool = False
    """Both have said yes to writing, and nobody took it back."""
    lost: bool = False
    """The record can be reached no more; what is in it, is."""
    overrun: tuple[tuple[str, float], ...] = ()
    """Seconds that the other one is offered, by step id."""

    def answer(self, key: str) -> bool | int | str | None:
        """The newest answer under a step id or an author's name."""
        return next((value for k, value in reversed(self.answers) if k == key), None)

    def word(self, key: str) -> str:
        """The short answer under this name, or an empty text."""
        return next((word.text for word in self.words if word.key == key), "")

    def without_words(self, turns: tuple[int, ...]) -> Notes:
        """What was said in these turns is not said again."""
        gone = tuple((word.key, None) for word in self.words if word.turn in turns)
        words = tuple(word for word in self.words if word.turn not in turns)
        gaps = tuple(gap for gap in self.gaps if gap.turn not in turns)
        return replace(self, answers=(*self.answers, *gone), words=words, gaps=gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An exercise that the menu can open."""

    name: str
    title: str
    summary: str
    minutes: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What was said while no answer was wanted, and was no command; never its words."""

    heard: int = 0
    """Remarks since the guide fell silent; a long one counts as two."""
    last: float = 0.0
    """When the last one ended, seconds."""
    asked: bool = False
    """Whether to go on has been asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """What the microphone gives, apart from speech."""

    muted: bool = False
    """Nothing but zeros."""
    always: bool = False
    """Since the evening began."""
    told: bool = False
    stirred: float = 0.0
    """When somebody was last heard who did not speak: tears, laughter."""
    echoes: int = 0
    """Prompts whose words came back while the guide listened over its own voice."""
    echoed: int = 0
    """The prompt whose words came back last: what comes back of one prompt counts once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Voices that are neither partner's."""

    heard: float | None = None
    """When one was heard last, seconds ..."""
    signs: int = 0
    """... and how often, not too long ago."""
    asked: bool = False
    """The evening waits because of one, and nobody has said yet whose it was."""
    here: bool = False
    """They went on: somebody else is in the room, or was."""
    ours: bool = False
    """They said that it was one of them: no voice is strange any more tonight."""
    turns: tuple[int, ...] = ()
    """Of the record: what may have been said by somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """What was said over the guide's voice, while its text is awaited."""

    revision: int
    seconds: float
    """How long it was."""
