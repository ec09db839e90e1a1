"""The flat steps: what the machine runs, unrolled from a script for two people."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from voice_guide.exercise.steps import PLAIN, AnswerKind, Manner
from voice_guide.language.tables import Language


class Who(StrEnum):
    """Whom a flat step concerns; `FIRST` is the partner who begins tonight."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


class Purpose(StrEnum):
    """Why a question is asked; all but `EXERCISE` have words of the guide's own."""

    EXERCISE = "exercise"
    MISSING = "missing"
    """After a mirror: is something missing?"""
    DEEPER = "deeper"
    """Shall we go deeper from here?"""
    RECALL = "recall"
    """May the guide say this again?"""
    CONSENT = "consent"
    """May we do this tonight?"""
    WRITE = "write"
    """May the words be written down?"""
    FILL_IN = "fill-in"
    """What was it that was not understood?"""
    LANDING = "landing"
    KEEP = "keep"
    """Shall tonight's record be kept?"""
    MENU = "menu"
    """Which exercise, or whether to go on with an interrupted one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The guide speaks."""

    id: str
    text: str
    manner: Manner = PLAIN
    recalls: str = ""
    """The saved answer that stands for `RECALLED` in the text; without it the line is left out."""


RECALLED = "\ue001"
"""Stands in a line for a word that was said tonight: a character that no script can hold."""


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
    again: tuple[str, ...] = ()
    """In other words, for the second and the third asking."""
    help: str = ""
    manner: Manner = PLAIN
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
    language: Language
    """What the guide says of its own accord, and what it understands."""
    steps: tuple[FlatStep, ...] = field(default=())
    recorded: bool = True
    """Whether the words may be written down, if both wish it."""
    sounds: tuple[tuple[str, str], ...] = ()
    """Words of the script, and how they are spelled for the voice."""
