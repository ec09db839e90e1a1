"""The loader: what a good script becomes, and what a bad one is told."""

from __future__ import annotations

import pytest

from tests.exercise.scripts_in_memory import GOOD, HEAD, good, problems
from voice_guide.exercise.steps import (
    AnswerKind,
    Ask,
    Each,
    Include,
    Mirror,
    Position,
    Role,
    Say,
    Silence,
    When,
)


def test_a_good_script_becomes_typed_steps() -> None:
    """Every kind of step arrives with its values in their types and its place in the file."""
    exercise = good(GOOD)
    include, scale, tired, each, shall, go_on = exercise.steps
    assert (exercise.name, exercise.minutes, exercise.depth, exercise.after) == ("s", 20, 2, ("eye-level",))
    assert isinstance(include, Include)
    assert isinstance(include.steps[0], Say)
    assert include.steps[0].at == Position("parts/opening.yaml", 2, 5)
    assert isinstance(scale, Ask)
    assert (scale.low, scale.high, scale.save, scale.of) == (1, 10, "awake", Role.BOTH)
    assert isinstance(tired, When)
    assert (tired.key, tired.equals) == ("awake", 1)
    assert isinstance(each, Each)
    assert each.id == "fear"
    guess, tell, mirror, cup, when = each.steps
    assert isinstance(guess, Ask)
    assert (guess.answer, guess.again, guess.help) == (
        AnswerKind.SHORT,
        ("{listener}, guess.",),
        "You can say pass.",
    )
    assert isinstance(tell, Ask)
    assert (tell.text, tell.seconds) == ("{speaker}, take three minutes to tell it.", 90.0)
    assert isinstance(mirror, Mirror)
    assert mirror.of is Role.LISTENER
    assert isinstance(cup, Ask)
    assert cup.choices == ("tea", "no")
    assert isinstance(when, When)
    assert when.equals == "no"
    assert isinstance(when.steps[0], Silence)
    assert when.steps[0].seconds == 90.0
    assert isinstance(shall, Ask)
    assert isinstance(go_on, When)
    assert go_on.equals is True
    assert isinstance(go_on.steps[0], Ask)
    assert go_on.steps[0].seconds is None


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    """Four mistakes of a file and one of its part: five problems, the file's own first."""
    text = HEAD.replace("depth: 1", "depth: 7") + "- include: parts/bad\n- say: ''\n- silence: 1h\n- sai: x\n"
    places = [line.split(": ")[0] for line in problems(text)]
    assert places == ["s.yaml:4:8", "s.yaml:7:3", "s.yaml:8:12", "s.yaml:9:3", "parts/bad.yaml:2:5"]


def test_a_part_that_is_included_twice_complains_once() -> None:
    """The same mistake at the same place is one problem."""
    assert len(problems(HEAD + "- include: parts/bad\n- include: parts/bad\n")) == 1


def test_a_broken_ask_is_not_blamed_on_the_mirror_and_when_that_need_it() -> None:
    """One cause, one problem."""
    steps = (
        "- each: speaker\n  steps:\n"
        "    - {ask: a, of: speaker, answer: opne}\n    - mirror: {of: listener}\n"
        "    - {ask: b, of: speekar, answer: yes-no, save: on}\n    - {when: {on: yes}, steps: [say: c]}\n"
    )
    assert [line.split(": ")[0] for line in problems(HEAD + steps)] == ["s.yaml:8:37", "s.yaml:10:20"]


def test_yaml_words_for_true_and_false_stay_words() -> None:
    """`yes`, `no`, `on` and `off` mean what they say, in choices, texts and comparisons."""
    steps = (
        "- {ask: a, of: both, answer: choice, choices: [on, off], save: it}\n"
        "- {when: {it: off}, steps: [say: no]}\n"
        "- {ask: b, of: both, answer: yes-no, save: go}\n- {when: {go: no}, steps: [say: yes]}\n"
    )
    ask, off, _, stay = good(HEAD + steps).steps
    assert isinstance(ask, Ask)
    assert ask.choices == ("on", "off")
    assert isinstance(off, When)
    assert off.equals == "off"
    assert isinstance(off.steps[0], Say)
    assert off.steps[0].text == "no"
    assert isinstance(stay, When)
    assert stay.equals is False


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20s", 20),
        ("20 s", 20),
        ("90 seconds", 90),
        ("2 min", 120),
        ("2m", 120),
        ("1m30s", 90),
        ("1 min 30 s", 90),
    ],
)
def test_lengths_of_time_may_be_written_as_people_write_them(text: str, seconds: float) -> None:
    """Minutes, seconds, or both."""
    (step,) = good(HEAD + f"- silence: {text}\n").steps
    assert isinstance(step, Silence)
    assert step.seconds == seconds


def test_a_part_with_an_id_may_be_included_twice() -> None:
    """Ids are the file's own: the path in front of them keeps them apart."""
    text = HEAD + "- each: speaker\n  steps:\n    - include: parts/telling\n    - include: parts/telling\n"
    assert len(good(text).steps) == 1


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    """Editors on Windows write both."""
    assert good("\ufeff" + GOOD.replace("\n", "\r\n")).title == "What I'm afraid of"
