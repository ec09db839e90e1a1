"""Devices that really go: sinks and sources unloaded and loaded again, suspended, their server killed or hung.

What PulseAudio 16.1 does, as these tests found it: whoever loses one device while another is left is moved there,
without a gap, an error or a word; only when none is left, or the server dies, do the streams end. A suspended
source brings no blocks, a suspended sink asks for none, and neither tells. A stopped server lets every call wait.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.room import ROOM_RATE, Room
from voice_guide.audio.chosen import chosen_microphone, chosen_speaker
from voice_guide.audio.devices import refresh
from voice_guide.audio.lifeline import Lifeline, Revival, Waits
from voice_guide.audio.ports import Block
from voice_guide.errors import DeviceError
from voice_guide.sound import Sound

pytestmark = pytest.mark.devices

WAIT = 20.0
QUICK = Waits(first_block=0.6, first_sound=1.0, again=0.1, end=1.0)
ATTEMPTS = 3
"""Begun since a device is there again, until it works: one is enough where nothing else holds the machine up."""

NAMED = """
pcm.headset { type pulse device headset }
pcm.boombox { type pulse device boombox }
"""


class Plugs:
    """The room's devices, to be pulled out and plugged in."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def pull(self, *names: str) -> None:
        """Unload these devices."""
        listed = self._pactl("list", "short", "modules").splitlines()
        for name in names:
            (number,) = [line.split()[0] for line in listed if f"_name={name} " in line]
            self._pactl("unload-module", number)

    def put_microphone(self, name: str = "microphone") -> None:
        """Plug in a microphone that hears the room."""
        more = f"source_name={name} master=room.monitor channels=2 remix=yes"
        self._pactl("load-module", "module-remap-source", *more.split())
        self._pactl("set-default-source", "microphone")

    def put_speaker(self, name: str = "loudspeaker", rate: int = ROOM_RATE) -> None:
        """Plug in a loudspeaker; `room` is what people speak into."""
        more = f"sink_name={name} rate={rate} channels=2 norewinds=1"
        self._pactl("load-module", "module-null-sink", *more.split())
        self._pactl("set-default-sink", "loudspeaker")

    def suspend(self, kind: str, name: str, how: int) -> None:
        """Put a sink or source to sleep, or wake it."""
        self._pactl(f"suspend-{kind}", name, str(how))

    def used(self, what: tuple[str, str]) -> list[str]:
        """The sinks of all sink-inputs, or the sources of all source-outputs, of programs."""
        names = {
            line.split()[0]: line.split()[1] for line in self._pactl("list", "short", what[0]).splitlines()
        }
        streams = self._pactl("list", "short", what[1]).splitlines()
        return [names[line.split()[1]] for line in streams if "float32" in line]

    def _pactl(self, *command: str) -> str:
        done = subprocess.run(
            ["pactl", *command], env=self._room.env, capture_output=True, text=True, check=False
        )
        return done.stdout


class Evening:
    """A lifeline on the room's devices, and what came through it."""

    def __init__(self, microphone: str = "", speaker: str = "") -> None:
        self.attempts = 0
        self.line = Lifeline(chosen_microphone(microphone), chosen_speaker(speaker), self._refresh, QUICK)
        self.blocks: queue.Queue[Block] = queue.Queue()
        self.ended: queue.Queue[int] = queue.Queue()
        self.revivals: queue.Queue[Revival] = queue.Queue()
        self.line.start(self.blocks.put, self.ended.put)
        self.blocks.get(timeout=WAIT)

    def reopen(self) -> None:
        """As the runner does."""
        self.line.reopen(self.revivals.put)

    def works(self) -> bool:
        """Does the microphone hear, and is a sound heard to its end?"""
        while not self.blocks.empty():
            self.blocks.get()
        self.line.speaker.play(5, Sound(np.full(4_800, 0.1, np.float32), ROOM_RATE))
        return bool(self.blocks.get(timeout=WAIT)) and self.ended.get(timeout=WAIT) == 5

    def recovered(self) -> bool:
        """Is it found by one of the next attempts, and does it work?"""
        before = self.attempts
        self.revivals.get(timeout=WAIT)
        print(f"recovered after {self.attempts - before} more attempts")
        return self.attempts - before <= ATTEMPTS and self.works()

    def _refresh(self) -> None:
        self.attempts += 1
        refresh()


