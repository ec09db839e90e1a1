"""Words and keys that cross, decisions that have been made, and what is private in between."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Sofa, consented, program, question
from voice_guide.exercise.flat import Line, Purpose, Question, Skip, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import Interrupted
from voice_guide.session.phases import Phase, Why


def open_question(*more: Question) -> Sofa:
    """An evening that listens to an open answer."""
    sofa = consented(question("one"), *(more or (question("two", who=Who.SECOND),)))
    sofa.until("listening", answer="open")
    return sofa


def why(sofa: Sofa) -> Why | None:
    """What the guide waits for."""
    return sofa.session.held.why if sofa.session.held is not None and sofa.at(Phase.WAITING) else None


# --- said, and pressed a moment later


@pytest.mark.parametrize("word", ["Pass.", "I'd rather not say.", "Stop.", "Strike that."])
@pytest.mark.parametrize("command", [Command.PASS, Command.STOP, Command.PAUSE])
def test_a_command_before_a_key_is_no_answer(word: str, command: Command) -> None:
    """The record never tells who passed or stopped, whichever hand or voice was faster."""
    sofa = open_question()
    ended = sofa.says(word)
    sofa.wait(ended - sofa.now + 0.7)
    sofa.press(command)
    sofa.wait(60)
    assert sofa.lines() == []
    assert [h for h in sofa.all("heard") if h["final"] and h["text"] == word] == []


@pytest.mark.parametrize(("word", "told"), [("Stop.", "stopping"), ("Off the record.", "off_record")])
def test_a_stop_that_was_said_outranks_the_key_that_follows(word: str, told: str) -> None:
    """Whoever said it needs it most."""
    sofa = open_question()
    ended = sofa.says(word)
    sofa.wait(ended - sofa.now + 1.0)
    sofa.press(Command.PAUSE)
    assert sofa.until(told)


def test_a_stop_both_said_and_pressed_is_one_stop() -> None:
    """On a slow machine too, the half minute to undo it stays."""
    sofa = open_question()
    sofa.engine_seconds = 4.0
    sofa.says("Stop.")
    sofa.wait(3.2)
    sofa.press(Command.STOP)
    sofa.wait(20)
    assert why(sofa) is Why.STOPPED
    sofa.press(Command.CONTINUE)
    assert sofa.until("listening", answer="open")


@pytest.mark.parametrize(
    ("word", "command"),
    [("Pause.", Command.PAUSE), ("Off the record.", Command.OFF_RECORD), ("Take a break.", Command.BREAK)],
)
def test_a_pause_both_said_and_pressed_is_one_pause(word: str, command: Command) -> None:
    """It does not begin again after "continue"."""
    sofa = open_question()
    sofa.engine_seconds = 4.0
    sofa.says(word)
    sofa.wait(3.2)
    sofa.press(command)
    sofa.wait(15)
    sofa.press(Command.CONTINUE)
    sofa.until("listening", answer="open")
    sofa.wait(15)
    assert sofa.at(Phase.LISTENING)


# --- off the record


@pytest.mark.parametrize("word", ["Go on.", "Keep going.", "I'm ready.", "I'm back.", "Continue."])
def test_off_the_record_ends_by_its_own_words_only(word: str) -> None:
    """ "Go on" is what one says to a partner who tells something hard."""
    sofa = open_question()
    sofa.press(Command.OFF_RECORD)
    sofa.wait(10)
    sofa.says(word)
    sofa.says("He drank every night.", after=3)
    sofa.wait(30)
    assert why(sofa) is Why.OFF_RECORD
    assert sofa.lines() == []
    sofa.says("On the record.")
    assert sofa.until("on_record")


@pytest.mark.parametrize("hinted", ["On the record.", "Continue."])
def test_no_unsure_sound_puts_them_on_the_record(hinted: str) -> None:
    """Another reading alone is not enough for that."""
    sofa = open_question()
    sofa.press(Command.OFF_RECORD)
    sofa.wait(10)
    sofa.says("Hm.", hinted=hinted)
    sofa.wait(10)
    assert why(sofa) is Why.OFF_RECORD


def test_a_break_does_not_begin_off_the_record() -> None:
    """For it would end with "go on"."""
    sofa = open_question()
    sofa.press(Command.OFF_RECORD)
    sofa.wait(10)
    sofa.press(Command.BREAK)
    sofa.wait(10)
    assert why(sofa) is Why.OFF_RECORD


# --- strike that


def test_strike_takes_the_last_answer_not_the_other_partners() -> None:
    """Ana has just told something, Ben's question has begun, and the words go out of the record: Ana's."""
    steps = (question("before", who=Who.SECOND), question("tell"), question("then", who=Who.SECOND))
    sofa = consented(*steps)
    for words in ("It rained.", "I stole it."):
        sofa.until("listening", answer="open")
        sofa.says(words)
    sofa.until("step", id="then")
    sofa.until("listening", answer="open")
    sofa.press(Command.STRIKE)
    sofa.wait(5)
    assert sofa.lines() == [("Ben", "It rained.")]


def test_what_says_back_a_struck_answer_is_not_kept() -> None:
    """Ana takes it out, and Ben still says it back: it does not come in again through him."""
    mirror = question("back", who=Who.SECOND, mirrors=("tell",))
    sofa = consented(question("tell"), mirror, question("end"))
    sofa.until("listening", answer="open")
    sofa.says("I stole it.")
    sofa.until("step", id="back")
    sofa.until("listening", answer="open")
    sofa.says("Strike that.")
    sofa.until("prompt", text=lines.STRUCK)
    sofa.until("listening", answer="open")
    sofa.says("You stole it.")
    sofa.until("step", id="end")
    assert sofa.lines() == []


def test_an_answer_told_anew_may_be_said_back() -> None:
    """A strike is no ban."""
    mirror = question("back", who=Who.SECOND, mirrors=("tell",))
    sofa = consented(question("tell"), mirror, question("end"))
    sofa.until("listening", answer="open")
    sofa.says("I stole it.")
    sofa.until("step", id="back")
    sofa.until("listening", answer="open")
    sofa.press(Command.STRIKE)
    sofa.until("listening", answer="open")
    sofa.press(Command.GO_BACK)
    sofa.until("step", id="tell")
    for words in ("I took it.", "You took it."):
        sofa.until("listening", answer="open")
        sofa.says(words)
    sofa.until("step", id="end")
    assert sofa.lines() == [("Ana", "I took it."), ("Ben", "You took it.")]


# --- what has been decided


def decided(words: str) -> Sofa:
    """Both have answered the question whether to keep the record."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("I was afraid of rain.")
    for _ in range(2):
        sofa.until("listening", answer="short")
        sofa.says("Calm.")
    sofa.until("listening", answer="yes-no")
    sofa.says(words)
    if words != "No.":
        sofa.until("listening", answer="yes-no")
        sofa.says(words)
    return sofa


