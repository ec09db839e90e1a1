"""Let me say it again: what stands as "[unclear]" is filled in by its speaker, the same evening."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Quiet, Sofa, consented, program, question
from voice_guide.exercise.flat import Purpose, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.phases import Phase

ASKED = lines.SAY_AGAIN.format(name="Ana")


def unclear() -> Sofa:
    """Ana was asked, and half of what she said could not be understood; now Ben is being listened to."""
    sofa = consented(
        question("one"), question("two", AnswerKind.TIMED, Who.SECOND, seconds=180.0), question("three")
    )
    sofa.until("listening", answer="open")
    sofa.says("I hide when I am tired.", 3)
    sofa.wait(6)
    sofa.says("", 4)
    sofa.until("listening", answer="timed")
    return sofa


def asks_for_it(sofa: Sofa) -> None:
    """By voice; the guide invites her."""
    sofa.says("Let me say it again.", voice=Who.FIRST)
    sofa.until("prompt", text=ASKED, to="Ana")
    sofa.until("listening", who="Ana", answer="open")


def test_what_is_said_again_takes_the_place_of_the_unclear_line() -> None:
    """In the line where it was said first; nothing is added to the record, and the open turn goes on."""
    sofa = unclear()
    (line,) = [line for line in sofa.done(fx.Record) if line.text.startswith("[unclear")]
    before = len(sofa.done(fx.Record))
    asks_for_it(sofa)
    sofa.says("Then I do not want to be found.", 3, voice=Who.FIRST)
    sofa.until("prompt", text=lines.FILLED_IN)
    (filled,) = sofa.done(fx.FillIn)
    assert (filled.turn, filled.said_at) == (line.turn, line.said_at)
    assert filled.text == "Then I do not want to be found."
    assert filled.sound is not None
    sofa.until("listening", who="Ben", answer="timed")
    assert len(sofa.done(fx.Record)) == before
    assert sofa.session.notes.gaps == ()


def test_in_several_breaths() -> None:
    """All of it takes the place; its sound is not heard again as one."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.says("Then I do not want", 2)
    sofa.wait(5)
    sofa.says("to be found.", 2)
    sofa.until("prompt", text=lines.FILLED_IN)
    assert sofa.done(fx.FillIn)[0].text == "Then I do not want to be found."
    assert sofa.done(fx.FillIn)[0].sound is None


@pytest.mark.parametrize("leave", ["Pass.", "I'm done.", ""])
def test_who_leaves_it_leaves_it_unclear(leave: str) -> None:
    """A pass, or words that are not understood this time either."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.says(leave, 2)
    sofa.until("listening", who="Ben", answer="timed")
    assert not sofa.done(fx.FillIn)
    assert len(sofa.session.notes.gaps) == 1


@pytest.mark.parametrize("command", [Command.PASS, Command.DONE, Command.GO_BACK])
def test_it_can_be_left_before_it_is_asked_to_the_end(command: Command) -> None:
    """By a key while the guide invites her: the turn that was open goes on."""
    sofa = unclear()
    sofa.says("Let me say it again.")
    sofa.until("prompt", text=ASKED)
    sofa.press(command)
    sofa.until("listening", who="Ben", answer="timed")
    assert sofa.session.step.id == "two"


def test_the_invitation_is_repeated() -> None:
    """As any question."""
    sofa = unclear()
    sofa.says("Let me say it again.")
    sofa.until("prompt", text=ASKED)
    sofa.press(Command.REPEAT)
    sofa.until("prompt", text=ASKED)
    sofa.until("listening", who="Ana")


def test_it_waits_like_everything_else() -> None:
    """A pause in between, and it goes on."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.press(Command.PAUSE)
    sofa.wait(30)
    sofa.press(Command.CONTINUE)
    sofa.until("listening", who="Ana", answer="open")
    sofa.says("Then I do not want to be found.", 3)
    sofa.until("prompt", text=lines.FILLED_IN)


def test_only_its_speaker_fills_it_in() -> None:
    """Where it is clear who asks: Ben has been understood."""
    sofa = unclear()
    sofa.says("Let me say it again.", voice=Who.SECOND)
    sofa.wait(10)
    assert ASKED not in sofa.prompts()


def test_what_the_other_one_says_meanwhile_is_not_taken_for_it() -> None:
    """It is whose words they were that counts."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.says("She said that she hides.", 3, voice=Who.SECOND)
    sofa.until("prompt", text="It is your turn, Ana.")
    assert not sofa.done(fx.FillIn)


def test_where_all_is_clear_the_words_are_part_of_an_answer() -> None:
    """ "Let me say that again" is how people look for better words."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    sofa.says("Let me say that again.", 2)
    sofa.until("heard", final=True)
    assert sofa.lines() == [("Ana", "Let me say that again.")]
    sofa.press(Command.SAY_AGAIN)
    sofa.until("prompt", text=lines.NOTHING_UNCLEAR)


