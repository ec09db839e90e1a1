"""A device that is gone, and a computer that slept: nothing is lost, and the same step goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.english import lines
from tests.session.sofa import Line, Quiet, Sofa, consented, question
from tests.session.test_waiting import PLACES, closing, in_gap, in_silence, listening, talking
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import DeviceLost
from voice_guide.session.phases import Phase


@pytest.mark.parametrize("what", ["microphone", "loudspeaker"])
@pytest.mark.parametrize("place", PLACES)
def test_a_lost_device_costs_nothing_but_time(place: Callable[[], Sofa], what: str) -> None:
    """Wherever it happens: it is looked for, the step is taken up again, and the evening reaches its end."""
    sofa = place()
    step = sofa.session.step.id
    waiting = sofa.session.waiting
    sofa.loses(what)
    assert sofa.until(f"{what}_lost") == {"at": sofa.now, "what": what, "name": "USB"}
    sofa.wait(20)
    assert sofa.at(Phase.AWAY)
    assert len(sofa.done(fx.Reconnect)) == 1
    assert (lines.MICROPHONE_LOST in sofa.prompts()) is (what == "microphone")
    sofa.returns()
    assert sofa.until(f"{what}_back")["what"] == what
    if waiting:
        sofa.wait(5)
        assert sofa.at(Phase.WAITING), "paused stays paused"
        sofa.press(Command.CONTINUE)
    assert sofa.session.step.id == step
    sofa.answers_all("Yes.")
    assert sofa.all("finished")[-1]["reason"] == "completed"


def test_the_answer_so_far_is_kept() -> None:
    """Words before the loss, also those whose text came after it, are in the same turn as those after it."""
    sofa = listening()
    sofa.engine_seconds = 2.0
    sofa.wait(sofa.says("I was small.") - sofa.now + 0.6)
    sofa.loses()
    sofa.wait(30)
    sofa.returns()
    sofa.until("prompt", text=lines.MICROPHONE_BACK)
    sofa.until("listening")
    sofa.says("It was cold.")
    assert sofa.until("heard", final=True)["text"] == "I was small. It was cold."
    assert sofa.lines() == [("Ana", "I was small."), ("Ana", "It was cold.")]


def test_a_lost_loudspeaker_is_told_when_it_can_be_heard_again() -> None:
    """Nothing is said into nowhere."""
    sofa = consented(Line(id="line", text="This is about the sea."), question("one"))
    sofa.until("prompt", text="This is about the sea.")
    sofa.loses("loudspeaker")
    said = len(sofa.prompts())
    sofa.wait(100)
    assert len(sofa.prompts()) == said
    sofa.returns()
    assert sofa.until("prompt")["text"] == lines.LOUDSPEAKER_BACK
    assert sofa.until("prompt")["text"] == "This is about the sea."


def test_after_a_long_time_away_the_guide_says_where_it_was() -> None:
    """Whose turn, the question, and the time that was left."""
    sofa = consented(question("tell", AnswerKind.TIMED, seconds=180.0))
    sofa.until("listening", answer="timed")
    sofa.wait(30)
    sofa.loses("loudspeaker")
    sofa.wait(200)
    sofa.returns()
    sofa.until("listening")
    said = " ".join(sofa.prompts()[-3:])
    assert "You can hear me again. Ana, it is your turn again. What about tell?" in said
    assert "There is time left: about 2 and a half minutes." in said


def test_the_other_device_is_lost_while_that_is_being_said() -> None:
    """Both are looked for, once."""
    sofa = listening()
    sofa.loses()
    sofa.wait(1)
    assert sofa.at(Phase.SPEAKING)
    sofa.feed(DeviceLost(at=sofa.now, what="loudspeaker"))
    assert sofa.at(Phase.AWAY)
    assert len(sofa.done(fx.Reconnect)) == 1
    assert sofa.done(fx.Hush)


@pytest.mark.parametrize("command", [command for command in Command if command is not Command.STOP])
@pytest.mark.parametrize("seconds", [1, 20])
def test_no_command_but_stop_counts_while_a_device_is_gone(command: Command, seconds: float) -> None:
    """By key or typed, while it is said or afterwards: the search goes on."""
    sofa = listening()
    sofa.loses()
    sofa.wait(seconds)
    sofa.press(command)
    sofa.types(command.value)
    sofa.touches()
    sofa.wait(20)
    assert sofa.at(Phase.AWAY)
    sofa.returns()
    assert sofa.until("listening")["answer"] == "open"


@pytest.mark.parametrize("seconds", [1, 20])
@pytest.mark.parametrize("typed", [False, True])
def test_a_stop_while_a_device_is_gone_is_final(seconds: float, typed: bool) -> None:
    """Nobody could hear that it can be undone; the words are in the record."""
    sofa = listening()
    sofa.says("I was small.")
    sofa.wait(4)
    sofa.loses()
    sofa.wait(seconds)
    if typed:
        sofa.types("Stop.")
    else:
        sofa.press(Command.STOP)
    assert sofa.all("finished")[-1]["reason"] == "stopped"
    assert sofa.lines() == [("Ana", "I was small.")]


def test_a_device_lost_while_paused_leaves_it_paused() -> None:
    """Nothing is asked, and "continue" still works."""
    sofa = listening()
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.loses()
    sofa.wait(10)
    sofa.returns()
    sofa.wait(100)
    assert sofa.at(Phase.WAITING)
    sofa.says("Continue.")
    sofa.until("resumed")


def test_the_clock_of_a_turn_stands_still_while_a_device_is_gone() -> None:
    """Nobody loses time."""
    sofa = consented(question("tell", AnswerKind.TIMED, seconds=60.0))
    opened = sofa.until("listening", answer="timed")["at"]
    sofa.wait(10)
    sofa.loses("loudspeaker")
    sofa.wait(40)
    sofa.returns()
    over = sofa.until("timer", left=0)["at"]
    assert over - opened == pytest.approx(60 + 40 + sofa.prompt_seconds, abs=0.5)


# --- the computer slept


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seconds", [5.0, 600.0])
def test_a_sleep_costs_nothing(place: Callable[[], Sofa], seconds: float) -> None:
    """However long and wherever it falls, the evening goes on, if need be after "continue"."""
    sofa = place()
    waiting = sofa.session.waiting
    sofa.sleeps(seconds)
    sofa.wait(5)
    assert sofa.session.waiting is (waiting or seconds > 60)
    if sofa.session.waiting:
        sofa.press(Command.CONTINUE)
    sofa.answers_all("Yes.")
    assert sofa.all("finished")[-1]["reason"] == "completed"


@pytest.mark.parametrize("place", [in_gap, in_silence, talking, listening, closing])
def test_what_was_being_said_when_the_computer_slept_holds_nothing(place: Callable[[], Sofa]) -> None:
    """The end of that speech never comes: the guide does not wait for it."""
    sofa = place()
    sofa.says("Do you remember", seconds=5, after=0.2)
    sofa.wait(1)
    sofa.sleeps(10)
    assert not sofa.stuck()
    sofa.answers_all("Yes.")
    assert sofa.all("finished")[-1]["reason"] == "completed"


def test_what_was_being_said_is_kept_with_its_true_length() -> None:
    """The hours of sleep are no speech."""
    sofa = listening()
    sofa.says("I was small.", seconds=8)
    sofa.wait(5.5)
    sofa.sleeps(3600)
    sofa.wait(5)
    sofa.press(Command.CONTINUE)
    sofa.until("turn_ended")
    assert sofa.lines() == [("Ana", "[unclear, 5 s]")]


def test_no_clock_runs_while_the_computer_sleeps() -> None:
    """Neither that of a timed turn nor that of a silence."""
    sofa = consented(question("tell", AnswerKind.TIMED, seconds=60.0))
    opened = sofa.until("listening", answer="timed")["at"]
    sofa.wait(10)
    sofa.sleeps(50)
    assert sofa.until("timer", left=0)["at"] - opened == pytest.approx(110, abs=0.3)
    quiet = consented(Quiet(id="quiet", seconds=20.0), question("one"))
    begun = quiet.until("step", id="quiet")["at"]
    quiet.wait(5)
    quiet.sleeps(50)
    assert quiet.until("timer", left=0)["at"] - begun == pytest.approx(70, abs=0.3)


def test_after_a_long_sleep_the_guide_waits() -> None:
    """Others may be in the room."""
    sofa = listening()
    sofa.sleeps(61)
    sofa.until("paused")
    assert sofa.until("prompt")["text"] == lines.PAUSED
    sofa.wait(600)
    assert sofa.prompts()[-1] == lines.PAUSED
    sofa.says("Continue.")
    assert "Ana, it is your turn again." in sofa.until("prompt")["text"]


def test_a_sleep_while_a_device_is_gone_goes_on_looking_for_it() -> None:
    """Also while that is being said."""
    sofa = listening()
    sofa.loses()
    sofa.wait(1)
    sofa.sleeps(600)
    sofa.wait(20)
    assert sofa.at(Phase.AWAY)
    sofa.returns()
    assert sofa.until("listening")["answer"] == "open"


def test_a_loudspeaker_that_is_switched_off_after_a_stop_makes_it_final() -> None:
    """Nobody could hear a "continue" any more, and nothing is looked for."""
    sofa = consented(question("one"))
    sofa.until("listening")
    sofa.press(Command.STOP)
    sofa.wait(5)
    sofa.feed(DeviceLost(at=sofa.now, what="loudspeaker", name="USB"))
    assert sofa.until("finished")["reason"] == "stopped"
    assert not sofa.done(fx.Reconnect)


def test_a_break_ends_after_two_hours_though_a_device_is_gone() -> None:
    """A loudspeaker that is switched off for the break is not looked for all night."""
    sofa = consented(question("one"))
    sofa.until("listening")
    sofa.press(Command.BREAK)
    sofa.wait(60)
    sofa.feed(DeviceLost(at=sofa.now, what="loudspeaker", name="USB"))
    ended = sofa.until("finished", limit=20_000)
    assert ended["reason"] == "break"
    assert ended["at"] > 7200
