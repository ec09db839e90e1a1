"""The typed steps of a script, as an author writes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Whom an author asks: the partner whose round it is, the other one, or both."""

    SPEAKER = "speaker"
    LISTENER = "listener"
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


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a script: 1-based line and column."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is said and waited for; what is None is as the guide does it by itself."""

    pace: float | None = None
    """Speed of the voice against the couple's own choice: below 1 is slower."""
    pause: float | None = None
    """Seconds of silence before the words."""
    ends: float | None = None
    """Seconds of silence that end an open or short answer, at a patience of 1."""
    nudge: float | None = None
    """Seconds after which whoever has not begun hears that there is no hurry, at a patience of 1."""

    def within(self, outer: Manner) -> Manner:
        """This manner, and what it leaves open from the block or file around it."""
        return Manner(
            pace=outer.pace if self.pace is None else self.pace,
            pause=outer.pause if self.pause is None else self.pause,
            ends=outer.ends if self.ends is None else self.ends,
            nudge=outer.nudge if self.nudge is None else self.nudge,
        )


PLAIN = Manner()


# --- as an author writes it -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """The guide speaks, and nobody is asked anything."""

    text: str
    manner: Manner = PLAIN
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
    again: tuple[str, ...] = ()
    """The prompt in other words, for a second and a third asking."""
    help: str = ""
    manner: Manner = PLAIN
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
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Steps that are taken only if an earlier yes-no, number or choice had this answer."""

    key: str
    equals: bool | int | str
    steps: tuple[Step, ...]
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """A part shared between scripts, already loaded."""

    part: str
    steps: tuple[Step, ...]
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeper:
    """Steps that go deeper than those before: only if both consent anew, now that they know where they are."""

    depth: int
    steps: tuple[Step, ...]
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """They choose one of several ways on; a choice that nobody makes takes none."""

    ask: Ask
    between: tuple[tuple[str, tuple[Step, ...]], ...]
    """What can be said, and the steps that follow it."""
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The guide says again what somebody has said in a few words, if its speaker wishes that."""

    key: str
    of: Role
    """Whose words they are."""
    text: str
    """What is said; `{KEY}` stands for the words."""
    manner: Manner = PLAIN
    id: str | None = None
    at: Position


Step = Say | Ask | Silence | Mirror | Each | When | Include | Deeper | Choose | Recall


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
    language: str = "en"
    """Two letters: what the guide speaks and listens for."""
    after: tuple[str, ...] = ()
    """Names of scripts that are better done before."""
    recorded: bool = True
    """Whether the words may be written down, if both wish it."""
    steps: tuple[Step, ...] = ()
    manner: Manner = PLAIN
    sounds: tuple[tuple[str, str], ...] = ()
    """Words, and how they are spelled for the voice."""
    waived: frozenset[Position] = frozenset()
    """Places of steps, or of the script, at which a warning has been answered with a reason."""
    at: Position
    """Where it begins."""
