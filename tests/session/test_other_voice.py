"""The other partner answers: kept under the name of the one who spoke, and the turn is not used up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.english import lines
from tests.session.sofa import Sofa, consented, program, question
from voice_guide.exercise.flat import Purpose, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command

BEN: dict[str, Any] = {"voice": Who.SECOND}
ANA: dict[str, Any] = {"voice": Who.FIRST}


def listening(kind: AnswerKind = AnswerKind.OPEN) -> Sofa:
    """An evening that listens to Ana, the first of two questions."""
    sofa = consented(question("one", kind, save="one"), question("two"))
    sofa.until("listening", answer=str(kind))
    return sofa


def test_it_is_kept_under_the_name_of_who_spoke() -> None:
    """In a turn of its own; then the guide says to both whose turn it is, and the open turn is unused."""
    sofa = listening()
    turn = sofa.session.turns
    sofa.says("She never says it.", **BEN)
    heard = sofa.until("heard", final=True, who="Ben")
    assert (heard["text"], heard["turn"]) == ("She never says it.", turn + 1)
    said = sofa.until("prompt")
    assert (said["text"], said["to"]) == ("It is your turn, Ana.", "both")
    assert sofa.until("listening")["turn"] == turn
    sofa.says("I am afraid of the dark.", **ANA)
    assert sofa.until("heard", final=True)["text"] == "I am afraid of the dark."
    assert sofa.lines() == [("Ben", "She never says it."), ("Ana", "I am afraid of the dark.")]
    assert [line.turn for line in sofa.done(fx.Record)] == [turn + 1, turn]
    sofa.until("listening")
    assert sofa.session.turns == turn + 2


def test_nothing_of_it_shows_under_the_name_of_who_was_asked() -> None:
    """Not for a moment."""
    sofa = listening()
    sofa.says("She never says it.", **BEN)
    sofa.wait(10)
    assert {e["who"] for e in sofa.all("heard") if "never" in e["text"]} == {"Ben"}


def test_whose_turn_it_is_is_said_once_in_a_turn() -> None:
    """Who goes on answering for the other is written down, and not told again."""
    sofa = listening()
    for _ in range(3):
        sofa.says("She never says it.", **BEN)
        sofa.wait(8)
    assert sofa.prompts().count("It is your turn, Ana.") == 1
    assert sofa.lines() == [("Ben", "She never says it.")] * 3
    assert len({line.turn for line in sofa.done(fx.Record)}) == 3
    assert sofa.session.step.id == "one"


def test_a_word_of_the_listener_does_not_interrupt_who_has_begun() -> None:
    """ "Yes, I remember" in the middle of an answer is written down, and the guide says nothing of it."""
    sofa = listening()
    sofa.says("It was the winter of the snow.", **ANA)
    sofa.wait(3)
    sofa.says("Yes, I remember.", **BEN)
    sofa.wait(4)
    sofa.says("And I was alone.", **ANA)
    assert (
        sofa.until("heard", final=True, who="Ana")["text"]
        == "It was the winter of the snow. And I was alone."
    )
    assert "It is your turn, Ana." not in sofa.prompts()
    assert ("Ben", "Yes, I remember.") in sofa.lines()


@pytest.mark.parametrize("kind", [AnswerKind.YES_NO, AnswerKind.SHORT, AnswerKind.TIMED])
def test_the_turn_is_not_used_up(kind: AnswerKind) -> None:
    """Whatever the question: the other's yes is no answer of hers."""
    sofa = listening(kind)
    sofa.says("Yes.", **BEN)
    sofa.wait(12)
    assert sofa.session.step.id == "one"
    assert sofa.session.notes.answer("one") is None
    assert lines.MISSED_YES_NO not in sofa.prompts()
    sofa.says("No.", **ANA)
    sofa.wait(4)
    sofa.press(Command.DONE)
    sofa.until("step", id="two")
    known = {AnswerKind.YES_NO: False, AnswerKind.SHORT: True}  # a short answer is known to have been given
    assert sofa.session.notes.answer("one") is known.get(kind)


@pytest.mark.parametrize("consents", [0, 2])
def test_nobody_consents_for_the_other(consents: int) -> None:
    """Neither to the exercise nor to writing: the word is dropped and counts for nothing."""
    sofa = Sofa(program(question("one")))
    for _ in range(consents):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    sofa.until("listening")
    step = sofa.session.step.id
    said = len(sofa.all("heard"))
    sofa.says("Yes, she does.", **BEN)
    sofa.wait(6)
    assert sofa.session.step.id == step
    assert len(sofa.all("heard")) == said
    assert sofa.prompts()[-1] == "It is your turn, Ana."
    sofa.wait(6)
    sofa.says("Yes, of course.", **ANA)
    assert sofa.until("step")["id"] in ("consent/second", "write/second")
    assert not sofa.done(fx.Record)


def test_nobody_keeps_or_discards_for_the_other() -> None:
    """The decision at the end is each one's own."""
    sofa = consented(question("one"))
    for answer in ("Something.", "Warm.", "Quiet."):
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    sofa.until("step", id="keep/first")
    sofa.until("listening")
    sofa.says("Let them go.", **BEN)
    sofa.wait(10)
    assert not sofa.done(fx.DiscardRecord)
    assert sofa.session.step.id == "keep/first"


