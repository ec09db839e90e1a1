"""What the conversation of setup asks of its shell: data, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Say:
    """A line that is printed and spoken; the two may differ, and either may be empty."""

    shown: str = field(repr=False)
    """May quote what a partner has just said."""
    spoken: str | None = field(default=None, repr=False)
    """None if it is what is shown."""

    @property
    def aloud(self) -> str:
        """What is spoken."""
        return self.shown if self.spoken is None else self.spoken


@dataclass(frozen=True, slots=True)
class Ask:
    """The next line that is typed is wanted; what was asked has been said."""

    secret: bool = False
    """It must not be seen."""


@dataclass(frozen=True, slots=True)
class Look:
    """Find out what loudspeakers and microphones there are now; gives `Looked`."""


@dataclass(frozen=True, slots=True)
class Play:
    """Play a sentence to its end; gives `Played`."""

    text: str


class What(Enum):
    """What a microphone is listened to for."""

    SILENCE = auto()
    SPEECH = auto()
    ECHO = auto()
    """The guide's own voice."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Listen for a few seconds; gives a `Reading`."""

    what: What
    text: str = ""
    """What the guide says meanwhile, for the echo."""


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Put the sentence that was heard last into words; gives `Understood`."""


@dataclass(frozen=True, slots=True)
class Write:
    """Write down all that was chosen; gives `Written`."""


Effect = Say | Ask | Look | Play | Measure | Transcribe | Write
