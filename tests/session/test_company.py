"""Somebody else is in the room: the evening waits, their words are nobody's, and no word of a partner is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.english import lines
from tests.session.sofa import Quiet, Sofa, consented, question
from voice_guide.exercise.flat import Purpose, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.phases import Phase

GUEST: dict[str, Any] = {"strange": True}
BOTH: dict[str, Any] = {"voice": Who.BOTH}


def listening(kind: AnswerKind = AnswerKind.TIMED) -> Sofa:
    """An evening that listens to Ana, in a turn that lasts, the first of two questions."""
    sofa = consented(question("one", kind, seconds=180.0, save="one"), question("two"))
    sofa.until("listening", answer=str(kind))
    return sofa


def visited() -> Sofa:
    """Somebody came in while she spoke, and the guide has said so."""
    sofa = listening()
    sofa.says("I hide when I am tired.", 4)
    sofa.wait(8)
    for words in ("Dinner is ready, you two.", "Oh, are you busy?"):
        sofa.says(words, 2, **GUEST)
        sofa.wait(8)
    sofa.until("paused")
    sofa.wait(15)
    assert sofa.at(Phase.WAITING)
    return sofa


def test_a_new_voice_pauses_the_evening_the_second_time() -> None:
    """Once may be anybody who whispers; the second time the guide waits, and says why and how it goes on."""
    sofa = listening()
    sofa.says("Dinner is ready, you two.", 2, **GUEST)
    sofa.wait(8)
    assert not sofa.all("paused")
    sofa.says("Oh, are you busy?", 2, **GUEST)
    sofa.until("paused")
    assert lines.NEW_VOICE.startswith(sofa.until("prompt")["text"])
    assert len(sofa.all("new_voice")) == 1


def test_a_voice_that_is_strange_once_in_a_while_pauses_nothing() -> None:
    """A minute later it does not count together with the first."""
    sofa = listening()
    for _ in range(3):
        sofa.says("I never told you.", 3, **GUEST)
        sofa.wait(70)
    assert not sofa.all("paused")


def test_after_continue_the_words_of_the_guest_are_out_of_the_record() -> None:
    """Theirs, and nobody else's; the guide says so, and the turn goes on."""
    sofa = visited()
    before = {line.text: line.turn for line in sofa.done(fx.Record)}
    sofa.says("Continue.")
    sofa.until("resumed")
    (strike,) = sofa.done(fx.Strike)
    assert set(strike.turns) == {before["Dinner is ready, you two."], before["Oh, are you busy?"]}
    assert before["I hide when I am tired."] not in strike.turns
    assert sofa.until("prompt")["text"] == lines.NOT_YOURS
    sofa.until("listening")
    assert sofa.session.turn is not None
    assert "Dinner" not in sofa.session.turn.text


def test_it_was_me_keeps_every_word_and_nobody_is_asked_again() -> None:
    """Whoever wept is no stranger, and is not taken for one twice."""
    sofa = visited()
    sofa.says("That was me.")
    sofa.until("resumed")
    sofa.until("listening")
    for _ in range(3):
        sofa.says("I am all right.", 3, **GUEST)
        sofa.wait(8)
    assert len(sofa.all("paused")) == 1
    assert not sofa.done(fx.Strike)
    kept = [line.text for line in sofa.done(fx.Record)]
    assert kept[:3] == ["I hide when I am tired.", "Dinner is ready, you two.", "Oh, are you busy?"]
    assert kept.count("I am all right.") == 3
    assert {line.who for line in sofa.done(fx.Record)} == {"Ana"}


def test_it_can_be_typed() -> None:
    """By whoever would rather not say it."""
    sofa = visited()
    sofa.types("it was me")
    sofa.until("resumed")
    assert not sofa.done(fx.Strike)


