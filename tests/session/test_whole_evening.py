"""Forty minutes and more in virtual time: every command, lost devices, sleep, voice and hands mixed."""

from __future__ import annotations

from tests.english import lines, menu
from tests.session.sofa import Line, Quiet, Sofa, program, question
from voice_guide.exercise.flat import Purpose, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.notes import Offer
from voice_guide.session.phases import Phase

STEPS = (
    Line(id="line", text="This is about the sea. It is wide. It is deep, and it is cold at night."),
    question("first"),
    question("told", AnswerKind.TIMED, seconds=180.0),
    question("mirror", who=Who.SECOND, mirrors=("told",)),
    question("missing", AnswerKind.YES_NO, save="missing", purpose=Purpose.MISSING),
    Quiet(id="quiet", seconds=60.0),
    question("number", AnswerKind.NUMBER, Who.SECOND, low=1, high=10, save="number"),
    question("choice", AnswerKind.CHOICE, choices=("sea", "hill"), save="choice"),
    question("own", AnswerKind.TIMED, Who.SECOND, seconds=180.0),
    question("both", AnswerKind.SHORT, Who.BOTH),
)

OFFERS = (
    Offer(name="sea", title="The Sea", summary="Waves.", minutes=40, depth=1),
    Offer(name="hill", title="The Hill", summary="Up.", minutes=20, depth=1),
)


def begin() -> Sofa:
    """Chosen at the menu by voice, and agreed to by hand and by voice."""
    own = program(*STEPS)
    sofa = Sofa(own, menu=menu(own.partners, OFFERS, OFFERS[0], first=False), offers=OFFERS)
    sofa.until("listening", answer="choice")
    sofa.says("The sea, please.")
    for how in ("voice", "hand", "voice", "hand"):
        sofa.until("listening", answer="yes-no")
        if how == "voice":
            sofa.says("Yes, of course.")
        else:
            sofa.types("y")
        sofa.until("turn_ended")
    return sofa


def the_first_questions(sofa: Sofa) -> None:
    """Louder, slower, whose turn, help, repeat, more time; a talk; a wrong voice; a key in its words."""
    sofa.until("prompt", to="both")
    sofa.press(Command.LOUDER)
    sofa.until("prompt_ended")
    sofa.press(Command.SLOWER)
    sofa.until("step", id="first")
    sofa.until("prompt", text="What about first?")
    sofa.touches()
    sofa.until("listening", answer="open")
    for words in ("Whose turn is it?", "Help.", "Repeat.", "More time."):
        sofa.says(words)
        sofa.until("command")
        sofa.until("listening")
    sofa.says("I always liked it.", voice=Who.SECOND)
    sofa.until("prompt", text="It is your turn, Ana.")
    sofa.until("listening")
    sofa.says("I was small, and it was cold.")
    sofa.wait(5)
    sofa.types("My aunt took me there.")
    sofa.wait(5)
    sofa.says("That's all.")
    sofa.until("turn_ended", reason="done")


def the_long_turn(sofa: Sofa) -> None:
    """Off the record, a pause, a lost microphone, a short sleep, how long is left: no minute of hers is lost."""
    sofa.until("listening", answer="timed")
    sofa.says("I hide when I am tired.", seconds=6)
    sofa.wait(12)
    sofa.says("Off the record.")
    sofa.until("off_record")
    sofa.wait(10)
    sofa.says("Your mother, for instance.", seconds=3)
    sofa.wait(60)
    sofa.says("On the record.")
    sofa.until("on_record")
    sofa.until("listening", answer="timed")
    sofa.says("And then I am loud.", seconds=4)
    sofa.wait(10)
    sofa.loses("microphone")
    sofa.wait(90)
    sofa.returns()
    sofa.until("listening", answer="timed")
    sofa.sleeps(20)
    sofa.until("listening", answer="timed")
    sofa.says("How long is left?")
    sofa.until("command", name="how long is left")
    sofa.until("listening", answer="timed")
    sofa.until("timer", left=30.0)
    sofa.until("turn_ended", reason="time")


def the_mirror(sofa: Sofa) -> None:
    """Said back, struck, and said back again; go back, and forward with a pass."""
    sofa.until("listening", answer="open", who="Ben")
    sofa.says("You hide, and you are loud.")
    sofa.wait(4)
    sofa.says("Strike that.")
    sofa.until("prompt", text=lines.STRUCK)
    sofa.until("listening")
    sofa.says("You hide when you are tired.")
    sofa.until("step", id="missing")
    sofa.until("listening")
    sofa.press(Command.GO_BACK)
    assert sofa.until("step")["id"] == "mirror"
    sofa.until("listening")
    sofa.says("Pass.")
    sofa.until("step", id="missing")
    sofa.until("listening")
    sofa.says("No, that was all of it.")


