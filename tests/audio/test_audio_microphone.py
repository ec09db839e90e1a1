"""The microphone delivers every sample once, in order, and tells honestly of what was lost."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fake_portaudio import CallbackAbort, FakePortAudio
from voice_guide.audio.microphone import LONGEST_GAP, PortAudioMicrophone
from voice_guide.audio.ports import Block, Microphone
from voice_guide.errors import DeviceError


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """One stereo microphone at 48 kHz."""
    return FakePortAudio({"webcam": (2, 0)}).install(monkeypatch)


def test_is_a_microphone(fake: FakePortAudio) -> None:
    """It opens one stream at the device's rate, 20 ms a block."""
    microphone: Microphone = PortAudioMicrophone()
    microphone.start(lambda _: None)
    (stream,) = fake.streams
    assert microphone.rate == stream.samplerate == 48_000
    assert (stream.channels, stream.blocksize, stream.calls) == (2, 960, ["start"])


def test_never_more_than_two_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that claims 32 channels is opened with two."""
    fake = FakePortAudio({"default": (32, 32)}).install(monkeypatch)
    PortAudioMicrophone().start(lambda _: None)
    assert fake.streams[0].channels == 2


def test_mixed_down_and_counted(fake: FakePortAudio) -> None:
    """Two channels become their mean; indices follow on; the driver's buffer is copied."""
    blocks: list[Block] = []
    PortAudioMicrophone().start(blocks.append)
    data = np.tile(np.array([[0.25, 0.75]], np.float32), (960, 1))
    for _ in range(3):
        fake.streams[0].bring(data)
    data.fill(9)
    assert [block.index for block in blocks] == [0, 960, 1920]
    for block in blocks:
        assert block.samples.dtype == np.float32
        assert np.all(block.samples == 0.5)


def test_mono_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A microphone of one channel is copied, too."""
    fake = FakePortAudio({"usb": (1, 0)}).install(monkeypatch)
    blocks: list[Block] = []
    PortAudioMicrophone().start(blocks.append)
    data = np.full((960, 1), 0.5, np.float32)
    fake.streams[0].bring(data)
    data.fill(9)
    assert np.all(blocks[0].samples == 0.5)


def test_lost_samples_are_a_gap(fake: FakePortAudio) -> None:
    """An overflow moves the index by what the driver's clock says was lost, and is counted."""
    blocks: list[Block] = []
    microphone = PortAudioMicrophone()
    microphone.start(blocks.append)
    data = np.zeros((960, 2), np.float32)
    fake.streams[0].bring(data, began=1.0)
    fake.streams[0].bring(data, began=1.5, overflow=True)
    assert [block.index for block in blocks] == [0, 24_000]
    assert microphone.overflows == 1
    assert microphone.lost == 24_000 - 960


@pytest.mark.parametrize("began", [0.0, 1.01])
def test_a_clock_that_tells_nothing(fake: FakePortAudio, began: float) -> None:
    """Where the driver's clock stands still or runs back, an overflow is counted only."""
    blocks: list[Block] = []
    microphone = PortAudioMicrophone()
    microphone.start(blocks.append)
    data = np.zeros((960, 2), np.float32)
    fake.streams[0].bring(data, began=1.0)
    fake.streams[0].bring(data, began=began, overflow=True)
    assert [block.index for block in blocks] == [0, 960]
    assert microphone.overflows == 1


class Watch:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.at


@pytest.mark.parametrize(
    ("adc", "passed", "lost"),
    [
        (1.0, 1.0, 48_000),  # a suspended source: both clocks went on
        (0.3, 0.3, 0),  # a driver that comes late
        (3600.0, 0.02, 0),  # the driver goes by the wall clock, which was set
        (0.0, 4.0, 0),  # the program was stopped, and the server kept the sound
        (-3600.0, 1.0, 0),  # set back
        (60.0, 60.0, round(LONGEST_GAP * 48_000)),  # no minute of zeros
    ],
)
def test_a_silent_gap(fake: FakePortAudio, adc: float, passed: float, lost: int) -> None:
    """A gap that no driver told of counts as lost if the driver's clock and our own agree on it."""
    blocks: list[Block] = []
    watch = Watch()
    microphone = PortAudioMicrophone(monotonic=watch)
    microphone.start(blocks.append)
    data = np.zeros((960, 2), np.float32)
    fake.streams[0].bring(data, began=5000.0)
    watch.at += passed
    fake.streams[0].bring(data, began=5000.02 + adc)
    assert [block.index for block in blocks] == [0, 960 + lost]
    assert microphone.lost == lost
    assert microphone.overflows == 0


def test_a_told_gap_is_no_endless_silence(fake: FakePortAudio) -> None:
    """What an overflow costs is heard as zeros: an hour of them would fill the memory."""
    blocks: list[Block] = []
    PortAudioMicrophone().start(blocks.append)
    data = np.zeros((960, 2), np.float32)
    fake.streams[0].bring(data, began=1.0)
    fake.streams[0].bring(data, began=3601.0, overflow=True)
    assert blocks[1].index == 960 + LONGEST_GAP * 48_000


def test_overflow_before_the_first_block(fake: FakePortAudio) -> None:
    """What was lost before the first block is nobody's loss."""
    blocks: list[Block] = []
    PortAudioMicrophone().start(blocks.append)
    fake.streams[0].bring(np.zeros((960, 2), np.float32), began=5.0, overflow=True)
    assert blocks[0].index == 0


def test_busy(fake: FakePortAudio) -> None:
    """A device that another program holds is a device error."""
    fake.busy = True
    with pytest.raises(DeviceError, match=r"The microphone webcam cannot be opened\. \(another program"):
        PortAudioMicrophone().start(lambda _: None)


def test_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No microphone is a device error."""
    FakePortAudio({"speaker": (0, 2)}).install(monkeypatch)
    with pytest.raises(DeviceError, match="There is no microphone"):
        PortAudioMicrophone()


def test_failure_is_not_swallowed(fake: FakePortAudio) -> None:
    """An exception in `deliver` stops the stream and can be read."""

    def broken(_: Block) -> None:
        raise ValueError("inbox")

    microphone = PortAudioMicrophone()
    microphone.start(broken)
    with pytest.raises(CallbackAbort):
        fake.streams[0].bring(np.zeros((960, 2), np.float32))
    fake.streams[0].lose()
    assert isinstance(microphone.failure, ValueError)


def test_unplugged(fake: FakePortAudio) -> None:
    """A stream that ends by itself is told; one that we stop is not. It can be started again."""
    microphone = PortAudioMicrophone()
    microphone.start(lambda _: None)
    fake.streams[0].lose()
    assert str(microphone.failure) == "The microphone webcam is gone. (look whether it is plugged in)"
    microphone.stop()
    microphone.start(lambda _: None)
    microphone.stop()
    fake.streams[1].finished_callback()
    assert microphone.failure is None
    assert [stream.calls for stream in fake.streams] == [["start", "close"]] * 2


@pytest.mark.usefixtures("fake")
def test_stop_without_start() -> None:
    """Stopping twice, or before the start, is no error."""
    microphone = PortAudioMicrophone()
    microphone.stop()
    microphone.stop()
