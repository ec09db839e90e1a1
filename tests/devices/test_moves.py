"""Streams that PulseAudio really moves, because their device is gone: it is told, waited for and found again."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.devices.test_lifeline import ATTEMPTS, NAMED, WAIT, Plugs, until
from tests.room import ROOM_RATE, Room
from voice_guide.audio.chosen import chosen_microphone, chosen_speaker
from voice_guide.audio.devices import refresh
from voice_guide.audio.lifeline import Lifeline, Revival
from voice_guide.audio.moves import Moves
from voice_guide.audio.naming import prepare
from voice_guide.audio.ports import Block
from voice_guide.settings import Settings
from voice_guide.sound import Sound

pytestmark = pytest.mark.devices

INPUTS, OUTPUTS = ("sources", "source-outputs"), ("sinks", "sink-inputs")
TOLD = 1.5
"""Seconds from the moment when a device is gone until it is told; as long as without blocks."""
TWICE = 1.6
"""Seconds in which it is tried twice."""
CALM = 1.4
"""Seconds in which a loss would have been told."""


class Evening:
    """A lifeline and its watch over moves, as the wiring has them."""

    def __init__(self, settings: Settings) -> None:
        self.moves = Moves(settings.microphone, settings.loudspeaker)
        route = prepare(settings)
        self.attempts = 0
        self.line = Lifeline(
            chosen_microphone(route.microphone or ""),
            chosen_speaker(route.loudspeaker or ""),
            self._refresh,
            right_place=self.moves.right_place,
            revived=self.moves.tell_anew,
        )
        self.blocks: queue.Queue[Block] = queue.Queue()
        self.ended: queue.Queue[int] = queue.Queue()
        self.revivals: queue.Queue[Revival] = queue.Queue()
        self.told: queue.Queue[str] = queue.Queue()
        self.line.start(self.blocks.put, self.ended.put)
        self.blocks.get(timeout=WAIT)
        self.moves.start(self.told.put)
        assert until(lambda: all(place.home for place in self.moves._places.values()))

    def stop(self) -> None:
        """It is over."""
        self.moves.stop()
        self.line.stop()

    def loses(self, what: str, plugs: Plugs, *names: str) -> None:
        """These are pulled, which is told in time, though both streams seem to be well; then both are sought."""
        plugs.pull(*names)
        began = time.monotonic()
        assert self.told.get(timeout=WAIT) == what
        took = time.monotonic() - began
        print(f"{what} told after {took:.2f} s")
        assert took < TOLD
        assert self.line.lost() is None
        self.line.reopen(self.revivals.put)
        with pytest.raises(queue.Empty):
            self.revivals.get(timeout=TWICE)

    def recovered(self, room: Room) -> None:
        """One of the next attempts finds both: the room and the loudspeaker are heard, and all is told once."""
        before = self.attempts
        self.revivals.get(timeout=WAIT)
        print(f"recovered after {self.attempts - before} more attempts")
        assert self.attempts - before <= ATTEMPTS
        assert self.hears(room)
        assert self.is_heard(room)
        assert self.told.empty()

    def hears(self, room: Room) -> bool:
        """Does what sounds in the room reach the microphone?"""
        while not self.blocks.empty():
            self.blocks.get()
        room.play_into_room(tone())
        loudest = 0.0
        while not self.blocks.empty():
            loudest = max(loudest, float(np.abs(self.blocks.get().samples).max()))
        return loudest > 0.05

    def is_heard(self, room: Room) -> bool:
        """Does what the guide plays leave the loudspeaker?"""
        with room.record_loudspeaker() as recording:
            self.line.speaker.play(5, tone())
            self.ended.get(timeout=WAIT)
        return bool(recording.spans(0.05))

    def _refresh(self) -> None:
        self.attempts += 1
        refresh()

    def calm(self) -> bool:
        """Is nothing told for a while?"""
        with pytest.raises(queue.Empty):
            self.told.get(timeout=CALM)
        return True


def tone() -> Sound:
    """Half a second of 440 Hz."""
    wave = 0.2 * np.sin(2 * np.pi * 440 * np.arange(ROOM_RATE // 2) / ROOM_RATE)
    return Sound(wave.astype(np.float32), ROOM_RATE)


@pytest.fixture
def room() -> Iterator[Room]:
    """A room whose devices are this process's, two of them by names of their own in ALSA."""
    with Room() as one, pytest.MonkeyPatch.context() as patch:
        with Path(one.env["ALSA_CONFIG_PATH"]).open("a") as config:
            config.write(NAMED)
        for name in ("PULSE_SOURCE", "PULSE_SINK"):
            patch.setenv(name, "")  # restored afterwards, whatever a test does to it
            del os.environ[name]
        for name, value in one.env.items():
            patch.setenv(name, value)
        refresh()
        yield one


