"""What a script can ask of the machine beyond a question: fresh consent, ways to choose, words said again, a manner."""

from __future__ import annotations

import pytest

from tests.english import lines, unroll
from tests.exercise.scripts_in_memory import good
from tests.session.sofa import Sofa, consented
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.turn_end import Manners

HEAD = "title: T\nsummary: S\nminutes: 5\ndepth: 3\n"
DEEP = """\
steps:
  - say: Before.
  - id: deep
    depth: 2
    steps:
      - id: fear
        ask: What are you afraid of?
        of: both
        answer: open
  - id: after
    ask: And now?
    of: both
    answer: open
"""
WAYS = """\
steps:
  - id: way
    choose: Tea, or green coffee?
    of: both
    between:
      tea:
        - {id: leaf, ask: Which leaf?, of: both, answer: open}
      green coffee:
        - {id: bean, ask: Which bean?, of: both, answer: open}
  - {id: after, ask: And now?, of: both, answer: open}
"""
WORD = """\
steps:
  - each: speaker
    id: round
    steps:
      - {id: mood, ask: "{speaker}, one word?", of: speaker, answer: short, save: mood}
      - {id: tell, ask: "{speaker}, tell more.", of: speaker, answer: open}
      - id: echo
        recall: mood
        say: "{speaker}, you said: {mood}. Let that stand."
  - {id: after, ask: And now?, of: both, answer: open}
"""


def evening(steps: str, manners: Manners | None = None, head: str = HEAD) -> Sofa:
    """An evening with this script, at its first own step."""
    program = unroll(good(head + steps), ("Ana", "Ben"))
    return consented(*program.steps, depth=program.depth, manners=manners)


# --- deeper


def test_both_are_asked_before_it_goes_deeper() -> None:
    """By name, one after the other; two yeses go on."""
    sofa = evening(DEEP)
    for name in ("Ana", "Ben"):
        sofa.until("listening", who=name, answer="yes-no")
        sofa.says("Yes.")
    assert sofa.until("step", id="deep/fear")


@pytest.mark.parametrize(
    "answers", [("No.",), ("Yes.", "Not tonight."), ("I don't know.", "Hm."), ("Pass.",)]
)
def test_without_two_yeses_that_part_is_left_out(answers: tuple[str, ...]) -> None:
    """Kindly, and alike for all: the rest of the evening goes on, and nothing tells who would not."""
    sofa = evening(DEEP)
    for answer in answers:
        sofa.until("listening", answer="yes-no")
        sofa.says(answer)
    sofa.until("prompt", text=lines.NOT_DEEPER)
    assert sofa.until("step", id="after")
    assert "deep/fear" not in [step["id"] for step in sofa.all("step")]
    assert sofa.lines() == []


def test_whoever_went_deeper_does_not_hear_that_it_was_left_out() -> None:
    """The line for the others is passed over."""
    sofa = evening(DEEP)
    for answer in ("Yes.", "Yes.", "Of the dark."):
        sofa.until("listening")
        sofa.says(answer)
    sofa.until("step", id="after")
    assert lines.NOT_DEEPER not in sofa.prompts()


@pytest.mark.parametrize("words", ["Only if he wants to.", "I have to say yes."])
def test_a_yes_to_depth_has_to_be_free(words: str) -> None:
    """As one to the evening has."""
    sofa = evening(DEEP)
    sofa.until("listening", answer="yes-no")
    sofa.says(words)
    sofa.until("prompt", text=lines.MISSED_YES_NO)
    sofa.until("listening", answer="yes-no")
    sofa.says(words)
    assert sofa.until("step", id="after")


def test_the_way_back_out_of_the_depth() -> None:
    """ "Go back" from its first question leads before it, and both are asked again."""
    sofa = evening(
        DEEP.replace("  - say: Before.\n", "  - {id: first, ask: How are you?, of: both, answer: open}\n")
    )
    sofa.until("listening", answer="open")
    sofa.says("Well.")
    for _ in range(2):
        sofa.until("listening", answer="yes-no")
        sofa.says("Yes.")
    sofa.until("step", id="deep/fear")
    sofa.until("listening", answer="open")
    sofa.press(Command.GO_BACK)
    assert sofa.until("step")["id"] == "first"


