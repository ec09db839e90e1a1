"""Keys and typed lines, mixed with speech, in every phase."""

from __future__ import annotations

from typing import Any

import pytest

from tests.english import lines
from tests.session.sofa import Line, Quiet, Sofa, consented, program, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import Typed
from voice_guide.session.phases import Phase
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import Manners


def listening(kind: AnswerKind = AnswerKind.OPEN, **more: Any) -> Sofa:
    """An evening that listens, to the first of two questions."""
    sofa = consented(question("one", kind, **more), question("two"))
    sofa.until("listening", answer=str(kind))
    return sofa


def test_any_key_stops_the_guides_voice_and_what_follows_follows() -> None:
    """A question that is hushed is open at once."""
    sofa = consented(question("one"))
    sofa.until("prompt", text="What about one?")
    sofa.wait(0.5)
    sofa.touches()
    assert sofa.done(fx.Hush)
    assert sofa.until("guide_silenced")["at"] == sofa.until("listening", answer="open")["at"]


def test_a_key_in_a_line_leaves_a_gap_before_the_next() -> None:
    """So that a command can be given by voice."""
    sofa = consented(Line(id="a", text="One."), Line(id="b", text="Two."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.wait(0.5)
    sofa.touches()
    hushed = sofa.now
    assert sofa.until("prompt", text="Two.")["at"] - hushed == pytest.approx(1.2)


def test_a_key_where_nothing_sounds_does_nothing() -> None:
    """Neither in a turn nor in a silence nor in a pause."""
    for sofa in (listening(), consented(Quiet(id="quiet", seconds=20.0))):
        sofa.wait(20)
        before = len(sofa.told)
        sofa.touches()
        assert len(sofa.told) == before


def test_a_key_never_gives_a_consent() -> None:
    """Hushing the question of a consent opens it, and no more."""
    sofa = Sofa(program(question("one")))
    sofa.until("prompt", to="Ana")
    sofa.touches()
    assert sofa.until("listening")["answer"] == "yes-no"
    assert sofa.session.notes.answers == ()


def test_a_whole_evening_by_typing() -> None:
    """Consents, answers and the decision, without a spoken word."""
    sofa = Sofa(program(question("one"), question("number", AnswerKind.NUMBER)))
    for line in ("y", "Yes", "yes", "y", "I was thinking of the sea.", "7", "warm", "quiet", "keep", "y"):
        sofa.until("listening")
        sofa.begins_to_type()
        sofa.wait(3)
        sofa.types(line)
        sofa.until("turn_ended")
    assert sofa.until("finished")["reason"] == "completed"
    assert sofa.lines() == [
        ("Ana", "I was thinking of the sea."),
        ("Ana", "7"),
        ("Ana", "warm"),
        ("Ben", "quiet"),
    ]
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=True, reason="completed")]


def test_a_typed_yes_closes_at_once() -> None:
    """It was sent with Enter: no silence has to follow."""
    sofa = listening(AnswerKind.YES_NO)
    sofa.wait(3)
    sofa.types("y")
    assert sofa.until("turn_ended")["reason"] == "typed"
    assert sofa.until("step", id="two")["at"] == sofa.now


def test_a_typed_word_that_is_not_understood_is_asked_again() -> None:
    """As a spoken one is."""
    sofa = listening(AnswerKind.NUMBER)
    sofa.types("many")
    assert sofa.until("prompt")["text"] == lines.MISSED_NUMBER


def test_a_typed_open_answer_ends_by_silence_or_done() -> None:
    """More may follow, by hand or by voice; all of it is one turn in the order in which it came."""
    sofa = listening()
    sofa.says("I was small.")
    sofa.wait(3)
    sofa.types("It was cold.")
    sofa.says("And dark.", after=2)
    sofa.wait(5)
    sofa.types("that's all")
    ended = sofa.until("turn_ended")
    assert ended["reason"] == "done"
    assert sofa.until("heard", final=True)["text"] == "I was small. It was cold. And dark."
    assert [text for _, text in sofa.lines()] == ["I was small.", "It was cold.", "And dark."]


