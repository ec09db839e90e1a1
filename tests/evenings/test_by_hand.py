"""Whole evenings without a spoken word, and one in which typing and speaking are mixed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evenings.live import CONSENTS, Live, spoken, start_short, write_short
from tests.room import Room
from tests.wer import words
from voice_guide.screen.keys import WORDS

pytestmark = [pytest.mark.devices, pytest.mark.models]

READ_ALOUD = """\
Guide: Hello Ana, hello Ben. Tonight's exercise is called A short one.
Guide: Either of you can say pass, pause or stop at any time. You never have to say why.
Guide: Please answer in a whole sentence, with your name in it.
Guide, to Ana: Ana, would you like to do this tonight? Yes, no, and not tonight are all good answers. (Ana: yes or no)
Guide, to Ben: Ben, would you like to do this tonight? Yes, no, and not tonight are all good answers. (Ben: yes or no)
Guide, to Ana: Ana, shall I write down what you say? It stays on this machine. (Ana: yes or no)
Guide, to Ben: Ben, and you? Shall I write down what you say? (Ben: yes or no)
Guide, to Ana: Ana, what stays with you from today? (Ana: take your time)
Guide, to Ben: Ben, what stays with you from today? (Ben: take your time)
Guide: Paused. I'm waiting only for continue or stop.
{words}
Guide: Paused. I'm waiting only for continue or stop.
Guide: We come to the end. Take one slow breath together.
Guide, to Ana: Ana, tell the other one word for how you are now, or one thing that you appreciate. (Ana: a few words)
Guide, to Ben: Ben, tell the other one word for how you are now, or one thing that you appreciate. (Ben: a few words)
Guide, to Ana: Ana, shall I keep tonight's words? You can say keep, or let them go. (Ana: yes or no)
Guide, to Ben: Ben, and you? Keep them, or let them go? (Ben: yes or no)
Guide: Tonight's words are kept, on this machine only.
Guide: Thank you both. Good night.
The evening is over.
"""
"""What a screen reader has of the evening below, whose guide is cut short by Enter after each first words."""

TOGETHER = """\
title: A short one
summary: One question for both.
minutes: 5
depth: 1
steps:
  - id: together
    ask: "What do you want to remember from today?"
    of: both
    answer: open
"""


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room."""
    with Room() as one:
        yield one


def test_by_keys_and_typing(room: Room, tmp_path: Path) -> None:
    """On the live screen, from the first consent to "kept": each command by its key, each answer typed."""
    with start_short(room, tmp_path, tty=True) as evening:
        assert evening.tty is not None
        evening.until("listening", who="Ana", answer="yes-no")
        evening.tty.until("Ana's turn")
        evening.tty.until("Listening. Yes or no.")
        evening.press("y\r")
        evening.answer("yes", "yes", "yes")
        evening.until("listening", answer="open")
        evening.press("?")
        evening.tty.until("whose turn is it")
        evening.press("?")
        evening.type("A heron.")
        evening.press("d")
        evening.until("listening", who="Ben")
        evening.press(" ")
        evening.until("paused")
        evening.tty.until("“Continue” goes on")
        evening.press(" ")
        evening.until("listening", who="Ben")
        evening.type("That it was quiet.")
        evening.press("d")
        evening.until("timer", left=6.0)
        evening.press("p")
        evening.until("listening", who="Ana", answer="short")
        evening.type("Calm.")
        evening.press("d")
        evening.until("listening", who="Ben", answer="short")
        evening.press("p")
        evening.answer("keep", "keep")
        assert evening.ended() == 0
        evening.tty.read(0.1)
        left = evening.tty.raw.partition("\x1b[?1049l")[2]
        assert left.startswith("The evening is over.")
        assert "heron" not in left
        record = evening.record()
    assert record["state"] == "kept"
    said = [(line["who"], line["text"]) for line in record["lines"]]
    assert said == [("Ana", "A heron."), ("Ben", "That it was quiet."), ("Ana", "Calm.")]


def test_as_a_screen_reader_has_it(room: Room, tmp_path: Path) -> None:
    """`--plain` through pipes: line by line what is read aloud, and not one of them while the guide listens."""
    with start_short(room, tmp_path) as evening:
        evening.answer(*CONSENTS, "A heron. That's all.")
        evening.until("listening", who="Ben")
        for asked in ("pause", "?"):  # what can be typed is told in a pause, too
            evening.type(asked)
            evening.until("paused")
            evening.type("continue")
            evening.until("listening", who="Ben")
        printed = len(evening.lines)
        evening.type("That it was")
        evening.until("kept")
        evening.type("quiet. That's all.")
        evening.until("turn_ended", who="Ben")
        assert len(evening.lines) == printed
        evening.until("timer", left=6.0)
        evening.type("pass")
        evening.answer("Calm.")
        evening.type("done")
        evening.answer("pass", "keep", "keep")
        assert evening.ended() == 0
        read_aloud = READ_ALOUD.format(words=WORDS).splitlines()
        assert [line for line in evening.lines if not line.startswith("! ")] == read_aloud
        assert evening.errors == ""
        assert evening.record()["state"] == "kept"
        assert evening.words() == [
            ("Ana", "A heron."), ("Ben", "That it was"), ("Ben", "quiet."), ("Ana", "Calm."),
        ]  # fmt: skip


def test_typed_and_spoken(room: Room, tmp_path: Path) -> None:
    """One consent is typed and one spoken; in one and the same turn a sentence is spoken, and one is typed."""
    write_short(tmp_path, TOGETHER)
    arguments = ["start", "./short.yaml", "--partners", "Ana,Ben"]
    yes, answer = spoken("Yes, please."), spoken("We walked along the river in the morning.")
    with Live(room, tmp_path, *arguments) as evening:
        evening.answer("yes")
        evening.until("listening", who="Ben")
        room.play_into_room(yes)
        evening.until("turn_ended", who="Ben")
        evening.answer("yes", "yes")
        turn = evening.until("listening", answer="open")["turn"]
        room.play_into_room(answer)
        evening.until("heard", turn=turn, final=False)
        evening.type("And the heron did not fly away.")
        evening.until("kept")
        evening.type("That's all.")
        ended = evening.until("turn_ended")
        assert (ended["turn"], ended["reason"]) == (turn, "done")
        evening.until("timer", left=6.0)
        evening.type("pass")
        evening.answer("pass", "pass", "keep", "keep")
        assert evening.ended() == 0
        lines = evening.record()["lines"]
    said = words(" ".join(line["text"] for line in lines))
    assert said == words("We walked along the river in the morning. And the heron did not fly away.")
    assert {line["turn"] for line in lines} == {turn}
