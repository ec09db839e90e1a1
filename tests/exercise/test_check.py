"""The linter: few warnings, all of them true."""

from __future__ import annotations

import pytest

from tests.english import lint, unroll
from tests.exercise.scripts_in_memory import HEAD, good
from voice_guide.exercise.check import seconds

LONG = "One " + "one " * 20 + "end."


def warnings(steps: str, minutes: int = 3) -> list[str]:
    """What the linter says about these steps."""
    return [str(one) for one in lint(good(HEAD.replace("minutes: 5", f"minutes: {minutes}") + steps))]


def test_a_sentence_that_is_too_long_to_hear_is_named() -> None:
    """Over 20 words, wherever it will be spoken; several short sentences are no problem."""
    short = "A few words. " * 9
    ask = f'- {{ask: "Short. {LONG}", of: both, answer: none, again: "{LONG}", help: "{short}"}}\n'
    told = (
        'warning: a sentence has 22 words: "One one one one one ..." (by ear, 20 are enough; make two of it)'
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


def test_one_partner_alone_is_not_asked_under_the_name_of_both() -> None:
    """What the other does not get, in a step that calls one of them; both named is fine."""
    steps = (
        '- {ask: "{first}, how are you?", of: both, answer: open}\n'
        '- {ask: "{first} and {second}?", of: both, answer: open}\n'
    )
    told = "warning: this asks {first} only, and the other partner gets nothing like it"
    hint = "(move it under - each: speaker, or name both)"
    assert warnings(steps, minutes=4) == [f"dir/s.yaml:6:3: {told} {hint}"]


def test_steps_that_no_answer_leads_to_are_named() -> None:
    """Two conditions that cannot both hold, however deep the second one stands."""
    steps = (
        "- {ask: a?, of: both, answer: yes-no, save: on}\n- when: {on: yes}\n  steps:\n    - include: parts/opening\n"
        "    - when: {on: no}\n      steps:\n        - say: b\n"
    )
    told = 'warning: these steps are never reached: "on" has another answer here'
    assert warnings(steps) == [f"dir/s.yaml:10:7: {told} (move them out of the when around them)"]


def test_a_sentence_in_which_nobody_can_come_in_is_named() -> None:
    """Few words, but long ones: ten seconds without a gap."""
    steps = f'- say: "{"Extraordinarily unhurried " * 9}breathing."\n'
    (told,) = warnings(steps)
    assert told.startswith("dir/s.yaml:6:3: warning: for 10 s nobody can come in: ")


def test_a_reason_answers_a_warning() -> None:
    """At the step itself, or at the head for the length; it has to say something."""
    steps = f'- say: "{LONG}"\n  because: It is a quotation.\n'
    assert warnings(steps) == []
    text = HEAD.replace("minutes: 5", "minutes: 60\nbecause: It is as long as they like.") + "- say: a\n"
    assert lint(good(text)) == ()


def test_a_reason_for_nothing_is_named() -> None:
    """It would hide the next warning."""
    steps = "- say: Short.\n  because: It was longer once.\n"
    assert warnings(steps) == ["dir/s.yaml:6:3: warning: this because answers no warning (remove it)"]