# --- choose


@pytest.mark.parametrize(
    ("said", "steps"),
    [("Tea.", ["way/1/leaf", "after"]), ("The second one.", ["way/2/bean", "after"]),
     ("Coffee.", ["way/2/bean", "after"])],
)  # fmt: skip
def test_one_way_is_taken(said: str, steps: list[str]) -> None:
    """By its name, a part of it, or its place; then all ways lead on together."""
    sofa = evening(WAYS)
    sofa.until("listening", answer="choice")
    sofa.says(said)
    sofa.until("listening", answer="open")
    sofa.says("This one.")
    sofa.until("step", id="after")
    assert [
        step["id"] for step in sofa.all("step") if step["id"] in ("way/1/leaf", "way/2/bean", "after")
    ] == steps


def test_whoever_chooses_nothing_goes_on() -> None:
    """Passed, or not understood twice."""
    sofa = evening(WAYS)
    sofa.until("listening", answer="choice")
    sofa.says("Pass.")
    assert sofa.until("step")["id"] == "after"


# --- recall


def recalled(*answers: str, before: Command | None = None) -> Sofa:
    """Ana says these, and perhaps a key is pressed before she is asked; then the round of Ben has begun."""
    sofa = evening(WORD)
    for number, answer in enumerate(answers):
        sofa.until("listening")
        if number == 2 and before is not None:
            sofa.press(before)
            sofa.until("listening")
        sofa.says(answer)
    sofa.until("step", id="round@second/mood")
    return sofa


def test_a_short_answer_is_said_again_with_its_speakers_yes() -> None:
    """In the guide's own sentence, rendered in memory only."""
    sofa = recalled("Warm.", "It was a long day.", "Yes.")
    assert "Ana, you said: Warm. Let that stand." in sofa.prompts()
    (quoting,) = [speak for speak in sofa.done(fx.Speak) if speak.quotes]
    assert "Warm" in " ".join(quoting.sentences)
    assert "Warm" not in repr(quoting)
    assert "Warm" not in repr(sofa.session)


@pytest.mark.parametrize("answer", ["No.", "Pass.", "Rather not."])
def test_without_that_yes_it_is_not(answer: str) -> None:
    """Whoever passed a word does not have to hear it again."""
    sofa = recalled("Warm.", "It was a long day.", answer)
    assert not any("Warm" in prompt for prompt in sofa.prompts())


def test_what_was_not_said_is_not_asked_about() -> None:
    """A question that was passed left nothing to recall."""
    sofa = recalled("Pass.", "It was a long day.")
    assert not any("may I say aloud" in prompt for prompt in sofa.prompts())


def test_what_was_struck_is_not_said_again() -> None:
    """Not even asked for."""
    sofa = evening(WORD)
    sofa.until("listening")
    sofa.says("Warm.")
    sofa.until("step", id="round@first/tell")
    sofa.until("listening")
    sofa.press(Command.STRIKE)
    sofa.until("listening")
    sofa.says("It was a long day.")
    sofa.until("step", id="round@second/mood")
    assert not any("Warm" in prompt or "may I say aloud" in prompt for prompt in sofa.prompts())


# --- manner


@pytest.mark.parametrize(
    ("where", "waited"),
    [("manner: {ends: 9s}\nsteps:\n  - {", 9.0), ("steps:\n  - {manner: {ends: 4s}, ", 4.0)],
)
def test_a_script_says_how_long_silence_lasts_before_it_ends_an_answer(where: str, waited: float) -> None:
    """For the whole file or for a step; each partner's patience multiplies it."""
    for patience in (1.0, 2.0):
        steps = f"{where}id: one, ask: Well?, of: both, answer: open}}\n"
        sofa = evening(steps, Manners(patience=(patience, patience)))
        sofa.until("listening", answer="open")
        ended = sofa.says("It was dark.")
        assert sofa.until("turn_ended")["at"] - ended == pytest.approx(waited * patience, abs=0.4)


