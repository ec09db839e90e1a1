"""A translation beside its original: the same steps, whatever the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from voice_guide.exercise.problems import Problem
from voice_guide.exercise.steps import Choose, Exercise, Position, Silence, Step

_WORDS = {"text", "title", "summary", "help", "sounds", "language", "waived"}
"""What a translation has in its own words."""

_COUNTED = {"again", "choices", "between"}
"""Of these it has as many, in its own words."""

_BELOW = {"at", "steps", "ask"}
"""Not compared here: places, and what is a step itself."""


def differences(original: Exercise, translated: Exercise) -> tuple[Problem, ...]:
    """What the steps of a translation do otherwise than those of its original, at their places in the translation."""
    own = (*_unlike(original, translated, translated.at), *_steps(original, translated, translated.at))
    return tuple(own)


def _steps(original: Any, translated: Any, at: Position) -> Iterator[Problem]:
    ours, theirs = _below(original), _below(translated)
    for mine, other in zip(ours, theirs, strict=False):
        kinds = [type(step).__name__.lower() for step in (mine, other)]
        if kinds[0] != kinds[1]:
            yield Problem(other.at, f"this is {kinds[1]}, where the original has {kinds[0]}", _ORDER)
            return  # whatever follows stands at another place
        yield from _unlike(mine, other, other.at)
        yield from _steps(mine, other, other.at)
    if len(ours) != len(theirs):
        at = theirs[len(ours)].at if len(theirs) > len(ours) else at
        count = f"{len(theirs)} steps, where the original has {len(ours)}"
        yield Problem(at, f"there are {count}", _ORDER)


_ORDER = "a translation has the steps of its original, in their order"


def _below(step: Any) -> Sequence[Step]:
    """The steps inside of one, those of a choice one way after the other."""
    if isinstance(step, Choose):
        return (step.ask, *(each for _, way in step.between for each in way))
    return getattr(step, "steps", ())


def _unlike(original: Any, translated: Any, at: Position) -> Iterator[Problem]:
    for field in fields(original):
        mine, other = getattr(original, field.name), getattr(translated, field.name)
        if field.name in _WORDS | _BELOW:
            continue
        if field.name in _COUNTED:
            mine, other = len(mine), len(other)
        if field.name == "equals" and isinstance(mine, str) and isinstance(other, str):
            continue  # a choice, in its own words
        if mine != other:
            yield Problem(
                at,
                f'"{_key(original, field.name)}" is not what it is in the original',
                f"there it is {_shown(mine)}",
            )


def _key(step: object, field: str) -> str:
    """What an author calls a field."""
    if field == "seconds":
        return "silence" if isinstance(step, Silence) else "minutes"
    return {"recorded": "record", "key": "name"}.get(field, field)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value} s"
    return "missing" if value in (None, "", ()) else str(value)
