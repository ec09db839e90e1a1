"""Long silences: whoever has not begun, whoever never ends, and what patience makes of a clock."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Sofa, consented, question
from voice_guide.exercise.flat import Quiet, Who
from voice_guide.exercise.sentences import PAUSE, longest_seconds
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.phases import Phase, Why
from voice_guide.session.turn_end import IDLE_PAUSE, STILL_AFTER, STIRRED_MOST, Manners

NOBODY = (lines.NO_HURRY, lines.OFFER)


def idle() -> Sofa:
    """Nobody has begun to answer for so long that the guide has paused."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    sofa.until("paused")
    sofa.wait(10)
    return sofa


# --- nobody begins


@pytest.mark.parametrize("seconds", [25, 50, 65, 200])
def test_an_answer_after_long_thought_is_heard(seconds: float) -> None:
    """After either kind word and long after both: no pause that nobody asked for takes an answer away."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    sofa.wait(seconds)
    sofa.says("I was afraid of the dark.", seconds=3)
    sofa.until("turn_ended")
    sofa.until("step", id="two")
    assert ("Ana", "I was afraid of the dark.") in sofa.lines()


def test_it_pauses_in_the_end_and_never_hangs_up() -> None:
    """Two kind words, minutes of peace, a pause; then nothing until somebody comes back."""
    sofa = idle()
    assert [p for p in sofa.prompts() if p in NOBODY] == [*NOBODY]
    assert sofa.prompts()[-1] == lines.WAITING
    offered, paused = (sofa.all(name)[-1]["at"] for name in ("no_input", "paused"))
    assert paused - offered > IDLE_PAUSE
    before = len(sofa.told)
    sofa.wait(3 * 3600)
    assert sofa.at(Phase.WAITING)
    assert len(sofa.told) == before


@pytest.mark.parametrize(
    ("command", "then"),
    [("Pass.", "turn_ended"), ("Repeat.", "prompt"), ("More time.", "prompt"), ("Take a break.", "break"),
     ("I'm done.", "turn_ended"), ("Help.", "prompt"), ("Continue.", "listening")],
)  # fmt: skip
def test_what_was_offered_counts_in_that_pause(command: str, then: str) -> None:
    """The guide has named pass, repeat and more time, and paused by itself: it takes each of them."""
    sofa = idle()
    sofa.says(command)
    sofa.until("resumed")
    assert sofa.until(then)


def test_a_line_typed_in_that_pause_is_the_answer() -> None:
    """Nothing that somebody sends is dropped because the guide grew tired of waiting."""
    sofa = idle()
    sofa.types("I was afraid of the dark.")
    sofa.until("step", id="two")
    assert ("Ana", "I was afraid of the dark.") in sofa.lines()


def test_a_pause_that_was_asked_for_takes_no_answer() -> None:
    """There a typed line is nothing to the guide, and neither is pass."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.types("A word to Ben only.")
    sofa.says("Pass.")
    sofa.wait(60)
    assert sofa.at(Phase.WAITING)
    assert sofa.lines() == []


# --- no silence ends it


@pytest.mark.parametrize(
    ("kind", "seconds", "patience"),
    [(AnswerKind.TIMED, None, (1.0, 1.0)), (AnswerKind.TIMED, 120.0, (None, 1.0)),
     (AnswerKind.OPEN, None, (None, 1.0))],
)  # fmt: skip
def test_where_no_silence_ends_a_turn_the_guide_says_once_that_it_listens(
    kind: AnswerKind, seconds: float | None, patience: tuple[float | None, float]
) -> None:
    """A turn without limit, or with the patience "when I say": nobody is left alone with a silent machine."""
    sofa = consented(question("one", kind, seconds=seconds), manners=Manners(patience=patience))
    sofa.until("listening", answer=str(kind))
    ended = sofa.says("It was dark.", seconds=20)
    said = sofa.until("no_input")
    assert said["at"] - ended >= STILL_AFTER
    assert sofa.prompts()[-1] == lines.STILL_LISTENING
    sofa.wait(3600)
    assert sofa.prompts().count(lines.STILL_LISTENING) == 1
    assert sofa.at(Phase.LISTENING)
    sofa.says("And the rain came.", seconds=3)
    sofa.wait(10)
    sofa.press(Command.DONE)
    sofa.until("landing")


def test_a_turn_without_limit_that_nobody_begins_is_like_any_other() -> None:
    """Kind words, and a pause in the end."""
    sofa = consented(question("one", AnswerKind.TIMED))
    sofa.until("listening", answer="timed")
    sofa.until("paused")
    assert [p for p in sofa.prompts() if p in NOBODY] == [*NOBODY]


# --- the clock


@pytest.mark.parametrize(
    ("patience", "said"),
    [((1.0, 1.0), ""), ((1.0, 2.0), "Tonight the clock gives you about 4 minutes."), ((None, 1.0), lines.NO_CLOCK)],
)  # fmt: skip
def test_the_guide_says_where_patience_changes_the_clock(
    patience: tuple[float | None, float], said: str
) -> None:
    """The script says two minutes; whoever has more, or no clock at all, is told."""
    sofa = consented(question("one", AnswerKind.TIMED, seconds=120.0), manners=Manners(patience=patience))
    sofa.until("listening", answer="timed")
    words = [p for p in sofa.prompts() if p.startswith("What about one?")]
    assert words == [f"What about one? {said}".strip()]


