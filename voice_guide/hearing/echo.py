"""The guide's own voice, taken out of what the microphone hears.

Two cancellers, since neither does for both purposes (tests/bench/README.md). WebRTC's suppresses whatever may be echo:
nothing of the guide is left, so what is left is somebody, but their words are maimed. A linear filter only subtracts:
a murmur of the guide remains, and the words beside it are whole.
"""

from __future__ import annotations

import importlib.util

import numpy as np
import numpy.typing as npt

from voice_guide.sound import FRAME, RATE, Samples

_PARTS = 12
"""Frames of echo that the filter can hold: 384 ms, of which the drivers' buffers take about a hundred."""

_CHANGE = 0.998
"""How much of the echo's path is the same after a frame (32 ms): clocks drift, people move, curtains are drawn."""

_SMOOTH = 0.7
_FLOOR = 1e-8
_FIRST_NOISE = 1e-3

_CHUNK = RATE // 100  # WebRTC takes 10 ms at a time


def suppressor_installed() -> bool:
    """Whether WebRTC's canceller is here (the extra `echo`); without it nobody is heard while the guide speaks."""
    return importlib.util.find_spec("pywebrtc_audio") is not None


class Subtractor:
    """A linear echo canceller: what the loudspeaker played, through a filter that learns the room, is subtracted.

    The partitioned-block Kalman filter in the frequency domain (Enzner and Vary, "Frequency-domain adaptive Kalman
    filter for acoustic echo control in hands-free telephones", 2006; Kuech, Mabande and Enzner, 2014): it learns slowly
    while somebody else speaks.
    """

    def __init__(self) -> None:
        bins = FRAME + 1
        self._played = np.zeros((_PARTS, bins), complex)
        self._path = np.zeros((_PARTS, bins), complex)
        self._unsure = np.ones((_PARTS, bins))
        self._noise = np.full(bins, _FIRST_NOISE)
        self._before: npt.NDArray[np.float64] = np.zeros(FRAME)

    def feed(self, near: Samples, far: Samples) -> Samples:
        """A frame of the microphone without the echo of what was played; all of shape (512,), float32 at 16 kHz."""
        self._played = np.roll(self._played, 1, axis=0)
        self._played[0] = np.fft.rfft(np.concatenate([self._before, far]))
        self._before = far.astype(np.float64)
        echo = np.fft.irfft((self._played * self._path).sum(axis=0))[FRAME:]
        rest = near - echo
        self._learn(np.fft.rfft(np.concatenate([np.zeros(FRAME), rest])))
        found: Samples = rest.astype(np.float32)
        return found

    def _learn(self, rest: npt.NDArray[np.complex128]) -> None:
        self._noise = _SMOOTH * self._noise + (1 - _SMOOTH) * np.abs(rest) ** 2
        power = np.abs(self._played) ** 2
        step = self._unsure / (0.5 * (power * self._unsure).sum(axis=0) + self._noise + _FLOOR)
        change = np.fft.irfft(step * self._played.conj() * rest, axis=1)
        change[:, FRAME:] = 0  # the filter of each part is no longer than a frame
        self._path = self._path + np.fft.rfft(change, axis=1)
        kept = _CHANGE**2
        self._unsure = kept * (1 - 0.5 * step * power) * self._unsure + (1 - kept) * np.abs(self._path) ** 2


class Suppressor:
    """WebRTC's canceller (AEC3), frame by frame. Raises ImportError where it is not installed."""

    def __init__(self) -> None:
        from pywebrtc_audio import EchoCanceller

        self._canceller = EchoCanceller(sample_rate=RATE, num_channels=1, stream_delay_ms=0)
        self._near = np.zeros(0, np.float32)
        self._far = np.zeros(0, np.float32)
        self._clean = np.zeros(FRAME, np.float32)  # what is whole chunks short of a frame comes a frame later

    def feed(self, near: Samples, far: Samples) -> Samples:
        """A frame without whatever may be echo, up to 32 ms late; all of shape (512,), float32 at 16 kHz."""
        self._near = np.concatenate([self._near, near])
        self._far = np.concatenate([self._far, far])
        whole = len(self._near) // _CHUNK * _CHUNK
        done = [
            self._canceller.process(self._near[at : at + _CHUNK], self._far[at : at + _CHUNK])
            for at in range(0, whole, _CHUNK)
        ]
        self._near, self._far = self._near[whole:], self._far[whole:]
        clean = np.concatenate([self._clean, *done]).astype(np.float32)
        self._clean = clean[FRAME:]
        return clean[:FRAME]
