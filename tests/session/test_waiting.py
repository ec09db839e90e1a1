"""Paused, off the record, in a break, or stopped a moment ago."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.english import lines
from tests.session.sofa import Line, Quiet, Sofa, consented, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import RecordFailed
from voice_guide.session.phases import Phase
from voice_guide.session.tones import Tone


def listening() -> Sofa:
    """An evening that listens to an open answer, the first of two."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    return sofa


def speaking() -> Sofa:
    """The guide is in the middle of a line."""
    sofa = consented(Line(id="line", text="This is about the sea."), question("one"))
    sofa.until("prompt", text="This is about the sea.")
    sofa.wait(1)
    return sofa


def in_gap() -> Sofa:
    """Between a line and a question."""
    sofa = speaking()
    sofa.until("prompt_ended")
    return sofa


def in_silence() -> Sofa:
    """Five seconds into a silence of twenty."""
    sofa = consented(Quiet(id="quiet", seconds=20.0), question("one"))
    sofa.until("step", id="quiet")
    sofa.wait(5)
    return sofa


def landing() -> Sofa:
    """An open answer lands."""
    sofa = listening()
    sofa.says("Rain.")
    sofa.until("landing")
    return sofa


def closing() -> Sofa:
    """An answer was ended by a key before its text was known."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Rain.") - sofa.now + 0.5)
    sofa.press(Command.PASS)
    assert sofa.at(Phase.CLOSING)
    return sofa


def talking() -> Sofa:
    """They talk to each other in a gap."""
    sofa = in_gap()
    sofa.says("Do you remember how cold it was that year?", seconds=6, after=0.4)
    sofa.until("talking")
    return sofa


def saying_a_kind_word() -> Sofa:
    """The guide says that there is no hurry."""
    sofa = listening()
    sofa.until("no_input")
    return sofa


def saying_that_it_waits() -> Sofa:
    """The guide is saying that it is paused."""
    sofa = listening()
    sofa.press(Command.PAUSE)
    return sofa


PLACES = [
    speaking,
    in_gap,
    in_silence,
    landing,
    closing,
    talking,
    saying_a_kind_word,
    saying_that_it_waits,
    listening,
]


@pytest.mark.parametrize("place", PLACES)
def test_a_stop_is_undone_anywhere(place: Callable[[], Sofa]) -> None:
    """Within half a minute "continue" takes the evening up where it was, and it comes to its end."""
    sofa = place()
    sofa.press(Command.STOP)
    assert sofa.until("stopping")["seconds"] == 30.0
    sofa.until("prompt", text=lines.STOPPED)
    sofa.wait(10)
    sofa.says("Continue.")
    sofa.until("resumed")
    sofa.answers_all("Yes.")
    assert sofa.all("finished")[-1]["reason"] == "completed"
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=True, reason="completed")]


@pytest.mark.parametrize("place", PLACES)
def test_a_stop_that_nobody_undoes_is_final(place: Callable[[], Sofa]) -> None:
    """After half a minute the evening is over, and only then."""
    sofa = place()
    sofa.press(Command.STOP)
    at = sofa.until("stopping")["at"]
    ended = sofa.until("finished")
    assert ended["reason"] == "stopped"
    assert ended["at"] - at == pytest.approx(30, abs=0.01)
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=False, reason="stopped")]


@pytest.mark.parametrize("place", PLACES)
def test_a_second_stop_is_final_at_once(place: Callable[[], Sofa]) -> None:
    """Whoever says it twice means it."""
    sofa = place()
    sofa.press(Command.STOP)
    sofa.wait(1)
    sofa.press(Command.STOP)
    assert sofa.at(Phase.FINISHED)


def test_a_continue_that_began_in_time_still_undoes() -> None:
    """Whoever has begun to say it when the half minute is over is heard to the end."""
    sofa = listening()
    sofa.press(Command.STOP)
    sofa.wait(29)
    sofa.says("Continue.", after=0.5)
    sofa.until("resumed")
    assert not sofa.at(Phase.FINISHED)


def test_what_was_said_before_a_stop_is_in_the_record() -> None:
    """Also the words whose text came after it."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("I think of rain.") - sofa.now + 0.2)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == [("Ana", "I think of rain.")]


def test_a_command_whose_text_came_too_late_is_not_recorded_as_words() -> None:
    """ "More time", still being transcribed when the evening is stopped, is no answer."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("More time.") - sofa.now + 1.5)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == []


def test_what_followed_off_the_record_is_not_recorded_even_if_the_evening_is_stopped_first() -> None:
    """Neither text was known when the key was pressed: the words after "off the record" are nobody's."""
    sofa = listening()
    sofa.engine_seconds = 6.0
    sofa.says("I think of rain.")
    sofa.wait(3.5)
    sofa.wait(sofa.says("Off the record.") - sofa.now + 1.3)
    sofa.says("You never listen.", after=0.0)
    sofa.wait(2.5)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == [("Ana", "I think of rain.")]