def test_whether_something_is_missing_is_for_who_was_mirrored() -> None:
    """The other's "no" is dropped."""
    sofa = consented(question("missing", AnswerKind.YES_NO, purpose=Purpose.MISSING), question("two"))
    sofa.until("listening", answer="yes-no")
    sofa.says("No, that was all.", **BEN)
    sofa.wait(10)
    assert sofa.session.step.id == "missing"
    assert not sofa.lines()


@pytest.mark.parametrize("words", ["Pause.", "Stop.", "Repeat.", "Off the record."])
def test_a_command_counts_from_anybody(words: str) -> None:
    """Either can say it, at any time."""
    sofa = listening()
    sofa.says(words, **BEN)
    sofa.until("command")
    assert not sofa.lines()


@pytest.mark.parametrize(
    ("who", "voice"), [(Who.FIRST, None), (Who.FIRST, Who.FIRST), (Who.BOTH, Who.SECOND)]
)
def test_nothing_changes_where_nobody_can_tell_or_both_are_asked(who: Who, voice: Who | None) -> None:
    """Then the words are the turn's."""
    sofa = consented(question("one", who=who), question("two"))
    turn = sofa.until("listening", answer="open")["turn"]
    sofa.says("Rain.", voice=voice)
    assert sofa.until("heard", final=True)["turn"] == turn
    sofa.until("step", id="two")
    assert sofa.lines() == [("both" if who is Who.BOTH else "Ana", "Rain.")]


def test_without_consent_to_write_nothing_is_written() -> None:
    """The words are told, in a turn of their own, and not recorded."""
    sofa = Sofa(program(question("one")))
    for answer in ("Yes.", "Yes.", "No."):
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    turn = sofa.until("listening", answer="open")["turn"]
    sofa.says("She never says it.", **BEN)
    assert sofa.until("heard", final=True, who="Ben")["turn"] == turn + 1
    assert not sofa.done(fx.Record)


def test_strike_takes_the_words_of_whose_voice_asks() -> None:
    """He strikes what he said into her turn, and she loses nothing."""
    sofa = listening()
    sofa.says("It was the winter of the snow.", **ANA)
    sofa.wait(3)
    sofa.says("You always exaggerate.", **BEN)
    sofa.wait(4)
    sofa.says("Strike that.", **BEN)
    sofa.until("prompt", text=lines.STRUCK)
    sofa.until("listening")
    sofa.says("And I was alone.", **ANA)
    final = sofa.until("heard", final=True, who="Ana")
    assert final["text"] == "It was the winter of the snow. And I was alone."
    assert sofa.lines() == [("Ana", "It was the winter of the snow."), ("Ana", "And I was alone.")]


def test_her_strike_takes_hers() -> None:
    """And leaves his."""
    sofa = listening()
    sofa.says("It was the winter of the snow.", **ANA)
    sofa.wait(3)
    sofa.says("I remember.", **BEN)
    sofa.wait(4)
    sofa.says("Strike that.", **ANA)
    sofa.until("prompt", text=lines.STRUCK)
    assert sofa.lines() == [("Ben", "I remember.")]


def test_what_he_says_into_her_mirror_goes_with_what_is_struck() -> None:
    """It recalls what she says back."""
    sofa = consented(question("told"), question("mirror", who=Who.SECOND, mirrors=("told",)))
    sofa.until("listening", answer="open")
    sofa.says("I hide.")
    sofa.until("step", id="mirror")
    sofa.until("listening")
    sofa.says("No, I hide when it is dark.", **ANA)
    sofa.wait(10)
    told, added = sofa.done(fx.Record)
    assert (added.who, added.mirrors) == ("Ana", (told.turn,))


def test_words_that_were_not_known_at_the_end_are_his_as_well() -> None:
    """A stop before the text came: still under his name."""
    sofa = listening()
    sofa.engine_seconds = 3.0
    sofa.wait(sofa.says("She never says it.", **BEN) - sofa.now + 0.5)
    sofa.press(Command.STOP)
    sofa.until("finished")
    assert sofa.lines() == [("Ben", "She never says it.")]


# --- how voices are learnt


def test_each_partners_consent_is_how_they_sound() -> None:
    """From the first word to the last, and before the sound is forgotten."""
    sofa = Sofa(program(question("one")))
    for who in (Who.FIRST, Who.SECOND):
        sofa.until("listening")
        end = sofa.says("I'm here, and I want to do this tonight.", seconds=4)
        sofa.until("turn_ended")
        lesson = sofa.done(fx.LearnVoice)[-1]
        assert (lesson.who, lesson.start) == (who, pytest.approx(end - 4))
        assert lesson.end == pytest.approx(end, abs=0.3)
        made = [effect for _, effect in sofa.effects]
        assert isinstance(made[made.index(lesson) + 1], fx.Forget)
    sofa.answers_all("Yes.")
    assert len(sofa.done(fx.LearnVoice)) == 2


def test_nobody_is_learnt_from_a_no() -> None:
    """Whoever does not want this evening is left alone."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("No, I would rather not do this tonight.", seconds=4)
    sofa.until("finished")
    assert not sofa.done(fx.LearnVoice)


def test_nobody_is_learnt_from_what_two_may_have_said() -> None:
    """An answer in several pieces can hold the other one's voice."""
    sofa = Sofa(program(question("one")), engine_seconds=3.0)
    sofa.until("listening")
    sofa.says("Yes, I do.", seconds=2)
    sofa.says("Yes, I want to do this.", seconds=2, after=4.0)  # before the text of the first is there
    sofa.until("step", id="consent/second")
    assert len({job.revision for job in sofa.done(fx.Transcribe)}) == 2
    assert not sofa.done(fx.LearnVoice)
