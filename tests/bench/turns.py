"""How long the guide waits after an open answer, and how often it cuts one off: a curve, and our point beside it.

    python -m tests.bench.turns [--half tuning|report] [--draws 50] [--model base] [--picture FILE]

Recordings of the folder VOICE_GUIDE_SPEECH. A cut is a sample of the guide before the last word has ended; the wait
runs from the end of the last word to the guide's first sample, that of the landing tone. The room that lands after
the tone is widened to 30 s here, so that every answer can be heard to its end; how many of those who went on did so
within the real room is counted. Fixed silences and stock Smart Turn are reckoned on the same pauses, as the same
detector saw them, without any delay of theirs but the loudspeaker's. The interval is a bootstrap over speakers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.bench.answers import (
    Answer,
    Counts,
    joined,
    librispeech,
    meetings,
    memoryless,
    quietest,
    three_to_six,
)
from tests.bench.curve import Policy, draw, figure, fixed, gain, ours
from tests.bench.figures import machine, say
from tests.bench.transcribe import HALVES
from tests.bench.virtual import OUTPUT, Engines, Evening, Told
from tests.recordings import SPEECH, decode
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.smart_turn import HEARS, SmartTurn
from voice_guide.hearing.whisper import Whisper
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.session import landing
from voice_guide.session.turn_end import LANDING_ROOM, LANDING_TONE, ONSET
from voice_guide.sound import Samples

FIXED = (0.7, 2.5, 6.0)

STOCK_AT, STOCK_SURE, STOCK_LONGEST = 0.2, 0.5, 3.0
"""pipecat's defaults: asked 0.2 s into each pause, believed from 0.5 on, after 3 s over whatever it says."""

CLIPS = {"tuning": ("dev00",), "report": ("dev01",)}
DIALOGUES = {"tuning": ("dlg00", "dlg01"), "report": ("dlg02",)}


def main() -> None:
    """Print a block of figures for each kind of answer."""
    hush()
    parser = argparse.ArgumentParser(description="Wait and cuts of open answers.")
    parser.add_argument("--half", choices=HALVES, default="report")
    parser.add_argument("--draws", type=int, default=50)
    parser.add_argument("--model", default="base")
    parser.add_argument("--speech", type=Path, default=SPEECH)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    setattr(landing, "LANDING_ROOM", 30.0)  # noqa: B010 - a constant of another module, for mypy
    bench = Bench(options.model)
    say(machine())
    spoken = librispeech(options.speech, HALVES[options.half], bench.silero)
    told = bench.joined(spoken, options.draws, three_to_six)
    _block("3 to 6 utterances", told)
    if options.picture:
        options.picture.write_text(draw(told, {"stock Smart Turn": stock}, FIXED), encoding="utf-8")
    few = max(1, options.draws // 5)
    _block("each speaker's pauses 0.5 to 2 times as long", bench.joined(spoken, few, three_to_six, 2.0))
    _block("1 to 10 utterances, each time a third end", bench.joined(spoken, few, memoryless))
    talk = meetings(options.speech, CLIPS[options.half], bench.silero)
    _block("spontaneous: what one person says in a meeting", bench.joined(talk, few, three_to_six))
    whole = bench.as_they_are(options.speech, DIALOGUES[options.half], CLIPS[options.half])
    _block("whole dialogues and meetings as answers of both", whole)


class Bench:
    """The engines, and answers through the whole of the program that listens."""

    def __init__(self, model: str) -> None:
        self.silero = Silero(find("silero").main)
        self._smart_turn = SmartTurn(find("turn").main)
        self._whisper = Whisper(find(model).folder, 1)
        self._whisper.warm_up()

    def joined(
        self, spoken: dict[str, list[Samples]], draws: int, counts: Counts, stretch: float = 1.0
    ) -> list[Told]:
        """Every draw is an evening of each speaker."""
        told: list[Told] = []
        for round_ in range(draws):
            for number, (speaker, parts) in enumerate(spoken.items()):
                random = np.random.default_rng([round_, number])
                own = float(np.exp(random.uniform(-1, 1) * np.log(stretch)))
                told += self._evening(list(joined(speaker, parts, counts, random, own)), round_)
        return told

    def as_they_are(self, speech: Path, dialogues: tuple[str, ...], clips: tuple[str, ...]) -> list[Told]:
        """Each whole recording as one answer."""
        files = [file for name in dialogues for file in sorted((speech / "dialogues").glob(f"{name}*.flac"))]
        files += [speech / "meetings" / f"{clip}.flac" for clip in clips]
        sounds = [(file.stem, decode(file)) for file in files]
        answers = [Answer(name, sound, quietest(sound)) for name, sound in sounds]
        return [told for answer in answers for told in self._evening([answer], 0)]

    def _evening(self, answers: Sequence[Answer], seed: int) -> list[Told]:
        if not answers:
            return []
        evening = Evening(answers, Engines(self._whisper, self._smart_turn), self.silero, seed)
        told = evening.run()
        for one in told:
            ends = [start for start, _ in one.gaps] + [one.ended]
            one.scores = [self._stock(evening.memory, one.began, end + STOCK_AT) for end in ends]
        return told

    def _stock(self, memory: SoundMemory, began: float, at: float) -> float:
        return self._smart_turn.complete(memory.span(max(began, at - HEARS), at))


def stock(one: Told) -> tuple[bool, float]:
    """Stock Smart Turn on the same pauses."""
    waits = [STOCK_AT if score > STOCK_SURE else STOCK_LONGEST for score in one.scores]
    cut = any(end - start > wait + OUTPUT for (start, end), wait in zip(one.gaps, waits, strict=False))
    return cut, waits[-1] + OUTPUT


def _block(name: str, told: list[Told]) -> None:
    minutes = sum(one.ended - one.began for one in told) / 60
    say(f"{name}: {len(told)} answers, {len({one.speaker for one in told})} speakers, {minutes:.0f} min")
    rules: dict[str, Policy] = {"Voice Guide": ours}
    rules |= {f"fixed {seconds:g} s": fixed(seconds) for seconds in FIXED} | {"stock Smart Turn": stock}
    for label, rule in rules.items():
        wait, cuts = figure(told, rule)
        say(f"  {label:18} wait {wait:5.2f} s   {cuts:6.1%} of the answers cut off")
    shorter = gain(told)
    say(
        f"  fixed silence at our cuts: {shorter.fixed:.2f} s; ours is {shorter.mean:.2f} s shorter "
        f"(95 %: {shorter.low:.2f} to {shorter.high:.2f})"
    )
    resumed = list(_resumed(told))
    within = sum(seconds <= LANDING_TONE + LANDING_ROOM + ONSET for seconds in resumed)
    say(f"  of {len(resumed)} who went on after the tone, {within} did so in the room that it leaves")


def _resumed(told: list[Told]) -> Iterator[float]:
    """Seconds from each tone that came too soon to the next word."""
    for one in told:
        for tone in one.tones:
            yield from (end - tone for start, end in one.gaps if start < tone < end)


if __name__ == "__main__":
    main()
