"""Commands, wherever they are given."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Line, Quiet, Sofa, consented, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command

HOLDS = (Command.PAUSE, Command.OFF_RECORD, Command.BREAK)


def listening() -> Sofa:
    """An evening that listens to an open answer, the first of two."""
    one = question("one", help="Any word will do.", again=("Once more, what about one?",))
    sofa = consented(one, question("two"))
    sofa.until("listening", answer="open")
    return sofa


def test_repeat_asks_again_in_the_same_turn() -> None:
    """ "Repeat" says the question again; what was said before stays in the turn."""
    sofa = listening()
    sofa.says("I think of rain.")
    sofa.wait(4)
    sofa.says("Repeat the question, please.")
    sofa.until("command", name="repeat")
    assert sofa.until("prompt")["text"] == "What about one?"
    sofa.until("listening")
    sofa.says("And of snow.")
    assert sofa.until("heard", final=True)["text"] == "I think of rain. And of snow."


def test_a_command_is_no_answer() -> None:
    """A command is told as a command, never as something heard, and never recorded."""
    sofa = listening()
    sofa.says("Repeat.")
    sofa.until("command", name="repeat")
    assert not [e for e in sofa.all("heard") if "epeat" in e["text"]]
    assert not sofa.lines()


def test_a_sentence_that_holds_a_command_is_an_answer() -> None:
    """ "I want to stop pretending" is an answer, not a command."""
    sofa = listening()
    sofa.says("I want to stop pretending.")
    sofa.until("turn_ended")
    assert not sofa.all("command")
    assert sofa.lines() == [("Ana", "I want to stop pretending.")]


def test_the_last_word_of_long_speech_is_no_command() -> None:
    """ "Stop" at the end of a flow, with less than 1.2 s before it, belongs to the answer."""
    sofa = listening()
    sofa.says("And then I begged him to", seconds=16)
    sofa.wait(17)
    sofa.says("Stop.", after=0.1)
    sofa.until("turn_ended")
    assert not sofa.all("command")
    assert sofa.lines() == [("Ana", "And then I begged him to"), ("Ana", "Stop.")]


def test_pause_waits_for_continue_only() -> None:
    """While paused nothing but continue or stop is heard, nothing is told of what is said, and the turn goes on."""
    sofa = listening()
    sofa.says("I think of rain.")
    sofa.wait(4)
    sofa.says("Pause.")
    sofa.until("paused")
    sofa.wait(5)
    told = len(sofa.told)
    sofa.says("Shall we have tea?")
    sofa.wait(30)
    assert len(sofa.told) == told
    sofa.says("Continue.")
    sofa.until("resumed")
    sofa.until("listening")
    sofa.says("And of snow.")
    assert sofa.until("heard", final=True)["text"] == "I think of rain. And of snow."
    assert sofa.lines() == [("Ana", "I think of rain."), ("Ana", "And of snow.")]


def test_long_speech_while_paused_is_not_even_transcribed() -> None:
    """What cannot be a command is never turned into text while the guide only waits."""
    sofa = listening()
    sofa.says("Off the record.")
    sofa.until("off_record")
    sofa.wait(5)
    jobs = len(sofa.done(fx.Transcribe))
    sofa.says("Something very private that takes a while.", seconds=6)
    sofa.wait(10)
    assert len(sofa.done(fx.Transcribe)) == jobs
    sofa.says("On the record.")
    sofa.until("on_record")
    assert sofa.until("listening")["answer"] == "open"


def test_after_a_long_pause_the_guide_says_where_it_was() -> None:
    """After more than a minute: whose turn, the question, and the time that is left."""
    timed = question("tell", AnswerKind.TIMED, seconds=180.0)
    sofa = consented(timed)
    sofa.until("listening", answer="timed")
    sofa.wait(29)
    sofa.says("Wait.")
    sofa.until("paused")
    sofa.wait(90)
    sofa.says("Continue.")
    sofa.until("resumed")
    text = sofa.until("prompt")["text"] + " " + sofa.until("prompt")["text"]
    assert "Ana, it is your turn again." in text
    assert "What about tell?" in text
    assert "2 and a half minutes" in text
    opened = sofa.until("listening")["at"]
    assert sofa.until("timer", left=0)["at"] - opened == pytest.approx(148, abs=3)


def test_a_pause_does_not_eat_the_time_of_a_timed_turn() -> None:
    """The clock of a timed turn stands still while the evening is paused."""
    sofa = consented(question("tell", AnswerKind.TIMED, seconds=60.0))
    sofa.until("listening", answer="timed")
    sofa.wait(10)
    sofa.press(Command.PAUSE)
    sofa.wait(40)
    sofa.press(Command.CONTINUE)
    back = sofa.until("resumed")["at"]
    assert sofa.until("timer", left=0)["at"] - back == pytest.approx(50, abs=0.3)


def test_more_time() -> None:
    """ "More time" doubles the silence that ends an answer, and adds a minute to a timed turn."""
    sofa = listening()
    sofa.says("More time.")
    sofa.until("command", name="more time")
    sofa.until("listening")
    ends = sofa.says("Rain.")
    assert sofa.until("turn_ended")["at"] - ends == pytest.approx(16, abs=0.01)
    timed = consented(question("tell", AnswerKind.TIMED, seconds=60.0))
    opened = timed.until("listening", answer="timed")["at"]
    timed.press(Command.MORE_TIME)
    spoken = timed.prompt_seconds
    assert timed.until("timer", left=0)["at"] - opened == pytest.approx(120 + spoken, abs=0.3)


def test_pass_leaves_what_was_said_and_goes_on() -> None:
    """ "Pass" ends the turn at once, keeps its text, and nobody is told who passed."""
    sofa = listening()
    sofa.says("Maybe.")
    sofa.wait(4)
    sofa.says("I'll pass.")
    ended = sofa.until("turn_ended")
    assert ended["reason"] == "done"
    assert "pass" not in {event["reason"] for event in sofa.all("turn_ended")}
    assert sofa.until("step")["id"] == "two"
    assert sofa.lines() == [("Ana", "Maybe.")]
    assert not [p for p in sofa.prompts() if "pass" in p.lower() and "Ana" in p]


def test_passing_a_consent_is_no_yes() -> None:
    """Whoever passes when asked for consent has not given it."""
    sofa = Sofa(consented(question("one")).own)
    sofa.until("listening")
    sofa.says("Pass.")
    assert sofa.until("finished")["reason"] == "declined"


def test_go_back() -> None:
    """ "Go back" asks the question before this one again."""
    sofa = listening()
    sofa.says("Rain.")
    sofa.until("step", id="two")
    sofa.until("listening")
    sofa.says("Go back.")
    assert sofa.until("step")["id"] == "one"
    assert sofa.until("listening")["answer"] == "open"


def test_go_back_at_the_first_question_asks_it_again() -> None:
    """There is no way back into the consents."""
    sofa = listening()
    sofa.says("Go back.")
    assert sofa.until("step")["id"] == "one"


def test_help_is_that_of_the_step() -> None:
    """ "Help" says what the author wrote for this step, and listens again."""
    sofa = listening()
    sofa.says("Help.")
    sofa.until("command", name="help")
    assert sofa.until("prompt")["text"] == "Any word will do."
    assert sofa.until("listening")["turn"] == sofa.all("listening")[-2]["turn"]


def test_done_ends_an_answer_and_is_left_out_of_it() -> None:
    """ "... and that's all" ends the turn after 1.2 s, and is no part of the text."""
    sofa = listening()
    ends = sofa.says("I was afraid of the dark, and that's all.")
    ended = sofa.until("turn_ended")
    assert ended["reason"] == "done"
    assert ended["at"] - ends < 2.0
    assert sofa.until("heard", final=True)["text"] == "I was afraid of the dark"
    assert sofa.lines() == [("Ana", "I was afraid of the dark")]


def test_nothing_more_answers_whether_something_is_missing() -> None:
    """ "That's all" is a no where the question is yes or no."""
    sofa = consented(question("one", AnswerKind.YES_NO, save="more"))
    sofa.until("listening", answer="yes-no")
    sofa.says("That's all.")
    sofa.until("turn_ended")
    sofa.until("step")
    assert sofa.session.notes.answer("more") is False


def test_strike_removes_the_last_answer_and_its_mirror() -> None:
    """The owner's last answer goes, and what said it back goes with it; both are said to be gone."""
    sofa = consented(
        question("told"),
        question("mirror", who=Who.SECOND, mirrors=("told",)),
        question("missing"),
    )
    for answer in ("I hide.", "You hide."):
        sofa.until("listening", answer="open")
        sofa.says(answer)
        sofa.until("turn_ended")
    sofa.until("step", id="missing")
    sofa.until("listening")
    sofa.says("Strike that.")
    sofa.until("command", name="strike that")
    assert sofa.until("prompt")["text"] == lines.STRUCK_WITH_MIRRORS
    assert sofa.lines() == []


