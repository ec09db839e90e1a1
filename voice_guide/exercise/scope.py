"""Where a step stands in a script: what it may name, and what has been told, depend on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_guide.exercise.steps import Position, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """One place in a script or a part."""

    depth: int = 3
    """How deep the script says that it goes at most."""
    told: set[Role] | None = None
    """Inside `each`: who has told something that no mirror has said back; None outside."""
    parts: tuple[str, ...] = ()
    """The parts that are being read, the innermost last."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What a part was included with: texts by name."""
    ids: dict[str, Position] = field(default_factory=dict)
    """Ids that this file has given so far."""

    @property
    def names(self) -> tuple[str, ...]:
        """The {names} that have a meaning here."""
        both = ("first", "second", *self.given)
        return both if self.told is None else ("speaker", "listener", *both)
