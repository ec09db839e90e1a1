"""What is said over the guide's voice: a command at once, the name, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.sofa import Sofa, program, question
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.phases import Phase
from voice_guide.session.state import Session


def speaking(seconds: float = 3.0) -> Sofa:
    """An evening in which the guide has just begun to say something that takes so long."""
    sofa = Sofa(program(question("one")), prompt_seconds=seconds)
    sofa.until("prompt")
    return sofa


def over(sofa: Sofa, text: str, hinted: str = "") -> None:
    """Say something over its voice, and let it be read before the prompt ends."""
    sofa.says_over(text, hinted=hinted)
    sofa.wait(1.9)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Stop.", Command.STOP),
        ("Please pause.", Command.PAUSE),
        ("Repeat.", Command.REPEAT),
        ("Skip.", Command.PASS),
    ],
)
def test_a_command_over_its_voice_is_obeyed_at_once(text: str, command: Command) -> None:
    """The guide is hushed before its prompt has ended, and does what was asked."""
    sofa = speaking()
    over(sofa, text)
    assert {"name": str(command)}.items() <= sofa.all("command")[0].items()
    assert sofa.done(fx.Hush), "the prompt goes on"
    assert sofa.all("guide_silenced")


def test_a_command_that_is_likely_only_counts_too() -> None:
    """The guide's voice maims the words beside it: the likeliest word to the guide is enough."""
    sofa = speaking()
    over(sofa, "Starboard.", hinted="Stop.")
    assert sofa.all("command")[0]["name"] == Command.STOP


@pytest.mark.parametrize(
    "text", ["Mm-hm.", "Yes.", "I want to stop pretending.", "Louder.", "Strike that.", ""]
)
def test_nothing_else_counts(text: str) -> None:
    """Answers, sounds and other commands are left for the gaps: nobody is answered, nothing is told."""
    sofa = speaking()
    before = sofa.names()
    over(sofa, text)
    assert sofa.names() == before
    assert sofa.at(Phase.SPEAKING)


def test_a_sentence_is_no_command_however_it_may_be_misread() -> None:
    """The likeliest word to the guide does not count beside a sentence."""
    sofa = speaking(10)
    sofa.says_over("You never know when to end it.", hinted="Stop.", seconds=1.6)
    sofa.wait(4)
    assert not sofa.all("command")


@pytest.mark.parametrize(("seconds", "obeyed"), [(0.5, True), (1.9, False), (0.2, False)])
def test_more_words_than_anybody_says_in_so_short_a_time_were_invented(seconds: float, obeyed: bool) -> None:
    """Then the likeliest word to the guide counts, unless there was no time for one either."""
    sofa = speaking(10)
    sofa.says_over("You know, I do not know when to.", hinted="Stop.", seconds=seconds)
    sofa.wait(4)
    assert bool(sofa.all("command")) == obeyed


def test_long_speech_is_not_even_read() -> None:
    """Whoever talks to the other one over the guide's voice is none of its business."""
    sofa = speaking(10)
    sofa.says_over("Stop.", seconds=5.0)
    sofa.wait(8)
    assert not [job for job in sofa.done(fx.Transcribe) if job.over]


def test_words_over_its_voice_reach_no_record_and_no_caption() -> None:
    """They are asked for on a path of their own, and told to nobody."""
    sofa = speaking()
    over(sofa, "I have never told you this.")
    assert not sofa.all("heard")
    assert all(job.turn == 0 and job.over for job in sofa.done(fx.Transcribe))
    assert "never told" not in repr(sofa.effects) + repr(sofa.session)


def test_the_name_makes_it_silent_and_it_listens() -> None:
    """After "guide" there is room for a command; without one it says its words again."""
    sofa = speaking()
    first = sofa.prompts()[-1]
    over(sofa, "Guide.")
    assert sofa.at(Phase.GAP) and sofa.ears
    sofa.until("prompt")
    assert sofa.prompts()[-1] == first


def test_a_command_after_the_name_is_obeyed() -> None:
    """ "Guide ... pause": as in any gap."""
    sofa = speaking()
    over(sofa, "Hey, guide.")
    sofa.says("Pause.")
    sofa.until("paused")


def test_its_own_words_are_no_command() -> None:
    """Whatever comes back of what it says itself: "you can say stop" stops nothing."""
    sofa = speaking()
    sofa.session = _saying(sofa, "You can always say stop, or pause.")
    over(sofa, "Stop.")
    assert not sofa.all("command")


def test_where_its_own_words_come_back_it_listens_no_more() -> None:
    """A leak that is too strong is noticed in three prompts, told once, and gaps and keys have to do."""
    sofa = speaking(100)
    for prompt in (1, 1, 1, 2, 3):
        sofa.session = _saying(sofa, "Tell each other what you are afraid of.", prompt)
        over(sofa, "what you are afraid")
        assert len(sofa.all("echo_too_strong")) == (prompt == 3)
    over(sofa, "what you are afraid")
    over(sofa, "Stop.")
    assert len(sofa.done(fx.Transcribe)) == 5, "it goes on listening"


def test_a_command_in_the_last_moment_of_a_prompt_is_obeyed_after_it() -> None:
    """Its text comes when the guide has fallen silent already."""
    sofa = speaking()
    sofa.says_over("Stop.", after=sofa.prompt_seconds - 0.6)
    sofa.until("command", name="stop")
    assert not sofa.done(fx.Hush)


def test_a_failure_of_the_transcriber_means_nothing() -> None:
    """An empty text is no command, and no complaint: a gap follows in which it can be said again."""
    sofa = speaking()
    over(sofa, "")
    assert not sofa.all("failed")


def _saying(sofa: Sofa, sentence: str, prompt: int = 1) -> Session:
    return replace(sofa.session, said=(sentence,), prompts=prompt)
