"""Said while the guide speaks: "stop" and "pause" over prompts, how soon they are obeyed, and what is taken for them.

    python -m tests.bench.over [MODEL...] --voices FOLDER [--half report] [--minutes 60]

FOLDER holds recordings of single words, VOICE/WORD.wav (stop, pause, repeat, skip, guide; any other word is none to the
guide); without it Piper's joe says them at three pitches. Each word is said once over a prompt of joe's at a random
moment, at -26 dBFS, in each of the measured rooms of VOICE_GUIDE_SPEECH, with the loudspeaker's voice at -20 and at -10
dB of its own level at the microphone, 0.1 s late. The words go through both cancellers, Silero, the transcriber and the
machine. The time is from the end of the word to the moment at which the machine hushes the guide: the end of the span
in the sound's own time, and the transcriber's seconds on this machine. `--drift` gives the loudspeaker a clock of its
own (parts per million), `--bend` a membrane that distorts. False ones: every sentence that the guide can say, once
through each room in turn, nobody else speaks.
"""

from __future__ import annotations

import argparse
import itertools
import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tests.bench.commands import PITCHES
from tests.bench.figures import machine, say
from tests.bench.prompts import rendered, spoken
from tests.english import ENGLISH
from tests.recordings import SPEECH, decode
from tests.session.sofa import program, question
from voice_guide.audio.played import Played
from voice_guide.audio.resample import resample
from voice_guide.hearing.echo import Suppressor
from voice_guide.hearing.overhearing import Overhearing
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.library import scripts
from voice_guide.models import find
from voice_guide.session.effects import Hush, Transcribe
from voice_guide.session.events import Begin, HeardOver, SpokenOver
from voice_guide.session.machine import advance, begin
from voice_guide.session.notes import Over
from voice_guide.session.state import Session
from voice_guide.sound import FRAME, RATE, Samples, Sound
from voice_guide.speaking.piper import PiperVoice

LEAKS = (-20.0, -10.0)
WORDS = {"stop": "Stop.", "pause": "Pause.", "repeat": "Repeat.", "skip": "Skip.", "guide": "Guide."}
OTHERS = ("mm-hm", "yes", "no", "what", "come", "love", "ok")
LEVEL_DBFS = -26.0
LATE = 0.1
NOISE = 0.0005
TAIL = 1.0


@dataclass
class Hall:
    """One room with one loudspeaker in it: what is said over prompts, one after the other."""

    impulse: Samples
    leak_db: float
    whisper: Whisper
    drift: float = 0.0
    bend: float = 0.0
    spans: int = 0
    """What was taken for somebody."""
    echoes: int = 0
    """Prompts after which the guide would no longer listen."""
    _at: int = 0
    _random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(11))

    def __post_init__(self) -> None:
        self._played = Played()
        silero = Silero(find("vad").main)
        self._over = Overhearing(self._played, Suppressor(), silero)

    def prompt(self, sentence: str, voice: Samples, word: Samples | None, after: float) -> list[float]:
        """Say a sentence, and a word `after` seconds from its beginning: when the guide is hushed, from its end."""
        far = np.concatenate([voice, np.zeros(round(TAIL * RATE), np.float32)])
        far = far[: len(far) // FRAME * FRAME].astype(np.float32)
        near = self._echo(far) + self._random.standard_normal(len(far)) * NOISE
        begins = round(after * RATE)
        if word is not None:
            near[begins : begins + len(word)] += word[: len(near) - begins]
        session, hushed = _speaking(sentence), []
        began = self._at / RATE
        self._over.begin(began)
        for at in range(0, len(far), FRAME):
            self._played(far[at : at + FRAME], RATE, self._at / RATE)
            self._at += FRAME
            now = self._at / RATE
            self._over.arrived(now, now)
            found = self._over.feed(near[at : at + FRAME].astype(np.float32), now)
            if found is not None:
                self.spans += 1
                session, took, hush = self._read(session, found)
                if hush:
                    end = began + after + (len(word) if word is not None else 0) / RATE
                    hushed.append(found.at + took - end)
        self._over.end()
        self.echoes += session.sound.echoes > 0
        return hushed

    def _read(self, session: Session, found: SpokenOver) -> tuple[Session, float, bool]:
        session, effects = advance(session, found)
        jobs = [each for each in effects if isinstance(each, Transcribe)]
        if not jobs:
            return session, 0.0, False
        since = time.perf_counter()
        read = self.whisper.spot(self._over.span(jobs[0].start, jobs[0].end))
        took = time.perf_counter() - since
        heard = HeardOver(at=found.at, revision=jobs[0].revision, text=read.text, hinted=read.hinted)
        after, effects = advance(session, heard)
        hush = any(isinstance(each, Hush) for each in effects)
        return (
            (session if hush else after),
            took,
            hush,
        )  # a guide that was hushed speaks on: the next word counts too

    def _echo(self, far: Samples) -> Samples:
        where = np.arange(len(far), dtype=np.float64)
        source = np.interp(where - self.drift * 1e-6 * (self._at + where), where, far, left=0, right=0)
        if self.bend:
            source = np.tanh(source * self.bend) / self.bend
        echo = convolved(source.astype(np.float32), self.impulse)[: len(far)] * 10 ** (self.leak_db / 20)
        late: Samples = np.concatenate([np.zeros(round(LATE * RATE)), echo])[: len(far)]
        return late


def convolved(sound: Samples, impulse: Samples) -> Samples:
    """What a room makes of a sound: as long as both together, less one sample."""
    count = len(sound) + len(impulse) - 1
    size = 1 << (count - 1).bit_length()
    found = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(impulse, size), size)[:count]
    return found.astype(np.float32)


