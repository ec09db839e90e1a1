"""They talk to each other: the guide keeps out of it, keeps none of it, and asks once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.english import leave_us, lines
from tests.session.sofa import Line, Quiet, Sofa, consented, program, question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session.command import Command

LONG = "Do you remember how cold it was in that house?"


def in_gap() -> Sofa:
    """Between two lines of the guide."""
    sofa = consented(Line(id="a", text="One."), Line(id="b", text="Two."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.until("prompt_ended")
    return sofa


def asked() -> Sofa:
    """The guide has asked whether to go on."""
    sofa = in_gap()
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.until("prompt_ended")
    return sofa


def test_a_long_remark_between_its_words_keeps_the_guide_silent() -> None:
    """It asks after ten seconds of quiet, once; if nobody minds it goes on after twenty more."""
    sofa = in_gap()
    ends = sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("talking")
    ends = max(ends, sofa.says("Yes, and the dog.", seconds=3, after=4))
    shall = sofa.until("prompt")
    assert shall["text"] == lines.SHALL_I_GO_ON
    assert 10 <= shall["at"] - ends < 12
    ended = sofa.until("prompt_ended")["at"]
    on = sofa.until("prompt")
    assert on["text"] == "Two."
    assert on["at"] - ended == pytest.approx(20, abs=0.2)
    assert sofa.prompts().count(lines.SHALL_I_GO_ON) == 1


def test_two_short_remarks_are_a_talk_as_well() -> None:
    """A short one leaves room for a reply, and the reply makes it a talk."""
    sofa = in_gap()
    sofa.wait(sofa.says("Are you cold?", seconds=0.8, after=0.3) - sofa.now + 1.8)
    sofa.says("A little, yes. Are you?", seconds=1.2, after=0.0)
    sofa.until("talking")
    assert "Two." not in sofa.prompts()


def test_one_short_remark_is_none() -> None:
    """The guide leaves a moment, and goes on."""
    sofa = in_gap()
    ends = sofa.says("Are you cold?", seconds=0.8, after=0.3)
    on = sofa.until("prompt", text="Two.")
    assert 2 < on["at"] - ends < 5
    assert "talking" not in sofa.names()


def test_nothing_of_it_is_kept_or_told() -> None:
    """No text of theirs reaches the record or an event."""
    sofa = in_gap()
    before = len(sofa.all("heard"))
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("talking")
    sofa.says("Yes.", seconds=1, after=2)
    sofa.says("I cried a lot.", seconds=2, after=4)
    sofa.until("prompt", text="Two.")
    assert len(sofa.all("heard")) == before
    assert not sofa.lines()


@pytest.mark.parametrize("answer", ["Yes.", "Go on.", "Yes, go on, please.", "Continue.", "No, go on."])
def test_yes_goes_on_at_once(answer: str) -> None:
    """With the words that were to come."""
    sofa = asked()
    ends = sofa.says(answer)
    sofa.until("resumed")
    assert sofa.until("prompt", text="Two.")["at"] - ends < 3


@pytest.mark.parametrize("answer", ["No.", "Leave us, please.", "We're still talking.", "Not yet.", "Later."])
def test_leave_us_waits_for_continue(answer: str) -> None:
    """As long as they wish."""
    sofa = asked()
    sofa.says(answer)
    sofa.until("paused")
    assert sofa.until("prompt")["text"] == lines.LEAVE_YOU
    sofa.wait(3600)
    assert sofa.prompts()[-1] == lines.LEAVE_YOU
    sofa.says("Continue.")
    sofa.until("resumed")
    assert sofa.until("prompt")["text"] == "Two."


def test_no_stop_is_a_stop() -> None:
    """A plain command is heard before the no in it."""
    sofa = asked()
    sofa.says("No, stop.")
    sofa.until("stopping")


@pytest.mark.parametrize("command", list(Command))
@pytest.mark.parametrize("when", ["talking", "being asked", "asked"])
def test_every_command_works_by_key_while_they_talk(command: Command, when: str) -> None:
    """The evening goes on to the question, waits, or ends."""
    sofa = asked() if when == "asked" else in_gap()
    if when != "asked":
        sofa.says(LONG, seconds=6, after=0.4)
        sofa.until("talking")
    if when == "being asked":
        sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.press(command)
    if command is Command.STOP:
        sofa.until("finished")
        return
    sofa.wait(5)
    if sofa.session.waiting:
        sofa.press(Command.CONTINUE)
    sofa.until("listening")
    assert not sofa.stuck()


def test_the_key_for_continue_goes_on_at_once() -> None:
    """No kind word comes in between."""
    sofa = in_gap()
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("talking")
    sofa.press(Command.CONTINUE)
    assert sofa.until("prompt")["text"] == "Two."


def test_pause_while_it_asks_whether_to_go_on() -> None:
    """The question is dropped, and after "continue" the guide says what was to come."""
    sofa = in_gap()
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.press(Command.PAUSE)
    sofa.until("paused")
    sofa.wait(30)
    sofa.press(Command.CONTINUE)
    sofa.until("resumed")
    assert sofa.until("prompt")["text"] == "Two."


def test_talk_at_the_end_of_a_silence() -> None:
    """The chime waits until they have finished; in the middle of it they are left alone anyway."""
    sofa = consented(Quiet(id="quiet", seconds=20.0), question("c"))
    sofa.until("step", id="quiet")
    ends = sofa.says(LONG, seconds=6, after=16)
    sofa.until("talking")
    assert sofa.until("prompt")["text"] == lines.SHALL_I_GO_ON
    assert sofa.now - ends >= 10
    sofa.says("Yes.", after=4)
    assert sofa.until("prompt")["text"] == "What about c?"


def test_a_question_that_was_interrupted_is_said_again_after_the_talk() -> None:
    """They talk between two parts of it: nothing of it is lost."""
    text = " ".join(["This question has exactly seven words here."] * 4)
    sofa = consented(Line(id="a", text=text), question("c"))
    sofa.until("prompt_ended")
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("prompt", text="What about c?")
    said = [prompt for prompt in sofa.prompts() if "exactly seven" in prompt]
    assert " ".join(said) == text


def test_talk_between_the_parts_of_a_repeated_question_loses_none_of_it() -> None:
    """They asked for it: the guide waits until they have finished, and says the rest."""
    text = " ".join(["Would you say that this question has many words?"] * 3)
    sofa = consented(replace(question("c"), text=text))
    sofa.until("listening", answer="open")
    said = len(sofa.prompts())
    sofa.press(Command.REPEAT)
    sofa.until("prompt_ended")
    sofa.says(LONG, seconds=6, after=0.4)
    sofa.until("listening", answer="open")
    assert " ".join(sofa.prompts()[said:]) == text
    assert "talking" not in sofa.names()


# --- instead of an answer


def choosing(kind: AnswerKind = AnswerKind.YES_NO) -> Sofa:
    """An evening that listens to a brief answer."""
    sofa = consented(question("c", kind, choices=("sea", "hill"), save="c"), question("d"))
    sofa.until("listening", answer=str(kind))
    return sofa


@pytest.mark.parametrize("kind", [AnswerKind.YES_NO, AnswerKind.NUMBER, AnswerKind.CHOICE])
def test_a_talk_instead_of_a_brief_answer_is_left_alone(kind: AnswerKind) -> None:
    """No "I missed that": ten seconds of quiet, whether to go on, and the question again; none of it is kept."""
    sofa = choosing(kind)
    ends = sofa.says("What do you think we should take, my love?", seconds=7)
    sofa.until("talking")
    ends = sofa.says("I really have to think about that.", seconds=3, after=3)
    shall = sofa.until("prompt")
    assert shall["text"] == lines.SHALL_I_GO_ON
    assert shall["at"] - ends >= 10
    sofa.says("Go on.", after=4)
    assert sofa.until("prompt")["text"] == "What about c?"
    sofa.until("listening", answer=str(kind))
    sofa.says("Yes, seven, the sea.")
    sofa.until("step", id="d")
    assert sofa.lines() == [("Ana", "Yes, seven, the sea.")]
    assert sofa.session.notes.answer("c") is not None


def test_a_short_answer_that_was_not_understood_is_missed_as_before() -> None:
    """Six seconds of speech are an answer, and its words are kept."""
    sofa = choosing()
    sofa.says("The sea was very green", seconds=5)
    assert sofa.until("prompt")["text"] == lines.MISSED_YES_NO
    assert sofa.lines() == [("Ana", "The sea was very green")]


def test_a_long_answer_that_says_yes_is_a_yes() -> None:
    """However long it took."""
    sofa = choosing()
    sofa.says("Well, after all these years, I would say yes.", seconds=12)
    sofa.until("step", id="d")
    assert sofa.session.notes.answer("c") is True


def test_a_second_talk_is_a_missed_answer_and_then_the_evening_goes_on() -> None:
    """The guide does not ask for ever."""
    sofa = choosing()
    for _ in range(3):
        sofa.says("The dog was there as well, and the neighbours.", seconds=8)
        sofa.until("turn_ended")
        sofa.wait(45)
    assert sofa.prompts().count(lines.SHALL_I_GO_ON) == 1
    assert sofa.prompts().count(lines.MISSED_YES_NO) == 1
    assert "d" in [event["id"] for event in sofa.all("step")]


def test_a_talk_at_a_consent_is_no_consent() -> None:
    """Nor is it a no: it is asked again."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("We could also watch the film that your sister told us of.", seconds=8)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.says("Go on.", after=4)
    assert sofa.until("prompt")["text"].startswith("Ana, would you like to do this tonight?")
    sofa.until("listening")
    sofa.says("Yes.")
    assert sofa.until("step")["id"] == "consent/second"


