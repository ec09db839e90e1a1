"""Ctrl-C and SIGTERM, in every phase of an evening."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.evenings.guide import Guide, read_events

pytestmark = pytest.mark.models

PHASES = [
    '"event": "prompt", "text": "Now it is about',
    '"answer": "short"',
    '"answer": "open"',
    '"event": "landing"',
    '"answer": "timed"',
    '"id": "choosing"',
]
"""What is in the event file when each phase has begun: speaking, listening, landing, a timed turn, a silence."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The program, with prompts rendered once for all these tests."""
    return Guide(tmp_path_factory.mktemp("signals") / "home")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_evening_is_readable(
    guide: Guide, tmp_path: Path, phase: str, number: signal.Signals, code: int
) -> None:
    """Whenever the signal comes: the fitting exit code, a readable record, and it says "interrupted"."""
    events = tmp_path / "events.jsonl"
    assert guide.interrupt(events, phase, number, "rehearse", "what-im-afraid-of", "--audio") == code
    export = guide.export()
    assert export["state"] == "interrupted"
    told = read_events(events)
    assert told[-1]["reason"] == "interrupted"
    assert [e["seq"] for e in told if e["event"] == "kept"] == [line["seq"] for line in export["lines"]]


def test_interrupted_before_consent_leaves_no_record(guide: Guide, tmp_path: Path) -> None:
    """Before both have agreed there is nothing to interrupt."""
    before = guide.run("sessions").stdout
    events = tmp_path / "events.jsonl"
    code = guide.interrupt(
        events, '"answer": "yes-no"', signal.SIGTERM, "rehearse", "what-im-afraid-of", "--audio"
    )
    assert code == 143
    assert guide.run("sessions").stdout == before
