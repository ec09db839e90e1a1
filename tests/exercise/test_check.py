"""The linter: few warnings, all of them true."""

from __future__ import annotations

import pytest

from tests.exercise.scripts_in_memory import HEAD, good
from voice_guide.exercise.check import lint, seconds
from voice_guide.exercise.program import unroll

LONG = "one " * 21 + "end."


def warnings(steps: str, minutes: int = 3) -> list[str]:
    """What the linter says about these steps."""
    return [str(one) for one in lint(good(HEAD.replace("minutes: 5", f"minutes: {minutes}") + steps))]


def test_a_sentence_that_is_too_long_to_hear_is_named() -> None:
    """Over 20 words, wherever it will be spoken; several short sentences are no problem."""
    short = "A few words. " * 9
    ask = f'- {{ask: "Short. {LONG}", of: both, answer: none, again: "{LONG}", help: "{short}"}}\n'
    told = (
        'warning: a sentence has 22 words: "one one one one one ..." (by ear, 20 are enough; make two of it)'
    )
    assert warnings(ask) == [f"dir/s.yaml:6:3: {told}"] * 2


def test_an_ask_that_does_not_name_whom_it_asks_is_named() -> None:
    """The guide says whose turn it is; an ask of both needs no name."""
    steps = (
        '- each: speaker\n  steps:\n    - {ask: "{listener}, what?", of: speaker, answer: none}\n'
        '    - {ask: "{speaker}, what?", of: speaker, answer: none}\n'
        "- {ask: And now?, of: both, answer: none}\n"
    )
    told = "warning: this asks the speaker, but does not say the name (put {speaker} into the text)"
    assert warnings(steps) == [f"dir/s.yaml:8:7: {told}"]


@pytest.mark.parametrize(("minutes", "told"), [(4, True), (8, False), (15, False), (20, True)])
def test_minutes_that_the_steps_cannot_fit_are_named(minutes: int, told: bool) -> None:
    """Two timed turns of 4 min, with the guide's own 2 min: ten minutes, within half as much again."""
    steps = '- each: speaker\n  steps:\n    - {ask: "{speaker}.", of: speaker, answer: timed, minutes: 4}\n'
    expected = (
        f"dir/s.yaml:1:1: warning: it says minutes: {minutes}, but may last about 10 "
        "(change the minutes, or the steps)"
    )
    assert warnings(steps, minutes) == ([expected] if told else [])


def test_the_length_counts_a_mirror_in_which_nothing_is_missing() -> None:
    """The second round of a mirror is the exception: one say-back, one yes or no."""
    ask = '    - {ask: "{speaker}?", of: speaker, answer: open}\n'
    each = "- each: speaker\n  steps:\n" + ask
    without = seconds(unroll(good(HEAD + each), ("Ana", "Ben")).steps)
    mirrored = seconds(unroll(good(HEAD + each + "    - mirror: {of: listener}\n"), ("Ana", "Ben")).steps)
    assert 2 * (60 + 5) < mirrored - without < 2 * (60 + 5 + 30)