def _speaking(sentence: str) -> Session:
    """An evening in the middle of this sentence."""
    session, _ = advance(begin(program(question("one"))), Begin(at=0.0))
    return replace(session, said=(sentence,))


def impulses(speech: Path) -> list[Samples]:
    """The rooms: from just before the direct sound on, and as loud as what goes into them."""
    found = []
    for file in sorted(speech.glob("rirs/*.wav")):
        response = decode(file)
        first = int(np.argmax(np.abs(response) > 0.3 * np.abs(response).max()))
        response = response[max(0, first - 32) :]
        found.append((response / np.sqrt(np.sum(response**2))).astype(np.float32))
    return found


def _words(folder: Path | None, half: str, voice: PiperVoice) -> dict[str, dict[str, Samples]]:
    """Each voice's words, at one level."""
    found: dict[str, dict[str, Samples]] = {}
    if folder is None:
        for pitch in PITCHES:
            said = {name: voice.synthesize(text, 1 / pitch) for name, text in WORDS.items()}
            found[f"joe at {pitch}"] = {
                name: _levelled(resample(Sound(s.samples, round(s.rate * pitch)), RATE).samples)
                for name, s in said.items()
            }
        return found
    for number, each in enumerate(sorted(folder.iterdir())):
        if half == "all" or (number % 2 == 1) == (half == "report"):
            found[each.name] = {file.stem: _levelled(_wav(file)) for file in sorted(each.glob("*.wav"))}
    return found


def _wav(file: Path) -> Samples:
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float32) / 32768
        return resample(Sound(np.asarray(samples, np.float32), sound.getframerate()), RATE).samples


def _levelled(samples: Samples) -> Samples:
    """Without silence at its ends, what is not silent at `LEVEL_DBFS`."""
    envelope = np.sqrt(np.convolve(samples**2, np.ones(320) / 320, "same"))
    (loud,) = np.nonzero(envelope > 0.1 * envelope.max())
    samples = samples[loud[0] : loud[-1] + 1]
    level = np.sqrt(np.mean(samples[envelope[loud[0] : loud[-1] + 1] > 0.1 * envelope.max()] ** 2))
    found: Samples = (samples * 10 ** (LEVEL_DBFS / 20) / level).astype(np.float32)
    return found


