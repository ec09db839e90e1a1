"""By voice alone, without a hand: from the menu to what is kept, and a stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evenings.live import SHORT, Live, set_up, spoken, start_short, write_short
from tests.room import Room

pytestmark = [pytest.mark.devices, pytest.mark.models]


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room that hears its loudspeaker."""
    with Room(leak=-20.0) as one:
        yield one


def test_chosen_in_the_menu(room: Room, tmp_path: Path) -> None:
    """All offers are heard, one's own among them, and one is chosen in words that fit; not a key is needed."""
    home = set_up(tmp_path, speed=1.4)
    write_short(home.scripts, SHORT.replace("A short one", "One good moment"))
    with Live(room, tmp_path, "start") as evening:
        evening.until("listening", answer="choice", hurry=False)
        room.play_into_room(spoken("One good moment, please."))
        assert evening.until("session_started", hurry=False)["title"] == "One good moment"
        evening.signal(signal.SIGTERM)
        assert evening.ended() == 143


SAYS = {
    "choice": "One good moment, please.",
    "yes-no": "Yes, please.",
    "open": "We walked along the river in the morning.",
    "short": "Grateful.",
}


def test_from_the_menu_to_what_is_kept(room: Room, tmp_path: Path) -> None:
    """A whole evening without a key: chosen, agreed to, told, landed, kept; every word of the guide is heard out."""
    home = set_up(tmp_path, speed=1.4)
    write_short(home.scripts, SHORT.replace("A short one", "One good moment"))
    with Live(room, tmp_path, "start") as evening:
        while True:
            told = evening.either("listening", "finished", hurry=False)
            if told["event"] == "finished":
                break
            room.play_into_room(spoken(SAYS[told["answer"]]))
        assert told["reason"] == "completed"
        assert evening.ended() == 0
        assert evening.happened("guide_silenced") == []
        record = evening.record()
    assert record["state"] == "kept"
    assert [line["who"] for line in record["lines"]] == ["Ana", "Ben", "Ana", "Ben"]
    assert sum("river" in line["text"] for line in record["lines"]) == 2


def test_stopped(room: Room, tmp_path: Path) -> None:
    """A stop that is said, taken back, and then said twice; the second ends the evening at once."""
    with start_short(room, tmp_path) as evening:
        turn = evening.until("listening", who="Ana")["turn"]
        room.play_into_room(spoken("Stop."))
        evening.until("stopping")
        evening.until("guide_silenced")
        room.play_into_room(spoken("Continue."))
        assert evening.until("listening")["turn"] == turn
        room.play_into_room(spoken("Stop."))
        stopped = evening.until("stopping")
        evening.until("guide_silenced")
        room.play_into_room(spoken("Stop."))
        finished = evening.until("finished", reason="stopped")
        assert finished["at"] - stopped["at"] < stopped["seconds"] / 2
        assert evening.ended() == 0
        assert evening.run("sessions").stdout == ""
