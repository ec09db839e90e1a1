"""A simulated room: a microphone and a loudspeaker that share the air, and time that moves by steps.

What the guide plays leaks into the microphone, as on a sofa; a little noise is always there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voice_guide.audio.played import Played
from voice_guide.audio.playlist import Playlist
from voice_guide.audio.ports import Block, Revived, Tally
from voice_guide.audio.resample import resample
from voice_guide.sound import FRAME, RATE, Samples, Sound, silence

LEAK_DB = -30.0
"""The guide's voice at the microphone, against its level at the loudspeaker."""

NOISE_DBFS = -66.0
"""A quiet living room."""


class VirtualRoom:
    """A microphone and a loudspeaker (audio.ports) in one; nothing happens but in `step`."""

    def __init__(
        self, leak_db: float = LEAK_DB, noise_dbfs: float = NOISE_DBFS, played: Played | None = None
    ) -> None:
        self._leak = np.float32(10 ** (leak_db / 20))
        noise = np.random.default_rng(seed=7).standard_normal(RATE * 10)
        self._noise = (noise * 10 ** (noise_dbfs / 20)).astype(np.float32)
        self._playlist = Playlist(RATE)
        self._played = played
        self._air = silence(0, RATE)
        """What people say from now on."""
        self._index = 0
        self._deliver: Callable[[Block], None] | None = None
        self._ended: Callable[[int], None] | None = None
        self.overheard: Callable[[Samples], None] | None = None
        """Given what sounds in each 32 ms, as loud as it is where it comes from."""

    @property
    def rate(self) -> int:
        """Hertz of its blocks."""
        return RATE

    def listen(self, deliver: Callable[[Block], None]) -> None:
        """Give each block to `deliver` from now on."""
        self._deliver = deliver

    def sound(self, ended: Callable[[int], None]) -> None:
        """Tell `ended` when a sound has been heard."""
        self._ended = ended

    @property
    def volume(self) -> float:
        """Gain of what the guide says."""
        return self._playlist.volume

    @volume.setter
    def volume(self, gain: float) -> None:
        self._playlist.volume = gain

    def play(self, id: int, sound: Sound) -> None:
        """The guide speaks."""
        self._playlist.add(id, resample(sound, RATE).samples)

    def fade(self) -> None:
        """The guide falls silent."""
        self._playlist.fade()

    def say(self, sound: Sound, after: float) -> None:
        """Somebody speaks `after` seconds from now, over whatever else is said then."""
        samples = resample(sound, RATE).samples
        start = round(after * RATE)
        missing = start + len(samples) - len(self._air)
        if missing > 0:
            self._air = np.concatenate([self._air, np.zeros(missing, np.float32)])
        self._air[start : start + len(samples)] += samples

    def close(self) -> None:
        """Nothing is delivered from now on."""
        self._deliver = None
        self._ended = None

    def step(self) -> None:
        """Let 32 ms pass."""
        played = np.zeros(FRAME, dtype=np.float32)
        heard = self._playlist.fill(played, 0)
        if self._played is not None:
            self._played(played.copy(), RATE, self._index / RATE)
        spoken, self._air = self._air[:FRAME], self._air[FRAME:]
        block = self._noise_now() + played * self._leak
        block[: len(spoken)] += spoken
        if self.overheard is not None:
            played[: len(spoken)] += spoken
            self.overheard(np.clip(played, -1.0, 1.0))
        index, self._index = self._index, self._index + FRAME
        if self._deliver is not None:
            self._deliver(Block(index, np.clip(block, -1.0, 1.0), (index + FRAME) / RATE))
        for id in heard:
            if self._ended is not None:
                self._ended(id)

    def _noise_now(self) -> Samples:
        start = self._index % (len(self._noise) - FRAME)
        return self._noise[start : start + FRAME].copy()


class RoomMicrophone:
    """The room's microphone."""

    def __init__(self, room: VirtualRoom) -> None:
        self._room = room
        self.failure: Exception | None = None

    @property
    def rate(self) -> int:
        """Hertz"""
        return self._room.rate

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Begin to hear."""
        self._room.listen(deliver)

    def stop(self) -> None:
        """Hear no more."""
        self._room.close()


class RoomSpeaker:
    """The room's loudspeaker."""

    def __init__(self, room: VirtualRoom) -> None:
        self._room = room
        self.failure: Exception | None = None

    @property
    def rate(self) -> int:
        """Hertz"""
        return self._room.rate

    @property
    def volume(self) -> float:
        """Gain of all that is played."""
        return self._room.volume

    @volume.setter
    def volume(self, gain: float) -> None:
        self._room.volume = gain

    def start(self, ended: Callable[[int], None]) -> None:
        """Begin to sound."""
        self._room.sound(ended)

    def play(self, id: int, sound: Sound) -> None:
        """Queue a sound."""
        self._room.play(id, sound)

    def fade(self) -> None:
        """Fall silent."""
        self._room.fade()

    def stop(self) -> None:
        """Sound no more."""
        self._room.close()


class RoomLine:
    """Both of them; in a simulated room nothing is ever lost."""

    def __init__(self, room: VirtualRoom) -> None:
        self.microphone = RoomMicrophone(room)
        self.speaker = RoomSpeaker(room)
        self.tally = Tally()

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Begin to sound and to hear."""
        self.speaker.start(ended)
        self.microphone.start(deliver)

    def reopen(self, found: Callable[[Revived], None]) -> None:
        """They are where they were."""
        found(self)

    def stop(self) -> None:
        """Hear and sound no more."""
        self.microphone.stop()
        self.speaker.stop()