def _alone(whisper: Whisper, word: Samples) -> bool:
    """Whether a word is obeyed in a quiet room, with nothing taken out of it: the most that can be had."""
    quiet = np.random.default_rng(3).standard_normal(len(word) + RATE) * NOISE
    quiet[RATE // 2 : RATE // 2 + len(word)] += word
    read = whisper.spot(quiet.astype(np.float32))
    session = replace(_speaking("Nothing."), over=Over(revision=0, seconds=len(word) / RATE))
    _, effects = advance(session, HeardOver(at=0.0, revision=0, text=read.text, hinted=read.hinted))
    return any(isinstance(each, Hush) for each in effects)


def _report(options: argparse.Namespace, name: str, voice: PiperVoice, sentences: list[str]) -> None:
    whisper = Whisper(find(name).folder, 1, hints=ENGLISH.commands.hints, over=ENGLISH.commands.over)
    words = _words(options.voices, options.half, voice)
    random = np.random.default_rng(5)
    for wanted in options.words.split(","):
        said = _said(words, wanted)
        alone = sum(_alone(whisper, word) for word in said)
        say(f"{name}, {wanted}: {len(words)} voices; obeyed with nothing to take out {alone} of {len(said)}")
        for leak in LEAKS:
            delays, count = [], 0
            for impulse in impulses(SPEECH)[:: 2 if wanted == "others" else 1]:
                hall = Hall(impulse, leak, whisper, options.drift, options.bend)
                for sentence, word in zip(itertools.cycle(sentences), said, strict=False):
                    sound = rendered_once(voice, sentence)
                    at = float(random.uniform(0.5, max(0.6, len(sound) / RATE - 0.8)))
                    delays += hall.prompt(sentence, sound, word, at)[:1]
                    count += 1
            soon = sum(delay <= 1.0 for delay in delays)
            middle = f"; median {np.median(delays):.2f} s" if delays else ""
            shares = f"obeyed {len(delays) / count:.1%}, within 1.0 s {soon / count:.1%} of {count}"
            say(f"  {leak:.0f} dB: {shares}{middle}")


def _said(words: dict[str, dict[str, Samples]], wanted: str) -> list[Samples]:
    names = OTHERS if wanted == "others" else (wanted,)
    return [each[name] for each in words.values() for name in names if name in each]


_RENDERED: dict[str, Samples] = {}


def rendered_once(voice: PiperVoice, sentence: str) -> Samples:
    """A sentence of the guide's."""
    if sentence not in _RENDERED:
        _RENDERED[sentence] = rendered(voice, sentence)
    return _RENDERED[sentence]


def _false_ones(options: argparse.Namespace, name: str, voice: PiperVoice) -> None:
    whisper = Whisper(find(name).folder, 1, hints=ENGLISH.commands.hints, over=ENGLISH.commands.over)
    for leak in LEAKS:
        halls = [Hall(i, leak, whisper, options.drift, options.bend) for i in impulses(SPEECH)]
        seconds, false = 0.0, 0
        for hall, sentence in zip(itertools.cycle(halls), _all(options.minutes, voice), strict=False):
            sound = rendered_once(voice, sentence)
            seconds += len(sound) / RATE
            false += len(hall.prompt(sentence, sound, None, 0.0))
        spans, echoes = sum(hall.spans for hall in halls), sum(hall.echoes for hall in halls)
        say(f"{name}, {leak:.0f} dB, {seconds / 60:.0f} min of prompts: {false} false; taken for somebody {spans}, "
            f"the guide's own words came back {echoes} times")  # fmt: skip


def _all(minutes: float, voice: PiperVoice) -> Iterator[str]:
    seconds = 0.0
    for sentence in spoken(scripts()):
        yield sentence
        seconds += len(rendered_once(voice, sentence)) / RATE
        if seconds > minutes * 60:
            return


def main() -> None:
    """Print how many words are obeyed, and how soon; and how often the guide hushes itself."""
    parser = argparse.ArgumentParser(description="Said while the guide speaks.")
    parser.add_argument("models", nargs="*", default=["tiny.en", "base"])
    parser.add_argument("--voices", type=Path)
    parser.add_argument("--half", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--words", default="stop,pause,repeat,skip,guide,others")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--drift", type=float, default=0.0)
    parser.add_argument("--bend", type=float, default=0.0)
    options = parser.parse_args()
    say(machine())
    voice = PiperVoice(find("joe").folder)
    sentences = [each for each in itertools.islice(spoken(["what-im-afraid-of"]), 60) if len(each) > 60][:12]
    for name in options.models:
        _report(options, name, voice, sentences)
        if options.minutes:
            _false_ones(options, name, voice)


if __name__ == "__main__":
    main()
