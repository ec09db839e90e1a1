"""Forty minutes in real time on real models: the memory does not grow, and no sound is lost."""

from __future__ import annotations

import pytest

from tests.nightly.long_evening import LongEvening, live, summary, trend, wished_minutes

pytestmark = [pytest.mark.nightly, pytest.mark.devices, pytest.mark.models]

LOSSES = ("dropped", "microphone_lost", "loudspeaker_lost", "suspended", "failed")
"""Events that nobody wants."""

GROWTH = 12.0
"""MB from there to the end that are no growth: an answer's sound is held while it lasts (4 MB a minute)."""


@pytest.fixture(scope="module")
def lived() -> LongEvening:
    """The evening, from its start to its end."""
    return live(wished_minutes())


def test_it_reaches_its_end(lived: LongEvening) -> None:
    """All that was asked has been answered, and it took as long as was wished."""
    assert lived.exit_code == 0, lived.output
    assert lived.events[-1]["event"] == "finished"
    assert lived.events[-1]["reason"] == "completed"
    assert lived.minutes > 0.9 * wished_minutes()


def test_memory_does_not_grow(lived: LongEvening, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first third on the trend of the memory, to the evening's end, is that of no growth."""
    slope, rest = trend(lived.looks)
    with capsys.disabled():
        print(f"\n{lived.minutes:.0f} minutes; PSS {summary(lived.looks)}; trend {slope:+.2f} MB a minute")
    assert slope * rest < GROWTH


def test_no_sound_is_lost(lived: LongEvening, capsys: pytest.CaptureFixture[str]) -> None:
    """No block of the microphone was dropped and no device was lost; what the loudspeaker missed is printed."""
    underflows = [event["count"] for event in lived.events if event["event"] == "underflows"]
    with capsys.disabled():
        print(f"\n{len(lived.said)} answers; underflows of the loudspeaker: {max(underflows, default=0)}")
    lost = [(round(event["at"]), event["event"]) for event in lived.events if event["event"] in LOSSES]
    assert lost == []
