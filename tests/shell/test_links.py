"""The devices of an evening watched: what is lost is told once, and found again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from tests.shell.parts import Hours, StillLine, block, stage
from voice_guide import links as links_module
from voice_guide.audio.ports import Block, Revived, Tally
from voice_guide.errors import DeviceError
from voice_guide.inbox import (
    NOTHING,
    DevicesBack,
    Inbox,
    Item,
    Nothing,
    PlaybackEnded,
    SignalCame,
    Typing,
)
from voice_guide.links import LOST_AFTER, OPENING, Links

WAIT = 5.0
GONE = DeviceError("It is gone.", "look whether it is plugged in")


@pytest.fixture
def hours() -> Hours:
    """Time, by hand."""
    return Hours()


@pytest.fixture
def line() -> StillLine:
    """Devices that work."""
    return StillLine()


@pytest.fixture
def links(line: StillLine, hours: Hours) -> Links:
    """Under test, opened."""
    links = Links(stage(line, hours))
    links.open()
    return links


def told(links: Links, *, overdue: bool = False, waited: bool = True) -> str:
    """What is lost, or an empty text."""
    lost = links.lost(overdue=overdue, waited=waited)
    return lost.what if lost is not None else ""


def test_both_are_opened_into_the_inbox(line: StillLine, hours: Hours) -> None:
    """Blocks come as they are, ends of sounds as items."""
    inbox = Inbox()
    Links(stage(line, hours, inbox=inbox)).open()
    assert line.started is not None
    deliver, ended = line.started
    heard = block()
    deliver(heard)
    ended(7)
    assert inbox.take(0.0) is heard
    assert inbox.take(0.0) == PlaybackEnded(7)


class HangingLine(StillLine):
    """Its sound server hangs until it is let go on; then the microphone sends."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = threading.Event(), threading.Event()

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Not before it is let go on."""
        self.asked.set()
        assert self.go_on.wait(WAIT)
        super().start(deliver, ended)


@pytest.fixture
def hanging() -> Iterator[HangingLine]:
    """Devices of a server that hangs."""
    one = HangingLine()
    yield one
    one.go_on.set()


def test_a_signal_is_heard_while_both_are_opened(hanging: HangingLine, hours: Hours) -> None:
    """It is what comes next, after what came before it; nothing counts as opened."""
    inbox, opened = Inbox(), threading.Event()
    links = Links(stage(hanging, hours, inbox=inbox, opened=opened.set))
    for item in (Typing(), SignalCame("SIGINT"), PlaybackEnded(1)):
        inbox.put(item)
    links.open()
    assert hanging.started is None and not opened.is_set()
    items = [links.take(0.0)[0] for _ in range(4)]
    assert items == [Typing(), SignalCame("SIGINT"), PlaybackEnded(1), NOTHING]


def test_what_comes_while_both_are_opened_is_not_lost(hanging: HangingLine, hours: Hours) -> None:
    """In its order, before all that follows; then both count as opened."""

    class Filling(Inbox):
        """Lets the server go on once somebody has looked into it."""

        def take(self, timeout: float) -> Item | Nothing:
            """What comes next."""
            item = super().take(timeout)
            if item is NOTHING:
                hanging.go_on.set()
            return item

    inbox, opened = Filling(), threading.Event()
    links = Links(stage(hanging, hours, inbox=inbox, opened=opened.set))
    inbox.put(Typing())
    links.open()
    assert hanging.started is not None and opened.is_set()
    inbox.put(PlaybackEnded(1))
    assert [links.take(0.0)[0] for _ in range(2)] == [Typing(), PlaybackEnded(1)]


def test_a_sound_system_that_does_not_answer(
    hanging: HangingLine, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up with a sentence and a hint."""
    monkeypatch.setattr(links_module, "ANSWER", 0.05)
    with pytest.raises(DeviceError, match=r"^The sound system does not answer\. \(look at"):
        Links(stage(hanging, hours)).open()


