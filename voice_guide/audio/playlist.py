"""What is to be played, turned into blocks: the part of the loudspeaker that knows no device."""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from voice_guide.sound import Samples

FADE_SECONDS = 0.08

KNEE, TOP = 0.7, 0.98
"""What is louder than `KNEE` is bent towards `TOP` and never reaches full scale: 12 dB more must not crackle."""


class Playlist:
    """A queue of sounds that is read block by block, from another thread; silence while it is empty."""

    def __init__(self, rate: int, volume: float = 1.0) -> None:
        self._lock = threading.Lock()
        self._queue: deque[tuple[int, Samples]] = deque()
        self._offset = 0  # into the first sound of the queue
        self._position = 0  # samples written since the start
        self._unheard: deque[tuple[int, int]] = deque()  # (id, position of its end)
        self._ramp = np.linspace(1, 0, round(rate * FADE_SECONDS), dtype=np.float32)
        self._tail: Samples = self._ramp[:0]  # the rest of a sound that fades out
        self._volume = volume
        self.volume = volume
        """Gain of all that follows; a change glides over one block, and nothing reaches full scale."""

    def add(self, id: int, samples: Samples) -> None:
        """Queue mono samples behind what is playing."""
        with self._lock:
            self._queue.append((id, samples))

    @property
    def playing(self) -> bool:
        """Whether there is anything to be heard, or still to come."""
        return bool(self._queue) or len(self._tail) > 0

    def fade(self) -> None:
        """Let what is playing fade out within 0.08 s, and forget it and all that was queued."""
        with self._lock:
            if self._queue and self._offset:
                rest = self._queue[0][1][self._offset : self._offset + len(self._ramp)]
                self._tail = rest * self._ramp[: len(rest)]
            self._queue.clear()
            self._unheard.clear()
            self._offset = 0

    def fill(self, out: Samples, latency: int) -> list[int]:
        """Write the next block into `out`, shape (n,), and name the sounds that have been heard to their end.

        `latency` is the number of samples between those now heard and the first one of this block.
        """
        with self._lock:
            heard = self._heard(self._position - latency)
            out.fill(0)
            if not self._queue and not len(self._tail):  # most of the evening: 50 times a second
                self._position += len(out)
                self._volume = self.volume
                return heard
            written = self._write_tail(out)
            while written < len(out) and self._queue:
                written += self._write(out, written)
            self._position += len(out)
            self._scale(out)
        return heard

    def _write_tail(self, out: Samples) -> int:
        count = min(len(out), len(self._tail))
        out[:count] = self._tail[:count]
        self._tail = self._tail[count:]
        return count

    def _write(self, out: Samples, at: int) -> int:
        id, samples = self._queue[0]
        piece = samples[self._offset : self._offset + len(out) - at]
        out[at : at + len(piece)] = piece
        self._offset += len(piece)
        if self._offset == len(samples):
            self._queue.popleft()
            self._offset = 0
            self._unheard.append((id, self._position + at + len(piece)))
        return len(piece)

    def _heard(self, position: int) -> list[int]:
        ids = []
        while self._unheard and self._unheard[0][1] <= position:
            ids.append(self._unheard.popleft()[0])
        return ids

    def _scale(self, out: Samples) -> None:
        wanted = self.volume  # read once: another thread may set it
        if wanted != self._volume:
            out *= np.linspace(self._volume, wanted, len(out), dtype=np.float32)
            self._volume = wanted
        elif wanted != 1.0:
            out *= np.float32(wanted)
        bend(out)


def bend(out: Samples) -> None:
    """Bend what is louder than the knee, in place: monotone, bounded by `TOP`, and nothing below is touched."""
    if max(out.max(initial=0), -out.min(initial=0)) <= KNEE:
        return
    loud = np.abs(out) > KNEE
    over = (np.abs(out[loud]) - KNEE) / (TOP - KNEE)
    # Slope 1 at the knee, so that no corner is heard.
    out[loud] = np.copysign(KNEE + (TOP - KNEE) * np.tanh(over), out[loud])
