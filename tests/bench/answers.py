"""Answers made of recorded people: joined utterances with pauses as in reflective talk, and the words between them.

The recipe: 3 to 6 utterances of one speaker; 70 % of the pauses around 0.43 s and 25 % around 1.6 s (log-normal,
sigma 0.5; Campione and Veronis 2002), 5 % uniform from 3 to 10 s (silences in therapy). The pauses of an answer can be
stretched by a factor of its speaker's own, and the number of utterances can follow another law.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.recordings import decode, utterances
from voice_guide.audio.ports import Block
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.silero import Silero
from voice_guide.sound import FRAME_SECONDS, RATE, Samples

Random = np.random.Generator
Counts = Callable[[Random], int]
"""How many utterances the next answer has."""

LEAD, TAIL = 0.06, 0.1
"""Seconds of a recording that stay around its speech."""


@dataclass(frozen=True)
class Answer:
    """One answer: its speaker, and its sound from the first word to the last."""

    speaker: str
    sound: Samples = field(repr=False)
    tone: float
    """RMS of the room between the words."""


def three_to_six(random: Random) -> int:
    """The recipe's law: after two utterances nobody has ended, after six everybody."""
    return int(random.integers(3, 7))


def memoryless(random: Random) -> int:
    """One to ten, each time a third end: how much was said tells nothing about whether that is all."""
    return min(10, int(random.geometric(1 / 3)))


def pause(random: Random, stretch: float = 1.0) -> float:
    """Seconds between two utterances; thinking silences are nobody's habit, and are not stretched."""
    kind = random.random()
    if kind < 0.95:
        return float((0.43 if kind < 0.7 else 1.6) * stretch * np.exp(0.5 * random.standard_normal()))
    return float(random.uniform(3, 10))


def joined(
    speaker: str, spoken: Sequence[Samples], counts: Counts, random: Random, stretch: float = 1.0
) -> Iterator[Answer]:
    """All utterances of a speaker, in a random order, as answers: the whole of an evening's half."""
    left = [spoken[index] for index in random.permutation(len(spoken))]
    tone = min(quietest(samples) for samples in spoken)
    while left:
        count = counts(random)
        if len(left) - count < 3:
            count = min(len(left), 6)
        parts, left = left[:count], left[count:]
        if len(parts) < 3 and counts is three_to_six:
            return
        sound = [parts[0]]
        for part in parts[1:]:
            sound += [room(pause(random, stretch), tone, random), part]
        yield Answer(speaker, np.concatenate(sound), tone)


def room(seconds: float, level: float, random: Random) -> Samples:
    """The room while nobody speaks: noise at its level (RMS)."""
    samples: Samples = random.normal(0, level, max(0, round(seconds * RATE))).astype(np.float32)
    return samples


def quietest(samples: Samples, seconds: float = 0.05) -> float:
    """RMS of a recording's quietest moment."""
    size = round(seconds * RATE)
    pieces = samples[: len(samples) // size * size].reshape(-1, size)
    return float(np.sqrt(np.mean(pieces.astype(np.float64) ** 2, axis=1)).min()) + 1e-5


def librispeech(speech: Path, speakers: tuple[str, ...], silero: Silero) -> dict[str, list[Samples]]:
    """The utterances of each speaker, cut to their speech."""
    return {
        speaker: [trimmed(samples, silero) for _, samples in utterances(speech, (speaker,))]
        for speaker in speakers
    }


def meetings(speech: Path, clips: tuple[str, ...], silero: Silero) -> dict[str, list[Samples]]:
    """What one person says in a meeting until another begins: spontaneous speech, 1 s and more."""
    found: dict[str, list[Samples]] = {}
    for clip in clips:
        sound = decode(speech / "meetings" / f"{clip}.flac")
        for speaker, start, end in _floors(speech / "meetings" / f"{clip}.words.json"):
            part = trimmed(sound[round(start * RATE) : round(end * RATE)], silero)
            if len(part) >= RATE:
                found.setdefault(f"{clip}-{speaker}", []).append(part)
    return {speaker: parts for speaker, parts in found.items() if len(parts) >= 3}


def _floors(words: Path) -> Iterator[tuple[str, float, float]]:
    spoken = [
        word for word in json.loads(words.read_text())["words"] if word["kind"] == "w" and not word["punc"]
    ]
    spoken.sort(key=lambda word: float(word["start"]))
    speaker, start, end = "", 0.0, 0.0
    for word in spoken:
        if word["speaker"] != speaker or word["start"] > end + 0.6:
            if speaker:
                yield speaker, start, end
            speaker, start = word["speaker"], word["start"]
        end = word["end"]
    yield speaker, start, end


def trimmed(samples: Samples, silero: Silero) -> Samples:
    """A recording from its first speech to its last, with a little room."""
    silero.reset()
    ears = Ears(RATE, silero, SoundMemory(120.0))
    voiced = [frame.at for frame in ears.feed(Block(0, samples)) if frame.probability >= 0.5]
    if not voiced:
        return samples[:0]
    first, last = voiced[0] - FRAME_SECONDS - LEAD, voiced[-1] + TAIL
    return samples[max(0, round(first * RATE)) : round(last * RATE)]
