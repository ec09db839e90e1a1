"""The real path: PortAudio, ALSA and PulseAudio, in a living room of virtual devices."""

from __future__ import annotations

import gc
import itertools
import os
import queue
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.room import ROOM_RATE, Room
from voice_guide.audio.devices import find_input, find_output, refresh
from voice_guide.audio.microphone import PortAudioMicrophone
from voice_guide.audio.ports import Block
from voice_guide.audio.speaker import PortAudioSpeaker
from voice_guide.errors import DeviceError
from voice_guide.sound import Samples, Sound

pytestmark = pytest.mark.devices

LEAK_DB = -20.0
WAIT = 5.0
CLOCKS = 0.02
"""Seconds by which the room's recorder and the monotonic clock may disagree."""


@pytest.fixture
def room() -> Iterator[Room]:
    """A room whose devices are this process's default devices."""
    with Room(leak=LEAK_DB) as one, pytest.MonkeyPatch.context() as patch:
        for name, value in one.env.items():
            patch.setenv(name, value)
        refresh()
        yield one


@pytest.fixture
def heard() -> queue.Queue[tuple[int, float]]:
    """What has ended, and when."""
    return queue.Queue()


@pytest.fixture
def speaker(room: Room, heard: queue.Queue[tuple[int, float]]) -> Iterator[PortAudioSpeaker]:
    """The room's loudspeaker, open."""
    assert room.env
    one = PortAudioSpeaker()
    one.start(lambda id: heard.put((id, time.monotonic())))
    yield one
    one.stop()


@pytest.fixture
def blocks() -> queue.Queue[Block]:
    """What the microphone delivers."""
    return queue.Queue()


@pytest.fixture
def microphone(room: Room, blocks: queue.Queue[Block]) -> Iterator[PortAudioMicrophone]:
    """The room's microphone, open and running.

    Garbage of the thousands of tests before is collected now, not while a driver waits for its callback.
    """
    assert room.env
    gc.collect()
    gc.freeze()
    one = PortAudioMicrophone()
    one.start(blocks.put)
    blocks.get(timeout=WAIT)
    yield one
    one.stop()
    gc.unfreeze()


def sweep(seconds: float, rate: int = ROOM_RATE) -> Sound:
    """A rising tone at -10 dBFS: any gap or shift shows."""
    time_ = np.arange(round(seconds * rate)) / rate
    return Sound((0.3 * np.sin(2 * np.pi * (300 + 400 * time_) * time_)).astype(np.float32), rate)


