"""Whose voice is it? After one consent sentence of 5 s each, for all pairs of speakers.

    python -m tests.bench.voices [--half tuning|report|all]

LibriSpeech utterances of 2 s and more, of the folder VOICE_GUIDE_SPEECH, as they are and in a room with noise: an
impulse response and a noise of the same folder, the same for a whole evening, 10 dB between speech and noise. "Third"
is somebody who is neither partner, "joined" is one partner and then the other without a pause, 2 s of each. The peer is
the turn's owner, when every fifth answer comes from the other: 80 %.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.bench.answers import trimmed
from tests.bench.figures import machine, say
from tests.bench.transcribe import HALVES
from tests.recordings import SPEECH, decode, utterances
from voice_guide.exercise.flat import Who
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.voices import Likelihood, SpeakerModel, Vectors, Voices
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.session.turn_end import POST_ROLL, PRE_ROLL
from voice_guide.sound import RATE, Samples, silence

ENROLMENT, SHORTEST = 5.0, 2.0
SNR_DB = 10.0
SENTENCES = 3
"""Consent sentences of each speaker, tried one after the other."""

KINDS = ("partner", "third", "joined")

JOINED, TOGETHER = 2.0, 6
"""Seconds of each partner, one after the other without a pause, and how many such utterances for each pair."""

Spoken = dict[str, list[Samples]]


class Remembering(SpeakerModel):
    """Looks at each stretch of sound once, whatever pair it is compared for."""

    def __init__(self, model_file: Path) -> None:
        super().__init__(model_file)
        self._seen: dict[tuple[int, int], tuple[Samples, Vectors | None]] = {}

    def windows(self, samples: Samples) -> Vectors | None:
        """As it found it the first time; what was seen stays where it is in memory."""
        place = samples.ctypes.data, len(samples)
        if place not in self._seen:
            self._seen[place] = samples, super().windows(samples)
        return self._seen[place][1]


def main() -> None:
    """Print the figures, clean and in each room."""
    hush()
    parser = argparse.ArgumentParser(description="Whose voice is it?")
    parser.add_argument("--half", choices=[*HALVES, "all"], default="report")
    parser.add_argument("--speech", type=Path, default=SPEECH)
    options = parser.parse_args()
    speakers = sum(HALVES.values(), ()) if options.half == "all" else HALVES[options.half]
    silero, model = Silero(find("vad").main), Remembering(find("speaker").main)
    spoken = {
        speaker: [trimmed(samples, silero) for _, samples in utterances(options.speech, (speaker,))]
        for speaker in speakers
    }
    say(machine())
    clean = {speaker: [_in_span(each) for each in parts] for speaker, parts in spoken.items()}
    _say("clean", _told(model, clean))
    total: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for name, noisy in list(rooms(options.speech, spoken)):
        found = _told(model, noisy)
        _say(name, found)
        for kind, counts in found.items():
            total[kind] += counts
    _say("all rooms together", total)
    _cost(model, spoken)


def rooms(speech: Path, spoken: Spoken) -> Iterator[tuple[str, Spoken]]:
    """Everybody in the same room, beside the same noise."""
    names = ("noise1.wav", "noise4.wav", "office-ambience.ogg", "city-ambience.ogg")
    for number, name in enumerate(names, start=1):
        room, noise = decode(speech / "rirs" / f"rir{number}.wav"), decode(speech / "noise" / name)
        random = np.random.default_rng(number)
        noisy = {
            speaker: [_in_span(in_room(each, room, noise, random)) for each in parts]
            for speaker, parts in spoken.items()
        }
        yield f"room {number}, {Path(name).stem}", noisy


def _in_span(samples: Samples) -> Samples:
    """As the machine hands it in."""
    return np.concatenate([silence(PRE_ROLL, RATE), samples, silence(POST_ROLL, RATE)])


def _speech(span: Samples) -> Samples:
    return span[round(PRE_ROLL * RATE) : len(span) - round(POST_ROLL * RATE)]


def in_room(samples: Samples, room: Samples, noise: Samples, random: np.random.Generator) -> Samples:
    """Speech as that room returns it, with a noise 10 dB below it."""
    size = 1 << (len(samples) + len(room)).bit_length()
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size), size)[: len(samples)]
    long = np.tile(noise, 2 + len(heard) // len(noise))
    start = int(random.integers(len(noise)))
    beside = long[start : start + len(heard)]
    loud, quiet = (float(np.sqrt(np.mean(each**2))) + 1e-9 for each in (heard, beside))
    mixed: Samples = (0.05 * (heard / loud + beside / quiet * 10 ** (-SNR_DB / 20))).astype(np.float32)
    return mixed


def _told(model: SpeakerModel, spoken: Spoken) -> dict[str, Counter[str]]:
    """What is said of each utterance, by pairs of partners: theirs, and those of everybody else."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for first, second in itertools.combinations(spoken, 2):
        for sentence in range(SENTENCES):
            voices, rest = _introduced(model, spoken, (first, second), sentence)
            for who, samples in rest:
                _count(found["partner"], voices.whose(samples), who)
            for other in spoken.keys() - {first, second}:
                for samples in (each for each in spoken[other][:3] if len(_speech(each)) >= SHORTEST * RATE):
                    _count(found["third"], voices.whose(samples), None)
            for samples in _joined(spoken[first], spoken[second]):
                _count(found["joined"], voices.whose(samples), None)
    return found


