"""The evening as the couple lives it: turns, manners, and what is told of them."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Line, Quiet, Sofa, consented, program, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.events import Begin, Interrupted, RecordFailed
from voice_guide.session.machine import UnexpectedEvent, advance
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import Manners


def test_whole_evening_in_order() -> None:
    """Consents come first, then the exercise, landing and keeping; both yes means kept."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("I was thinking of the sea.")
    for answer in ("Warm.", "Quiet.", "Yes, keep it.", "Yes."):
        sofa.until("turn_ended")
        sofa.until("listening")
        sofa.says(answer)
    assert sofa.until("finished")["reason"] == "completed"
    asked = [e["answer"] for e in sofa.all("listening")]
    assert asked == ["yes-no"] * 4 + ["open", "short", "short", "yes-no", "yes-no"]
    assert sofa.lines() == [("Ana", "I was thinking of the sea."), ("Ana", "Warm."), ("Ben", "Quiet.")]
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=True, reason="completed")]


def test_no_to_the_exercise_ends_it_kindly() -> None:
    """A no to the exercise ends the evening at once, and nothing was ever written."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("Not tonight.")
    assert sofa.until("finished")["reason"] == "declined"
    assert sofa.prompts()[-1] == lines.DECLINED
    assert not sofa.done(fx.StartRecord)


def test_no_to_writing_gives_the_same_evening_without_a_record() -> None:
    """A no to writing keeps nothing, asks the other one nothing more, and asks nothing at the end."""
    sofa = Sofa(program(question("one")))
    for answer in ("Yes.", "Yes.", "No."):
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    assert sofa.until("listening")["answer"] == "open"
    sofa.says("Something.")
    for answer in ("Warm.", "Quiet."):
        sofa.until("listening", answer="short")
        sofa.says(answer)
    sofa.until("finished")
    assert not sofa.done(fx.StartRecord)
    assert not sofa.done(fx.Record)
    assert sofa.prompts()[-1] == lines.GOODBYE


def test_one_no_at_the_end_deletes_the_record() -> None:
    """Keeping takes two yeses: the first no discards, and the other one is not even asked."""
    sofa = consented(question("one"))
    for answer in ("Something.", "Warm.", "Quiet.", "Let it go."):
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    sofa.until("finished")
    assert len(sofa.done(fx.DiscardRecord)) == 1
    assert not sofa.done(fx.CloseRecord)
    assert lines.DISCARDED in sofa.prompts()


def test_unsure_consent_is_asked_once_more_and_never_taken_for_a_yes() -> None:
    """An answer that is neither yes nor no is asked again once; then it counts as no."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("The weather is nice.")
    sofa.until("listening")
    assert lines.MISSED_YES_NO in sofa.prompts()
    sofa.says("It really is.")
    assert sofa.until("finished")["reason"] == "declined"


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        (AnswerKind.YES_NO, 1.2),
        (AnswerKind.NUMBER, 1.2),
        (AnswerKind.CHOICE, 1.2),
        (AnswerKind.SHORT, 2.5),
        (AnswerKind.OPEN, 8.0),
    ],
)
@pytest.mark.parametrize("patience", [1.0, 2.0, 4.0])
def test_silence_that_ends_a_turn(kind: AnswerKind, seconds: float, patience: float) -> None:
    """Each kind of answer ends after its own silence, times the partner's patience."""
    manners = Manners(patience=(patience, 1.0))
    sofa = consented(question("one", kind, choices=("yes", "no")), manners=manners)
    sofa.until("listening", answer=str(kind))
    ends = sofa.says("Yes, seven.")
    ended = sofa.until("turn_ended")
    assert ended["at"] - ends == pytest.approx(seconds * patience, abs=0.01)
    assert ended["waited_seconds"] == pytest.approx(seconds * patience, abs=0.01)
    assert ended["reason"] == "silence"


def test_only_when_i_say() -> None:
    """With the patience "only when I say", no silence ends a turn; "I'm done" does."""
    sofa = consented(question("one"), manners=Manners(patience=(None, 1.0)))
    sofa.until("listening", answer="open")
    sofa.says("I have to think.")
    sofa.wait(600)
    assert len(sofa.all("turn_ended")) == 4, "the consents only"
    sofa.says("I'm done.")
    assert sofa.until("turn_ended")["reason"] == "done"


