"""Unrolling, by example: the mirror, rounds, names and ids."""

from __future__ import annotations

import pytest

from tests.english import unroll
from tests.exercise.scripts_in_memory import HEAD, good
from voice_guide.exercise.flat import Line, Program, Purpose, Question, Quiet, Skip, Who
from voice_guide.exercise.labels import RESERVED
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session.frame import framed

PARTNERS = ("Ana", "Ben")


def test_the_ids_of_the_machine_are_kept_free() -> None:
    """What the machine puts around a program never meets a step of the program."""
    program = unroll(good(HEAD + "- say: a\n"), PARTNERS)
    own = [step.id for step in framed(program, protected=False).steps if step not in program.steps]
    assert {id.split("/")[0] for id in own} <= RESERVED


MIRRORED = """\
- each: speaker
  id: fear
  steps:
    - {ask: "{listener}, guess {speaker}.", of: listener, answer: short}
    - {ask: "{speaker}, tell.", of: speaker, answer: timed, minutes: 3}
    - {ask: "{speaker}, how many?", of: speaker, answer: number}
    - {ask: "{speaker}, more.", of: speaker, answer: open, id: more}
    - mirror: {of: listener}
    - {ask: "{speaker}, last.", of: speaker, answer: short}
    - mirror: {of: listener}
    - mirror: {of: speaker}
"""


def question(program: Program, id: str) -> Question:
    """The question of that id."""
    (found,) = [step for step in program.steps if step.id == id]
    assert isinstance(found, Question)
    return found


def test_a_mirror_is_said_back_asked_about_and_added_to_twice() -> None:
    """Eight steps: who says what, what kind of answer ends it, where the skips lead."""
    program = unroll(good(HEAD + MIRRORED), PARTNERS)
    prefix = "fear@first/mirror-1/"
    start = [step.id for step in program.steps].index(prefix + "say-back")
    steps = program.steps[start : start + 8]
    assert [step.id.removeprefix(prefix) for step in steps] == [
        "say-back",
        "missing",
        "go-on",
        "add",
        "say-back-2",
        "missing-2",
        "go-on-2",
        "add-2",
    ]
    ben, ana = Who.SECOND, Who.FIRST
    asked = [(step.who, step.answer) for step in steps if isinstance(step, Question)]
    opened, yes_no = AnswerKind.OPEN, AnswerKind.YES_NO
    assert asked == [(ben, opened), (ana, yes_no), (ana, opened), (ben, opened), (ana, yes_no), (ana, opened)]
    end = start + 8
    assert steps[2] == Skip(id=prefix + "go-on", key=prefix + "missing", equals=True, target=end)
    assert steps[6] == Skip(id=prefix + "go-on-2", key=prefix + "missing-2", equals=True, target=end)
    missing = question(program, prefix + "missing")
    assert (missing.purpose, missing.save) == (Purpose.MISSING, missing.id)
    assert question(program, prefix + "say-back").text.startswith("Ben, please tell Ana what you heard")


def test_a_mirror_says_back_what_was_told_since_the_last_one() -> None:
    """Short, open and timed answers of the other partner; a strike of one of them takes its mirror along."""
    program = unroll(good(HEAD + MIRRORED), PARTNERS)
    for turn in ("fear@first/", "fear@second/"):
        told = {
            label: tuple(id.removeprefix(turn) for id in question(program, turn + label).mirrors)
            for label in (
                "mirror-1/say-back",
                "mirror-1/say-back-2",
                "mirror-2/say-back",
                "mirror-3/say-back",
            )
        }
        assert told == {
            "mirror-1/say-back": ("ask-2", "more"),
            "mirror-1/say-back-2": ("mirror-1/add",),
            "mirror-2/say-back": ("ask-5",),
            "mirror-3/say-back": ("ask-1",),
        }


def test_the_speaker_of_the_first_round_is_the_one_who_begins() -> None:
    """{speaker} and {listener} change places between the rounds, {first} and {second} never do."""
    text = HEAD + '- each: speaker\n  steps:\n    - say: "{speaker}, {listener}, {first}, {second}"\n'
    assert unroll(good(text), PARTNERS).steps == (
        Line(id="each-1@first/say-1", text="Ana, Ben, Ana, Ben"),
        Line(id="each-1@second/say-1", text="Ben, Ana, Ana, Ben"),
    )


def test_each_round_compares_its_own_answers_and_sees_those_from_outside() -> None:
    """A name saved in a round carries the round; one saved before `each` is the same in both."""
    text = HEAD + (
        "- {ask: a, of: both, answer: yes-no, save: on}\n"
        "- each: speaker\n  steps:\n"
        '    - {ask: "{speaker}?", of: speaker, answer: yes-no, save: go}\n'
        "    - {when: {go: no}, steps: [{silence: 9s}, {when: {on: yes}, steps: [say: b]}]}\n"
    )
    steps = unroll(good(text), PARTNERS).steps
    assert [step for step in steps if isinstance(step, Skip)] == [
        Skip(id="each-1@first/when-1", key="go@first", equals=False, target=6),
        Skip(id="each-1@first/when-1/when-1", key="on", equals=True, target=6),
        Skip(id="each-1@second/when-1", key="go@second", equals=False, target=11),
        Skip(id="each-1@second/when-1/when-1", key="on", equals=True, target=11),
    ]
    assert steps[3] == Quiet(id="each-1@first/when-1/silence-1", seconds=9)
    assert len(steps) == 11


def test_naming_a_step_leaves_the_ids_of_the_others_alone() -> None:
    """An author who adds an id does not break what refers to the steps after it."""
    plain = unroll(good(HEAD + "- say: a\n- say: b\n- include: parts/opening\n"), PARTNERS)
    named = unroll(good(HEAD + "- {say: a, id: x}\n- say: b\n- include: parts/opening\n"), PARTNERS)
    assert [step.id for step in plain.steps] == ["say-1", "say-2", "opening/say-1"]
    assert [step.id for step in named.steps] == ["x", "say-2", "opening/say-1"]


def test_a_part_included_twice_is_counted() -> None:
    """The second one gets a number, and its steps stay apart from those of the first."""
    program = unroll(good(HEAD + "- include: parts/opening\n- include: parts/opening\n"), PARTNERS)
    assert [step.id for step in program.steps] == ["opening/say-1", "opening-2/say-1"]


@pytest.mark.parametrize("name", ["{listener}", "{", "A{first}"])
def test_a_name_is_put_in_as_it_is(name: str) -> None:
    """Names come from the settings, not from the author: braces in them mean nothing."""
    text = HEAD + '- each: speaker\n  steps:\n    - say: "{speaker} and {listener}"\n'
    assert unroll(good(text), (name, "Ben")).steps[0] == Line(id="each-1@first/say-1", text=f"{name} and Ben")
