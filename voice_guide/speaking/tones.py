"""Soft tones, told apart by direction, count and length; made of sines, so that none sounds like speech."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice_guide.session.tones import Tone
from voice_guide.sound import Samples, Sound, silence

PEAK = 10 ** (-18 / 20)
"""-18 dBFS: a little below the voice."""

CHIME_PEAK = 10 ** (-14 / 20)
"""-14 dBFS: the chime may call back from a silence."""

_ATTACK = 0.02
_RELEASE = 0.04


@dataclass(frozen=True, slots=True)
class _Note:
    at: float
    """Seconds after the tone begins."""
    hertz: float
    seconds: float
    strength: float = 1.0


# C5 523, D5 587, E5 659, G5 784 and A5 880 Hertz. Silero takes lower sines, thirds and chords of three
# for vowels (up to 0.7), and notes that overlap less often than notes with a gap: measured before choosing.
_NOTES: dict[Tone, tuple[_Note, ...]] = {
    # one note: short and high opens the ears, long and low has taken something in
    Tone.LISTENING: (_Note(0, 880, 0.25),),
    Tone.LANDING: (_Note(0, 523, 0.7),),
    # two notes: down stops, up goes on, the same twice counts down
    Tone.PAUSED: (_Note(0, 880, 0.3), _Note(0.2, 587, 0.5)),
    Tone.RESUMED: (_Note(0, 587, 0.3), _Note(0.2, 880, 0.5)),
    Tone.CUE: (_Note(0, 784, 0.3), _Note(0.25, 784, 0.4)),
    # three notes: down closes the record, up opens it
    Tone.OFF_RECORD: (_Note(0, 880, 0.3), _Note(0.18, 784, 0.3), _Note(0.36, 587, 0.4)),
    Tone.ON_RECORD: (_Note(0, 587, 0.3), _Note(0.18, 784, 0.3), _Note(0.36, 880, 0.4)),
    # two at once, and a bell whose two strings beat
    Tone.KEPT: (_Note(0, 659, 0.7), _Note(0, 880, 0.7)),
    Tone.CHIME: (_Note(0, 659, 1.6), _Note(0, 662, 1.6, 0.6)),
}


def tone(kind: Tone, rate: int) -> Sound:
    """The sound of a tone at `rate` Hertz: at most 0.8 s, the chime 1.6 s; peak `PEAK` or `CHIME_PEAK`."""
    notes = _NOTES[kind]
    samples = silence(max(note.at + note.seconds for note in notes), rate)
    for note in notes:
        begin = round(note.at * rate)
        played = _played(note, rate)[: len(samples) - begin]
        samples[begin : begin + len(played)] += played
    peak = CHIME_PEAK if kind is Tone.CHIME else PEAK
    return Sound(samples * np.float32(peak / np.abs(samples).max()), rate)


def _played(note: _Note, rate: int) -> Samples:
    """A sine that swells within 20 ms, fades like a struck string, and ends at zero."""
    time = np.arange(round(note.seconds * rate)) / rate
    swell = 0.5 - 0.5 * np.cos(np.pi * np.minimum(time / _ATTACK, 1))
    fade = np.exp(-3 * time / note.seconds)
    end = np.minimum((note.seconds - time) / _RELEASE, 1)
    wave = note.strength * swell * fade * end * np.sin(2 * np.pi * note.hertz * time)
    return wave.astype(np.float32)
