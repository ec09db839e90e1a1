"""The loudspeaker plays what is queued, and tells when it has really been heard."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fake_portaudio import CallbackAbort, FakePortAudio
from voice_guide.audio.ports import Speaker
from voice_guide.audio.speaker import LATENCY, PortAudioSpeaker
from voice_guide.errors import DeviceError
from voice_guide.sound import Sound

RATE = 48_000
BLOCK = 960
HALF = Sound(np.full(BLOCK, 0.5, np.float32), RATE)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """One loudspeaker of eight channels at 48 kHz."""
    return FakePortAudio({"speakers": (0, 8)}).install(monkeypatch)


def test_is_a_speaker(fake: FakePortAudio) -> None:
    """It opens one stream, silent while nothing is queued."""
    speaker: Speaker = PortAudioSpeaker()
    speaker.start(lambda _: None)
    (stream,) = fake.streams
    assert (stream.samplerate, stream.channels, stream.blocksize) == (RATE, 2, BLOCK)
    assert not stream.take().any()


def test_mono_to_all_channels(fake: FakePortAudio) -> None:
    """Both channels carry the sound."""
    speaker = PortAudioSpeaker()
    speaker.start(lambda _: None)
    speaker.play(1, HALF)
    out = fake.streams[0].take()
    assert out.shape == (BLOCK, 2)
    assert np.all(out == 0.5)


def test_resampled_to_the_device(fake: FakePortAudio) -> None:
    """A sound of another rate lasts as long as it should."""
    ended: list[int] = []
    speaker = PortAudioSpeaker()
    speaker.start(ended.append)
    speaker.play(1, Sound(np.full(22_050, 0.5, np.float32), 22_050))
    played = np.concatenate([fake.streams[0].take()[:, 0] for _ in range(60)])
    assert np.count_nonzero(np.abs(played) > 0.1) == pytest.approx(RATE, abs=50)
    assert ended == [1]


def test_ended_after_the_latency(fake: FakePortAudio) -> None:
    """0.1 s between driver and ear are waited for: `ended` comes five blocks after the last sample."""
    ended: list[int] = []
    speaker = PortAudioSpeaker()
    speaker.start(ended.append)
    speaker.play(3, HALF)
    told = []
    for _ in range(8):
        fake.streams[0].take(latency=0.1)
        told.append(len(ended))
    assert told == [0, 0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("latency", [0.0, -100.0, 5.0])
def test_a_clock_that_tells_nothing(fake: FakePortAudio, latency: float) -> None:
    """Where the driver's times make no sense, the stream's own latency counts."""
    ended: list[int] = []
    speaker = PortAudioSpeaker()
    speaker.start(ended.append)
    speaker.play(3, HALF)
    blocks = 0
    while not ended:
        fake.streams[0].take(latency=latency)
        blocks += 1
    assert blocks == 1 + round(LATENCY * RATE / BLOCK) + 1


def test_fade_drops_all(fake: FakePortAudio) -> None:
    """Silent within 0.1 s, and no `ended` for what played nor for what was queued."""
    ended: list[int] = []
    speaker = PortAudioSpeaker()
    speaker.start(ended.append)
    for id in range(3):
        speaker.play(id, Sound(np.full(RATE, 0.5, np.float32), RATE))
    fake.streams[0].take()
    speaker.fade()
    played = np.concatenate([fake.streams[0].take()[:, 0] for _ in range(400)])
    assert played[0] > 0.4
    assert not played[round(0.1 * RATE) :].any()
    assert ended == []


def test_volume_can_be_set(fake: FakePortAudio) -> None:
    """While it plays; the next block glides, the one after has it."""
    speaker = PortAudioSpeaker(volume=0.5)
    speaker.start(lambda _: None)
    for id in range(3):
        speaker.play(id, HALF)
    assert np.all(fake.streams[0].take() == 0.25)
    speaker.volume = 1.0
    fake.streams[0].take()
    assert np.all(fake.streams[0].take() == 0.5)
    assert speaker.volume == 1.0


def test_underflows_are_counted(fake: FakePortAudio) -> None:
    """What the driver tells of gaps is counted, while there is anything to be heard."""
    speaker = PortAudioSpeaker()
    speaker.start(lambda _: None)
    fake.streams[0].take(underflow=True)
    speaker.play(1, HALF)
    fake.streams[0].take(underflow=True)
    fake.streams[0].take()
    assert speaker.underflows == 1


def test_busy(fake: FakePortAudio) -> None:
    """A device that another program holds is a device error."""
    fake.busy = True
    with pytest.raises(DeviceError, match=r"The loudspeaker speakers cannot be opened\. \(another program"):
        PortAudioSpeaker().start(lambda _: None)


def test_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loudspeaker is a device error."""
    FakePortAudio({"usb": (1, 0)}).install(monkeypatch)
    with pytest.raises(DeviceError, match="There is no loudspeaker"):
        PortAudioSpeaker()


def test_failure_is_not_swallowed(fake: FakePortAudio) -> None:
    """An exception in `ended` stops the stream and can be read."""

    def broken(_: int) -> None:
        raise ValueError("inbox")

    speaker = PortAudioSpeaker()
    speaker.start(broken)
    speaker.play(1, HALF)
    fake.streams[0].take(latency=0.001)
    fake.streams[0].take(latency=0.001)
    with pytest.raises(CallbackAbort):
        fake.streams[0].take(latency=0.001)
    assert isinstance(speaker.failure, ValueError)


def test_unplugged(fake: FakePortAudio) -> None:
    """A stream that ends by itself is told; one that we stop is not."""
    speaker = PortAudioSpeaker()
    speaker.start(lambda _: None)
    fake.streams[0].lose()
    assert str(speaker.failure) == "The loudspeaker speakers is gone. (look whether it is plugged in)"
    speaker.stop()
    speaker.start(lambda _: None)
    speaker.stop()
    assert speaker.failure is None
    assert [stream.calls for stream in fake.streams] == [["start", "abort", "close"]] * 2
