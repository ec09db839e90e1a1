"""In a living room: a word to the guide while it speaks, with its own voice leaking into the microphone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.evenings.live import CONSENTS, SHORT, spoken, start_short
from tests.room import Room
from voice_guide.hearing.echo import suppressor_installed

pytestmark = [
    pytest.mark.devices,
    pytest.mark.models,
    pytest.mark.skipif(not suppressor_installed(), reason="the extra `echo` is not installed"),
]

LONG = SHORT.replace(
    "steps:\n  - each",
    "steps:\n"
    "  - say: Before we begin, look around you, and let your shoulders sink, and listen for the sounds of this room.\n"
    "  - say: There is nothing to get right here tonight, and whatever you say may be said in your own way.\n"
    "  - say: Whoever listens has nothing to answer and nothing to solve, and may simply be there with open eyes.\n"
    "  - say: Tonight you take turns, one speaks and one listens, and each of you has as much time as the other.\n"
    "  - say: You may stay silent for as long as you like, and whatever you leave out is nobody's business here.\n"
    "  - each",
    1,
)
"""Five long prompts of the guide's, each of them spoken in one piece."""

INTO = 1.0
"""Seconds from the beginning of a prompt until somebody takes breath."""


@pytest.mark.parametrize("leak", [-20.0, -10.0])
def test_stop_is_obeyed_while_the_guide_speaks(tmp_path: Path, leak: float) -> None:
    """Said in the middle of one of five prompts, since one may have to say it again, it hushes the guide at once."""
    with Room(leak=leak) as room, start_short(room, tmp_path, LONG) as evening:
        evening.answer(*CONSENTS)
        told = {"event": ""}
        while told["event"] != "command":
            long = evening.until("prompt", hurry=False)["text"]
            assert "Ana, what stays" not in long, "said over five prompts, and never heard"
            if len(long) < 80:
                continue
            time.sleep(INTO)  # the guide is in the middle of its words; that is when people say it
            heard = len(evening.happened("heard"))
            room.play_into_room(spoken("Stop."))
            told = evening.either("command", "prompt_ended", hurry=False)
        assert told["name"] == "stop"
        evening.until("guide_silenced", hurry=False)
        evening.until("stopping", hurry=False)
        assert len(evening.happened("heard")) == heard, "it was taken for an answer"
