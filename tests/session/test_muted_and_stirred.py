"""A microphone that gives nothing, and sounds that are no speech."""

from __future__ import annotations

import pytest

from tests.english import lines
from tests.session.sofa import Sofa, consented, program, question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session.phases import Phase


def listening(kind: AnswerKind = AnswerKind.OPEN, *, depth: int = 1, seconds: float | None = None) -> Sofa:
    """An evening that listens."""
    sofa = consented(question("one", kind, seconds=seconds), depth=depth)
    sofa.until("listening", answer=str(kind))
    return sofa


@pytest.mark.parametrize(("depth", "wait"), [(1, 20), (2, 45)])
def test_tears_and_laughter_start_the_clock_anew(depth: int, wait: float) -> None:
    """Whoever is moved is not hurried: the kind word comes so long after the last of it."""
    sofa = listening(depth=depth)
    for _ in range(5):
        sofa.wait(wait - 2)
        sofa.stirs()
    stirred = sofa.now
    assert "no_input" not in sofa.names()
    assert sofa.until("no_input")["at"] - stirred == pytest.approx(wait, abs=0.01)


def test_tears_after_the_kind_word_put_off_the_offer() -> None:
    """And what comes after that."""
    sofa = listening()
    sofa.until("no_input")
    sofa.until("listening")
    sofa.wait(15)
    sofa.stirs()
    stirred = sofa.now
    assert sofa.until("no_input")["at"] - stirred == pytest.approx(20, abs=0.01)
    assert sofa.prompts()[-1] == lines.OFFER


def test_stirring_is_no_answer() -> None:
    """It ends no turn, reopens none, and is nowhere told."""
    sofa = listening()
    told = len(sofa.told)
    sofa.stirs()
    assert len(sofa.told) == told
    sofa.says("Rain.")
    sofa.until("landing")
    sofa.stirs()
    assert "turn_reopened" not in sofa.names()


def test_a_microphone_that_was_never_on_is_told_of_soon() -> None:
    """Eight seconds into the first turn, once; then the turn goes on."""
    sofa = Sofa(program(question("one")))
    sofa.mutes(always=True)
    assert sofa.until("muted")
    opened = sofa.until("listening")["at"]
    told = sofa.until("prompt")
    assert told["text"] == lines.MUTED
    assert told["at"] - opened == pytest.approx(8.1, abs=0.01)
    sofa.until("listening")
    sofa.wait(15)
    assert sofa.prompts().count(lines.MUTED) == 1
    sofa.unmutes()
    sofa.until("unmuted")
    sofa.says("Yes.")
    assert sofa.until("step")["id"] == "consent/second"


def test_a_microphone_that_went_silent_is_told_of_with_the_kind_word() -> None:
    """Perhaps they have spoken."""
    sofa = listening()
    sofa.wait(5)
    sofa.mutes()
    sofa.until("no_input")
    assert sofa.prompts()[-1] == f"{lines.NO_HURRY} {lines.MUTED}"


def test_in_a_timed_turn_it_is_told_of_as_well() -> None:
    """While a clock runs nobody is hurried, but three minutes into a dead microphone would be worse."""
    sofa = listening(AnswerKind.TIMED, seconds=1800)
    sofa.mutes()
    muted = sofa.now
    assert sofa.until("prompt")["text"] == lines.MUTED
    assert sofa.now - muted == pytest.approx(20, abs=0.2)
    sofa.until("listening")
    sofa.wait(600)
    assert sofa.prompts().count(lines.MUTED) == 1
    sofa.unmutes()
    sofa.mutes()
    assert sofa.until("prompt")["text"] == lines.MUTED, "a second time is told of, too"


def test_a_microphone_that_hears_again_in_time_is_not_told_of() -> None:
    """A switch touched by mistake."""
    sofa = Sofa(program(question("one")))
    sofa.mutes(always=True)
    sofa.until("listening")
    sofa.wait(5)
    sofa.unmutes()
    sofa.until("no_input")
    assert lines.MUTED not in " ".join(sofa.prompts())


def test_a_mute_while_paused_is_told_of_and_nothing_said() -> None:
    """The guide goes on waiting."""
    from voice_guide.session.command import Command

    sofa = listening()
    sofa.press(Command.PAUSE)
    sofa.wait(10)
    sofa.mutes()
    sofa.stirs()
    sofa.wait(600)
    assert sofa.at(Phase.WAITING)
    assert lines.MUTED not in " ".join(sofa.prompts())


def test_a_muted_microphone_does_not_disturb_who_types() -> None:
    """Their line is their floor."""
    sofa = listening()
    sofa.mutes(always=True)
    for _ in range(6):
        sofa.begins_to_type()
        sofa.wait(5)
    sofa.types("I was small.")
    assert lines.MUTED not in sofa.prompts()
    assert sofa.until("heard", final=True)["text"] == "I was small."