@pytest.fixture
def room() -> Iterator[Room]:
    """A room whose devices are this process's, two of them by names of their own in ALSA."""
    with Room() as one, pytest.MonkeyPatch.context() as patch:
        with Path(one.env["ALSA_CONFIG_PATH"]).open("a") as config:
            config.write(NAMED)
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

    def begin(*names: str) -> Evening:
        begun.append(Evening(*names))
        return begun[-1]

    yield begin
    for one in begun:
        one.line.stop()


def until(true: Callable[[], object]) -> bool:
    """Wait for something that other processes do."""
    end = time.monotonic() + WAIT
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def still_nothing(evening: Evening) -> None:
    """Some attempts later it is still looking."""
    with pytest.raises(queue.Empty):
        evening.revivals.get(timeout=0.5)
    assert evening.line.searching


def test_all_devices_pulled_and_plugged_in(plugs: Plugs, begin: Callable[..., Evening]) -> None:
    """Both streams end and say so; when the devices are there again, at another rate, both work."""
    evening = begin()
    plugs.pull("microphone", "loudspeaker", "room")
    assert until(lambda: evening.line.microphone.failure and evening.line.speaker.failure)
    assert isinstance(evening.line.lost(), DeviceError)
    evening.reopen()
    still_nothing(evening)
    plugs.put_speaker("room", rate=44_100)
    plugs.put_microphone()
    plugs.put_speaker(rate=22_050)
    assert evening.recovered()
    assert evening.line.lost() is None
    assert evening.line.tally.revivals == 1


def test_the_sound_server_dies(room: Room, begin: Callable[..., Evening]) -> None:
    """As with all devices; when it runs again, so does the evening."""
    evening = begin()
    room.kill()
    assert until(evening.line.lost)
    evening.reopen()
    still_nothing(evening)
    room._start()
    assert evening.recovered()


@pytest.mark.parametrize(("kind", "name"), [("source", "microphone"), ("sink", "loudspeaker")])
def test_suspended(plugs: Plugs, begin: Callable[..., Evening], kind: str, name: str) -> None:
    """A device that is silent without a word counts as gone until it really works, not only opens."""
    evening = begin()
    plugs.suspend(kind, name, 1)
    if kind == "source":
        assert until(lambda: _dry(evening.blocks))
    assert evening.line.lost() is None
    evening.reopen()
    still_nothing(evening)
    plugs.suspend(kind, name, 0)
    assert evening.recovered()


def _dry(blocks: queue.Queue[Block]) -> bool:
    """Does no block come for 0.3 s?"""
    try:
        blocks.get(timeout=0.3)
    except queue.Empty:
        return True
    return False


def test_pulseaudio_moves_a_stream(plugs: Plugs, begin: Callable[..., Evening]) -> None:
    """The trap: another microphone and loudspeaker take their place in mid-stream, and nothing tells of it."""
    plugs.put_microphone("headset")
    plugs.put_speaker("boombox")
    evening = begin("headset", "boombox")
    inputs, outputs = ("sources", "source-outputs"), ("sinks", "sink-inputs")
    assert (plugs.used(inputs), plugs.used(outputs)) == (["headset"], ["boombox"])
    plugs.pull("headset", "boombox")
    assert until(lambda: plugs.used(inputs) == ["microphone"] and plugs.used(outputs) == ["loudspeaker"])
    assert evening.works()
    assert evening.line.lost() is None