@pytest.mark.parametrize("command", [Command.PASS, Command.REPEAT, Command.GO_BACK])
@pytest.mark.parametrize(("words", "told"), [("Keep them.", lines.KEPT), ("No.", lines.DISCARDED)])
def test_no_key_decides_again_about_the_record(command: Command, words: str, told: str) -> None:
    """While the guide says what became of it: it was closed, or discarded, once."""
    sofa = decided(words)
    sofa.until("prompt", text=told)
    sofa.wait(1)
    sofa.press(command)
    sofa.until("finished", reason="completed")
    assert len(sofa.done(fx.CloseRecord)) + len(sofa.done(fx.DiscardRecord)) == 1
    assert lines.KEEP not in " ".join(sofa.prompts()[sofa.prompts().index(told) :])


@pytest.mark.parametrize("command", [Command.PASS, Command.REPEAT, Command.GO_BACK])
def test_nobody_who_declined_is_asked_again(command: Command) -> None:
    """Not tonight is not tonight, whatever key follows."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("No.")
    sofa.until("prompt", text=lines.DECLINED)
    sofa.wait(1)
    sofa.press(command)
    sofa.until("finished", reason="declined")
    assert sofa.prompts()[-1] == lines.DECLINED


def test_the_way_back_leaves_out_what_was_left_out() -> None:
    """ "Go back" never leads to a question that was skipped because of an answer."""
    missing = question("missing", AnswerKind.YES_NO, save="missing", purpose=Purpose.MISSING)
    steps = (question("tell"), missing, Skip(id="s", key="missing", equals=True, target=4), question("add"))
    sofa = consented(*(step for step in steps if not isinstance(step, Skip)), question("end"))
    places = {step.id: place for place, step in enumerate(sofa.session.program.steps)}
    assert places["add"] < places["end"], "the frame moves all of them alike"
    own = program(*steps, question("end"))
    sofa = consented(*own.steps)
    sofa.until("listening", answer="open")
    sofa.says("I was small.")
    sofa.until("listening", answer="yes-no")
    sofa.says("No.")
    sofa.until("step", id="end")
    sofa.until("listening", answer="open")
    sofa.press(Command.GO_BACK)
    assert sofa.until("step")["id"] == "tell"


# --- what is not for the record, and ends of evenings


@pytest.mark.parametrize("end", ["stop", "pass", "interrupted"])
def test_talk_where_a_number_was_asked_is_never_recorded(end: str) -> None:
    """Also when the evening ends, or the question is passed, before the guide has understood that they talk."""
    sofa = consented(question("n", AnswerKind.NUMBER, low=1, high=10), question("two"))
    sofa.until("listening", answer="number")
    ended = sofa.says("Do you remember how he shouted at us in the car?", seconds=8)
    sofa.wait(ended - sofa.now + 0.6)
    if end == "interrupted":
        sofa.feed(Interrupted(at=sofa.now, signal="INT"))
    else:
        sofa.press(Command.STOP if end == "stop" else Command.PASS)
        sofa.wait(40)
    assert sofa.lines() == []


@pytest.mark.parametrize("what", ["microphone", "loudspeaker"])
def test_nobody_waits_for_a_device_to_say_good_night(what: str) -> None:
    """Whoever switches off after the last question has ended the evening."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.answers_all_until(lines.GOODBYE, "Yes.")
    sofa.loses(what)
    assert sofa.until("finished")["reason"] == "completed"
    assert not sofa.searching


def test_a_device_that_goes_while_they_talk_ends_the_talk_on_the_screen() -> None:
    """The guide speaks again, and the screen must not say that it keeps out of it."""
    sofa = consented(Line(id="line", text="Let us begin."), question("one"))
    sofa.until("step", id="line")
    sofa.until("prompt_ended")
    sofa.says("Do you remember?", seconds=5)
    sofa.until("talking")
    sofa.loses()
    assert sofa.until("resumed")
