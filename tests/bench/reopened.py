"""Turns that were ended too soon: does whoever goes on keep the floor, and every word, and is the guide silent?

    python -m tests.bench.reopened [--draws 20] [--half report]

Answers of joined utterances as in tests.bench.turns, before a guide with a quarter of its patience, so that it is often
wrong. Real ears, segmenter and machine in virtual time; no words, since only the spans that are asked for count. A turn
is reopened when somebody goes on within the landing. Counted are the stretches of speech that the detector found in
such answers and that no transcribed span of the same turn holds whole, and the time from the first frame of speech to
the hush and the 0.08 s in which the tone fades.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

import numpy as np

from tests.bench.answers import Answer, joined, librispeech, three_to_six
from tests.bench.figures import machine, say
from tests.bench.transcribe import HALVES
from tests.bench.virtual import Engines, Evening
from tests.recordings import SPEECH
from voice_guide.audio.playlist import FADE_SECONDS
from voice_guide.hearing.silero import Silero
from voice_guide.jobs import Transcript
from voice_guide.models import find
from voice_guide.session import effects as fx
from voice_guide.session import events as ev
from voice_guide.session.turn_end import Manners
from voice_guide.sound import FRAME_SECONDS, Samples

PATIENCE = 0.25


@dataclass
class Words:
    """A transcriber that says a word, whatever it hears."""

    text: str = "Herons."
    speech: bool = True
    hinted: str = ""
    doubtful: bool = False

    def transcribe(self, samples: Samples, clear: float) -> Transcript:
        """One word."""
        del samples, clear
        return self

    def spot(self, samples: Samples) -> Transcript:
        """One word."""
        del samples
        return self


@dataclass
class Turn:
    """What became of one answer."""

    speech: list[tuple[float, float]] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    reopened: int = 0
    silences: list[float] = field(default_factory=list)
    """From the first frame of speech after the tone to the end of the fade."""

    @property
    def lost(self) -> int:
        """Stretches of speech that no span holds whole."""
        edge = FRAME_SECONDS
        held = [any(b <= a + edge and d <= e + edge for b, e in self.spans) for a, d in self.speech]
        return held.count(False)


class Watched(Evening):
    """An evening whose turns are watched."""

    def __init__(self, answers: list[Answer], silero: Silero, seed: int) -> None:
        super().__init__(
            answers, Engines(Words(), None), silero, seed, Manners(patience=(PATIENCE, PATIENCE))
        )
        self.turns: list[Turn] = []
        self._since = 0.0

    def _note(self, event: ev.Event) -> None:
        super()._note(event)
        match event:
            case ev.SpeechStarted(since=since) | ev.Resumed(since=since):
                self._since = since
            case ev.Pause(since=until):
                self.turns[-1].speech.append((self._since, until))

    def _did(self, effect: fx.Effect) -> None:
        match effect:
            case fx.Tell(name="listening"):
                self.turns.append(Turn())
            case fx.Tell(name="turn_reopened"):
                self.turns[-1].reopened += 1
            case fx.Hush():
                self.turns[-1].silences.append(self._now - self._since + FADE_SECONDS)
            case fx.Transcribe(turn=turn) if turn:
                self.turns[-1].spans.append((effect.start, effect.end))


def main() -> None:
    """Print what was reopened, what of it was lost, and how soon the guide was silent."""
    parser = argparse.ArgumentParser(description="Turns that were ended too soon.")
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--half", choices=("tuning", "report"), default="report")
    options = parser.parse_args()
    say(machine())
    silero = Silero(find("silero").main)
    turns: list[Turn] = []
    spoken = librispeech(SPEECH, HALVES[options.half], silero)
    for draw in range(options.draws):
        for number, (speaker, parts) in enumerate(spoken.items()):
            random = np.random.default_rng([draw, number])
            answers = list(joined(speaker, parts, three_to_six, random))
            if answers:
                evening = Watched(answers, silero, draw)
                evening.run()
                turns += evening.turns
    opened = [turn for turn in turns if turn.reopened]
    silences = [silence for turn in opened for silence in turn.silences]
    whole = sum(turn.lost == 0 for turn in opened)
    say(
        f"{len(turns)} answers, {sum(turn.reopened for turn in opened)} times reopened in {len(opened)} of them"
    )
    say(f"no word lost in {whole / len(opened):.1%} of these; the guide silent within 0.3 s in "
        f"{np.mean(np.array(silences) <= 0.3):.1%}, {max(silences):.2f} s at most")  # fmt: skip


if __name__ == "__main__":
    main()