def test_speech_that_resumes_is_the_same_turn() -> None:
    """A pause shorter than the answer's silence changes nothing: one turn, all its words."""
    sofa = consented(question("one"))
    turn = sofa.until("listening", answer="open")["turn"]
    sofa.says("I was going to say")
    sofa.wait(5)
    sofa.says("that I miss you.")
    assert sofa.until("heard", final=True)["text"] == "I was going to say that I miss you."
    assert sofa.all("heard")[-1]["turn"] == turn
    assert sofa.lines()[-1] == ("Ana", "that I miss you.")


def test_landing_gives_the_floor_back() -> None:
    """Whoever goes on during the landing has the same turn, and the guide falls silent."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("That was it.", after=0.5, seconds=2)
    sofa.until("landing")
    sofa.says("No, one more thing.", after=1.0)
    reopened = sofa.until("turn_reopened")
    assert sofa.done(fx.Hush)
    assert "prompt" not in [name for at, name, _ in sofa.told if at >= reopened["at"]]
    final = sofa.until("heard", final=True)
    assert final["text"] == "That was it. No, one more thing."
    assert final["turn"] == reopened["turn"]


def test_room_after_the_landing_tone() -> None:
    """The guide leaves 1.2 s of room after the landing tone, and the time it takes to notice who goes on."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("That is all I know.")
    landing = sofa.until("landing")
    assert sofa.until("prompt")["at"] - landing["at"] == pytest.approx(1.93, abs=0.01)


def test_nobody_speaks() -> None:
    """20 s of silence bring one kind word, then an offer, then the guide waits; it never hangs up."""
    sofa = consented(question("one"))
    opened = sofa.until("listening", answer="open")["at"]
    assert sofa.until("no_input")["at"] - opened == pytest.approx(20.1, abs=0.01)
    assert sofa.prompts()[-1] == lines.NO_HURRY
    sofa.until("no_input")
    assert sofa.prompts()[-1] == lines.OFFER
    sofa.until("paused")
    assert sofa.prompts()[-1] == lines.WAITING
    sofa.wait(3600)
    assert sofa.prompts()[-1] == lines.WAITING
    sofa.says("Continue.")
    sofa.until("resumed")
    assert sofa.until("listening")["answer"] == "open"


def test_deep_exercises_wait_longer() -> None:
    """At depth 2 the first kind word comes after 45 s."""
    sofa = consented(question("one"), depth=2)
    opened = sofa.until("listening", answer="open")["at"]
    assert sofa.until("no_input")["at"] - opened == pytest.approx(45.1, abs=0.01)


def test_a_cough_is_no_answer_and_starts_the_clock_anew() -> None:
    """Noise gives no words and no end of turn; the silence counts from its end."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.wait(15)
    cough = sofa.says("", noise=True)
    assert sofa.until("no_input")["at"] - cough == pytest.approx(20, abs=0.5)
    assert not sofa.lines()


def test_speech_without_words_is_kept_as_unclear() -> None:
    """Speech that gave no sure text is not lost silently, and an open question is not asked again."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("", seconds=3)
    assert sofa.until("heard", final=True)["text"] == "[unclear, 3 s]"
    assert sofa.lines() == [("Ana", "[unclear, 3 s]")]
    assert sum("What about one?" in prompt for prompt in sofa.prompts()) == 1


def test_timed_turn_is_ended_by_its_chime_only() -> None:
    """A timed turn ends at its time, with a cue at 30 s, both in silence."""
    sofa = consented(question("one", AnswerKind.TIMED, seconds=90.0))
    opened = sofa.until("listening", answer="timed")["at"]
    sofa.says("When I was small.")
    cue = sofa.until("timer", left=30.0)
    assert cue["at"] - opened == pytest.approx(60.1, abs=0.02)
    ended = sofa.until("turn_ended")
    assert ended["at"] - opened == pytest.approx(90.1, abs=0.02)
    assert ended["reason"] == "time"
    assert [t.tone for t in sofa.done(fx.PlayTone)][-2:] == [Tone.CUE, Tone.CHIME]


def test_chime_never_falls_into_a_sentence() -> None:
    """Whoever speaks when the time is over finishes; the chime waits for a pause."""
    sofa = consented(question("one", AnswerKind.TIMED, seconds=60.0))
    sofa.until("listening", answer="timed")
    ends = sofa.says("A long story.", after=50, seconds=30)
    over = sofa.until("timer", left=0)
    assert over["at"] == pytest.approx(ends + 0.32, abs=0.01)
    assert sofa.until("turn_ended")["at"] - ends == pytest.approx(2.5, abs=0.01)


