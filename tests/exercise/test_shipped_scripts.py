"""What holds for every exercise that comes with Voice Guide, and for the page that explains the language."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.english import ENGLISH, aliases_of, choice, lint, unroll
from tests.session.sofa import Sofa
from voice_guide.exercise.asks import KEYS
from voice_guide.exercise.check import MOST_WORDS
from voice_guide.exercise.flat import Line, Program, Question, Quiet, Who
from voice_guide.exercise.load import HEADER, load
from voice_guide.exercise.reader import KINDS
from voice_guide.exercise.sentences import LIMIT, estimated_seconds, longest_seconds, sentences
from voice_guide.exercise.steps import AnswerKind, Role
from voice_guide.library import open_script, scripts
from voice_guide.session.notes import Offer
from voice_guide.share import share_folder

LIBRARY = {
    "first-taste": (5, 1),
    "eye-level": (12, 1),
    "together-and-equal": (10, 1),
    "vibrant": (15, 1),
    "say-it-back": (25, 1),
    "five-and-five": (20, 2),
    "what-im-afraid-of": (20, 2),
    "behind-the-image": (20, 2),
    "laying-down-one-shield": (15, 2),
    "i-truly-want": (10, 2),
    "no-blame-ask": (15, 2),
    "closer-than-habit": (20, 2),
    "naked-not-nude": (30, 3),
    "above-and-below": (15, 3),
}
"""Minutes and depth of each."""

FROM_ABOVE = re.compile(r"\b(good|well done|great|perfect|i understand|should|must)\b", re.IGNORECASE)
STUMBLES = re.compile(r"[()\[\]/;*_\u2013\u2014\u2026&%\d]|\b[A-Z]{2,}\b|\be\.g|\bi\.e| - ")


def texts(program: Program) -> list[str]:
    """Everything that may be spoken."""
    found = []
    for step in program.steps:
        if isinstance(step, Line):
            found.append(step.text)
        if isinstance(step, Question):
            found += [step.text, *step.again, step.help]
    return found


def test_the_library_is_complete() -> None:
    """Each exercise, as long and as deep as it is meant to be."""
    found = {name: open_script(name) for name in scripts()}
    assert {name: (it.minutes, it.depth) for name, it in found.items()} == LIBRARY


@pytest.mark.parametrize("name", scripts())
def test_deeper_ones_come_after_gentler_ones(name: str) -> None:
    """The open ones after Eye Level at least, the exposed ones after two or more; none after a deeper one."""
    exercise = open_script(name)
    before = [open_script(other) for other in exercise.after]
    assert len(before) >= exercise.depth - 1
    assert all(other.depth <= exercise.depth for other in before)
    assert exercise.depth == 1 or "eye-level" in exercise.after


@pytest.mark.parametrize("name", scripts())
@pytest.mark.parametrize("answer", ["Pass.", "No.", "Yes."])
def test_whoever_answers_the_same_to_all_comes_to_the_end(name: str, answer: str) -> None:
    """Through every way out, and without one: after the consents, the evening is led to its goodbye."""
    sofa = Sofa(unroll(open_script(name), ("Ana", "Ben")))
    for _ in range(4):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    sofa.answers_all(answer)
    assert sofa.all("finished")[-1]["reason"] == "completed"


@pytest.mark.parametrize("name", scripts())
def test_a_shipped_script_has_no_problem_and_no_warning(name: str) -> None:
    """It loads, its sentences are short, it names whom it asks, it fits its minutes."""
    assert lint(open_script(name)) == ()


@pytest.mark.parametrize("name", scripts())
def test_every_question_has_other_words_and_a_way_out(name: str) -> None:
    """A second prompt, and a help that says one may pass."""
    for step in unroll(open_script(name), ("Ana", "Ben")).steps:
        if isinstance(step, Question):
            assert step.again and step.text not in step.again, step.id
            assert len({*step.again}) == len(step.again), step.id
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


@pytest.mark.parametrize("name", scripts())
@pytest.mark.parametrize("partners", [("Jo", "Al"), ("Ana", "Ben"), ("Maximilian", "Anna-Katharina")])
def test_the_guide_can_be_interrupted_after_each_sentence(name: str, partners: tuple[str, str]) -> None:
    """No sentence, spoken as slowly as can be, takes longer than the guide may speak without a gap."""
    for text in texts(unroll(open_script(name), partners)):
        for sentence in sentences(text):
            assert longest_seconds(sentence) <= LIMIT, sentence


@pytest.mark.parametrize("name", scripts())
def test_both_partners_get_the_same(name: str) -> None:
    """With the names changed about, the second round is the first, word for word, in kind and in time."""
    steps = unroll(open_script(name), ("Ana", "Ben")).steps
    mirrored = unroll(open_script(name), ("Ben", "Ana")).steps
    other = {Who.FIRST: Who.SECOND, Who.SECOND: Who.FIRST, Who.BOTH: Who.BOTH}
    firsts = [step for step in steps if "@first" in step.id]
    seconds = [step for step in mirrored if "@second" in step.id]
    assert firsts
    assert [step.id.replace("@first", "@second") for step in firsts] == [step.id for step in seconds]
    for ours, theirs in zip(firsts, seconds, strict=True):
        if isinstance(ours, Question):
            assert isinstance(theirs, Question)
            assert (ours.text, ours.again, ours.help) == (theirs.text, theirs.again, theirs.help)
            assert (ours.answer, ours.seconds, ours.who) == (theirs.answer, theirs.seconds, other[theirs.who])
        elif isinstance(ours, Line):
            assert isinstance(theirs, Line)
            assert ours.text == theirs.text


@pytest.mark.parametrize(("name", "timed"), [("eye-level", 120), ("together-and-equal", 120)])
def test_each_has_a_turn_of_two_minutes(name: str, timed: float) -> None:
    """One for each partner, of equal length."""
    steps = unroll(open_script(name), ("Ana", "Ben")).steps
    turns = [step for step in steps if isinstance(step, Question) and step.answer is AnswerKind.TIMED]
    assert [(turn.who, turn.seconds) for turn in turns] == [(Who.FIRST, timed), (Who.SECOND, timed)]


@pytest.mark.parametrize(
    ("name", "timed"),
    [
        ("vibrant", [120, 120]),
        ("five-and-five", [300, 300]),
        ("what-im-afraid-of", [180]),
        ("behind-the-image", [120, 120]),
        ("laying-down-one-shield", [120]),
        ("say-it-back", [240]),
        ("above-and-below", [120, 120]),
        ("closer-than-habit", [180]),
    ],
)
def test_timed_turns_are_as_long_as_is_said(name: str, timed: list[float]) -> None:
    """For either partner, and in the words of the question."""
    steps = unroll(open_script(name), ("Ana", "Ben")).steps
    turns = [step for step in steps if isinstance(step, Question) and step.answer is AnswerKind.TIMED]
    for who in (Who.FIRST, Who.SECOND):
        assert [turn.seconds for turn in turns if turn.who is who] == timed
    words = {120: "two minutes", 180: "three minutes", 240: "four minutes", 300: "five minutes"}
    for turn in turns:
        assert words[int(turn.seconds or 0)] in turn.text


@pytest.mark.parametrize("name", ["first-taste", "eye-level", "together-and-equal", "above-and-below"])
def test_an_evening_lasts_about_as_long_as_it_says(name: str) -> None:
    """At the guide's pace, with full turns, 10 s for a short and 30 s for an open answer, 2 min of frame."""
    exercise = open_script(name)
    total = 120.0
    for step in unroll(exercise, ("Ana", "Ben")).steps:
        if isinstance(step, Quiet):
            total += step.seconds
        elif isinstance(step, Line):
            total += sum(map(estimated_seconds, sentences(step.text)))
        elif isinstance(step, Question):
            answer = {AnswerKind.SHORT: 10.0, AnswerKind.OPEN: 30.0}.get(step.answer, step.seconds)
            assert answer is not None
            total += 2 + sum(map(estimated_seconds, sentences(step.text))) + answer
    assert total / 60 == pytest.approx(exercise.minutes, abs=1.0)