def test_more_time_for_the_one_is_as_much_for_the_other() -> None:
    """What was used of it, that is: both get equal room, whether it was asked for or simply taken."""
    rounds = [
        question(f"each-1@{which}/ask-1", AnswerKind.TIMED, who, seconds=120.0)
        for which, who in (("first", Who.FIRST), ("second", Who.SECOND))
    ]
    sofa = consented(*rounds)
    sofa.until("listening", answer="timed")
    sofa.wait(110)
    sofa.press(Command.MORE_TIME)
    sofa.until("listening", answer="timed")
    sofa.says("It was dark.", seconds=45)
    sofa.wait(46)
    sofa.press(Command.DONE)
    sofa.until("listening", who="Ben")
    left = sofa.until("timer")["left"]
    assert 120 + 30 < left < 120 + 45


@pytest.mark.parametrize(("factor", "minutes"), [(1.0, 2), (4.0, 8)])
def test_how_long_is_left_counts_the_turn_that_runs(factor: float, minutes: int) -> None:
    """In all is never less than in this turn, whatever the patience."""
    sofa = consented(
        question("one", AnswerKind.TIMED, seconds=120.0), manners=Manners(patience=(factor, 1.0))
    )
    sofa.until("listening", answer="timed")
    sofa.press(Command.TIME_LEFT)
    sofa.until("prompt_ended")
    in_turn, in_all = sofa.prompts()[-1].split(". ")
    assert in_turn == f"In this turn, about {minutes} minutes are left"
    assert int(in_all.split("about ")[1].split()[0]) >= minutes


# --- sounds that are no words


def test_tears_put_off_the_end_of_an_open_answer() -> None:
    """But a noisy room does not for ever."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    ended = sofa.says("I was small.", seconds=2)
    for _ in range(60):
        sofa.wait(1)
        if sofa.at(Phase.LISTENING):
            sofa.stirs()
    assert sofa.all("turn_ended")[-1]["at"] - ended == pytest.approx(8 + STIRRED_MOST, abs=1)


def test_laughter_puts_off_what_follows_a_talk() -> None:
    """They laughed, and the guide waits for the end of that."""
    sofa = consented(Quiet(id="quiet", seconds=5.0), question("one"))
    sofa.until("step", id="quiet")
    sofa.wait(1)
    sofa.says("Do you remember?", seconds=5)
    sofa.until("talking")
    for _ in range(30):
        sofa.wait(1)
        sofa.stirs()
    assert sofa.at(Phase.TALKING)
    assert lines.SHALL_I_GO_ON not in sofa.prompts()


# --- stopped, paused


def test_nothing_takes_the_place_of_a_stop() -> None:
    """Off the record, or a break, in the half minute after a stop: it is stopped all the same."""
    for command in (Command.OFF_RECORD, Command.BREAK, Command.LOUDER):
        sofa = consented(question("one"))
        sofa.until("listening", answer="open")
        sofa.press(Command.STOP)
        sofa.wait(10)
        sofa.press(command)
        sofa.until("finished", reason="stopped")


@pytest.mark.parametrize("command", [Command.BREAK, Command.LOUDER, Command.SLOWER])
def test_what_makes_sense_in_a_pause_counts_there(command: Command) -> None:
    """A pause can become a break, and the guide's voice can be changed while nobody needs to listen."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.press(command)
    sofa.wait(10)
    assert sofa.at(Phase.WAITING)
    assert sofa.session.held is not None
    assert sofa.session.held.why is (Why.BREAK if command is Command.BREAK else Why.PAUSED)
    assert len(sofa.done(fx.SetVoice)) == (command is not Command.BREAK)


def test_a_slow_voice_leaves_as_many_gaps() -> None:
    """At the slowest pace, too, no words run over ten seconds before the guide can be heard."""
    sofa = consented(question("one"))
    for _ in range(4):
        sofa.until("listening", answer="open")
        sofa.press(Command.SLOWER)
    sofa.press(Command.HELP)
    sofa.until("prompt_ended")
    slow = sofa.session.voice.speed
    begun = len(sofa.done(fx.Speak))
    sofa.press(Command.BREAK)
    sofa.wait(60)
    for spoken in sofa.done(fx.Speak)[begun:]:
        seconds = sum(longest_seconds(s) for s in spoken.sentences) + PAUSE * (len(spoken.sentences) - 1)
        assert seconds / slow <= 10.0


# --- what is told of the record


def test_the_screen_is_told_when_writing_begins_and_ends() -> None:
    """From both yeses on, until the words are kept, gone, or cannot be written."""
    sofa = consented(question("one"))
    assert [e["on"] for e in sofa.all("writing")] == [True]
    sofa.answers_all("Yes.")
    assert [e["on"] for e in sofa.all("writing")] == [True, False]


def test_a_stop_tells_that_words_are_undecided() -> None:
    """Sealed, and gone after a week: nobody has said what becomes of them."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.press(Command.STOP)
    sofa.until("finished", reason="stopped")
    assert len(sofa.all("undecided")) == 1
    sofa = Sofa(sofa.own)
    sofa.until("listening")
    sofa.press(Command.STOP)
    sofa.until("finished", reason="stopped")
    assert sofa.all("undecided") == [], "nothing was written"
