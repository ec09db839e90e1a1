"""A question of setup as data: what it asks, what stands, what an answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Effect
from voice_guide.setup.findings import Finding, Played

YES = frozenset(("y", "yes", "yeah", "yep", "sure", "ok", "okay", "right"))
NO = frozenset(("n", "no", "nope", "not"))
AGAIN = frozenset(("again", "once more", "repeat", "r"))
SKIP = frozenset(("skip", "go on", "on", "next"))


class Unfit(Exception):
    """An answer that does not work, and why, kindly."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that works."""

    draft: Draft
    effects: tuple[Effect, ...] = ()
    to: str = ""
    """The question to go to; empty for the next one."""


def _always(draft: Draft) -> bool:
    del draft
    return True


def _nothing(draft: Draft) -> str:
    del draft
    return ""


def _no_effects(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return ()


def _as_it_is(draft: Draft, finding: Finding) -> Draft:
    del finding
    return draft


def _go_on(draft: Draft, line: str) -> Taken:
    del line
    return Taken(draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; without `ask` it only tells something, and goes on."""

    id: str
    ask: Callable[[Draft], str] | None = None
    stands: Callable[[Draft], str] = _nothing
    """What Enter means; empty if something has to be typed."""
    enter: str = "means"
    """How that is told aloud: Enter keeps Ana, Enter means yes."""
    why: str = ""
    """What `?` says."""
    take: Callable[[Draft, str], Taken] = _go_on
    """What an answer does; an empty one is Enter. Raises Unfit."""
    when: Callable[[Draft], bool] = _always
    before: Callable[[Draft], tuple[Effect, ...]] = _no_effects
    """What is said, played or measured first; if that finds anything out, it comes last."""
    learn: Callable[[Draft, Finding], Draft] = _as_it_is
    secret: bool = False
    """The answer must not be seen."""


def played(draft: Draft, finding: Finding) -> Draft:
    """The draft that knows whether a sentence was played."""
    return replace(draft, played=finding) if isinstance(finding, Played) else draft


def yes_or_no(line: str, stands: bool) -> bool:
    """A yes, a no, or Enter for what stands. Raises Unfit.

    >>> yes_or_no("Y", False), yes_or_no("no", True), yes_or_no("", True)
    (True, False, True)
    """
    said = line.casefold().rstrip(".!")
    if not said:
        return stands
    if said in YES:
        return True
    if said in NO:
        return False
    raise Unfit("I need a yes or a no here.")