def test_a_television_pauses_the_evening_once_and_is_nobody() -> None:
    """What goes on is not told again, and nothing of it is kept."""
    sofa = visited()
    sofa.press(Command.CONTINUE)
    sofa.until("listening")
    for _ in range(4):
        sofa.says("And now, the weather.", 3, **GUEST)
        sofa.wait(8)
    sofa.says("I would like to be held.", 3, voice=Who.FIRST)
    sofa.wait(8)
    assert len(sofa.all("paused")) == 1
    kept = [line.text for line in sofa.done(fx.Record)]
    assert "And now, the weather." not in kept
    assert kept[-1] == "I would like to be held."


def test_who_comes_in_much_later_is_new() -> None:
    """After ten minutes without a strange voice."""
    sofa = visited()
    sofa.press(Command.CONTINUE)
    sofa.until("listening")
    sofa.press(Command.PAUSE)
    sofa.wait(700)
    sofa.press(Command.CONTINUE)
    sofa.until("listening")
    for words in ("Are you still up?", "I will be quiet."):
        sofa.says(words, 2, **GUEST)
        sofa.wait(8)
    assert len(sofa.all("new_voice")) == 2


def test_a_strange_voice_gives_no_consent() -> None:
    """Once voices are known; the guide says whose turn it is."""
    sofa = consented(question("deeper", AnswerKind.YES_NO, purpose=Purpose.DEEPER), question("two"))
    sofa.until("listening", answer="yes-no")
    sofa.says("Yes, go on, do it.", 2, **GUEST)
    assert sofa.until("prompt")["text"] == "It is your turn, Ana."
    assert sofa.session.notes.answer("deeper") is None


def test_a_guest_in_a_silence_pauses_it() -> None:
    """Where nobody is asked, too."""
    sofa = consented(Quiet(id="quiet", seconds=60.0), question("two"))
    sofa.until("step", id="quiet")
    for words in ("Is this a bad moment?", "I am sorry."):
        sofa.says(words, 2, **GUEST)
        sofa.wait(4)
    sofa.until("new_voice")
    sofa.until("paused")


def test_while_it_waits_nobody_is_noticed() -> None:
    """A guest is why couples say pause."""
    sofa = listening()
    sofa.press(Command.PAUSE)
    sofa.until("prompt_ended")
    for words in ("Hello, you two.", "Shall I come back?"):
        sofa.says(words, 2, **GUEST)
        sofa.wait(8)
    assert not sofa.all("new_voice")
    assert sofa.at(Phase.WAITING)


def test_both_at_once_is_kept_as_such() -> None:
    """In a line of them both, beside that of the one who was asked; it belongs to the same answer."""
    sofa = listening()
    sofa.says("I hide when I am tired.", 4, voice=Who.FIRST)
    sofa.wait(8)
    sofa.says("You do? I do.", 3, **BOTH)
    sofa.wait(8)
    assert sofa.lines() == [("Ana", "I hide when I am tired."), ("both", "You do? I do.")]
    turns = [line.turn for line in sofa.done(fx.Record)]
    assert turns[0] != turns[1]
    sofa.says("Strike that.")
    sofa.until("command")
    assert set(sofa.done(fx.Strike)[0].turns) == set(turns)
    assert sofa.until("prompt")["text"] == lines.STRUCK


@pytest.mark.parametrize("words", ["It was my sister.", "Me too.", "That was meant for you."])
def test_other_words_keep_it_waiting(words: str) -> None:
    """Only a plain "it was me" counts."""
    sofa = visited()
    sofa.says(words)
    sofa.wait(8)
    assert not sofa.all("resumed")


@pytest.mark.parametrize("wait", ["Off the record.", "Take a break.", "Stop."])
def test_it_was_me_ends_no_other_wait(wait: str) -> None:
    """Once they have asked for another one, it is said to the partner: nothing of a confession is written down."""
    sofa = visited()
    sofa.says(wait)
    sofa.wait(15)
    told = len(sofa.all("resumed")) + len(sofa.all("on_record"))
    sofa.says("It was me.")
    sofa.wait(4)
    assert len(sofa.all("resumed")) + len(sofa.all("on_record")) == told
    assert sofa.at(Phase.WAITING)


