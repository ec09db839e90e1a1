"""Devices that die are closed, looked for and opened anew, in this order, until both really work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from voice_guide.audio import lifeline
from voice_guide.audio.lifeline import PROBE, Lifeline, Revival, Waits
from voice_guide.audio.ports import Block, Line, Tally
from voice_guide.errors import DeviceError
from voice_guide.sound import RATE, Sound, silence

WAIT = 5.0
QUICK = Waits(first_block=0.05, first_sound=0.05, again=0.0, end=WAIT)
GONE = DeviceError("The microphone is gone.")


class System:
    """A computer's sound: what is plugged in, and what happened to it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.rate = 48_000
        self.absent = self.busy = 0
        """How many times more it is so."""
        self.deaf = self.dumb = 0
        """How many streams more will open, and then do nothing."""
        self.on_refresh: Callable[[], None] = lambda: None
        self.open = 0
        self.latest: Microphone | None = None

    def refresh(self) -> None:
        """PortAudio starts anew: no stream may be open."""
        assert self.open == 0, "a stream would be closed after it was freed"
        self.calls.append("refresh")
        self.on_refresh()

    def microphone(self) -> Microphone:
        """The one that is plugged in."""
        if self.absent:
            self.absent -= 1
            raise DeviceError("There is no microphone.")
        self.latest = Microphone(self)
        return self.latest

    def speaker(self) -> Speaker:
        """It is there always."""
        return Speaker(self)


class Microphone:
    """Sends a block as soon as it is open, unless it is deaf."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._deliver: Callable[[Block], None] | None = None
        self.rate = system.rate
        self.failure: Exception | None = None
        self.overflows, self.lost = 0, 0

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Opens, unless another program holds it."""
        if self._system.busy:
            self._system.busy -= 1
            raise DeviceError("The microphone cannot be opened.")
        self._system.open += 1
        self._deliver = deliver
        if self._system.deaf:
            self._system.deaf -= 1
        else:
            self.bring(0)

    def bring(self, index: int) -> None:
        """A block has come."""
        assert self._deliver is not None
        self._deliver(Block(index, np.zeros(4, np.float32)))

    def stop(self) -> None:
        """Closes, if it is open."""
        if self._deliver is not None:
            self._system.open -= 1
            self._system.calls.append("microphone closed")
            self._deliver = None


