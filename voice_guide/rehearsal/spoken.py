"""`rehearse --audio`: the couple's answers as sound in a simulated room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voice_guide.audio.virtual import VirtualRoom
from voice_guide.errors import UsageError
from voice_guide.exercise.sentences import sentences
from voice_guide.rehearsal.answers import Reply
from voice_guide.rehearsal.cues import Cues
from voice_guide.session.effects import Tell
from voice_guide.sound import RATE, Sound, silence

if TYPE_CHECKING:
    from pathlib import Path

    from voice_guide.speaking.prompts import Voice

_REACTION = 0.9
"""Seconds from the open ears to the first word."""

_BREATH = 0.35
"""Between two sentences, besides the edges of their sound: about half a second of pause."""

_PITCHES = (1.22, 0.92)
"""The two partners' voices against the guide's: one voice is there, played higher and lower."""


class SpokenCouple:
    """A listener that answers aloud."""

    def __init__(self, cues: Cues, room: VirtualRoom, voice: Voice, partners: tuple[str, str]) -> None:
        self._cues = cues
        self._room = room
        self._voice = voice
        self._partners = partners

    def __call__(self, at: float, tell: Tell) -> None:
        """Answer, if it is somebody's turn."""
        del at
        due = self._cues.reply(tell)
        if due is None:
            return
        who, reply = due
        sound = decoded(reply.sound) if reply.sound is not None else self._spoken(who, reply)
        self._room.say(sound, _REACTION)

    def _spoken(self, who: str, reply: Reply) -> Sound:
        pitch = self._pitch(who)
        # Played faster, a voice is higher; spoken slower before, it keeps its pace.
        pieces = [self._voice.synthesize(sentence, 1 / pitch) for sentence in sentences(reply.text)]
        rate = round(pieces[0].rate * pitch) if pieces else RATE
        gaps = [part for piece in pieces for part in (silence(_BREATH, rate), piece.samples)][1:]
        return Sound(np.concatenate(gaps) if gaps else silence(0, rate), rate)

    def _pitch(self, who: str) -> float:
        return _PITCHES[self._partners.index(who)] if who in self._partners else _PITCHES[0]


def decoded(path: Path) -> Sound:
    """A recording as 16 kHz mono. Raises UsageError if it is none."""
    from faster_whisper.audio import decode_audio  # decodes whatever the couple recorded with

    try:
        return Sound(np.asarray(decode_audio(str(path), sampling_rate=RATE), dtype=np.float32), RATE)
    except Exception as error:
        raise UsageError(f"{path} holds no sound that can be read.", type(error).__name__) from error