def test_what_was_strange_long_ago_was_theirs() -> None:
    """Whoever wept a quarter of an hour before a guest came loses no word."""
    sofa = consented(question("one", AnswerKind.TIMED), question("two"))
    sofa.until("listening", answer="timed")
    for _ in range(3):
        sofa.says("I never told you.", 3, **GUEST)
        sofa.wait(300)
        sofa.press(Command.MORE_TIME)
        sofa.wait(10)
    for words in ("Dinner is ready, you two.", "Oh, are you busy?"):
        sofa.says(words, 2, **GUEST)
        sofa.wait(8)
    sofa.wait(15)
    sofa.press(Command.CONTINUE)
    (strike,) = sofa.done(fx.Strike)
    struck = [line.text for line in sofa.done(fx.Record) if line.turn in strike.turns]
    assert struck == ["Dinner is ready, you two.", "Oh, are you busy?"]


@pytest.mark.parametrize("how", [GUEST, BOTH])
def test_the_guide_recalls_no_word_that_is_gone(how: dict[str, Any]) -> None:
    """A short answer of a guest is none to remember; one that both gave goes with its line."""
    sofa = consented(question("one", AnswerKind.SHORT, save="word"), question("two"))
    sofa.until("listening", answer="short")
    sofa.says("The sea.", 2, **how)
    sofa.until("step", id="two")
    sofa.until("listening", answer="open")
    if how is BOTH:
        assert sofa.session.notes.word("word") == "The sea"
        sofa.press(Command.STRIKE)
        sofa.until("prompt", text=lines.STRUCK)
    assert sofa.session.notes.word("word") == ""


def test_a_television_is_no_talk_of_theirs() -> None:
    """A silence ends when it ends, whatever runs in the next room."""
    sofa = visited()
    sofa.press(Command.CONTINUE)
    sofa.until("listening")
    sofa.press(Command.DONE)
    sofa.until("listening", answer="open")
    sofa.press(Command.PASS)
    sofa.until("step", id="landing/first")
    for _ in range(3):
        sofa.says("And now, the weather.", 2, **GUEST)
        sofa.wait(3)
    assert not sofa.all("talking")


def test_after_it_was_me_that_voice_is_a_partners_in_everything() -> None:
    """Whoever is hoarse tonight can consent, be recalled, and say unclear words again."""
    sofa = visited()
    sofa.says("That was me.")
    sofa.until("resumed")
    sofa.wait(4)
    assert sofa.session.turn is not None
    assert not [piece for piece in sofa.session.turn.pieces if piece.strange]
    sofa.says("", 3, **GUEST)
    sofa.wait(8)
    sofa.press(Command.SAY_AGAIN)
    sofa.wait(8)
    sofa.says("I am all right.", 3, **GUEST)
    sofa.until("prompt", text=lines.FILLED_IN)
    assert [filled.text for filled in sofa.done(fx.FillIn)] == ["I am all right."]


def test_after_it_was_me_a_consent_counts() -> None:
    """In the voice that was strange before."""
    sofa = consented(
        question("one", AnswerKind.TIMED, seconds=180.0),
        question("deeper", AnswerKind.YES_NO, purpose=Purpose.DEEPER),
        question("two"),
    )
    sofa.until("listening", answer="timed")
    for _ in range(2):
        sofa.says("I never told you.", 3, **GUEST)
        sofa.wait(8)
    sofa.wait(15)
    sofa.says("That was me.")
    sofa.wait(8)
    sofa.press(Command.DONE)
    sofa.until("step", id="deeper")
    sofa.wait(5)
    sofa.says("Yes, I would like to.", 2, **GUEST)
    sofa.until("step", id="two")
    assert sofa.session.notes.answer("deeper") is True