class Speaker:
    """Plays in no time, unless it is dumb."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._ended: Callable[[int], None] | None = None
        self._dumb = False
        self.failure: Exception | None = None
        self.volume = 1.0
        self.rate = system.rate
        self.underflows = 0

    def start(self, ended: Callable[[int], None]) -> None:
        """Opens."""
        self._system.open += 1
        self._ended = ended
        self._dumb = self._system.dumb > 0
        self._system.dumb -= self._dumb

    def play(self, id: int, sound: Sound) -> None:
        """It has been heard already."""
        assert self._ended is not None and sound.seconds
        if not self._dumb:
            self._ended(id)

    def fade(self) -> None:
        """Nothing plays."""

    def stop(self) -> None:
        """Closes, if it is open."""
        if self._ended is not None:
            self._system.open -= 1
            self._system.calls.append("loudspeaker closed")
            self._ended = None


class Evening:
    """A lifeline in use, and all that reaches the inbox through it."""

    def __init__(self, system: System, waits: Waits = QUICK) -> None:
        self.inbox: list[Block | Revival | int] = []
        self.line = Lifeline(system.microphone, system.speaker, system.refresh, waits)
        self._found = threading.Event()

    def start(self) -> None:
        """Open both."""
        self.line.start(self.inbox.append, self.inbox.append)

    def reopen(self) -> None:
        """Look for them."""
        self._found.clear()
        self.line.reopen(self._put)

    def found(self) -> Revival:
        """What was found."""
        assert self._found.wait(WAIT)
        return next(item for item in reversed(self.inbox) if isinstance(item, Revival))

    def _put(self, found: Revival) -> None:
        self.inbox.append(found)
        self._found.set()


@pytest.fixture
def system() -> System:
    """Everything works."""
    return System()


@pytest.fixture
def evening(system: System) -> Iterator[Evening]:
    """It has begun."""
    one = Evening(system)
    one.start()
    yield one
    one.line.stop()


def searched(evening: Evening) -> None:
    """The search has done its last step: blocks pass."""
    search = evening.line._search
    assert search is not None
    search.join(WAIT)


def settled(evening: Evening) -> None:
    """The search is over, down to its last step."""
    evening.line.stop()
    assert not evening.line.searching


def test_it_is_a_line(system: System) -> None:
    """As the runner knows it: both devices, found before anything is opened."""
    line: Line = Evening(system).line
    assert line.microphone.rate == 48_000
    assert system.open == 0
    assert line.tally == Tally()


def test_a_missing_device_is_told_at_once(system: System) -> None:
    """Whoever starts without a microphone hears so."""
    system.absent = 1
    with pytest.raises(DeviceError, match="There is no microphone"):
        Evening(system)


def test_found_again(system: System, evening: Evening) -> None:
    """Both are closed before PortAudio starts anew; the new ones run, and have their own rate."""
    before = evening.line.microphone
    evening.line.microphone.failure = GONE  # type: ignore[misc]  # the fake's may be set
    assert evening.line.lost() is GONE
    system.rate = 16_000
    evening.reopen()
    found = evening.found()
    assert set(system.calls[:2]) == {"microphone closed", "loudspeaker closed"}
    assert system.calls[2:] == ["refresh"]
    assert found.microphone is evening.line.microphone is not before
    assert found.microphone.rate == 16_000
    assert evening.line.tally.revivals == 1


def test_new_blocks_follow_the_news(system: System, evening: Evening) -> None:
    """Old blocks, then the revival, then new ones: new ears never hear the old stream, nor old ears the new."""
    evening.reopen()
    evening.found()
    searched(evening)
    assert system.latest is not None
    system.latest.bring(4)
    kinds = [type(item) for item in evening.inbox]
    assert kinds == [Block, Revival, Block]
    assert isinstance(evening.inbox[2], Block)
    assert evening.inbox[2].index == 4


def test_the_probe_is_nobodys_sound(evening: Evening) -> None:
    """What is played to try the loudspeaker is not told; what follows is."""
    evening.reopen()
    found = evening.found()
    found.speaker.play(7, Sound(silence(0.1, RATE), RATE))
    assert 7 in evening.inbox
    assert PROBE not in evening.inbox


@pytest.mark.parametrize("fault", ["absent", "busy", "deaf", "dumb"])
def test_until_it_works(system: System, evening: Evening, fault: str) -> None:
    """Missing, held by others, without a block, without a sound: three times so, at the fourth it is there."""
    setattr(system, fault, 3)
    evening.reopen()
    evening.found()
    assert system.calls.count("refresh") == 4
    assert system.open == 2


def test_whatever_a_driver_raises(system: System, evening: Evening) -> None:
    """The search goes on."""
    faults = [RuntimeError("driver"), DeviceError("none"), OSError("bus")]

    def fail() -> None:
        if faults:
            raise faults.pop()

    system.on_refresh = fail
    evening.reopen()
    evening.found()
    assert not faults


def test_one_search_at_a_time(system: System, evening: Evening) -> None:
    """A second call while it looks changes nothing; a later one looks again."""
    going_on = threading.Event()
    system.on_refresh = lambda: evening.reopen() or going_on.set()  # type: ignore[func-returns-value]
    evening.reopen()
    assert evening.line.lost() is None
    assert going_on.wait(WAIT)
    evening.found()
    searched(evening)
    system.on_refresh = lambda: None
    evening.reopen()
    evening.found()
    assert system.calls.count("refresh") == 2
    assert sum(isinstance(item, Revival) for item in evening.inbox) == 2


def test_what_was_found_may_be_lost_at_once(system: System) -> None:
    """Whoever hears of it and asks anew is answered, though the first search has not done its last step."""
    found: queue.Queue[Revival] = queue.Queue()
    line = Lifeline(system.microphone, system.speaker, system.refresh, QUICK)

    def lost_again(revival: Revival) -> None:
        line.reopen(found.put)
        found.put(revival)

    line.start(lambda _: None, lambda _: None)
    line.reopen(lost_again)
    first, second = found.get(timeout=WAIT), found.get(timeout=WAIT)
    assert first.microphone is not second.microphone is line.microphone
    assert system.open == 2
    line.stop()
    assert system.open == 0


def test_a_search_that_was_broken_off_is_none_any_more(
    system: System, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own mistake in it costs this search only."""
    died: queue.Queue[object] = queue.Queue()
    monkeypatch.setattr(threading, "excepthook", lambda told: died.put(told.exc_type))

    def mistaken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(evening.line.microphone, "stop", mistaken)
    evening.reopen()
    assert died.get(timeout=WAIT) is ZeroDivisionError
    monkeypatch.undo()
    evening.reopen()
    evening.found()
    assert system.calls.count("refresh") == 1


