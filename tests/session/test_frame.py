"""The frame around every program: nothing can be asked before consent or kept without both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.english import lines
from tests.session.sofa import Line, program, question
from voice_guide.exercise.flat import FlatStep, Purpose, Question, Skip, Who
from voice_guide.exercise.labels import RESERVED
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session.frame import asides, framed, spoken_texts

OWN: tuple[FlatStep, ...] = (
    question("yes", AnswerKind.YES_NO, save="yes", help="Any word will do."),
    Skip(id="skip", key="yes", equals=True, target=3),
    question("why", again=("Once more, why?",)),
    Line(id="end", text="That was it."),
)
BEFORE = ["welcome", "rights", "consent/first", "consent/second", "write/first", "write/second"]
AFTER = [
    "landing", "landing/breath", "landing/first", "landing/second", "keep/first", "keep/second", "goodbye",
]  # fmt: skip


@pytest.mark.parametrize("protected", [True, False])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_order_of_the_evening(protected: bool, depth: int) -> None:
    """Consents, the exercise, landing, keeping: whatever the exercise is."""
    evening = framed(program(*OWN, depth=depth), protected=protected)
    assert [step.id for step in evening.steps] == [*BEFORE, "yes", "skip", "why", "end", *AFTER]
    assert (evening.name, evening.partners, evening.depth) == ("test", ("Ana", "Ben"), depth)


def test_voices_are_learnt_with_their_owners_knowledge() -> None:
    """It is said to both before the first of them speaks, and not said where nothing can be learnt."""
    evening = framed(program(*OWN), protected=True, voices=True)
    assert [step.id for step in evening.steps][:4] == ["welcome", "rights", "voices", "consent/first"]
    assert "I forget it when we finish." in lines.LEARN_VOICES
    assert lines.LEARN_VOICES not in spoken_texts(framed(program(*OWN), protected=True))


def test_an_empty_exercise_is_framed_as_well() -> None:
    """Its two consents and its two decisions are there."""
    assert [step.id for step in framed(program(), protected=True).steps] == [*BEFORE, *AFTER]


def test_jumps_land_where_they_did() -> None:
    """A skip is moved with the steps that it skips."""
    evening = framed(program(*OWN), protected=True)
    (skip,) = [step for step in evening.steps if isinstance(step, Skip)]
    assert evening.steps[skip.target].id == "end"


def test_no_script_can_use_the_ids_of_the_frame() -> None:
    """Else an answers file or a record would mean two steps by one id."""
    unkept = {step.id for step in framed(program(*OWN), protected=None, voices=True).steps} - {
        step.id for step in OWN
    }
    assert {id.partition("/")[0] for id in (*BEFORE, *AFTER, *unkept)} == RESERVED


def test_acts_are_asked_of_each_by_name() -> None:
    """Two questions for each act: one for each partner, yes or no."""
    evening = framed(program(*OWN), protected=True)
    for purpose in (Purpose.CONSENT, Purpose.WRITE, Purpose.KEEP):
        asked = [step for step in evening.steps if isinstance(step, Question) and step.purpose is purpose]
        assert [(step.who, step.answer) for step in asked] == [
            (Who.FIRST, AnswerKind.YES_NO),
            (Who.SECOND, AnswerKind.YES_NO),
        ]
        for step, name in zip(asked, ("Ana", "Ben"), strict=True):
            assert step.text.startswith(f"{name}, ")
            assert step.again[0].startswith(f"{name}, ")
            assert step.help


def test_the_title_and_the_minutes_are_said_at_once() -> None:
    """What it is and how long it takes, before anybody is asked."""
    (welcome, *_) = spoken_texts(framed(program(), protected=True))
    assert welcome.startswith(
        "Hello Ana, hello Ben. Tonight's exercise is called Test. It takes about 5 minutes."
    )


@pytest.mark.parametrize(("depth", "warned"), [(1, False), (2, True), (3, True)])
def test_deep_exercises_say_so(depth: int, warned: bool) -> None:
    """Before the consent, so that it means something."""
    said = spoken_texts(framed(program(depth=depth), protected=True))
    assert (lines.WELCOME_DEEP in said[0]) is warned


@pytest.mark.parametrize("protected", [True, False])
def test_who_is_asked_to_write_hears_what_protects_the_words(protected: bool) -> None:
    """Without a passphrase the question says so, once."""
    said = " ".join(spoken_texts(framed(program(), protected=protected)))
    assert said.count(lines.WRITE_UNPROTECTED) == (0 if protected else 1)


def test_all_that_can_be_said_is_known_beforehand() -> None:
    """So that it can be rendered ahead: no text is left with a brace in it, and none comes twice."""
    evening = framed(program(*OWN), protected=False)
    said, aside = spoken_texts(evening), asides(evening)
    assert "That was it." in said
    assert lines.KEPT in said
    assert {"Any word will do.", "Once more, why?", lines.PAUSED, lines.CONSENT_HELP} <= set(aside)
    for texts in (said, aside):
        assert len(texts) == len(set(texts))
        assert not [text for text in texts if "{" in text and text != lines.MISSED_CHOICE]


@pytest.mark.parametrize("name", ["{second}", "{name}", "Ana{", "O'Neil", "Zo\u00eb"])
def test_names_are_taken_as_they_are(name: str) -> None:
    """A name is no template."""
    evening = framed(replace(program(), partners=(name, "Ben")), protected=True)
    asked = [step for step in evening.steps if isinstance(step, Question) and step.who is Who.FIRST]
    assert len(asked) == 4
    assert all(step.text.startswith(f"{name}, ") for step in asked)
