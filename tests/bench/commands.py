"""Single-word commands: how many are heard with and without hints, and what is taken for one by mistake.

python -m tests.bench.commands [MODEL...]; needs the models, Piper's voice, and the recordings beside the project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from tests.english import ENGLISH, meant_command, spoken_command
from tests.recordings import SPEECH, decode
from voice_guide import models
from voice_guide.audio.resample import resample
from voice_guide.hearing.whisper import Whisper
from voice_guide.sound import RATE, Samples, Sound, silence
from voice_guide.speaking.piper import PiperVoice

COMMANDS = (
    "Skip.", "Pass.", "Stop.", "Pause.", "Continue.", "Repeat.", "Help.", "Go back.", "I'm done.", "More time.",
    "Strike that.", "Off the record.", "On the record.", "That's all.", "Hold on.", "Wait.", "Wait a moment.",
    "Say that again.", "Louder.", "Softer.", "Slower.", "Faster.", "Take a break.", "Whose turn is it?",
    "How long is left?",
)  # fmt: skip
ANSWERS = (
    "Yes.", "No.", "Not tonight.", "Warm.", "Tired.", "Grateful.", "Peace.", "Boss.", "Past.", "Paws.", "Calm.",
    "Top.", "Hope.", "Seven.", "Ten.", "Two.", "Better.", "Home.", "Sad.", "Stuck.", "Lost.", "I don't know.",
    "Your mother.", "Being alone.", "Money.", "Not enough.", "My father.", "Losing you.", "Quiet.", "Love.",
    "Keep it.", "Keep.", "Let it go.", "Stopping.", "I can't.", "The kids.", "Sorry.", "Thank you.", "Time.",
    "Space.", "Skiing.", "Gold.", "Less stress.", "The past.",
)  # fmt: skip
PITCHES = (1.22, 1.0, 0.92)
"""Piper's joe, played higher and lower: the only voice at hand."""


def spoken(voice: PiperVoice, text: str, pitch: float) -> Samples:
    """A word as the evening would hear it: pre-roll, a quiet room, post-roll."""
    sound = voice.synthesize(text, 1 / pitch)
    samples = resample(Sound(sound.samples, round(sound.rate * pitch)), RATE).samples
    whole = np.concatenate([silence(0.8, RATE), samples, silence(0.3, RATE)])
    noise = np.random.default_rng(1).standard_normal(len(whole)) * 0.0005
    return (whole + noise).astype(np.float32)


def fragments() -> Iterator[Samples]:
    """1.25 s out of the middle of LibriSpeech utterances: speech, and no command."""
    for file in sorted((SPEECH / "librispeech").rglob("*.flac"))[::2]:
        sound = decode(file)
        for start in range(0, len(sound) - 24_000, 48_000):
            cut = sound[start : start + 20_000]
            yield np.concatenate([silence(0.5, RATE), cut, silence(0.3, RATE)]).astype(np.float32)


def noises() -> Iterator[Samples]:
    """1.5 s of each second of the noise recordings."""
    for file in sorted((SPEECH / "noise").iterdir()):
        if file.suffix in (".wav", ".flac", ".mp3", ".ogg"):
            sound = decode(file)[: 40 * RATE]
            for start in range(0, len(sound) - RATE, RATE):
                yield sound[start : start + 24_000]


def report(name: str, voice: PiperVoice) -> None:
    """Print the figures of one model."""
    whisper = Whisper(models.find(name).folder, threads=1, hints=ENGLISH.commands.hints)

    def mistaken(sounds: Iterator[Samples]) -> str:
        heard = [whisper.transcribe(sound) for sound in sounds]
        return f"{sum(meant_command(h.text, h.hinted) is not None for h in heard)} of {len(heard)}"

    said = [whisper.transcribe(spoken(voice, text, pitch)) for text in COMMANDS for pitch in PITCHES]
    free = sum(spoken_command(h.text) is not None for h in said)
    both = sum(meant_command(h.text, h.hinted) is not None for h in said)
    print(f"{name}: commands heard without hints {free}, with hints {both}, of {len(said)}")
    answers = (spoken(voice, text, pitch) for text in ANSWERS for pitch in PITCHES)
    print(f"{name}: taken for a command: short answers {mistaken(answers)}", end="; ")
    print(f"fragments of speech {mistaken(islice(fragments(), 150))}; noise {mistaken(noises())}")


def main(arguments: list[str]) -> None:
    """Report on each model that is named, or on both."""
    if not Path(SPEECH).is_dir():
        sys.exit("The recordings are not at hand.")
    voice = PiperVoice(models.find("joe").folder)
    for name in arguments or ["base", "tiny.en"]:
        report(name, voice)


if __name__ == "__main__":
    main(sys.argv[1:])
