"""The real microphone: one PortAudio stream for the whole evening."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from voice_guide.audio.devices import ONE_AT_A_TIME, Device, find_input, portaudio, quiet_stderr
from voice_guide.audio.ports import Block
from voice_guide.errors import DeviceError

BLOCK_SECONDS = 0.02

LATENCY = 0.1
"""Seconds of buffer asked for: a machine that is busy for shorter loses nothing.

Through PulseAudio blocks then come in pairs, every 40 ms; with 0.2 s they came in fours, every 130 ms.
"""

JUMP = 0.5
"""Seconds by which the driver's clock may run ahead before sound counts as lost.

Drivers tell overflows. But a source that PulseAudio suspends is silent for a while, tells nothing, and goes on.
"""

LONGEST_GAP = 2.0
"""Seconds that one gap counts at most, since it is heard as zeros; whoever waits longer opens the stream anew."""


class PortAudioMicrophone:
    """A microphone found by name (the default one without), at its own rate, mixed down to mono.

    Raises DeviceError if there is none.
    """

    def __init__(
        self, device: Device | str | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._device = device if isinstance(device, Device) else find_input(device)
        self._channels = min(2, self._device.inputs)
        self._monotonic = monotonic
        self._stream: Any = None
        self._deliver: Callable[[Block], None] | None = None
        # One product of a matrix and a vector: `mean` over so short an axis takes many times as long.
        self._mix = np.full(self._channels, 1 / self._channels, np.float32)
        self._index = 0
        self._due: float | None = None
        self._seen = 0.0
        self.overflows = 0
        """How often the driver told that it lost samples."""
        self.lost = 0
        """Samples that never came, by the driver's clock."""
        self.failure: Exception | None = None
        """Why the stream ended by itself: a lost device (DeviceError), or what `deliver` raised."""

    @property
    def name(self) -> str:
        """The device's name, as the system has it."""
        return self._device.name

    @property
    def rate(self) -> int:
        """Hertz of the blocks delivered."""
        return self._device.rate

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Open the stream; `deliver` is called from PortAudio's thread. Raises DeviceError."""
        sd = portaudio()
        self._deliver = deliver
        self._index, self._due, self.failure = 0, None, None
        try:
            with ONE_AT_A_TIME, quiet_stderr():
                self._stream = sd.InputStream(
                    device=self._device.index,
                    samplerate=self.rate,
                    channels=self._channels,
                    dtype="float32",
                    blocksize=round(self.rate * BLOCK_SECONDS),
                    latency=LATENCY,
                    callback=self._receive,
                    finished_callback=self._finished,
                )
                self._stream.start()
        except sd.PortAudioError as error:
            self.stop()
            raise DeviceError(
                f"The microphone {self._device.name} cannot be opened.",
                "another program may hold it, or the system may refuse it; look at the sound settings",
            ) from error

    def stop(self) -> None:
        """Close the stream; nothing is delivered afterwards. Waits for as long as a sound server hangs."""
        with ONE_AT_A_TIME:
            stream, self._stream = self._stream, None
            if stream is not None:
                stream.close(ignore_errors=True)

    def _receive(self, data: Any, count: int, time: Any, status: Any) -> None:
        # PortAudio's thread: a copy (the buffer is used again), a stamp, and away.
        lost = self._lost(time.inputBufferAdcTime, told=bool(status.input_overflow))
        self.overflows += bool(status.input_overflow)
        self.lost += lost
        self._index += lost
        self._due = time.inputBufferAdcTime + count / self.rate
        self._seen = self._monotonic()
        block = Block(self._index, data @ self._mix, self._seen)
        self._index += count
        try:
            if self._deliver is not None:
                self._deliver(block)
        except Exception as error:
            self.failure = error
            raise portaudio().CallbackAbort from error

    def _finished(self) -> None:
        if self._stream is not None and self.failure is None:
            self.failure = DeviceError(
                f"The microphone {self._device.name} is gone.", "look whether it is plugged in"
            )

    def _lost(self, began: float, *, told: bool) -> int:
        """Samples between the end of the last block and `began`, by the driver's clock."""
        if self._due is None:
            return 0
        missing = began - self._due
        if not told:
            # Some drivers go by the wall clock: it may jump, but then no time has passed here.
            missing = min(missing, self._monotonic() - self._seen)
            if missing < JUMP:
                return 0
        return max(0, round(min(missing, LONGEST_GAP) * self.rate))
