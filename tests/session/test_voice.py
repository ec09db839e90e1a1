"""Louder, softer, slower, faster; whose turn, how long is left, and help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import lines
from tests.session.sofa import Line, Quiet, consented, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.sentences import sentences
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.voice import FASTEST, LOUDEST, SLOWEST, SOFTEST, Voice, adjusted

CHANGES = (Command.LOUDER, Command.SOFTER, Command.SLOWER, Command.FASTER)


@pytest.mark.parametrize(
    ("words", "speed", "loudness"),
    [("Louder.", 1.0, 3.0), ("Softer.", 1.0, -3.0), ("Slower, please.", 0.893, 0.0), ("Faster.", 1.12, 0.0)],
)
def test_the_voice_changes_at_once_and_says_so(words: str, speed: float, loudness: float) -> None:
    """A short line in the new voice, then the turn goes on."""
    sofa = consented(question("one"))
    turn = sofa.until("listening", answer="open")["turn"]
    sofa.says(words)
    assert sofa.until("voice") == {"at": sofa.now, "speed": speed, "loudness": loudness}
    assert sofa.until("prompt")["text"] == lines.LIKE_THIS
    assert sofa.done(fx.SetVoice) == [fx.SetVoice(speed=speed, loudness=loudness)]
    assert sofa.until("listening")["turn"] == turn
    (change,) = [n for n, (_, effect) in enumerate(sofa.effects) if isinstance(effect, fx.SetVoice)]
    spoken = [n for n, (_, effect) in enumerate(sofa.effects) if isinstance(effect, fx.Speak)]
    assert spoken[-1] > change, "so that it can be judged"


def test_in_the_middle_of_its_words_the_guide_says_them_again() -> None:
    """In the new voice."""
    sofa = consented(Line(id="a", text="This is about the sea."), question("one"))
    sofa.until("prompt", text="This is about the sea.")
    sofa.press(Command.SLOWER)
    assert sofa.until("prompt")["text"] == lines.LIKE_THIS
    assert sofa.until("prompt")["text"] == "This is about the sea."


def test_done_after_a_change_goes_on_with_what_was_being_said() -> None:
    """Not with the line about the voice."""
    sofa = consented(Line(id="a", text="This is about the sea."), question("one"))
    sofa.until("prompt", text="This is about the sea.")
    sofa.press(Command.SLOWER)
    sofa.press(Command.DONE)
    assert sofa.until("prompt")["text"] == lines.LIKE_THIS
    assert sofa.until("prompt")["text"] == "This is about the sea."


def test_there_is_an_end_to_it() -> None:
    """It says so instead of pretending."""
    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    for _ in range(4):
        sofa.press(Command.LOUDER)
        assert sofa.until("prompt")["text"] == lines.LIKE_THIS
    sofa.press(Command.LOUDER)
    assert sofa.until("prompt")["text"] == lines.AT_THE_LIMIT
    assert sofa.session.voice.loudness == LOUDEST


@given(st.lists(st.sampled_from(CHANGES), max_size=60))
def test_the_voice_stays_within_what_can_be_understood(changes: list[Command]) -> None:
    """Whatever is asked for, and each step can be taken back."""
    voice = Voice()
    for change in changes:
        voice = adjusted(voice, change)
        assert SLOWEST <= voice.speed <= FASTEST
        assert SOFTEST <= voice.loudness <= LOUDEST
    for command in CHANGES:
        there = adjusted(Voice(), command)
        back = {
            Command.LOUDER: Command.SOFTER,
            Command.SOFTER: Command.LOUDER,
            Command.SLOWER: Command.FASTER,
            Command.FASTER: Command.SLOWER,
        }[command]
        assert adjusted(there, back).speed == pytest.approx(1.0, abs=0.002)
        assert adjusted(there, back).loudness == 0


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (Who.FIRST, "It is your turn, Ana."),
        (Who.SECOND, "It is your turn, Ben."),
        (Who.BOTH, lines.TURN_OF_BOTH),
    ],
)
def test_whose_turn(who: Who, text: str) -> None:
    """By name."""
    sofa = consented(question("one", who=who))
    sofa.until("listening", answer="open")
    sofa.says("Whose turn is it?")
    assert sofa.until("prompt")["text"] == text
    assert sofa.until("listening")["answer"] == "open"


def test_in_a_silence_it_is_nobodys_turn() -> None:
    """And the silence goes on, not shorter for it."""
    sofa = consented(Quiet(id="quiet", seconds=20.0), question("one"))
    begun = sofa.until("step", id="quiet")["at"]
    sofa.says("Whose turn is it?", after=4)
    assert sofa.until("prompt")["text"] == lines.NOBODYS_TURN
    assert sofa.until("timer", left=0)["at"] - begun >= 20 + sofa.prompt_seconds


def test_how_long_is_left() -> None:
    """In this turn if it has a limit, and in all."""
    sofa = consented(question("tell", AnswerKind.TIMED, seconds=180.0))
    sofa.until("listening", answer="timed")
    sofa.wait(28)
    sofa.says("How long is left?")
    sofa.until("listening")
    said = " ".join(sofa.prompts()[-2:])
    assert "In this turn, about 2 and a half minutes are left. In the whole exercise, about" in said


def test_help_names_what_helps_most() -> None:
    """The ways to have more room, to be left alone and to get out; each is a command that is understood."""
    from tests.english import spoken_command

    sofa = consented(question("one"))
    sofa.until("listening", answer="open")
    sofa.says("Help.")
    sofa.until("listening")
    assert " ".join(sofa.prompts()).endswith(lines.HELP)
    named = ["repeat", "more time", "I'm done", "pass", "pause", "take a break", "off the record", "stop"]
    for name in named:
        assert name in lines.HELP
        assert spoken_command(name) is not None
    assert all(len(sentence.split()) <= 20 for sentence in sentences(lines.HELP))


@pytest.mark.parametrize(
    "text", [text for name, text in vars(lines).items() if name.isupper() and isinstance(text, str)]
)
def test_no_line_of_the_guide_is_hard_to_hear(text: str) -> None:
    """No sentence over twenty words; never praise, never "I understand"."""
    for sentence in sentences(text):
        assert len(sentence.split()) <= 20
    assert not {"good", "well done", "i understand"} & {part.strip() for part in text.lower().split(",")}


def test_all_lines_that_have_no_gap_in_them_are_rendered_ahead() -> None:
    """What may be said at any moment is among the asides."""
    needed = (lines.LIKE_THIS, lines.AT_THE_LIMIT, lines.SHALL_I_GO_ON, lines.LEAVE_YOU, lines.BREAK, lines.HELP,
              lines.MUTED, lines.MICROPHONE_LOST, lines.LOUDSPEAKER_BACK, lines.NOT_BEGUN)  # fmt: skip
    assert set(needed) <= set(lines.ASIDES)


def test_a_voice_that_was_set_up_is_where_it_starts() -> None:
    """The steps go from there."""
    assert adjusted(Voice(speed=1.0, loudness=6.0), Command.LOUDER) == Voice(speed=1.0, loudness=9.0)
