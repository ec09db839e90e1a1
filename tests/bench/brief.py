"""How long the guide waits after a yes or no, a number, a choice, a command: from the last word to its own first one.

    python -m tests.bench.brief [MODEL...]

Said by Piper's joe at three pitches (nobody was recorded who says just this), through Silero, the segmenter, the
machine and the transcriber at real-time pace. The fixed silence beside it is 0.7 s and the loudspeaker's delay, without
knowing what was said.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from tests.bench.answers import Answer
from tests.bench.commands import PITCHES
from tests.bench.figures import machine, say
from tests.bench.virtual import OUTPUT, Engines, Evening
from tests.english import ENGLISH
from voice_guide.audio.resample import resample
from voice_guide.exercise.flat import Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.session import effects as fx
from voice_guide.sound import RATE, Sound
from voice_guide.speaking.piper import PiperVoice

AIM, PEER = 1.3, 0.7
ROOM = 1e-4  # RMS

SAID: dict[str, tuple[str, ...]] = {
    "yes or no": ("Yes.", "No.", "Yes, please.", "No, thank you.", "Of course.", "Not really."),
    "number": ("Seven.", "Three.", "Maybe a five.", "It is an eight."),
    "choice": ("The sea.", "The hill.", "I would like the sea.", "The hill, please."),
    "command": ("Repeat.", "Pass.", "Say that again.", "Skip this one."),
}
_KINDS = {
    "yes or no": AnswerKind.YES_NO,
    "number": AnswerKind.NUMBER,
    "choice": AnswerKind.CHOICE,
    "command": AnswerKind.OPEN,
}


class Brief(Evening):
    """Notes when the guide begins to speak again."""

    def _did(self, effect: fx.Effect) -> None:
        if isinstance(effect, fx.Speak) and self.told and not self.told[-1].tones and self.told[-1].ended:
            self.told[-1].tones.append(self._now + OUTPUT)


def main() -> None:
    """Print a line for each kind of answer and model."""
    hush()
    parser = argparse.ArgumentParser(description="Wait after brief answers.")
    parser.add_argument("models", nargs="*", default=["tiny.en", "base"])
    options = parser.parse_args()
    say(machine())
    voice, silero = PiperVoice(find("joe").folder), Silero(find("vad").main)
    said = {kind: list(_spoken(voice, kind)) for kind in SAID}
    for name in options.models:
        whisper = Whisper(find(name).folder, 1, hints=ENGLISH.commands.hints)
        for kind, answers in said.items():
            waits = _waits(whisper, silero, kind, answers)
            met = sum(wait <= AIM for wait in waits)
            p95 = float(np.percentile(waits, 95))
            say(
                f"{name:8} {kind:10} {np.median(waits):.2f} s at the median, p95 {p95:.2f}; "
                f"{met} of {len(waits)} within {AIM} s (fixed {PEER} s: {PEER + OUTPUT:.2f})"
            )


def _spoken(voice: PiperVoice, kind: str) -> Iterator[Answer]:
    for pitch in PITCHES:
        for text in SAID[kind]:
            sound = voice.synthesize(text, 1 / pitch)
            samples = resample(Sound(sound.samples, round(sound.rate * pitch)), RATE).samples
            yield Answer(f"joe at {pitch}", np.asarray(samples * 0.2, np.float32), ROOM)


def _waits(whisper: Whisper, silero: Silero, kind: str, answers: list[Answer]) -> list[float]:
    """Of those who were taken at their word; who is asked again is asked as soon."""
    questions = [
        Question(
            id=f"q{n}",
            text=f"Question {n}?",
            who=Who.FIRST,
            answer=_KINDS[kind],
            choices=("sea", "hill") if kind == "choice" else (),
            low=1 if kind == "number" else None,
            high=10 if kind == "number" else None,
        )
        for n in range(len(answers))
    ]
    evening = Brief(answers, Engines(whisper, None), silero, 5, questions=questions)
    evening.leave_when_answered()
    return [told.wait for told in evening.run() if told.tones]


if __name__ == "__main__":
    main()
