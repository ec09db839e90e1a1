"""What a screen may know of the evening: data, made by `folding.fold` from what the machine tells.

Words of partners are held only while captions are on, never while the evening is paused or off the record,
never of a yes or no (a screen must not tell who declined), and never in a repr.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Activity(StrEnum):
    """What goes on."""

    READY = "ready"
    GUIDE = "guide"
    LISTENING = "listening"
    SILENCE = "silence"
    MOMENT = "moment"
    OVER = "over"


class Held(StrEnum):
    """Why the evening waits; it wins over the activity."""

    PAUSED = "paused"
    OFF_RECORD = "off the record"
    BREAK = "break"
    STOPPING = "stopping"
    TALKING = "talking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An exercise on the menu."""

    title: str
    minutes: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One moment of the evening, as a screen may show it."""

    captions: bool = False
    """Whether captions are on."""
    title: str = ""
    minutes_left: float | None = None
    offers: tuple[Offer, ...] = ()
    prompt: str = field(default="", repr=False)
    """What the guide says now, or the question whose answer is awaited."""
    question: tuple[str, ...] = field(default=(), repr=False)
    """The parts of the question so far."""
    to: str = "both"
    """Whom the prompt speaks to, or whose turn it is: a name, or `both`."""
    activity: Activity = Activity.READY
    held: Held | None = None
    answer: str = ""
    """The kind of answer that is awaited, by the name of its `AnswerKind`."""
    asks: str = ""
    """The same, but already while the guide asks, and no longer once the turn has ended."""
    turn: int = 0
    speaking: bool = False
    """Whether somebody is heard to speak."""
    waited: bool = False
    """Nobody has begun for a while."""
    deadline: float | None = None
    """When the time is over, seconds since the evening's start."""
    left: float | None = None
    """The seconds that were left when the clock was stopped."""
    time_over: bool = False
    break_over: bool = False
    who: str = ""
    """Whose words the caption shows."""
    caption: str = field(default="", repr=False)
    lost: tuple[str, ...] = ()
    """Devices that are gone, in words."""
    muted: bool = False
    echo: bool = False
    """The guide hears itself too loud to hear anybody else meanwhile."""
    dropped: float = 0.0
    """Seconds of sound that were lost."""
    underflows: int = 0
    """Times that the guide's voice stumbled."""
    writing: bool = False
    """Whether there is a record, and both want their words in it."""
    note: str = ""
    """Something small that passes."""
    note_at: float = 0.0
    failure: str = ""
    hint: str = ""
    failure_at: float = 0.0
    failures: tuple[str, ...] = ()
    """The last failures, for the time after the view."""
    undecided: bool = False
    """Words were written, and nobody has said what becomes of them."""
    reason: str = ""
    """Why the evening ended; empty before."""
    again: int = 0
    """Answers that are still to be heard again, once it has ended."""
    keys: bool = False
    """Whether the keys are shown."""
    typed: str | None = field(default=None, repr=False)
    """The line that is being typed."""
    cursor: int = 0
    """Characters of it before the cursor."""

    @property
    def listening(self) -> bool:
        """Whether an answer is being listened to."""
        return self.activity is Activity.LISTENING and self.held is None

    def with_captions(self, on: bool) -> View:
        """Captions switched; none that was held before survives."""
        return replace(self, captions=on, who="", caption="")