def _joined(first: list[Samples], second: list[Samples]) -> list[Samples]:
    """One partner and then the other in one utterance, equally loud."""
    long = round(JOINED * RATE)
    halves = (
        [_speech(each)[:long] for each in parts if len(_speech(each)) >= long] for parts in (first, second)
    )
    pairs = list(zip(*halves, strict=False))[:TOGETHER]
    return [_in_span(np.concatenate([a, b * (np.std(a) / np.std(b))]).astype(np.float32)) for a, b in pairs]


def _count(counts: Counter[str], told: Likelihood | None, who: Who | None) -> None:
    counts["all"] += 1
    counts[_verdict(told, who)] += 1
    counts["strange"] += told is not None and told.strange
    counts["both"] += told is not None and told.both


def _verdict(told: Likelihood | None, who: Who | None) -> str:
    """Of a partner: right, wrong or unsure; of a third one: right if it is told from both."""
    if told is None or (told.who is None and who is not None):
        return "unsure"
    if who is None and told.who is None:
        return "right" if told.neither > 0.5 else "unsure"
    return "right" if told.who is who else "wrong"


def _introduced(
    model: SpeakerModel, spoken: Spoken, pair: tuple[str, str], sentence: int
) -> tuple[Voices, list[tuple[Who, Samples]]]:
    """Both have said their sentence; what else they say."""
    voices, rest = Voices(model), []
    for who, speaker in zip((Who.FIRST, Who.SECOND), pair, strict=True):
        long = [n for n, each in enumerate(spoken[speaker]) if len(_speech(each)) >= ENROLMENT * RATE]
        chosen = long[sentence % len(long)]
        voices.learn(who, _speech(spoken[speaker][chosen])[: round(ENROLMENT * RATE)])
        rest += [
            (who, each)
            for n, each in enumerate(spoken[speaker])
            if n != chosen and len(_speech(each)) >= SHORTEST * RATE
        ]
    order = np.random.default_rng(sentence).permutation(len(rest))
    return voices, [rest[index] for index in order]


def _say(name: str, found: dict[str, Counter[str]]) -> None:
    partner, third, joined = (found[kind] for kind in KINDS)
    count, strangers = partner["all"], third["all"]
    say(
        f"{name:28} {count:6d} utterances: {partner['right'] / count:6.2%} right, {partner['wrong'] / count:5.2%} "
        f"wrong, {partner['unsure'] / count:5.2%} unsure; {strangers} of a third: {third['right'] / strangers:5.1%} "
        f"told from both, {third['wrong'] / strangers:5.1%} taken for a partner"
    )
    say(
        f"{'':28} clearly strange: {partner['strange']} of a partner, {third['strange'] / strangers:5.1%} of a third; "
        f"both: {partner['both']} of one partner alone, {joined['both'] / joined['all']:5.1%} of {joined['all']} joined"
    )


def _cost(model: SpeakerModel, spoken: Spoken) -> None:
    samples = next(each for parts in spoken.values() for each in parts if len(each) >= 4 * RATE)[: 4 * RATE]
    began = time.process_time()
    for _ in range(20):
        SpeakerModel.windows(model, samples)
    say(f"an utterance of 4 s and more costs {(time.process_time() - began) * 50:.0f} ms of the processor")


if __name__ == "__main__":
    main()