def test_leave_us_before_an_answer_asks_once_more_afterwards() -> None:
    """After a long while with whose turn it is; the question is not said twice."""
    sofa = choosing()
    sofa.says("What do you think we should take, my love?", seconds=7)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.says("Leave us.", after=4)
    sofa.until("paused")
    sofa.wait(300)
    sofa.says("Continue.")
    sofa.until("listening")
    assert sofa.prompts()[-1] == "Ana, it is your turn again. What about c?"
    assert " ".join(sofa.prompts()).count("What about c?") == 2


def test_repeat_in_such_a_talk_says_the_question_once() -> None:
    """And listens."""
    sofa = choosing()
    sofa.says("What do you think we should take, my love?", seconds=7)
    sofa.until("talking")
    sofa.press(Command.REPEAT)
    assert sofa.until("prompt")["text"] == "What about c?"
    assert sofa.until("listening")["answer"] == "yes-no"
    assert sofa.prompts().count("What about c?") == 2


def test_an_answer_typed_in_such_a_talk_is_the_answer() -> None:
    """Nobody has to wait for the quiet."""
    sofa = choosing()
    sofa.says("What do you think we should take, my love?", seconds=7)
    sofa.until("talking")
    sofa.types("y")
    sofa.until("step", id="d")
    assert sofa.session.notes.answer("c") is True
    assert sofa.lines() == [("Ana", "yes")]


def test_the_long_talk_of_a_timed_or_open_answer_is_the_answer() -> None:
    """Only what can be understood is asked for again."""
    sofa = consented(question("c"), question("d"))
    sofa.until("listening", answer="open")
    sofa.says("A long story of the sea.", seconds=14)
    sofa.until("step", id="d")
    assert sofa.lines() == [("Ana", "A long story of the sea.")]
    assert "talking" not in sofa.names()


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Leave us to talk.", True), ("Yes, leave us.", True), ("No, thanks.", True), ("Don't go on.", True),
        ("Yes, please.", False), ("No, go on.", False), ("You can go on.", False), ("Okay.", False),
        ("He went on and on.", None), ("I leave the house.", None), ("", None),
    ],
)  # fmt: skip
def test_what_answers_whether_to_go_on(text: str, leave: bool | None) -> None:
    """True is: leave us; None is talk."""
    assert leave_us(text) is leave