def test_a_cough_before_a_stop_leaves_nothing_unclear() -> None:
    """Noise that is known as such only after the stop is no answer either."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("", noise=True) - sofa.now + 1.5)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == []


def test_a_stop_is_obeyed_though_its_text_came_while_the_guide_spoke() -> None:
    """On a slow machine, too, it does not wait for the end of the guide's words."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Stop.") - sofa.now + 1.5)
    sofa.prompt_seconds = 9.0
    sofa.press(Command.HELP)
    assert sofa.until("stopping")["at"] - sofa.all("command")[0]["at"] < 3
    assert sofa.done(fx.Hush)


def test_off_the_record_stays_so_when_a_stop_is_undone() -> None:
    """Undoing the stop undoes the stop alone."""
    sofa = listening()
    sofa.press(Command.OFF_RECORD)
    sofa.wait(5)
    sofa.press(Command.STOP)
    sofa.wait(5)
    sofa.press(Command.CONTINUE)
    sofa.until("off_record")
    sofa.until("off_record")
    sofa.wait(60)
    assert sofa.at(Phase.WAITING)
    assert "on_record" not in sofa.names()
    sofa.press(Command.ON_RECORD)
    sofa.until("on_record")
    assert sofa.until("listening")["answer"] == "open"


def test_words_after_a_break_was_asked_for_are_not_recorded() -> None:
    """What follows "take a break" before a slow transcriber gives it away was not said to the guide."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Take a break.") - sofa.now + 1.4)
    sofa.says("You never listen.", after=0.0, seconds=1.0)
    sofa.until("break")
    sofa.wait(30)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == []


def test_a_break_lasts_twenty_minutes_and_more() -> None:
    """One chime when it is over, nothing said, and the turn goes on with "continue"."""
    sofa = listening()
    sofa.says("Take a break.")
    at = sofa.until("break")["at"]
    assert sofa.until("break_over")["at"] - at == pytest.approx(1200, abs=0.01)
    said = len(sofa.prompts())
    chimes = [tone.tone for tone in sofa.done(fx.PlayTone)].count(Tone.CHIME)
    sofa.wait(3000)
    assert len(sofa.prompts()) == said
    assert [tone.tone for tone in sofa.done(fx.PlayTone)].count(Tone.CHIME) == chimes == 1
    sofa.says("Continue.")
    sofa.until("resumed")
    assert "Ana, it is your turn again." in sofa.until("prompt")["text"]
    assert sofa.until("listening")["answer"] == "open"


def test_a_break_may_be_shorter() -> None:
    """Whoever says "continue" before the chime goes on."""
    sofa = listening()
    sofa.press(Command.BREAK)
    sofa.wait(100)
    sofa.says("Continue.")
    sofa.until("resumed")
    sofa.until("listening")
    sofa.wait(1300)
    assert "break_over" not in sofa.names()


def test_a_break_from_which_nobody_comes_back_closes_the_evening() -> None:
    """After two hours, with the words that are known in the record, undecided."""
    sofa = listening()
    sofa.says("I think of rain.")
    sofa.wait(4)
    sofa.press(Command.BREAK)
    at = sofa.until("break")["at"]
    ended = sofa.until("finished", limit=20000)
    assert ended["reason"] == "break"
    assert ended["at"] - at == pytest.approx(7200, abs=0.01)
    assert sofa.lines() == [("Ana", "I think of rain.")]
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=False, reason="break")]


def test_the_chime_of_a_break_waits_for_a_pause() -> None:
    """It does not ring into a sentence."""
    sofa = listening()
    sofa.press(Command.BREAK)
    sofa.wait(1195)
    ends = sofa.says("I am so sorry about your mother.", seconds=8, after=1)
    over = sofa.until("break_over")["at"]
    assert ends < over < ends + 2


@pytest.mark.parametrize("command", [Command.BREAK, Command.OFF_RECORD])
def test_talk_between_the_words_of_a_pause_is_no_talk_to_ask_about(command: Command) -> None:
    """Ears are open while the guide says that it waits; whatever is said then, it goes on waiting."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.feed(RecordFailed(at=sofa.now, what="The disk is full."))  # more to say: a gap in its words
    sofa.press(command)
    sofa.until("prompt_ended")
    assert sofa.at(Phase.GAP)
    sofa.says("Shall I make us a cup of tea now?", seconds=6, after=0.3)
    sofa.wait(60)
    assert sofa.at(Phase.WAITING)
    assert "talking" not in sofa.names()
    assert lines.SHALL_I_GO_ON not in sofa.prompts()


def test_a_command_for_another_time_between_the_words_of_a_pause_changes_nothing() -> None:
    """ "Pass" said while the guide is about to wait is not obeyed, and the guide still comes to wait."""
    sofa = in_gap()
    sofa.press(Command.BREAK)
    assert sofa.at(Phase.GAP)
    sofa.says("Pass.", seconds=0.6, after=0.2)
    sofa.wait(30)
    assert sofa.at(Phase.WAITING)
    assert any(prompt.startswith("Take your break") for prompt in sofa.prompts())