def test_what_cannot_be_opened_is_told(
    line: StillLine, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver's own sentence reaches whoever opens."""

    def refuse(*_: object) -> None:
        raise GONE

    monkeypatch.setattr(line, "start", refuse)
    with pytest.raises(DeviceError, match="It is gone"):
        Links(stage(line, hours)).open()


@pytest.mark.parametrize("device", ["microphone", "speaker"])
def test_what_a_driver_tells_is_told_once(links: Links, line: StillLine, device: str) -> None:
    """With its error; the other one is told besides, if it goes as well."""
    name = {"speaker": "loudspeaker"}.get(device, device)
    getattr(line, device).failure = GONE
    lost = links.lost(overdue=False, waited=False)
    assert lost is not None
    assert (lost.what, lost.error) == (name, GONE)
    assert told(links) == ""
    line.microphone.failure = line.speaker.failure = GONE
    assert told(links) == {"microphone": "loudspeaker", "loudspeaker": "microphone"}[name]
    assert told(links) == ""


def test_our_own_mistake_in_a_driver_s_thread_is_not_hidden(links: Links, line: StillLine) -> None:
    """It is raised where it can be seen."""
    line.microphone.failure = ZeroDivisionError("ours")
    with pytest.raises(ZeroDivisionError):
        told(links)


def test_a_microphone_that_falls_silent_is_lost(links: Links, hours: Hours) -> None:
    """After 1.5 s without a block, once the inbox is empty; what waits there may be a block."""
    links.heard()
    hours.pass_(LOST_AFTER)
    assert told(links) == ""
    hours.pass_(0.1)
    assert told(links, waited=False) == ""
    lost = links.lost(overdue=False, waited=True)
    assert lost is not None
    assert lost.what == "microphone"
    assert str(lost.error) == (
        "The microphone sends nothing any more. (see that it is plugged in and chosen;"
        " what was said so far is safe)"
    )
    assert told(links) == ""


def test_a_microphone_may_take_long_to_wake_up(links: Links, hours: Hours) -> None:
    """Five seconds to its first block."""
    hours.pass_(OPENING)
    assert told(links) == ""
    hours.pass_(0.1)
    assert told(links) == "microphone"


def test_opening_counts_from_when_the_devices_are_open(line: StillLine, hours: Hours) -> None:
    """A loudspeaker that takes its time is no silence of the microphone."""
    links = Links(stage(line, hours))
    hours.pass_(60.0)
    links.open()
    assert told(links) == ""


def test_a_prompt_that_never_ends_is_a_lost_loudspeaker(links: Links) -> None:
    """It has stalled, and no driver said so."""
    lost = links.lost(overdue=True, waited=False)
    assert lost is not None
    assert lost.what == "loudspeaker"
    assert str(lost.error) == (
        "The loudspeaker plays nothing any more. (see that it is plugged in and chosen)"
    )
    assert told(links, overdue=True) == ""


@pytest.mark.parametrize("device", ["microphone", "loudspeaker"])
def test_a_stream_that_was_moved_elsewhere_is_lost(links: Links, device: str) -> None:
    """Once; and it is not lost any more once both are back."""
    links.moved(device)
    lost = links.lost(overdue=False, waited=False)
    assert lost is not None
    assert lost.what == device
    assert str(lost.error) == f"The {device} is gone. (see that it is plugged in and chosen)"
    assert told(links) == ""
    links.back()
    assert told(links) == ""


def test_what_is_back_can_be_lost_again(links: Links, line: StillLine, hours: Hours) -> None:
    """And the silence of the search is none of the microphone's."""
    links.heard()
    hours.pass_(30.0)
    assert told(links) == "microphone"
    links.back()
    assert told(links) == ""
    line.microphone.failure = GONE
    assert told(links) == "microphone"


def test_a_search_ends_in_the_inbox(line: StillLine, hours: Hours) -> None:
    """With the devices that were found."""
    inbox = Inbox()
    Links(stage(line, hours, inbox=inbox)).search()
    (found,) = line.searches
    anew = StillLine()
    found(cast(Revived, anew))
    assert inbox.take(0.0) == DevicesBack(anew.microphone, anew.speaker)


def test_a_sleep_is_told_and_is_no_silence_of_the_microphone(line: StillLine, hours: Hours) -> None:
    """Seconds beyond those that were waited for; afterwards the microphone has its time again."""

    class Slow:
        """An inbox; while somebody waits for it, the computer sleeps."""

        slow = False

        def put(self, item: Item) -> None:
            """Nothing is put."""

        def take(self, timeout: float) -> Item | Nothing:
            """An hour later."""
            if self.slow:
                hours.pass_(timeout, asleep=3600.0)
            return NOTHING

    inbox = Slow()
    links = Links(stage(line, hours, inbox=inbox))
    links.open()
    inbox.slow = True
    links.heard()
    hours.pass_(1.45)
    item, slept = links.take(0.1)
    assert item is NOTHING
    assert slept == pytest.approx(3600.0)
    assert told(links) == ""


def test_where_time_is_simulated_nobody_sleeps(line: StillLine, hours: Hours) -> None:
    """Without a sleepwatch items come as they are."""
    inbox = Inbox()
    links = Links(stage(line, hours, inbox=inbox, sleepwatch=None))
    inbox.put(PlaybackEnded(1))
    assert links.take(0.0) == (PlaybackEnded(1), 0.0)
    assert links.take(0.0) == (NOTHING, 0.0)


@pytest.mark.parametrize(
    ("tally", "tells"),
    [
        (Tally(), {}),
        (Tally(overflows=3), {}),
        (Tally(lost_seconds=0.5), {"dropped": {"seconds": 0.5}}),
        (Tally(underflows=2), {"underflows": {"count": 2}}),
        (
            Tally(lost_seconds=0.123, underflows=1),
            {"dropped": {"seconds": 0.12}, "underflows": {"count": 1}},
        ),
    ],
)
def test_losses_are_told_once(links: Links, line: StillLine, tally: Tally, tells: dict[str, Any]) -> None:
    """Each time that more was lost: what was lost since, and how often the loudspeaker ran dry in all."""
    assert links.losses() == {}
    line.tally = tally
    assert links.losses() == tells
    assert links.losses() == {}
    line.tally = replace(tally, lost_seconds=tally.lost_seconds + 1.0, underflows=tally.underflows + 1)
    assert links.losses() == {
        "dropped": {"seconds": 1.0},
        "underflows": {"count": tally.underflows + 1},
    }
