"""Consent is never taken for granted: not from a doubtful word, not from silence, not by skipping."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.english import lines, understand
from tests.session.sofa import Sofa, consented, program, question
from voice_guide.exercise.flat import Purpose, Question
from voice_guide.session import effects as fx
from voice_guide.session.command import Command


def asked(consents: int) -> Sofa:
    """An evening that listens to one of the four consents, the ones before it given."""
    sofa = Sofa(program(question("one")))
    for _ in range(consents):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    sofa.until("listening")
    return sofa


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"text": "Jess.", "hinted": "Yes."}, id="only another reading says yes"),
        pytest.param({"text": "Yes.", "hinted": "Pass."}, id="another reading says pass"),
        pytest.param({"text": "Yes.", "doubtful": True}, id="a doubtful yes"),
    ],
)
@pytest.mark.parametrize("consents", [0, 1, 2, 3])
def test_a_doubtful_yes_is_asked_again(consents: int, more: dict[str, Any]) -> None:
    """No consent hangs on a word that may have been another one: it is asked once more."""
    sofa = asked(consents)
    sofa.says(**more)
    sofa.wait(8)
    assert lines.MISSED_YES_NO in sofa.prompts()
    assert not sofa.done(fx.StartRecord)


def test_a_soft_yes_said_twice_is_believed() -> None:
    """Who says yes a second time, however softly, has said yes."""
    sofa = asked(0)
    sofa.says("Yes.", doubtful=True)
    sofa.until("listening")
    sofa.says("Yes.", doubtful=True)
    assert sofa.until("step")["id"] == "consent/second"


@pytest.mark.parametrize("words", ["Off the record.", "Don't write this down.", "Pass.", "No, thank you."])
def test_ways_to_refuse_writing(words: str) -> None:
    """Whatever refuses the writing is a no, and the evening goes on without a record."""
    sofa = asked(2)
    sofa.says(words)
    sofa.until("prompt", text=lines.NOT_WRITTEN)
    assert sofa.until("listening")["answer"] == "open"
    assert not sofa.done(fx.StartRecord)


@pytest.mark.parametrize("step", ["consent/first", "consent/second", "write/first", "write/second"])
def test_passing_before_a_consent_is_asked_to_the_end(step: str) -> None:
    """ "Pass" in the gap before a consent, or in its middle, never counts as given."""
    sofa = Sofa(program(question("one")))
    while sofa.until("step")["id"] != step:
        if sofa.session.position > 1:
            sofa.until("listening")
            sofa.says("Yes.")
    sofa.press(Command.PASS)
    sofa.wait(10)
    assert sofa.prompts()[-1] in (lines.DECLINED, lines.NOT_WRITTEN, "What about one?")
    assert (lines.DECLINED if step.startswith("consent") else lines.NOT_WRITTEN) in sofa.prompts()
    assert not sofa.done(fx.StartRecord)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from(["Yes.", "No.", "Hm.", *(c.value for c in Command)]), st.floats(0.05, 3)
            ),
            st.sampled_from(list(Command)),
        ),
        max_size=25,
    )
)
def test_nothing_is_written_without_four_plain_yeses(acts: list[tuple[str, float] | Command]) -> None:
    """Whatever is said or pressed, and whenever: a record begins only after four answers that were yes."""
    sofa = Sofa(program(question("one")))
    for act in acts:
        if isinstance(act, Command):
            sofa.press(act)
        else:
            sofa.wait(sofa.says(act[0], 0.5, act[1]) - sofa.now + 1.0)
        if sofa.done(fx.StartRecord):
            break
    if sofa.done(fx.StartRecord):
        for purpose in (Purpose.CONSENT, Purpose.WRITE):
            for who in ("first", "second"):
                assert sofa.session.notes.answer(f"{purpose}/{who}") is True


def test_off_the_record_means_no_only_where_writing_is_the_question() -> None:
    """Elsewhere it is a command, and no answer."""
    write, other = (
        Question(id="w", text="?", who=question("x").who, answer=question("x").answer, purpose=purpose)
        for purpose in (Purpose.WRITE, Purpose.EXERCISE)
    )
    assert understand(write, "Off the record.") is False
    assert understand(other, "Off the record.") is None


def test_a_command_right_after_the_guide_spoke() -> None:
    """A prompt is a pause, too: "stop" half a second after "Take your time." stops."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("I think of rain.")
    sofa.wait(4)
    sofa.says("More time.")
    sofa.until("listening")
    sofa.says("Stop.", after=0.4)
    assert sofa.until("finished")["reason"] == "stopped"


def test_what_follows_off_the_record_is_off_the_record_even_if_the_engine_is_slow() -> None:
    """Words said before a slow transcriber gave the command away are dropped, not sealed."""
    sofa = consented(question("one"))
    sofa.engine_seconds = 2.5
    sofa.until("listening", answer="open")
    ends = sofa.says("Off the record.")
    sofa.wait(ends - sofa.now + 1.3)
    sofa.says("I hate your mother.", after=0.05, seconds=3)
    sofa.until("off_record")
    sofa.wait(20)
    sofa.says("On the record.")
    sofa.until("listening")
    sofa.says("Something else.")
    sofa.until("turn_ended")
    assert sofa.lines() == [("Ana", "Something else.")]
    assert not [e for e in sofa.all("heard") if "hate" in e["text"]]


def test_strike_after_the_record_is_closed_claims_nothing_and_goes_on() -> None:
    """Once kept, the record is closed: the guide says what can be done, and the evening ends as it should."""
    sofa = consented(question("one"))
    for answer in ("Something.", "Warm.", "Quiet.", "Yes.", "Yes."):
        sofa.until("listening")
        sofa.says(answer)
        sofa.until("turn_ended")
    sofa.until("prompt", text=lines.KEPT)
    sofa.until("prompt_ended")
    sofa.press(Command.STRIKE)
    assert sofa.until("prompt")["text"] == lines.STRIKE_FAILED
    assert sofa.until("finished")["reason"] == "completed"


def test_more_time_after_an_overrun_gives_a_minute() -> None:
    """The minute counts from now, not from when the time was over."""
    from voice_guide.exercise.steps import AnswerKind

    sofa = consented(question("one", AnswerKind.TIMED, seconds=60.0))
    sofa.until("listening", answer="timed")
    sofa.says("A long story.", seconds=100)
    sofa.wait(101)
    sofa.press(Command.MORE_TIME)
    sofa.until("command")
    pressed = sofa.now
    over = sofa.until("timer", left=0)
    assert over["at"] - pressed > 55


def test_interrupted_in_the_middle_of_speech_leaves_a_trace() -> None:
    """Speech whose words are not known yet is kept as unclear, with its length."""
    from voice_guide.session.events import Interrupted

    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("A long story.", seconds=10)
    sofa.wait(8.5)
    sofa.feed(Interrupted(at=sofa.now, signal="SIGTERM"))
    assert sofa.lines() == [("Ana", "[unclear, 8 s]")]