def test_never_another_than_the_chosen_one(plugs: Plugs, begin: Callable[..., Evening]) -> None:
    """Opened anew, only the chosen devices will do, though others are there; both come back by their names."""
    plugs.put_microphone("headset")
    plugs.put_speaker("boombox")
    evening = begin("headset", "boombox")
    plugs.pull("headset", "boombox")
    evening.reopen()
    still_nothing(evening)
    plugs.put_microphone("headset")
    still_nothing(evening)
    plugs.put_speaker("boombox", rate=22_050)
    assert evening.recovered()
    assert plugs.used(("sources", "source-outputs")) == ["headset"]
    assert plugs.used(("sinks", "sink-inputs")) == ["boombox"]


@pytest.mark.parametrize("gone", ["microphone", "loudspeaker"])
def test_the_systems_own_choice(plugs: Plugs, begin: Callable[..., Evening], gone: str) -> None:
    """Whoever chose nothing goes on with what is left."""
    evening = begin()
    plugs.pull(gone)
    evening.reopen()
    assert evening.recovered()


@pytest.mark.usefixtures("room")
def test_absent_at_the_start(room: Room) -> None:
    """It is told at once."""
    room.kill()
    refresh()
    with pytest.raises(DeviceError, match="There is no microphone"):
        Evening()


def test_a_server_that_hangs(room: Room, begin: Callable[..., Evening]) -> None:
    """Reopening keeps nobody waiting; when the server goes on, so does the evening."""
    evening = begin()
    daemon = room.daemon_id
    assert daemon is not None
    os.kill(daemon, signal.SIGSTOP)
    evening.reopen()  # comes back, though the server is stopped
    still_nothing(evening)
    os.kill(daemon, signal.SIGCONT)
    assert evening.recovered()


HUNG = """
import os, signal, sys, time
from voice_guide.audio.chosen import chosen_microphone, chosen_speaker
from voice_guide.audio.lifeline import Lifeline, Waits
line = Lifeline(chosen_microphone(), chosen_speaker(), waits=Waits(end=0.5))
line.start(lambda _: None, lambda _: None)
os.kill(int(sys.argv[1]), signal.SIGSTOP)
began = time.monotonic()
line.stop()
print(f"{time.monotonic() - began:.1f}", flush=True)
"""


def test_the_program_ends_though_the_server_hangs(room: Room) -> None:
    """Neither the evening's end nor the interpreter's waits for it."""
    daemon = room.daemon_id
    command = [sys.executable, "-c", HUNG, str(daemon)]
    try:
        done = subprocess.run(command, env=room.env, timeout=10, check=True, capture_output=True, text=True)
    finally:
        assert daemon is not None
        os.kill(daemon, signal.SIGCONT)
    assert float(done.stdout) >= 0.5


ASKED = """
import sys
from voice_guide import wiring
from voice_guide.audio import answering
from voice_guide.errors import DeviceError
from voice_guide.settings import Settings
answering.ANSWER = float(sys.argv[1])
try:
    print("asked", flush=True)
    wiring.open_line(Settings())
except DeviceError as error:
    print(error.message, file=sys.stderr)
    sys.exit(error.exit_code)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("answer", "number", "ends"),
    [("4", None, (3, "The sound system does not answer.\n")), ("60", signal.SIGINT, (130, ""))],
)
def test_a_server_that_hangs_from_the_start(
    room: Room, answer: str, number: signal.Signals | None, ends: tuple[int, str]
) -> None:
    """It is given up with a sentence that can be read, or after Ctrl-C; neither end waits for it."""
    daemon = room.daemon_id
    assert daemon is not None
    os.kill(daemon, signal.SIGSTOP)
    command = [sys.executable, "-c", ASKED, answer]
    try:
        with subprocess.Popen(
            command, env=room.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as asking:
            assert asking.stdout is not None
            assert asking.stdout.readline() == "asked\n"
            if number is not None:
                asking.send_signal(number)
            _, errors = asking.communicate(timeout=30)
    finally:
        os.kill(daemon, signal.SIGCONT)
    assert (asking.returncode, errors) == ends