def test_overrun_is_offered_to_the_other_one() -> None:
    """What one partner took over the time is added to the other's."""
    mine = question("each@first/tell", AnswerKind.TIMED, seconds=60.0)
    yours = question("each@second/tell", AnswerKind.TIMED, Who.SECOND, seconds=60.0)
    sofa = consented(mine, yours)
    sofa.until("listening", who="Ana", answer="timed")
    sofa.says("A long story.", after=40, seconds=40)
    sofa.until("listening", who="Ben", answer="timed")
    assert sofa.all("timer")[-1]["left"] == pytest.approx(79.9, abs=0.01)


def test_timed_turn_without_limit() -> None:
    """Without a limit a timed turn lasts until somebody says that they are done."""
    sofa = consented(question("one", AnswerKind.TIMED))
    sofa.until("listening", answer="timed")
    sofa.says("I begin.")
    sofa.wait(3600)
    sofa.says("And that's all.")
    assert sofa.until("turn_ended")["reason"] == "done"


def test_silence_step() -> None:
    """In a silence nothing is asked, a chime ends it, and what is said is not kept."""
    sofa = consented(Quiet(id="quiet", seconds=20.0), question("one"))
    begun = sofa.until("step", id="quiet")["at"]
    sofa.says("This is beautiful.", after=5)
    over = sofa.until("timer", left=0)
    assert over["at"] - begun == pytest.approx(20, abs=0.01)
    assert not sofa.lines()
    assert not [e for e in sofa.all("heard") if e["at"] > begun]


def test_two_seconds_before_a_question() -> None:
    """A question that follows other words of the guide is set apart by 2 s, other words by less."""
    sofa = consented(Line(id="line", text="Listen."), question("one"))
    sofa.until("prompt", text="Listen.")
    ended = sofa.until("prompt_ended")["at"]
    assert sofa.until("prompt", text="What about one?")["at"] - ended == pytest.approx(2.0, abs=0.01)


def test_no_prompt_runs_long_without_a_gap() -> None:
    """A long text is said in chunks, with ears open in between."""
    text = " ".join(["This sentence has exactly seven words here."] * 6)
    sofa = consented(Line(id="long", text=text), question("one"))
    sofa.until("step", id="one")
    said = [p for p in sofa.prompts() if "exactly seven" in p]
    assert len(said) >= 3
    assert " ".join(said) == text


def test_words_of_the_turn_reach_the_record_while_it_lasts() -> None:
    """Each piece of a long turn is recorded at its cut, not at the end of the turn."""
    sofa = consented(question("one", AnswerKind.TIMED, seconds=300.0))
    sofa.until("listening", answer="timed")
    sofa.says("First part.")
    sofa.wait(5)
    assert sofa.lines() == [("Ana", "First part.")]
    sofa.says("Second part.")
    sofa.wait(5)
    assert sofa.lines() == [("Ana", "First part."), ("Ana", "Second part.")]


def test_interrupted_leaves_the_record_open_with_the_known_words() -> None:
    """A signal ends the evening at once; what is known is written, and no end is claimed."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("Before the lights went out.")
    sofa.wait(2.5)
    sofa.feed(Interrupted(at=sofa.now, signal="SIGTERM"))
    assert sofa.all("finished")[-1]["reason"] == "interrupted"
    assert sofa.lines() == [("Ana", "Before the lights went out.")]
    assert not sofa.done(fx.CloseRecord)


def test_record_that_fails_is_told_and_costs_no_evening() -> None:
    """A full disk is said once; the evening goes on, without keeping."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    sofa.feed(RecordFailed(at=sofa.now, what="The disk is full."))
    sofa.says("Something.")
    sofa.until("step", id="two")
    assert sum(lines.RECORD_FAILED.split(".")[0] in prompt for prompt in sofa.prompts()) == 1
    sofa.until("listening", answer="open")
    assert not sofa.lines()


def test_unexpected_event_changes_nothing() -> None:
    """An event that a phase cannot have raises with both names, and the session stays as it was."""
    sofa = Sofa(program(question("one")))
    before = sofa.session
    with pytest.raises(UnexpectedEvent, match="Begin while speaking"):
        advance(sofa.session, Begin(at=9.0))
    assert sofa.session is before


def test_words_never_show_in_a_repr() -> None:
    """Neither the session nor its effects show what a partner said."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("Rumpelstiltskin.")
    sofa.wait(3)
    assert sofa.lines()
    assert "Rumpel" not in repr(sofa.session)
    assert "Rumpel" not in repr(sofa.effects)