def take(blocks: queue.Queue[Block], seconds: float, rate: int) -> list[Block]:
    """The blocks of the next `seconds`."""
    return [blocks.get(timeout=WAIT) for _ in range(round(seconds * rate) // len(blocks.get().samples))]


def likeness(heard: Samples, said: Samples) -> float:
    """Largest normalised cross-correlation of `said` with any piece of `heard`."""
    size = 1 << (len(heard) + len(said)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size))
    at = int(np.argmax(np.abs(np.fft.irfft(product, size))[: len(heard)]))
    piece = heard[at : at + len(said)]
    said = said[: len(piece)]
    return float(abs(np.dot(piece, said)) / (np.linalg.norm(piece) * np.linalg.norm(said)))


def test_the_room_is_the_default(room: Room) -> None:
    """A program in the room finds exactly its loudspeaker and its microphone, in silence."""
    assert find_input().default_input
    assert find_output().default_output
    program = "import argparse; from voice_guide.cli.devices import run; run(argparse.Namespace())"
    done = subprocess.run(
        [sys.executable, "-c", program], env=room.env, capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["in", "out"]
    assert all(line.endswith("default") for line in done.stdout.splitlines())
    assert done.stderr == ""


def test_plays_whole_and_tells_the_end(
    room: Room, speaker: PortAudioSpeaker, heard: queue.Queue[tuple[int, float]]
) -> None:
    """Three sounds leave the loudspeaker; `ended` never comes early, and at best at most 80 ms after the last sample.

    Other programs may hold up one of them, and the thread that tells of its end; not all three.
    """
    said = sweep(1.0, rate=22_050)
    ends = []
    with room.record_loudspeaker() as recording:
        for id in range(3):
            speaker.play(id, said)
            ended, at = heard.get(timeout=WAIT)
            assert ended == id
            ends.append(at)
            time.sleep(0.3)
    spans = recording.spans(gap=0.2)
    assert len(spans) == 3
    assert min(end - begin for begin, end in spans) == pytest.approx(1.0, abs=0.02)
    late = [at - end for (_, end), at in zip(spans, ends, strict=True)]
    assert min(late) > -CLOCKS
    assert min(late) < 0.08
    assert np.abs(recording.sound.samples).max() == pytest.approx(0.3, abs=0.03)
    assert speaker.failure is None


def test_silent_soon_after_a_fade(
    room: Room, speaker: PortAudioSpeaker, heard: queue.Queue[tuple[int, float]]
) -> None:
    """0.3 s after the best of three fades nothing leaves the loudspeaker, and nothing is told as ended."""
    faded = []
    with room.record_loudspeaker() as recording:
        for id in range(3):
            speaker.play(id, sweep(3.0))
            time.sleep(1.0)
            faded.append(time.monotonic())
            speaker.fade()
            time.sleep(0.6)
    ends = [end for _, end in recording.spans(gap=0.2)]
    assert min(end - at for end, at in zip(ends, faded, strict=True)) < 0.3
    assert heard.empty()


def test_hears_what_is_said_in_the_room(
    room: Room, microphone: PortAudioMicrophone, blocks: queue.Queue[Block]
) -> None:
    """What is played into the room arrives whole, unclipped, without a gap: once in six tries."""
    said = sweep(1.5, rate=microphone.rate)
    why = []
    for _ in range(6):
        overflows = microphone.overflows
        while not blocks.empty():
            blocks.get()
        room.play_into_room(said)
        taken = take(blocks, 2.0, microphone.rate)
        samples = np.concatenate([block.samples for block in taken])
        gaps = [b.index - a.index - len(a.samples) for a, b in itertools.pairwise(taken)]
        as_loud = np.abs(samples).max() == pytest.approx(0.3, abs=0.03)
        whole = as_loud and not any(gaps) and likeness(samples, said.samples) > 0.98
        if whole and microphone.overflows == overflows:
            break  # else other programs held up the room, or us
        why.append((as_loud, sum(map(bool, gaps)), likeness(samples, said.samples), microphone.overflows))
    else:
        pytest.fail(f"never whole: {why}")


def test_the_microphone_hears_the_loudspeaker(room: Room, speaker: PortAudioSpeaker) -> None:
    """The guide's voice leaks into the room, 20 dB below what left the loudspeaker."""
    with room.record_loudspeaker() as out, room.record_microphone() as leaked:
        speaker.play(1, sweep(1.0))
        time.sleep(1.6)
    levels = [np.abs(recording.sound.samples).max() for recording in (out, leaked)]
    assert 20 * np.log10(levels[1] / levels[0]) == pytest.approx(LEAK_DB, abs=1.5)


def test_both_streams_lose_nothing_for_long(
    microphone: PortAudioMicrophone, speaker: PortAudioSpeaker, blocks: queue.Queue[Block]
) -> None:
    """In 20 s each sample comes, once. What both streams cost: tests/bench."""
    first = blocks.get(timeout=WAIT)
    lags = []  # of the sound behind the clock; other programs make one of them longer, never all
    for _ in range(40):
        last = take(blocks, 0.5, microphone.rate)[-1]
        heard = (last.index + len(last.samples) - first.index) / microphone.rate
        lags.append(time.monotonic() - heard)
    assert min(lags[20:]) == pytest.approx(min(lags[:20]), abs=0.1)
    assert microphone.failure is None
    assert speaker.failure is None


def test_devices_that_vanish(room: Room, microphone: PortAudioMicrophone, speaker: PortAudioSpeaker) -> None:
    """When the devices are gone, both adapters say so, and can be closed."""
    room.kill()
    until = time.monotonic() + WAIT
    while not (microphone.failure and speaker.failure) and time.monotonic() < until:
        time.sleep(0.05)
    assert isinstance(microphone.failure, DeviceError)
    assert isinstance(speaker.failure, DeviceError)


def test_refused(room: Room) -> None:
    """A device that cannot be opened is a device error, in silence."""
    one = PortAudioMicrophone()
    room.kill()
    with pytest.raises(DeviceError, match="cannot be opened"):
        one.start(lambda _: None)


def test_leaves_nothing_behind() -> None:
    """After the room there is neither its daemon nor its folder."""
    with Room() as one:
        folder = Path(one.env["HOME"])
        assert one.daemon_id is not None
        daemon = one.daemon_id
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)
