"""Signals of an evening: heeded from before the screen is there until after it has gone, unless they are ignored."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from voice_guide import wiring
from voice_guide.inbox import NOTHING, Inbox, SignalCame

HEEDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    """Whatever a test does, and whatever was set when the tests began."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in HEEDED}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def handlers() -> list[Any]:
    """What is done about each of them."""
    return [signal.getsignal(number) for number in HEEDED]


@pytest.mark.parametrize("number", HEEDED)
def test_each_comes_through_the_inbox(number: signal.Signals) -> None:
    """By its name; and afterwards it is as it was."""
    inbox = Inbox()
    with wiring._signals(inbox) as came:
        signal.raise_signal(number)
        assert inbox.take(0.0) == SignalCame(number.name)
    assert came == [number.name]
    assert handlers() == [signal.SIG_DFL] * 3


@pytest.mark.parametrize("number", HEEDED)
def test_what_is_ignored_stays_so(number: signal.Signals) -> None:
    """`nohup` wants the evening to go on when the terminal is closed; the others are heeded."""
    signal.signal(number, signal.SIG_IGN)
    inbox = Inbox()
    with wiring._signals(inbox):
        signal.raise_signal(number)
        assert inbox.take(0.0) is NOTHING
        assert [one is signal.SIG_IGN for one in handlers()] == [one == number for one in HEEDED]
    assert signal.getsignal(number) is signal.SIG_IGN


def test_no_signal_finds_a_terminal_that_nobody_restores(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that comes while the screen is put up, or taken down, comes through the inbox as well."""
    inbox = Inbox()

    @contextlib.contextmanager
    def screen() -> Iterator[None]:
        signal.raise_signal(signal.SIGTERM)
        yield
        signal.raise_signal(signal.SIGHUP)

    class Runner:
        def __init__(self, *parts: object) -> None:
            del parts

        def run(self) -> str:
            return "interrupted"

    monkeypatch.setattr(wiring, "Runner", Runner)
    stage: Any = SimpleNamespace(inbox=inbox)
    session: Any = None
    assert wiring._run(session, stage, [], screen()) == 143
    assert [inbox.take(0.0), inbox.take(0.0)] == [SignalCame("SIGTERM"), SignalCame("SIGHUP")]
    assert handlers() == [signal.SIG_DFL] * 3
