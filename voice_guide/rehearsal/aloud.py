"""A rehearsal that can be listened to: what sounds in the simulated room, through the real loudspeaker."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import numpy as np

from voice_guide.audio.answering import in_time
from voice_guide.audio.chosen import chosen_speaker
from voice_guide.audio.naming import prepare
from voice_guide.audio.ports import Speaker
from voice_guide.audio.resample import StreamResampler
from voice_guide.audio.virtual import VirtualRoom
from voice_guide.settings import Settings
from voice_guide.sound import FRAME_SECONDS, RATE, Samples, Sound, silence

_CUSHION = 0.15
"""Seconds of silence before whatever sounds after a silence: the room's clock is not the loudspeaker's."""

_TRAIL = round(0.2 / FRAME_SECONDS)
"""Frames after the last sound in which the resampler gives back what it holds."""


@contextlib.contextmanager
def heard_aloud(room: VirtualRoom, settings: Settings) -> Iterator[None]:
    """Let the room be heard while this lasts; nothing in it changes by that. Raises DeviceError."""
    with contextlib.ExitStack() as around:
        speaker = in_time(lambda: _opened(settings))
        around.callback(speaker.stop)
        room.overheard = Overheard(speaker)
        around.callback(setattr, room, "overheard", None)
        yield


def _opened(settings: Settings) -> Speaker:
    speaker = chosen_speaker(prepare(settings).loudspeaker or "")()
    speaker.start(lambda _: None)
    return speaker


class Overheard:
    """Takes the room frame by frame, each of shape (512,) at 16 kHz, and plays it; silence is not played."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._resampler = StreamResampler(RATE, speaker.rate)
        self._ids = itertools.count()
        self._quiet = _TRAIL

    def __call__(self, frame: Samples) -> None:
        """One frame of what the guide and the couple say."""
        sounds = bool(np.any(frame))
        if sounds and self._quiet >= _TRAIL:
            self._play(silence(_CUSHION, self._speaker.rate))
        self._quiet = 0 if sounds else self._quiet + 1
        if self._quiet < _TRAIL:
            self._play(self._resampler.feed(frame))

    def _play(self, samples: Samples) -> None:
        if len(samples):
            self._speaker.play(next(self._ids), Sound(samples, self._speaker.rate))