def test_the_guide_says_once_that_something_is_missing() -> None:
    """Before the words are kept, to the first who is asked."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("", 4)
    sofa.until("step", id="landing/first")
    sofa.press(Command.PASS)
    sofa.until("step", id="landing/second")
    sofa.press(Command.PASS)
    sofa.until("step", id="keep/first")
    said = sofa.until("prompt")["text"]
    assert said.startswith(lines.SOME_UNCLEAR)
    sofa.until("listening", answer="yes-no")
    asks_for_it(sofa)
    sofa.says("I was alone.", 2)
    sofa.until("prompt", text=lines.FILLED_IN)
    sofa.until("listening", answer="yes-no")
    sofa.says("Keep them.")
    sofa.until("step", id="keep/second")
    assert not sofa.until("prompt")["text"].startswith(lines.SOME_UNCLEAR)


def test_in_a_silence_too() -> None:
    """It is as long as it was."""
    sofa = consented(question("one"), Quiet(id="quiet", seconds=60.0), question("two"))
    sofa.until("listening", answer="open")
    sofa.says("", 4)
    sofa.until("step", id="quiet")
    sofa.until("timer")
    asks_for_it(sofa)
    sofa.says("I was alone.", 2)
    sofa.until("timer")
    assert sofa.at(Phase.SILENCE)


def test_a_struck_answer_is_not_filled_in() -> None:
    """What is gone is not asked for."""
    sofa = unclear()
    sofa.says("Strike that.", voice=Who.FIRST)
    sofa.until("command", name="strike that")
    sofa.until("listening", who="Ben")
    assert sofa.session.notes.gaps == ()


def test_nothing_is_filled_in_where_nothing_is_kept() -> None:
    """Without a record there is no unclear line."""
    sofa = Sofa(program(question("one")))
    for answer in ("Yes.", "Yes.", "No."):
        sofa.until("listening", answer="yes-no")
        sofa.says(answer)
    sofa.until("listening", answer="open")
    sofa.says("", 4)
    sofa.wait(3)
    assert sofa.session.notes.gaps == ()


def test_purposes_of_its_own() -> None:
    """The turn is no answer to the question: it is neither recorded nor remembered as one."""
    sofa = unclear()
    asks_for_it(sofa)
    assert sofa.session.turn is not None
    assert sofa.session.turn.question is not None
    assert sofa.session.turn.question.purpose is Purpose.FILL_IN


def test_nothing_of_a_guest_is_filled_in() -> None:
    """Only what the voice of a partner may have said."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.says("Then I do not want to be found.", 3, voice=Who.FIRST)
    sofa.wait(5)
    sofa.says("Dinner is ready.", 2, strange=True)
    sofa.until("prompt", text=lines.FILLED_IN)
    assert sofa.done(fx.FillIn)[0].text == "Then I do not want to be found."


def test_a_final_stop_loses_no_word_of_it() -> None:
    """What was said again by then stands in its place."""
    sofa = unclear()
    asks_for_it(sofa)
    sofa.says("Then I do not want to be found.", 3)
    sofa.wait(5)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert [filled.text for filled in sofa.done(fx.FillIn)] == ["Then I do not want to be found."]


def test_a_strike_reaches_the_turn_that_waits() -> None:
    """Ben's answer is struck while Ana is being listened to: it is gone, and he is asked anew."""
    sofa = consented(
        question("one"), question("two", AnswerKind.SHORT, Who.SECOND, save="word"), question("three")
    )
    sofa.until("listening", answer="open")
    sofa.says("", 4)
    sofa.until("listening", answer="short")
    sofa.says("The sea.", 2, voice=Who.SECOND)
    sofa.wait(4.2)
    assert ("Ben", "The sea.") in sofa.lines()
    sofa.press(Command.SAY_AGAIN)
    sofa.until("listening", who="Ana")
    sofa.says("Strike that.", voice=Who.SECOND)
    sofa.until("command", name="strike that")
    sofa.until("listening", who="Ana")
    sofa.press(Command.PASS)
    sofa.until("listening", who="Ben")
    assert sofa.session.turn is not None
    assert sofa.session.turn.pieces == ()
    sofa.press(Command.PASS)
    sofa.until("step", id="three")
    assert sofa.session.notes.word("word") == ""


def test_a_pass_stays_a_pass() -> None:
    """It was given while the words before it were awaited: a fill in between makes no yes of it."""
    sofa = consented(
        question("one"), question("deeper", AnswerKind.YES_NO, purpose=Purpose.DEEPER), question("two")
    )
    sofa.until("listening", answer="open")
    sofa.says("", 4)
    sofa.until("listening", answer="yes-no")
    sofa.engine_seconds = 6.0
    sofa.says("Yes.", 1)
    sofa.wait(3.5)
    sofa.press(Command.PASS)
    assert sofa.at(Phase.CLOSING)
    sofa.press(Command.HELP)
    sofa.wait(20)
    if sofa.session.step.id == "deeper":
        sofa.press(Command.SAY_AGAIN)
        sofa.until("listening", who="Ana", answer="open")
        sofa.press(Command.PASS)
    sofa.wait(30)
    assert sofa.session.notes.answer("deeper") is not True


def test_a_remark_in_the_others_turn_can_be_said_again() -> None:
    """Whatever question it was beside."""
    sofa = unclear()
    sofa.says("", 3, voice=Who.FIRST)
    sofa.wait(8)
    assert [gap.who for gap in sofa.session.notes.gaps] == [Who.FIRST, Who.FIRST]
    asks_for_it(sofa)
    sofa.says("No, I did not.", 2, voice=Who.FIRST)
    sofa.until("prompt", text=lines.FILLED_IN)
    assert sofa.done(fx.FillIn)[0].turn == sofa.done(fx.Record)[-1].turn


def test_strike_that_means_what_was_said_again() -> None:
    """It is the last answer."""
    sofa = unclear()
    sofa.says("I sit with you.", 3, voice=Who.SECOND)
    sofa.wait(8)
    asks_for_it(sofa)
    sofa.says("Then I do not want to be found.", 3, voice=Who.FIRST)
    sofa.until("prompt", text=lines.FILLED_IN)
    sofa.until("listening", who="Ben")
    sofa.says("Strike that.", voice=Who.FIRST)
    sofa.until("command", name="strike that")
    filled = sofa.done(fx.FillIn)[0]
    assert filled.turn in sofa.done(fx.Strike)[0].turns