def the_quiet(sofa: Sofa) -> None:
    """A break of half an hour in a silence, and a loudspeaker that goes and comes."""
    sofa.until("step", id="quiet")
    sofa.wait(10)
    sofa.says("Take a break.")
    sofa.until("break")
    sofa.until("break_over")
    sofa.wait(600)
    sofa.says("Continue.")
    sofa.until("resumed")
    sofa.wait(5)
    sofa.loses("loudspeaker")
    sofa.wait(30)
    sofa.returns()
    sofa.until("prompt", text=lines.LOUDSPEAKER_BACK)
    sofa.until("timer", left=0)


def the_brief_questions(sofa: Sofa) -> None:
    """A number that was not understood at first, nothing to say again, a talk about what to choose; faster, softer."""
    sofa.until("listening", answer="number")
    sofa.says("It depends.")
    sofa.until("prompt", text=lines.MISSED_NUMBER)
    sofa.press(Command.FASTER)
    sofa.until("listening", answer="number")
    sofa.press(Command.SAY_AGAIN)
    sofa.until("prompt", text=lines.NOTHING_UNCLEAR)
    sofa.until("listening", answer="number")
    sofa.types("7")
    sofa.until("listening", answer="choice")
    sofa.press(Command.SOFTER)
    sofa.until("listening", answer="choice")
    sofa.says("What do you think we should take, my love?", seconds=8)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.says("Go on.", after=4)
    sofa.until("listening", answer="choice")
    sofa.says("The hill.")


def the_last_questions(sofa: Sofa) -> None:
    """A long sleep, a stop that is undone, a kind word, and nobody speaks until it waits."""
    sofa.until("listening", answer="timed", who="Ben")
    sofa.says("I do the same.", seconds=3)
    sofa.wait(10)
    sofa.sleeps(1200)
    sofa.until("paused")
    sofa.wait(10)
    sofa.types("continue")
    sofa.until("listening", answer="timed")
    sofa.says("Stop.")
    sofa.until("stopping")
    sofa.wait(15)
    sofa.says("Continue.")
    sofa.until("resumed")
    sofa.until("listening", answer="timed")
    sofa.press(Command.PAUSE)
    sofa.wait(20)
    sofa.press(Command.CONTINUE)
    sofa.until("listening", answer="timed")
    sofa.press(Command.DONE)
    sofa.until("listening", answer="short")
    sofa.mutes()
    sofa.until("no_input")
    sofa.unmutes()
    sofa.until("paused")
    sofa.wait(300)
    sofa.says("Continue.")
    sofa.until("listening", answer="short")
    sofa.says("Tea by the sea.")


def the_end(sofa: Sofa) -> str:
    """One word each, and both keep."""
    for answer in ("Warm.", "Quiet.", "Keep it.", "Yes, keep it."):
        sofa.until("turn_ended")
        sofa.until("listening")
        sofa.says(answer)
    return str(sofa.until("finished", limit=20000)["reason"])


def test_an_evening_with_everything_in_it() -> None:
    """It ends as it should; each word is under its speaker's name, and none of a pause or a talk is there."""
    sofa = begin()
    for part in (
        the_first_questions, the_long_turn, the_mirror, the_quiet, the_brief_questions, the_last_questions,
    ):  # fmt: skip
        part(sofa)
    assert the_end(sofa) == "completed"
    assert sofa.at(Phase.FINISHED)
    assert sofa.now > 40 * 60
    assert sofa.lines() == [
        ("Ben", "I always liked it."),
        ("Ana", "I was small, and it was cold."),
        ("Ana", "My aunt took me there."),
        ("Ana", "I hide when I am tired."),
        ("Ana", "And then I am loud."),
        ("Ben", "You hide when you are tired."),
        ("Ben", "It depends."),
        ("Ben", "7"),
        ("Ana", "The hill."),
        ("Ben", "I do the same."),
        ("both", "Tea by the sea."),
        ("Ana", "Warm."),
        ("Ben", "Quiet."),
    ]
    assert {event["name"] for event in sofa.all("command")} == {command.value for command in Command}
    assert sofa.session.notes.answer("number") == 7
    assert sofa.session.notes.answer("choice") == "hill"
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=True, reason="completed")]
    assert len(sofa.done(fx.Reconnect)) == 2
