"""What holds for every exercise that comes with Voice Guide, and for the page that explains the language."""

from __future__ import annotations

import dataclasses
import re

import pytest

from voice_guide.exercise import wording
from voice_guide.exercise.asks import KEYS
from voice_guide.exercise.check import MOST_WORDS, lint
from voice_guide.exercise.load import load
from voice_guide.exercise.program import unroll
from voice_guide.exercise.steps import AnswerKind, Line, Program, Question, Quiet, Role
from voice_guide.library import open_script, scripts
from voice_guide.share import share_folder

FROM_ABOVE = re.compile(r"\b(good|well done|great|perfect|i understand|should|must)\b", re.IGNORECASE)
STUMBLES = re.compile(r"[()\[\]/;*_\u2013\u2014\u2026&%\d]|\b[A-Z]{2,}\b|\be\.g|\bi\.e| - ")


def texts(program: Program) -> list[str]:
    """Everything that may be spoken."""
    found = []
    for step in program.steps:
        if isinstance(step, Line):
            found.append(step.text)
        if isinstance(step, Question):
            found += [step.text, step.again, step.help]
    return found


@pytest.mark.parametrize("name", scripts())
def test_a_shipped_script_has_no_problem_and_no_warning(name: str) -> None:
    """It loads, its sentences are short, it names whom it asks, it fits its minutes."""
    assert lint(open_script(name)) == ()


@pytest.mark.parametrize("name", scripts())
def test_every_question_has_other_words_and_a_way_out(name: str) -> None:
    """A second prompt, and a help that says one may pass."""
    for step in unroll(open_script(name), ("Ana", "Ben")).steps:
        if isinstance(step, Question):
            assert step.again not in ("", step.text), step.id
            assert step.help.endswith("You can also say pass."), step.id


@pytest.mark.parametrize("name", scripts())
def test_the_voice_speaks_neither_from_above_nor_in_signs(name: str) -> None:
    """No praise, no "should"; no dashes, brackets, digits, abbreviations, over which the voice stumbles."""
    program = unroll(open_script(name), ("Ana", "Ben"))
    for text in texts(program):
        assert not FROM_ABOVE.search(text), text
        assert not STUMBLES.search(text), text
        assert text == "" or text[-1] in ".?", text


@pytest.mark.parametrize("name", scripts())
def test_every_script_opens_and_closes_with_the_shared_parts(name: str) -> None:
    """The ground rules are always spoken; no exercise ends without a moment of quiet."""
    steps = unroll(open_script(name), ("Ana", "Ben")).steps
    assert steps[0].id == "opening/say-1"
    assert isinstance(steps[-1], Quiet)
    assert steps[-1].id.startswith("closing/")


def test_the_words_of_a_mirror_are_short() -> None:
    """They follow the rule that the linter holds for authors."""
    for words in (value for value in vars(wording).values() if isinstance(value, wording.Words)):
        for text in dataclasses.astuple(words):
            assert all(len(part.split()) <= MOST_WORDS for part in re.split(r"[.!?]", text))


def page() -> str:
    """The page for authors."""
    return (share_folder("scripts") / "README.md").read_text(encoding="utf-8")


def test_the_example_for_authors_works() -> None:
    """What is printed there loads without a warning, with the shared parts."""
    found = re.search(r"```yaml\n(.*?)```", page(), re.DOTALL)
    assert found is not None

    def part(name: str) -> str:
        return (share_folder("scripts") / f"{name}.yaml").read_text(encoding="utf-8")

    assert lint(load(found[1], "example.yaml", part)) == ()


def test_the_page_for_authors_names_every_key_and_value() -> None:
    """Keys of the head, kinds of steps, keys of an ask, answers, roles and names."""
    head = ("title", "summary", "minutes", "depth", "after: [", "steps")
    kinds = ('say: "', 'ask: "', "silence: ", "each: ", "mirror: ", "when: ", "include: ")
    values = [kind.value for kind in AnswerKind] + [role.value for role in Role]
    names = ("{speaker}", "{listener}", "{first}", "{second}", "no limit")
    missing = [word for word in (*head, *kinds, *KEYS[1:], *values, *names) if f"`{word}" not in page()]
    assert missing == []