def offers(*names: str) -> list[Offer]:
    """Exercises as the menu has them."""
    found = [(name, open_script(name)) for name in names]
    return [
        Offer(name=name, title=e.title, summary=e.summary, minutes=e.minutes, depth=e.depth)
        for name, e in found
    ]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Eye level, please.", "Eye Level"),
        ("The one at the same height.", "Eye Level"),
        ("Neither above nor below", None),
        ("The one with above and below.", "Eye Level"),
        ("I'd like to breathe.", "Eye Level"),
        ("Twelve minutes.", "Eye Level"),
        ("Together and equal.", "Together and Equal"),
        ("The one about stress.", "Together and Equal"),
        ("The weekly one.", "Together and Equal"),
        ("Ten minutes", "Together and Equal"),
        ("The one about what is equal.", "Together and Equal"),
        ("The same as last week.", None),
        ("Can you find us something?", None),
    ],
)
def test_the_gentle_ones_are_chosen_in_words_that_fit(said: str, title: str | None) -> None:
    """Their titles and summaries hold the words by which a couple means them, and none that mean nothing."""
    known = offers("eye-level", "together-and-equal", "what-im-afraid-of")
    titles = tuple(offer.title for offer in known)
    assert choice(said, titles, aliases=aliases_of(known, known[0])) == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The short one.", "First Taste"),
        ("Something light.", "Vibrant"),
        ("The weekly one.", "Together and Equal"),
        ("I'd like to breathe.", "Eye Level"),
        ("Say it back.", "Say It Back"),
        ("The one with the camera.", "Asking Without Blame"),
        ("The one about the shield.", "Laying Down One Shield"),
        ("The nine questions.", "Naked, Not Nude"),
        ("Above and below.", "Above and Below"),
        ("The ritual.", "Closer than Habit"),
        ("The four turns.", "Five and Five"),
        ("Behind the image, please.", "Behind the Image"),
        ("What I'm afraid of.", "What I'm afraid of"),
        ("I truly want.", "I Truly Want"),
    ],
)
def test_each_can_be_chosen_among_all(said: str, title: str) -> None:
    """By its title, or by a word that is its own."""
    known = offers(*scripts())
    assert choice(said, tuple(offer.title for offer in known), aliases=aliases_of(known, known[0])) == title


@pytest.mark.parametrize("gentle", [True, False])
@pytest.mark.parametrize(
    "said", ["No.", "No, thanks.", "Not tonight.", "None of these.", "Nothing.", "Another evening."]
)
def test_a_no_to_the_menu_names_no_exercise(said: str, gentle: bool) -> None:
    """No title and no summary holds a word with which one declines."""
    known = offers(*(name for name in scripts() if not gentle or LIBRARY[name][1] == 1))
    titles = tuple(offer.title for offer in known)
    assert choice(said, titles, aliases=aliases_of(known, known[0])) is None


def test_the_words_of_a_mirror_are_short() -> None:
    """They follow the rule that the linter holds for authors."""
    for words in ENGLISH.asks.values():
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
    head = [key for key in HEADER if key != "after"] + ["after: ["]
    kinds = [f"{kind}: " for kind in KINDS]
    values = [kind.value for kind in AnswerKind] + [role.value for role in Role]
    names = ("{speaker}", "{listener}", "{first}", "{second}", "no limit")
    missing = [word for word in (*head, *kinds, *KEYS[1:], *values, *names) if f"`{word}" not in page()]
    assert missing == []
