"""Evenings that end otherwise: stopped, a terminal that closes, a power cut; and how they are gone on with."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evenings.live import CONSENTS, UNLIMITED, Live, set_up, start_short
from tests.room import Room

pytestmark = [pytest.mark.devices, pytest.mark.models]

UNDO = 30.0
"""Seconds for which a stop can be undone."""


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room."""
    with Room() as one:
        yield one


def test_stop_key(room: Room, tmp_path: Path) -> None:
    """It stops at once; "continue" undoes it in the same turn, and a second stop in a row ends at once."""
    with start_short(room, tmp_path, UNLIMITED, tty=True) as evening:
        assert evening.tty is not None
        evening.answer(*CONSENTS)
        turn = evening.until("listening", answer="timed")["turn"]
        evening.type("A heron.")
        evening.until("kept")
        evening.press("s")
        evening.until("stopping", seconds=UNDO)
        evening.tty.until("Until the time is over, “continue” takes it back.")
        evening.press(" ")
        assert evening.until("listening")["turn"] == turn
        evening.type("And a swan.")
        evening.until("kept")
        evening.press("s")
        stopped = evening.until("stopping")
        evening.press("s")
        finished = evening.until("finished", reason="stopped")
        assert finished["at"] - stopped["at"] < UNDO / 2
        assert evening.ended() == 0
        assert evening.words() == [("Ana", "A heron."), ("Ana", "And a swan.")]
        assert evening.record()["state"] == "undecided"


def test_terminal_closes(room: Room, tmp_path: Path) -> None:
    """The evening ends as by SIGTERM, and what was said is readable."""
    with start_short(room, tmp_path, UNLIMITED, tty=True) as evening:
        assert evening.tty is not None
        evening.answer(*CONSENTS)
        evening.until("listening", answer="timed")
        evening.type("A heron.")
        evening.until("kept")
        evening.tty.hang_up()
        assert evening.ended() == 143
        assert evening.told[-1]["reason"] == "interrupted"
        assert evening.record()["state"] == "interrupted"
        assert evening.words() == [("Ana", "A heron.")]


def test_second_guide(room: Room, tmp_path: Path) -> None:
    """It is told that there is one, whose evening goes on."""
    with start_short(room, tmp_path) as evening:
        evening.until("listening")
        done = evening.run("start", "./short.yaml", "--partners", "Ana,Ben", "--plain")
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr == (
            "voice-guide: A guide is already running here.\n"
            f"  end it first, or wait; its process number is {evening.number}\n"
        )
        evening.type("no")
        evening.until("finished", reason="declined")
        assert evening.ended() == 0
        assert "already" not in evening.run("start", "no-such-exercise").stderr


@pytest.fixture
def interrupted(room: Room, tmp_path: Path) -> Path:
    """The folder of an evening that a power cut ended in Ben's turn."""
    set_up(tmp_path)
    with start_short(room, tmp_path, UNLIMITED) as evening:
        evening.answer(*CONSENTS, "A heron.")
        evening.until("kept")
        evening.type("That's all.")
        evening.until("listening", who="Ben", answer="timed")
        evening.type("That it was quiet.")
        evening.until("kept")
        evening.signal(signal.SIGKILL)
        assert evening.ended() == -signal.SIGKILL
        assert evening.record()["state"] == "interrupted"
        assert evening.words() == [("Ana", "A heron."), ("Ben", "That it was quiet.")]
    return tmp_path


def test_gone_on_with(room: Room, interrupted: Path) -> None:
    """It is offered until it is gone on with: at the step that was not finished, and the same one begins."""
    with Live(room, interrupted, "start") as evening:
        evening.answer("no")
        evening.until("prompt", text="For a first evening, I offer something gentle.")
        evening.until("listening", answer="choice")
        evening.signal(signal.SIGTERM)
        assert evening.ended() == 143
    with Live(room, interrupted, "start") as evening:
        evening.until("prompt", text="Last time, A short one was interrupted. Shall we go on where it was?")
        evening.answer("yes")
        assert evening.until("session_started")["partners"] == ["Ana", "Ben"]
        evening.answer(*CONSENTS)
        assert evening.until("listening", answer="timed")["who"] == "Ben"
        steps = [told["id"] for told in evening.happened("step")]
        assert steps[-1] == "day@second/tell"
        assert "day@first/tell" not in steps
        evening.type("That it was quiet. That's all.")
        evening.until("timer", left=6.0)
        evening.type("pass")
        evening.answer("pass", "pass", "keep", "keep")
        assert evening.ended() == 0
        assert evening.record()["state"] == "kept"
        assert evening.words() == [("Ben", "That it was quiet.")]
        states = [line.split()[1] for line in evening.run("sessions").stdout.splitlines()]
        assert states == ["interrupted", "kept"]
    with Live(room, interrupted, "start") as evening:
        menu = evening.until("menu")
        assert menu["partners"] == ["Ben", "Ana"]  # once it is done, the other one begins
        assert not any("interrupted" in told["text"] for told in evening.happened("prompt"))
