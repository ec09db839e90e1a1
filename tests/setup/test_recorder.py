"""A few seconds of a microphone: whole, at 16 kHz, and never for ever."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voice_guide.audio.ports import Block
from voice_guide.errors import DeviceError
from voice_guide.setup import recorder as module
from voice_guide.setup.recorder import recording
from voice_guide.sound import RATE


class Microphone:
    """Brings so many seconds at once when it is started, each sample the time in seconds."""

    def __init__(self, seconds: float, rate: int = RATE, lost: range = range(0)) -> None:
        self.rate = rate
        self.failure: Exception | None = None
        self.stopped = 0
        self._seconds = seconds
        self._lost = lost

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Everything, block by block."""
        size = self.rate // 50
        for index in range(0, round(self._seconds * self.rate), size):
            if index in self._lost:
                continue
            time = np.arange(index, index + size) / self.rate
            deliver(Block(index, time.astype(np.float32)))

    def stop(self) -> None:
        """Counted."""
        self.stopped += 1


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_so_many_seconds(rate: int) -> None:
    """As many samples at 16 kHz as asked for, one behind the other."""
    microphone = Microphone(5.0, rate)
    with recording(microphone) as one:
        heard = one.tail(2.0)
    assert len(heard) == 2 * RATE
    assert np.allclose(np.diff(heard[100:-100]), 1 / RATE, atol=1e-4)
    assert microphone.stopped == 1


def test_what_the_driver_lost_is_silence() -> None:
    """A gap in the count of samples is filled with zeros: what follows comes at its time."""
    with recording(Microphone(4.0, lost=range(RATE, RATE + 1600))) as one:
        heard = one.tail(2.0)
    begin = 1.0 - 0.3  # the click at the start is left out
    lost = heard[round(begin * RATE) : round((begin + 0.1) * RATE)]
    assert not lost.any()
    assert heard[-1] == pytest.approx(2.3, abs=1e-3)


def test_nothing_of_before() -> None:
    """What came before `next` is dropped; a microphone that then brings nothing more is an error."""
    with pytest.MonkeyPatch.context() as patch, recording(Microphone(2.0)) as one:
        patch.setattr(module, "_STARTS_WITHIN", -1.0)
        with pytest.raises(DeviceError, match="The microphone sends nothing"):
            one.next(1.0)


def test_a_microphone_that_brings_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up, and closed all the same."""
    monkeypatch.setattr(module, "_STARTS_WITHIN", -0.3)
    microphone = Microphone(0.0)
    with pytest.raises(DeviceError) as caught, recording(microphone):
        pass
    assert caught.value.message == "The microphone sends nothing."
    assert microphone.stopped == 1
