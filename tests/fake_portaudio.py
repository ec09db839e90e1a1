"""A sounddevice module without devices: what the adapters ask of PortAudio, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voice_guide.audio import devices, microphone, speaker


class PortAudioError(Exception):
    """As sounddevice's."""


class CallbackAbort(Exception):
    """As sounddevice's."""


@dataclass
class Stream:
    """One opened stream; the test is its driver."""

    device: int
    samplerate: int
    channels: int
    dtype: str
    blocksize: int
    latency: float
    callback: Callable[[Any, int, Any, Any], None]
    finished_callback: Callable[[], None]
    calls: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Must come first."""
        assert self.calls == []
        self.calls.append("start")

    def abort(self, ignore_errors: bool = True) -> None:
        """At once; PortAudio then tells that the stream has finished."""
        assert ignore_errors
        self.calls.append("abort")
        self.finished_callback()

    def close(self, ignore_errors: bool = True) -> None:
        """Nothing may follow."""
        assert ignore_errors
        assert "close" not in self.calls
        self.calls.append("close")

    def lose(self) -> None:
        """The device is unplugged."""
        self.finished_callback()

    def bring(self, data: Any, *, began: float = 0.0, overflow: bool = False) -> None:
        """The driver has samples, shape (n, channels)."""
        moment = SimpleNamespace(inputBufferAdcTime=began, currentTime=began)
        self.callback(data, len(data), moment, SimpleNamespace(input_overflow=overflow))

    def take(self, *, latency: float = 0.0, underflow: bool = False) -> Any:
        """The driver wants a block, to be heard after `latency` seconds; shape (n, channels)."""
        out = np.full((self.blocksize, self.channels), 9, np.float32)
        moment = SimpleNamespace(outputBufferDacTime=100 + latency, currentTime=100.0)
        self.callback(out, self.blocksize, moment, SimpleNamespace(output_underflow=underflow))
        return out


class FakePortAudio:
    """Devices by name: (inputs, outputs); streams land in `streams`, or fail if `busy`."""

    PortAudioError = PortAudioError
    CallbackAbort = CallbackAbort

    def __init__(self, known: dict[str, tuple[int, int]], rate: float = 48_000.0) -> None:
        self.known = known
        self.rate = rate
        self.busy = False
        self.streams: list[Stream] = []
        self.default = SimpleNamespace(device=(len(known) - 1, len(known) - 1))

    def query_hostapis(self) -> list[dict[str, str]]:
        """One system."""
        return [{"name": "ALSA"}]

    def query_devices(self) -> list[dict[str, Any]]:
        """As PortAudio describes them."""
        return [
            {
                "index": index,
                "name": name,
                "hostapi": 0,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": self.rate,
            }
            for index, (name, (inputs, outputs)) in enumerate(self.known.items())
        ]

    def InputStream(self, **settings: Any) -> Stream:
        """A stream that the test drives."""
        if self.busy:
            raise PortAudioError("Device unavailable")
        self.streams.append(Stream(**settings))
        return self.streams[-1]

    OutputStream = InputStream

    def install(self, monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
        """Stand in for sounddevice everywhere."""
        for module in (devices, microphone, speaker):
            monkeypatch.setattr(module, "portaudio", lambda: self)
        return self
