"""Who sees an evening: what reaches a terminal or a pipe beside the lines that were meant for it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import pytest

from voice_guide.awake import Awake
from voice_guide.cli import viewing
from voice_guide.cli.viewing import Viewing
from voice_guide.inbox import Inbox
from voice_guide.session.effects import Tell


@pytest.fixture(autouse=True)
def _no_inhibitor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer of a test may sleep."""

    @contextlib.contextmanager
    def asleep() -> Iterator[Awake]:
        yield Awake()

    monkeypatch.setattr(viewing, "keeping_awake", asleep)


def test_plain_lines_are_all_that_is_seen(capfd: pytest.CaptureFixture[str]) -> None:
    """A driver's chatter is swallowed for the whole evening, and Python's own words are not."""
    view = Viewing(plain=True, captions=False)
    with view.hands(Inbox()):
        os.write(2, b"Expression 'r' failed\n")
        view(0.0, Tell(name="failed", fields={"what": "The disk is full.", "hint": ""}))
        os.write(2, b"Expression 's' failed\n")
        print("ours", file=sys.stderr)
    print("after", file=sys.stderr)
    assert capfd.readouterr() == ("! The disk is full.\n", "ours\nafter\n")