def test_strike_in_the_middle_of_an_answer_takes_that_answer() -> None:
    """Words of the turn that is open go first; the turn then starts afresh."""
    sofa = listening()
    sofa.says("My mother's name is Ruth.")
    sofa.wait(4)
    sofa.says("Strike that.")
    sofa.until("listening")
    sofa.says("My mother is old.")
    assert sofa.until("heard", final=True)["text"] == "My mother is old."
    assert sofa.done(fx.Strike)
    assert "Ruth" in sofa.done(fx.Record)[0].text
    assert sofa.done(fx.Record)[0].turn in sofa.done(fx.Strike)[0].turns


def test_stop_is_obeyed_at_once_and_leaves_the_record_open() -> None:
    """ "Stop" needs no confirmation and no reason; what was kept stays sealed and undecided."""
    sofa = listening()
    sofa.says("Rain.")
    sofa.wait(4)
    ends = sofa.says("Stop.")
    assert sofa.until("prompt")["text"] == lines.STOPPED
    assert sofa.all("prompt")[-1]["at"] - ends < 2
    assert sofa.until("finished")["reason"] == "stopped"
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=False, reason="stopped")]


def test_stop_in_a_gap_of_a_prompt() -> None:
    """In the gaps of its own words the guide can be stopped by voice."""
    sofa = consented(Line(id="a", text="One."), Line(id="b", text="Two."), Line(id="c", text="Three."))
    sofa.until("prompt", text="One.")
    sofa.until("prompt_ended")
    sofa.says("Stop!", seconds=0.5, after=0.6)
    assert sofa.until("finished")["reason"] == "stopped"
    assert "Two." not in sofa.prompts()