@pytest.fixture
def plugs(room: Room) -> Plugs:
    """Its devices."""
    return Plugs(room)


@pytest.fixture
def begin(room: Room) -> Iterator[Callable[..., Evening]]:
    """Begins an evening, and ends it in any case."""
    assert room.env
    begun: list[Evening] = []

    def begin(**chosen: str) -> Evening:
        begun.append(Evening(Settings(**chosen)))  # type: ignore[arg-type]  # names of devices only
        return begun[-1]

    yield begin
    for one in begun:
        one.stop()


def put(plugs: Plugs, kind: str, more: str) -> None:
    """Plug in a device, and leave it to the server which one is the default."""
    plugs._pactl("load-module", f"module-{kind}", *more.split())


@pytest.mark.parametrize(("chosen", "default"), [("", False), ("", True), ("pulse:microphone", False)])
def test_the_microphone_goes(
    room: Room, plugs: Plugs, begin: Callable[..., Evening], chosen: str, default: bool
) -> None:
    """Its stream would hear the loudspeaker: the guide waits until the room is heard again."""
    evening = begin(microphone=chosen)
    assert evening.hears(room)
    evening.loses("microphone", plugs, "microphone", "room")
    put(plugs, "null-sink", f"sink_name=room rate={ROOM_RATE} channels=2 norewinds=1")
    put(plugs, "remap-source", "source_name=microphone master=room.monitor channels=2 remix=yes")
    if default:
        plugs._pactl("set-default-source", "microphone")
    evening.recovered(room)
    assert plugs.used(INPUTS) == ["microphone"]


@pytest.mark.parametrize("chosen", ["pulse:boombox", "boombox"])
def test_the_chosen_loudspeaker_goes(
    room: Room, plugs: Plugs, begin: Callable[..., Evening], chosen: str
) -> None:
    """Another one will not do."""
    plugs.put_speaker("boombox")
    evening = begin(loudspeaker=chosen)
    evening.loses("loudspeaker", plugs, "boombox")
    plugs.put_speaker("boombox")
    evening.revivals.get(timeout=WAIT)
    assert plugs.used(OUTPUTS) == ["boombox"]
    assert evening.hears(room)


def test_the_systems_own_choice(plugs: Plugs, begin: Callable[..., Evening]) -> None:
    """Whoever chose nothing goes on with another that is real; not so with one that hears the loudspeaker."""
    plugs.put_microphone("headset")
    plugs.put_speaker("boombox")
    plugs._pactl("set-default-source", "microphone")
    evening = begin()
    plugs.pull("microphone", "loudspeaker")
    assert until(lambda: plugs.used(INPUTS) == ["headset"])
    assert plugs.used(OUTPUTS) != ["loudspeaker"]
    assert evening.calm()
    evening.loses("microphone", plugs, "headset")


def test_the_server_dies(room: Room, plugs: Plugs, begin: Callable[..., Evening]) -> None:
    """That is told by the streams themselves; the next server's moves are seen again."""
    evening = begin()
    room.kill()
    assert until(evening.line.lost)
    evening.line.reopen(evening.revivals.put)
    room._start()
    evening.recovered(room)
    evening.loses("microphone", plugs, "microphone")


def test_a_server_that_hangs(room: Room, begin: Callable[..., Evening]) -> None:
    """Nothing is told, and the end does not wait for it."""
    evening = begin()
    daemon = room.daemon_id
    assert daemon is not None
    os.kill(daemon, signal.SIGSTOP)
    try:
        assert evening.moves.right_place()
        evening.moves.stop()  # comes back, though the server is stopped
        assert evening.told.empty()
    finally:
        os.kill(daemon, signal.SIGCONT)