def test_a_step_may_say_otherwise_than_its_file() -> None:
    """The nearest counts: file, block, step."""
    steps = (
        "manner: {nudge: 90s, pace: slow}\nsteps:\n  - each: speaker\n    manner: {pace: brisk}\n    steps:\n"
        '      - {id: a, ask: "{speaker}?", of: speaker, answer: open, manner: {nudge: 30s}}\n'
        "  - {id: b, ask: And?, of: both, answer: open}\n"
    )
    program = unroll(good(HEAD + steps), ("Ana", "Ben"))
    found = {step.id: getattr(step, "manner", None) for step in program.steps}
    inner, outer = found["each-1@first/a"], found["b"]
    assert inner is not None and outer is not None
    assert (inner.pace, inner.nudge) == (1.12, 30.0)
    assert (outer.pace, outer.nudge) == (0.88, 90.0)


def test_a_pause_before_words_is_kept() -> None:
    """Also after an answer, where the guide would go on at once."""
    sofa = evening(
        "steps:\n  - {ask: Well?, of: both, answer: short}\n  - {say: So it is., manner: {pause: 5s}}\n"
    )
    sofa.until("listening", answer="short")
    sofa.says("It was dark.")
    ended = sofa.until("turn_ended")["at"]
    assert sofa.until("prompt", text="So it is.")["at"] - ended >= 5.0


def test_other_words_come_in_their_order() -> None:
    """The second asking, the third, and from then on the third."""
    sofa = evening("steps:\n  - {id: one, ask: What?, of: both, answer: open, again: [Which?, Who?]}\n")
    asked = []
    for nudged in range(3):
        if nudged:
            sofa.until("no_input")
        sofa.until("listening", answer="open")
        sofa.press(Command.REPEAT)
        asked.append(sofa.until("prompt")["text"])
    assert asked == ["What?", "Which?", "Who?"]


def test_a_part_is_given_its_texts() -> None:
    """In the includer's words, with names of people in them."""
    steps = 'steps:\n  - include: parts/about\n    with: {topic: "{second}\'s day"}\n'
    program = unroll(good(HEAD + steps), ("Ana", "Ben"))
    assert [step.text for step in program.steps if hasattr(step, "text")] == ["Now about Ben's day, Ana."]


# --- mirror

MIRROR = """\
steps:
  - each: speaker
    id: round
    steps:
      - {id: tell, ask: "{speaker}, tell it.", of: speaker, answer: open}
      - {id: more, ask: "{speaker}, and more?", of: speaker, answer: short}
      - {id: back, mirror: {of: listener}}
  - {id: after, ask: And now?, of: both, answer: open}
"""


@pytest.mark.parametrize(
    ("answers", "asked"),
    [(("Rain.", "Much."), True), (("Pass.", "Much."), True), (("Rain.", "Pass."), True), (("Pass.", "Pass."), False)],
)  # fmt: skip
def test_nobody_is_asked_to_say_back_what_was_passed(answers: tuple[str, ...], asked: bool) -> None:
    """One answer is enough for a mirror; without any, it is left out, and nothing is made of it."""
    sofa = evening(MIRROR)
    for answer in answers:
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    step = sofa.until("step")["id"]
    while not (step.startswith("round@second") or "say-back" in step):
        step = sofa.until("step")["id"]
    assert ("say-back" in step) is asked


def test_of_an_exercise_without_a_record_nothing_is_asked_or_written() -> None:
    """Two consents and no more, a word that nothing is written down, and no question about keeping."""
    head = HEAD.replace("depth: 3\n", "depth: 3\nrecord: no\n")
    program = unroll(
        good(head + "steps:\n  - {id: one, ask: Well?, of: both, answer: open}\n"), ("Ana", "Ben")
    )
    sofa = Sofa(program)
    sofa.answers_all("Yes.")
    assert lines.NOTHING_WRITTEN in sofa.prompts()
    assert [step["id"] for step in sofa.all("step") if step["id"].startswith(("write", "keep"))] == []
    assert sofa.done(fx.StartRecord) == sofa.lines() == []
    assert sofa.all("finished")[-1]["reason"] == "completed"
