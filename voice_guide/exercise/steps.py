"""The typed steps: those of a script, and those of the flat program unrolled from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Whom an author asks: the partner whose round it is, the other one, or both."""

    SPEAKER = "speaker"
    LISTENER = "listener"
    BOTH = "both"


class Who(StrEnum):
    """Whom a flat step concerns; `FIRST` is the partner who begins tonight."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


class AnswerKind(StrEnum):
    """What kind of answer a question waits for; it decides when a turn is over."""

    YES_NO = "yes-no"
    NUMBER = "number"
    CHOICE = "choice"
    SHORT = "short"
    OPEN = "open"
    TIMED = "timed"
    NONE = "none"


class Purpose(StrEnum):
    """Why a question is asked; all but `EXERCISE` and `MISSING` belong to the machine."""

    EXERCISE = "exercise"
    MISSING = "missing"
    """After a mirror: is something missing?"""
    CONSENT = "consent"
    """May we do this tonight?"""
    WRITE = "write"
    """May the words be written down?"""
    LANDING = "landing"
    KEEP = "keep"
    """Shall tonight's record be kept?"""
    MENU = "menu"
    """Which exercise, or whether to go on with an interrupted one."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a script: 1-based line and column."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


# --- as an author writes it -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """The guide speaks, and nobody is asked anything."""

    text: str
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The guide asks and listens."""

    text: str
    of: Role
    answer: AnswerKind
    choices: tuple[str, ...] = ()
    low: int | None = None
    """Smallest number that counts, for `number`."""
    high: int | None = None
    seconds: float | None = None
    """Length of a timed turn; None is a timed turn without limit."""
    save: str | None = None
    """Name under which the answer is known to `when`."""
    again: str = ""
    """The prompt in other words, for a second asking."""
    help: str = ""
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing is asked; a chime ends it."""

    seconds: float
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """One partner says back what the other said; the other may add what is missing, at most twice."""

    of: Role
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """The steps once for each partner; {speaker} and {listener} change places."""

    steps: tuple[Step, ...]
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Steps that are taken only if an earlier yes-no, number or choice had this answer."""

    key: str
    equals: bool | int | str
    steps: tuple[Step, ...]
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """A part shared between scripts, already loaded."""

    part: str
    steps: tuple[Step, ...]
    id: str | None = None
    at: Position


Step = Say | Ask | Silence | Mirror | Each | When | Include


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A whole script, checked and typed."""

    name: str
    """Name of its file without the ending, e.g. `what-im-afraid-of`."""
    title: str
    summary: str
    minutes: int
    depth: int
    """1 gentle, 2 open, 3 exposed."""
    after: tuple[str, ...] = ()
    """Names of scripts that are better done before."""
    steps: tuple[Step, ...] = ()
    at: Position
    """Where it begins."""


# --- as the machine runs it -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The guide speaks."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The guide asks and listens; texts hold the partners' names already."""

    id: str
    text: str
    who: Who
    answer: AnswerKind
    choices: tuple[str, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    """For each choice, other words by which it may be called."""
    numbered: tuple[str, ...] = ()
    """The choices in the order of their numbers on the screen, where that is another one."""
    read: int = 0
    """How many of the choices were read aloud, so that "the last" means the last of those; 0 is all of them."""
    low: int | None = None
    high: int | None = None
    seconds: float | None = None
    save: str | None = None
    again: str = ""
    help: str = ""
    purpose: Purpose = Purpose.EXERCISE
    mirrors: tuple[str, ...] = ()
    """Ids of the questions whose answers this one says back; a strike takes both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A silence that is the point."""

    id: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Go on at `target` unless the saved answer `key` equals `equals`; only ever forward."""

    id: str
    key: str
    equals: bool | int | str
    target: int


FlatStep = Line | Question | Quiet | Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A script unrolled for two people: a flat tuple whose position is one integer."""

    name: str
    title: str
    minutes: int
    depth: int
    partners: tuple[str, str]
    """Names; the first one begins tonight."""
    steps: tuple[FlatStep, ...] = field(default=())
