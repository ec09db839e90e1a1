"""A rehearsal on paper: a short evening, line by line, with its times."""

from __future__ import annotations

import pytest

from voice_guide.screen.paper import PaperScreen
from voice_guide.session.effects import Tell

EVENTS: tuple[tuple[float, str, dict[str, object]], ...] = (
    (0.0, "session_started", {"exercise": "one", "partners": ["Ana", "Ben"]}),
    (0.0, "step", {"id": "ask-1"}),
    (0.03, "prompt", {"text": "Ana, what about the sea?", "to": "Ana"}),
    (3.0, "prompt_ended", {}),
    (3.0, "timer", {"left": 90.0}),
    (3.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1}),
    (4.0, "speech_started", {}),
    (6.0, "pause", {}),
    (6.4, "heard", {"who": "Ana", "text": "Heron words.", "turn": 1, "revision": 1, "final": False}),
    (7.0, "kept", {"seq": 1}),
    (23.1, "no_input", {}),
    (59.96, "timer", {"left": 30.0}),
    (61.0, "command", {"name": "off the record"}),
    (61.0, "off_record", {}),
    (80.0, "on_record", {}),
    (93.0, "timer", {"left": 0}),
    (95.5, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 2.5, "reason": "time"}),
    (95.5, "landing", {}),
    (96.0, "turn_reopened", {"turn": 1}),
    (99.0, "heard", {"who": "Ana", "text": "Heron words.", "turn": 1, "revision": 1, "final": True}),
    (100.0, "listening", {"who": "both", "answer": "open", "turn": 2}),
    (104.0, "heard", {"who": "both", "text": "More heron words.", "turn": 2, "revision": 2, "final": True}),
    (110.0, "paused", {}),
    (111.0, "resumed", {}),
    (112.0, "guide_silenced", {}),
    (113.0, "failed", {"what": "The disk is full.", "hint": "make room"}),
    (114.0, "failed", {"what": "The disk is full.", "hint": ""}),
    (4000.0, "finished", {"reason": "completed"}),
)

SHOWN = """\
00:00.0  Guide: Ana, what about the sea?
00:03.0    (time: 1 min 30 s left)
00:03.0    (Ana: timed)
00:23.1    (nobody has begun)
01:00.0    (time: 30 s left)
01:01.0    [off the record]
01:01.0    (off the record)
01:20.0    (on the record)
01:33.0    (time is over)
01:35.5    (room to go on)
01:36.0    (goes on)
01:39.0  Ana: Heron words.
01:40.0    (both of you: open)
01:44.0  both of you: More heron words.
01:50.0    (paused)
01:51.0    (goes on)
01:52.0    (the guide is silent)
01:53.0    ! The disk is full. (make room)
01:54.0    ! The disk is full.
66:40.0    (the evening is over: completed)
"""


def test_a_short_evening() -> None:
    """Prompts, whose turn, states in words, and the words themselves once they are final."""
    printed: list[str] = []
    screen = PaperScreen(printed.append)
    for at, name, fields in EVENTS:
        screen(at, Tell(name=name, fields=fields))
    assert "".join(line + "\n" for line in printed) == SHOWN


@pytest.mark.parametrize(
    ("at", "time"), [(59.94, "00:59.9"), (59.95, "01:00.0"), (3599.99, "60:00.0"), (0.04, "00:00.0")]
)
def test_seconds_never_show_as_sixty(at: float, time: str) -> None:
    """A time is rounded before it is cut into minutes and seconds."""
    printed: list[str] = []
    PaperScreen(printed.append)(at, Tell(name="paused"))
    assert printed == [f"{time}    (paused)"]
