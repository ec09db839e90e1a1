"""The real loudspeaker: one PortAudio stream for the whole evening."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import numpy as np

from voice_guide.audio.devices import ONE_AT_A_TIME, Device, find_output, portaudio, quiet_stderr
from voice_guide.audio.played import Played
from voice_guide.audio.playlist import Playlist
from voice_guide.audio.resample import resample
from voice_guide.errors import DeviceError
from voice_guide.sound import Sound

BLOCK_SECONDS = 0.02

LATENCY = 0.1
"""Seconds of buffer asked for: long for a busy machine, short enough to be silent 0.2 s after a fade."""

EARLY = 0.03
"""Seconds by which the driver may be wrong about when a block is heard: an echo must never come before its cause."""

_LONGEST_LATENCY = 2.0  # of a Bluetooth loudspeaker, with room; more is a wrong clock


class PortAudioSpeaker:
    """A loudspeaker found by name (the default one without), at its own rate; mono to all its channels.

    `played` is told of every block, so that the guide's voice can be taken out of what is heard.

    Raises DeviceError if there is none.
    """

    def __init__(
        self, device: Device | str | None = None, volume: float = 1.0, played: Played | None = None
    ) -> None:
        self._device = device if isinstance(device, Device) else find_output(device)
        self._playlist = Playlist(self.rate, volume)
        self._mono = np.zeros(round(self.rate * BLOCK_SECONDS), np.float32)
        self._stream: Any = None
        self._ended: Callable[[int], None] | None = None
        self._played = played
        self.underflows = 0
        """How often the driver told that it had nothing to play."""
        self.failure: Exception | None = None
        """Why the stream ended by itself: a lost device (DeviceError), or what `ended` raised."""

    @property
    def name(self) -> str:
        """The device's name, as the system has it."""
        return self._device.name

    @property
    def volume(self) -> float:
        """Gain of all that is played from now on; what would pass full scale is bent, not cut."""
        return self._playlist.volume

    @volume.setter
    def volume(self, gain: float) -> None:
        self._playlist.volume = gain

    @property
    def rate(self) -> int:
        """Hertz of the device; sounds at this rate need no resampling."""
        return self._device.rate

    def start(self, ended: Callable[[int], None]) -> None:
        """Open the stream; `ended(id)` is called from PortAudio's thread. Raises DeviceError."""
        sd = portaudio()
        self._ended = ended
        self.failure = None
        try:
            with ONE_AT_A_TIME, quiet_stderr():
                self._stream = sd.OutputStream(
                    device=self._device.index,
                    samplerate=self.rate,
                    channels=min(2, self._device.outputs),
                    dtype="float32",
                    blocksize=len(self._mono),
                    latency=LATENCY,
                    callback=self._send,
                    finished_callback=self._finished,
                )
                self._stream.start()
        except sd.PortAudioError as error:
            self.stop()
            raise DeviceError(
                f"The loudspeaker {self._device.name} cannot be opened.",
                "another program may hold it, or the system may refuse it; look at the sound settings",
            ) from error

    def play(self, id: int, sound: Sound) -> None:
        """Queue a sound behind what is playing; any rate (resampled to the device's)."""
        self._playlist.add(id, resample(sound, self.rate).samples)

    def fade(self) -> None:
        """Fade out within 0.1 s and drop what is queued; no `ended` follows for any of it."""
        self._playlist.fade()

    def stop(self) -> None:
        """Close the stream, at once. Waits for as long as a sound server hangs."""
        with ONE_AT_A_TIME:
            stream, self._stream = self._stream, None
            if stream is not None:
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)

    def _send(self, out: Any, count: int, time: Any, status: Any) -> None:
        # PortAudio's thread: no resampling, no file, no lock that is held for long.
        if status.output_underflow and self._playlist.playing:  # in silence nobody misses anything
            self.underflows += 1
        mono = self._mono[:count]
        latency = self._latency(time)
        heard = self._playlist.fill(mono, latency)
        out[:] = mono[:, None]
        if self._played is not None:
            early = min(EARLY, latency / self.rate)
            self._played(mono.copy(), self.rate, monotonic() + latency / self.rate - early)
        try:
            for id in heard:
                if self._ended is not None:
                    self._ended(id)
        except Exception as error:
            self.failure = error
            raise portaudio().CallbackAbort from error

    def _finished(self) -> None:
        if self._stream is not None and self.failure is None:
            self.failure = DeviceError(
                f"The loudspeaker {self._device.name} is gone.", "look whether it is plugged in"
            )

    def _latency(self, time: Any) -> int:
        """Samples from the block that is asked for to the one now heard."""
        seconds: float = time.outputBufferDacTime - time.currentTime
        if not 0 < seconds < _LONGEST_LATENCY:  # some drivers leave these times empty
            seconds = self._stream.latency if self._stream is not None else LATENCY
        return round(seconds * self.rate)