def test_typing_in_the_middle_of_speech_loses_nothing() -> None:
    """What was said before the line is cut there; what follows is still heard."""
    sofa = listening()
    sofa.says("A sentence that goes on", seconds=4)
    sofa.wait(2.5)
    typed_at = sofa.now
    sofa.types("by hand")
    sofa.wait(10)
    jobs = [job for job in sofa.done(fx.Transcribe) if job.turn == sofa.session.turns]
    (cut,) = {job.end for job in jobs} & {job.start for job in jobs}
    assert cut == pytest.approx(typed_at), "no moment of it is left out"
    assert ("Ana", "by hand") in sofa.lines()
    assert not sofa.stuck()


@pytest.mark.parametrize("command", list(Command))
def test_every_command_can_be_typed_while_the_guide_listens(command: Command) -> None:
    """Its name on the screen is what to type; it is never recorded as words."""
    sofa = listening()
    sofa.says("Rain.")
    sofa.wait(4)
    sofa.types(command.value)
    if command not in (Command.CONTINUE, Command.ON_RECORD):
        assert sofa.all("command")[-1]["name"] == command.value
    assert {text for _, text in sofa.lines()} <= {"Rain."}
    assert not sofa.stuck()


@pytest.mark.parametrize("command", list(Command))
def test_every_command_can_be_typed_while_the_guide_speaks(command: Command) -> None:
    """It is obeyed at once, except "continue", which is what it does anyway."""
    sofa = consented(Line(id="a", text="One."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.types(command.value)
    obeyed = command not in (Command.CONTINUE, Command.ON_RECORD)
    assert ("command" in sofa.names()) is obeyed
    assert not sofa.stuck()


@pytest.mark.parametrize("line", ["continue", "Continue.", "on the record"])
def test_a_typed_continue_ends_a_pause(line: str) -> None:
    """Also while the guide still says that it is paused."""
    for seconds in (0.5, 10):
        sofa = listening()
        sofa.press(Command.PAUSE)
        sofa.wait(seconds)
        sofa.types(line)
        sofa.until("resumed")
        assert sofa.until("listening")["answer"] == "open"


def test_a_line_that_is_typed_in_a_pause_is_nothing_to_the_guide() -> None:
    """It is neither told nor kept."""
    sofa = listening()
    sofa.press(Command.OFF_RECORD)
    sofa.wait(10)
    told = len(sofa.told)
    sofa.types("I never liked your mother.")
    sofa.types("pass")
    assert len(sofa.told) == told
    assert sofa.at(Phase.WAITING)
    assert not sofa.lines()


def test_an_answer_that_is_typed_while_the_question_is_being_asked() -> None:
    """It silences the guide, and is the answer."""
    sofa = consented(question("one", AnswerKind.YES_NO, save="one"), question("two"))
    sofa.until("prompt", text="What about one?")
    sofa.types("no")
    assert sofa.until("turn_ended")["reason"] == "typed"
    assert sofa.session.notes.answer("one") is False


def test_an_answer_that_is_typed_between_two_parts_of_its_question() -> None:
    """The rest of the question is left out."""
    text = " ".join(["Would you say that this question has many words?"] * 3)
    asks = question("one", AnswerKind.YES_NO, save="one")
    sofa = consented(
        type(asks)(id="one", text=text, who=Who.FIRST, answer=AnswerKind.YES_NO), question("two")
    )
    sofa.until("step", id="one")
    sofa.until("prompt_ended")
    assert sofa.at(Phase.GAP)
    sofa.types("no")
    assert sofa.until("turn_ended")["reason"] == "typed"
    assert sofa.session.notes.answer("one") is False


def test_a_line_before_a_question_answers_nothing() -> None:
    """A "yes" in the gap before a consent is no consent: nobody has been asked."""
    sofa = Sofa(program(question("one")))
    sofa.until("step", id="consent/first")
    assert sofa.at(Phase.GAP)
    sofa.types("yes")
    assert sofa.until("prompt")["to"] == "Ana"
    assert sofa.session.notes.answers == ()


def test_a_line_typed_into_a_kind_word_is_the_answer() -> None:
    """While the guide says that there is no hurry."""
    sofa = listening()
    sofa.until("no_input")
    sofa.types("I was small.")
    assert sofa.until("heard", final=True)["text"] == "I was small."


def test_a_line_while_the_answer_lands_goes_on_with_it() -> None:
    """Also while the text of what was spoken is not known yet."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("I was small.") - sofa.now + 0.5)
    sofa.press(Command.DONE)
    assert sofa.at(Phase.LANDING)
    sofa.types("It was cold.")
    sofa.until("turn_reopened")
    assert sofa.until("heard", final=True)["text"] == "I was small. It was cold."
    assert Tone.LANDING in [tone.tone for tone in sofa.done(fx.PlayTone)]


def test_an_empty_line_while_the_answer_lands_does_not_open_it_again() -> None:
    """Enter alone is only a key."""
    sofa = listening()
    sofa.says("I was small.")
    sofa.until("landing")
    sofa.types("   ")
    assert "turn_reopened" not in sofa.names()
    assert sofa.until("step")["id"] == "two"


def test_a_line_while_a_turn_closes_is_part_of_it() -> None:
    """A second line, sent before the text of the spoken word was known, is not lost."""
    sofa = listening(AnswerKind.YES_NO, save="one")
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Well.") - sofa.now + 0.5)
    sofa.types("I think")
    assert sofa.at(Phase.CLOSING)
    sofa.types("yes")
    sofa.until("turn_reopened")
    sofa.until("heard", final=True)
    assert ("Ana", "yes") in sofa.lines()


def test_a_line_while_a_passed_turn_closes_is_no_answer() -> None:
    """Whoever passed has passed."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("Well.") - sofa.now + 0.5)
    sofa.press(Command.PASS)
    sofa.types("yes")
    assert sofa.until("finished")["reason"] == "declined"


def test_a_half_typed_line_keeps_the_floor() -> None:
    """Whoever stops to think in the middle of a line is not hurried, and their turn does not end."""
    sofa = listening()
    sofa.types("I was small.")
    sofa.wait(4)
    sofa.begins_to_type()
    sofa.wait(15)
    sofa.stirs()
    assert sofa.at(Phase.LISTENING)
    sofa.types("It was cold.")
    assert sofa.until("heard", final=True)["text"] == "I was small. It was cold."


def test_a_line_that_is_never_sent_does_not_hold_the_evening() -> None:
    """Twenty seconds after its last key it is forgotten."""
    sofa = listening()
    sofa.types("I was small.")
    sofa.wait(3)
    sofa.begins_to_type()
    key = sofa.now
    assert sofa.until("turn_ended")["at"] - key == pytest.approx(20, abs=0.01)


def test_time_that_is_over_while_somebody_types() -> None:
    """The chime sounds, and the line is still part of the turn."""
    sofa = listening(AnswerKind.TIMED, seconds=60.0)
    sofa.wait(55)
    sofa.begins_to_type()
    over = sofa.until("timer", left=0)["at"]
    sofa.wait(8)
    sofa.types("I was small.")
    assert sofa.now > over + 5
    assert sofa.until("turn_ended")["reason"] == "time"
    assert sofa.lines() == [("Ana", "I was small.")]


def test_typing_holds_the_guides_next_words() -> None:
    """In a gap it waits for the line; that is then no answer, and the guide goes on."""
    sofa = consented(Line(id="a", text="One."), Line(id="b", text="Two."), question("c"))
    sofa.until("prompt", text="One.")
    sofa.until("prompt_ended")
    sofa.wait(1)
    sofa.begins_to_type()
    key = sofa.now
    assert sofa.until("prompt", text="Two.")["at"] - key == pytest.approx(6)


def test_who_ends_turns_by_saying_so_can_type_it() -> None:
    """With the patience "only when I say", a typed open answer waits for "done"."""
    sofa = consented(question("one"), manners=Manners(patience=(None, 1.0)))
    sofa.until("listening", answer="open")
    sofa.types("I was small.")
    sofa.wait(600)
    assert sofa.at(Phase.LISTENING)
    sofa.types("done")
    assert sofa.until("turn_ended")["reason"] == "done"


def test_what_is_typed_shows_in_no_repr() -> None:
    """Neither in the event nor in the session nor in an effect."""
    sofa = listening()
    sofa.types("Rumpelstiltskin.")
    assert "Rumpel" not in repr(Typed(at=1.0, text="Rumpelstiltskin."))
    assert "Rumpel" not in repr(sofa.session)
    assert "Rumpel" not in repr(sofa.effects)