def test_what_passed_stays_passed_through_a_pause() -> None:
    """A pause between "pass" and the last text of the turn: the evening goes on with the next question."""
    sofa = closing()
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.press(Command.CONTINUE)
    sofa.until("resumed")
    assert sofa.until("step")["id"] == "two"
    assert sofa.lines() == [("Ana", "Rain.")]


def test_the_way_back_stays_the_way_back_through_a_pause() -> None:
    """The same for "go back"."""
    sofa = listening()
    sofa.says("Rain.")
    sofa.until("step", id="two")
    sofa.until("listening")
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Snow.") - sofa.now + 0.5)
    sofa.press(Command.GO_BACK)
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.press(Command.CONTINUE)
    sofa.until("resumed")
    assert sofa.until("step")["id"] == "one"


def test_done_does_not_make_an_answer_of_what_was_passed() -> None:
    """A consent that was passed before its text came is no yes, whatever is pressed then."""
    sofa = Sofa(consented(question("one")).own)
    sofa.until("listening")
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Yes.") - sofa.now + 0.5)
    sofa.press(Command.PASS)
    sofa.press(Command.DONE)
    assert sofa.until("finished")["reason"] == "declined"


def test_repeat_after_pass_opens_the_turn_again() -> None:
    """Whoever asks to hear the question again has not passed it after all."""
    sofa = closing()
    sofa.press(Command.REPEAT)
    assert sofa.until("prompt")["text"] == "What about one?"
    sofa.until("listening")
    sofa.says("And snow.")
    assert sofa.until("heard", final=True)["text"] == "Rain. And snow."


def test_a_key_decides_what_follows_not_the_end_of_a_sentence() -> None:
    """ "... and that's all" in the words before "repeat" was pressed does not end the turn."""
    sofa = listening()
    sofa.wait(sofa.says("It was dark, and that's all.") - sofa.now + 1.1)
    sofa.press(Command.REPEAT)
    assert sofa.until("prompt")["text"] == "What about one?"
    turn = sofa.all("listening")[-1]["turn"]
    assert sofa.until("listening")["turn"] == turn
    assert not [event for event in sofa.all("turn_ended") if event["turn"] == turn]


def test_commands_one_after_the_other_in_a_slow_silence_are_all_heard() -> None:
    """A word that follows "stop" before its text is known does not hide it."""
    sofa = in_silence()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Stop.", seconds=0.5) - sofa.now + 1.6)
    sofa.says("Please.", seconds=0.5, after=0.0)
    sofa.until("stopping")


def test_strike_while_off_the_record_takes_the_last_answer() -> None:
    """And the guide goes on waiting."""
    sofa = consented(question("one"), question("two", who=Who.SECOND))
    sofa.until("listening", answer="open")
    sofa.says("My mother's name is Ruth.")
    sofa.until("step", id="two")
    sofa.press(Command.OFF_RECORD)
    sofa.wait(5)
    sofa.says("Strike that.")
    sofa.until("prompt", text=lines.STRUCK)
    sofa.wait(30)
    assert sofa.at(Phase.WAITING)
    assert sofa.lines() == []


def test_strike_takes_what_was_just_said_though_its_text_is_not_known() -> None:
    """Never the answer before it."""
    sofa = listening()
    sofa.says("I think of rain.")
    sofa.until("step", id="two")
    sofa.until("listening")
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("My mother's name is Ruth.") - sofa.now + 1.5)
    sofa.press(Command.STRIKE)
    sofa.until("prompt", text=lines.STRUCK)
    sofa.wait(10)
    assert sofa.lines() == [("Ana", "I think of rain.")]


def test_strike_in_a_number_takes_the_number() -> None:
    """A brief answer reaches the record at the end of its turn; a strike before that leaves the others alone."""
    sofa = consented(question("one"), question("number", AnswerKind.NUMBER))
    sofa.until("listening", answer="open")
    sofa.says("I think of rain.")
    sofa.until("listening", answer="number")
    sofa.engine_seconds = 2.0
    sofa.wait(sofa.says("Seven.") - sofa.now + 1.3)
    sofa.press(Command.STRIKE)
    sofa.until("listening")
    sofa.says("Eight.")
    sofa.until("step", id="landing")
    assert sofa.lines() == [("Ana", "I think of rain."), ("Ana", "Eight.")]


def test_a_word_about_the_record_is_said_with_what_comes_next() -> None:
    """Also if that is "Paused."; and only once."""
    sofa = listening()
    sofa.feed(RecordFailed(at=sofa.now, what="The disk is full."))
    sofa.press(Command.PAUSE)
    sofa.wait(20)
    said = " ".join(sofa.prompts())
    assert said.count("I can't write any more tonight.") == 1
    assert said.endswith(lines.PAUSED)
    assert sofa.at(Phase.WAITING)
