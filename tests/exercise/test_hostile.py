"""No file can do more than be refused: neither one that means harm, nor one that was broken on its way."""

from __future__ import annotations

import pytest

from tests.english import lint, unroll
from tests.exercise.hostile import FAMILIES, hostile, part
from voice_guide.errors import UsageError
from voice_guide.exercise.load import load
from voice_guide.exercise.problems import MOST_PROBLEMS, ScriptErrors

MOST_STEPS = 50_000
"""Of a program: more than any evening has, and unrolled within a second."""


def read_part(name: str) -> str:
    """A part, or the error that the library raises where there is none."""
    try:
        return part(name)
    except LookupError:
        raise UsageError("there is no such part") from None


def outcome(text: str) -> str:
    """Load, check and unroll: "used" or "refused", and nothing else."""
    try:
        exercise = load(text, "s.yaml", read_part)
    except ScriptErrors as errors:
        return "refused" if errors.problems else "refused without a reason"
    lint(exercise)
    assert len(unroll(exercise, ("Ana", "Ben")).steps) <= MOST_STEPS
    return "used"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_text_is_used_or_refused(family: str) -> None:
    """By errors with their place, or as what it says; ten texts of each family (the benchmark takes 10,000)."""
    assert {outcome(hostile(family, seed)) for seed in range(10)} <= {"used", "refused"}


def test_no_more_problems_are_told_than_can_be_read() -> None:
    """The last line says that there are more; finding them all would take longer the more there are."""
    with pytest.raises(ScriptErrors) as caught:
        load("".join(f"k{n}: {n}\n" for n in range(10_000)), "s.yaml", read_part)
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
    assert str(caught.value.problems[-1]) == (
        f"s.yaml:{MOST_PROBLEMS + 1}:1: from here on there are more problems than are told (mend the others first)"
    )
