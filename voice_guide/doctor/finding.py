"""A finding of the doctor: a sentence for people, figures for programs, and the mend beside the trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """What a finding is about, in the order in which they are told."""

    PROMISE = "the promise"
    HEARING = "hearing"
    MACHINE = "this machine"
    KEEPING = "keeping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that was looked at."""

    part: Part
    name: str
    """For programs; it stays the same."""
    said: str
    """What was found, in whole sentences; never a word that a partner said."""
    well: bool = True
    mend: str = ""
    """What to do, where it is not well; or how to see it for oneself."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """The figures, as JSON takes them."""