def test_talk_in_a_gap_holds_the_guide_but_is_not_kept() -> None:
    """Who speaks in a gap is not talked over; what they said is no answer."""
    sofa = consented(Line(id="a", text="One."), Line(id="b", text="Two."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.until("prompt_ended")
    ends = sofa.says("Are you comfortable?", seconds=3, after=0.6)
    assert sofa.until("prompt", text="Two.")["at"] > ends + 1.1
    assert not sofa.lines()


@pytest.mark.parametrize("command", list(Command))
def test_every_command_works_by_key_while_the_guide_speaks(command: Command) -> None:
    """A key silences the guide at once; afterwards the evening still reaches its end."""
    sofa = consented(Line(id="a", text="One."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.press(command)
    assert sofa.done(fx.Hush)
    if command is not Command.STOP:
        if command in HOLDS:
            sofa.wait(5)
            sofa.press(Command.CONTINUE)
        sofa.until("listening", answer="open")
        sofa.says("Rain.")
        for answer in ("Warm.", "Quiet.", "Yes.", "Yes."):
            sofa.until("turn_ended")
            sofa.until("listening")
            sofa.says(answer)
    sofa.until("finished")


@pytest.mark.parametrize("command", list(Command))
def test_every_command_works_by_key_in_a_silence(command: Command) -> None:
    """Whatever is pressed in a silence, the evening goes on to the next question or ends."""
    sofa = consented(Quiet(id="quiet", seconds=20.0), question("c"))
    sofa.until("step", id="quiet")
    sofa.wait(5)
    sofa.press(command)
    if command in HOLDS:
        sofa.wait(5)
        sofa.press(Command.CONTINUE)
    if command is Command.STOP:
        sofa.until("finished")
    else:
        sofa.until("listening", answer="open")


def test_a_key_in_mid_sentence_loses_no_word() -> None:
    """What was said before a key was pressed is transcribed and recorded."""
    sofa = listening()
    sofa.says("I was just saying something long", seconds=4)
    sofa.wait(3)
    sofa.press(Command.REPEAT)
    sofa.until("listening")
    jobs = [j for j in sofa.done(fx.Transcribe) if not j.speculative]
    assert jobs
    assert jobs[-1].end >= jobs[-1].start + 2