def test_what_happened_before_the_news_is_told_after_it(system: System) -> None:
    """`revived` comes when the news is told and blocks pass; what it tells is not wiped by the news."""
    inbox: queue.Queue[object] = queue.Queue()

    def revived() -> None:
        assert system.latest is not None
        system.latest.bring(4)
        inbox.put("revived")

    line = Lifeline(system.microphone, system.speaker, system.refresh, QUICK, revived=revived)
    line.start(inbox.put, inbox.put)
    line.reopen(inbox.put)
    told = [inbox.get(timeout=WAIT) for _ in range(4)]
    assert [type(one) for one in told] == [Block, Revival, Block, str]
    line.stop()


def test_busy_at_the_start(system: System) -> None:
    """The start tells it; a search may follow."""
    one = Evening(system)
    system.busy = 1
    with pytest.raises(DeviceError, match="cannot be opened"):
        one.start()
    one.reopen()
    assert one.found().microphone is one.line.microphone
    settled(one)
    assert system.open == 0


def test_the_evening_ends_while_it_looks(system: System, evening: Evening) -> None:
    """Nothing stays open, nothing is opened afterwards, and PortAudio is left alone."""
    tried = threading.Event()
    system.absent = 1_000_000
    system.on_refresh = tried.set
    evening.reopen()
    assert tried.wait(WAIT)
    settled(evening)
    calls = list(system.calls)
    assert system.open == 0
    evening.reopen()
    assert not evening.line.searching
    assert system.calls == calls


def test_the_evening_ends_while_portaudio_starts(system: System, evening: Evening) -> None:
    """It waits until that is done; what was opened just then is closed."""
    within, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        within.set()
        assert go_on.wait(WAIT)

    system.on_refresh = slow
    evening.reopen()
    assert within.wait(WAIT)
    evening.line._over.set()
    go_on.set()
    settled(evening)
    assert system.open == 0


def test_a_sound_server_that_hangs(monkeypatch: pytest.MonkeyPatch, system: System) -> None:
    """The evening's end does not wait for it, and PortAudio is not closed at the program's end."""
    abandoned = threading.Event()
    within, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(lifeline, "abandon", abandoned.set)
    evening = Evening(system, replace(QUICK, end=0.2))
    evening.start()

    def hang() -> None:
        within.set()
        assert go_on.wait(WAIT)

    system.on_refresh = hang
    evening.reopen()
    assert within.wait(WAIT)
    evening.line.stop()
    assert abandoned.is_set()
    go_on.set()
    searched(evening)


def test_the_evening_ends_while_both_are_opened(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops meanwhile finds both open, and closes both; afterwards nothing is opened any more."""
    evening = Evening(system)
    starting, go_on = threading.Event(), threading.Event()
    start = evening.line.microphone.start

    def slowly(deliver: Callable[[Block], None]) -> None:
        starting.set()
        assert go_on.wait(WAIT)
        start(deliver)

    monkeypatch.setattr(evening.line.microphone, "start", slowly)
    opening = threading.Thread(target=evening.start, daemon=True)
    opening.start()
    assert starting.wait(WAIT)
    stopping = threading.Thread(target=evening.line.stop, daemon=True)
    stopping.start()
    assert evening.line._over.wait(WAIT)
    go_on.set()
    stopping.join(WAIT)
    assert system.open == 0
    evening.start()
    assert system.open == 0


def test_losses_are_added_up(evening: Evening) -> None:
    """Over all streams of the evening, in seconds where rates differ."""
    first = evening.line
    first.microphone.overflows, first.microphone.lost = 2, 24_000  # type: ignore[attr-defined]  # the fake's
    first.speaker.underflows = 3  # type: ignore[attr-defined]  # the fake's
    evening.reopen()
    evening.found()
    evening.line.speaker.underflows = 4  # type: ignore[attr-defined]  # the fake's
    assert evening.line.tally == Tally(overflows=2, lost_seconds=0.5, underflows=7, revivals=1)
