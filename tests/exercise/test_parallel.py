"""A translation beside its original: what differs in more than words is named with its place."""

from __future__ import annotations

import pytest

from tests.exercise.scripts_in_memory import good
from voice_guide.exercise.parallel import differences

ORIGINAL = """\
title: A walk
summary: Each tells something.
minutes: 10
depth: 1
steps:
  - each: speaker
    steps:
      - ask: "{speaker}, what did you see?"
        of: speaker
        answer: timed
        minutes: 2
        again: "{speaker}, what else?"
      - ask: "{speaker}, tea or coffee?"
        id: drink
        of: speaker
        answer: choice
        choices: [tea, coffee]
        save: drink
      - when: {drink: tea}
        steps:
          - silence: 20s
"""
TRANSLATED = (
    ORIGINAL.replace("A walk", "Un paseo")
    .replace("depth: 1", "depth: 1\nlanguage: es")
    .replace("what did you see", "qué viste")
    .replace("what else", "qué más")
    .replace("tea or coffee", "té o café")
    .replace("[tea, coffee]", "[té, café]")
    .replace("drink: tea", "drink: té")
)


def compared(old: str = "", new: str = "") -> list[str]:
    """The differences after a change to the translation."""
    assert old in TRANSLATED
    return [str(problem) for problem in differences(good(ORIGINAL), good(TRANSLATED.replace(old, new, 1)))]


def test_other_words_are_no_difference() -> None:
    """Title, texts, choices, and the choice that a `when` waits for."""
    assert differences(good(ORIGINAL), good(TRANSLATED)) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("minutes: 10", "minutes: 12", 1, ("minutes", "10")),
        ("        minutes: 2\n", "        minutes: 3\n", 9, ("minutes", "120.0 s")),
        ("of: speaker\n        answer: choice", "of: listener\n        answer: choice", 14, ("of", "speaker")),
        ('        again: "{speaker}, qué más?"\n', "", 9, ("again", "1")),
        ("id: drink", "id: cup", 14, ("id", "drink")),
        ("[té, café]", "[té, café, agua]", 14, ("choices", "2")),
        ("silence: 20s", "silence: 30s", 22, ("silence", "20.0 s")),
    ],
)  # fmt: skip
def test_what_differs_is_named_with_its_place(old: str, new: str, line: int, what: tuple[str, str]) -> None:
    """One line for each, at the step of the translation."""
    name, there = what
    message = f'"{name}" is not what it is in the original (there it is {there})'
    assert compared(old, new) == [f"dir/s.yaml:{line}:{_column(line)}: {message}"]


def _column(line: int) -> int:
    return 1 if line == 1 else 13 if line == 22 else 9


def test_steps_in_another_order_are_told_once() -> None:
    """Whatever follows stands at another place, too; one line is enough."""
    moved = "          - silence: 20s\n"
    found = compared(moved, '          - say: "Un momento."\n')
    assert len(found) == 1
    assert "this is say, where the original has silence" in found[0]


def test_a_step_too_many_or_too_few() -> None:
    """It is counted where it stands."""
    more = compared("          - silence: 20s\n", "          - silence: 20s\n          - silence: 20s\n")
    assert len(more) == 1
    assert "there are 2 steps, where the original has 1" in more[0]
