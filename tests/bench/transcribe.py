"""How well and how fast Whisper hears: word error rate, seconds, and words made of noise.

    python -m tests.bench.transcribe [MODEL...] [--threads N] [--half tuning|report] [--no-noise]

Recordings: one half of the LibriSpeech speakers, and the noises, of the folder VOICE_GUIDE_SPEECH. Times are
milliseconds for each utterance, on the wall and of the processor (the sum over all threads). One number of
threads for each call: the first model that CTranslate2 loads decides it for the whole process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.recordings import SPEECH, decode, utterances
from tests.wer import Errors, errors
from voice_guide.audio.ports import Block
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.segmenter import Segmenter
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.session.events import Pause
from voice_guide.sound import FRAME_SECONDS, RATE, Samples, silence

HALVES = {
    "tuning": ("367", "533", "1688", "1998", "2033"),
    "report": ("2414", "2609", "3005", "3080", "3331"),
}
PRE_ROLL, POST_ROLL = 0.8, 0.3
"""Seconds around speech, as a session hands it in."""

Way = Callable[[Samples], str]
"""Sound to words."""

CUT = 6.0
"""Seconds of the pieces that noise is cut into where no detector is asked."""


def main() -> None:
    """Print one block of figures for each model and number of threads."""
    hush()
    parser = argparse.ArgumentParser(description="Word error rate, time, and words made of noise.")
    parser.add_argument("models", nargs="*", default=["tiny.en", "base"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--half", choices=HALVES, default="report")
    parser.add_argument("--speech", type=Path, default=SPEECH)
    parser.add_argument("--no-noise", action="store_true")
    options = parser.parse_args()
    spoken = list(utterances(options.speech, HALVES[options.half]))
    seconds = sum(len(samples) for _, samples in spoken) / RATE
    _say(f"{len(spoken)} utterances, {seconds:.0f} s, speakers {' '.join(HALVES[options.half])}")
    for name in options.models:
        _say(f"{name}, {options.threads} thread(s)")
        whisper = Whisper(find(name).folder, options.threads)
        whisper.warm_up()
        _speech(whisper, _library(find(name).folder, options.threads), spoken)
        if not options.no_noise:
            _noise(whisper, options.speech)


def _speech(whisper: Whisper, library: Way, spoken: list[tuple[str, Samples]]) -> None:
    lead, tail = silence(PRE_ROLL, RATE), silence(POST_ROLL, RATE)
    fell_back: list[bool] = []

    def fitted(samples: Samples) -> str:
        transcript = whisper.transcribe(samples)
        fell_back.append(not transcript.fitted)
        return transcript.text

    ways: dict[str, Way] = {
        "library, 30 s window": library,
        "fitted window": fitted,
        "fitted, with pre-roll": lambda samples: fitted(np.concatenate([lead, samples, tail])),
    }
    for name, way in ways.items():
        fell_back.clear()
        total = Errors()
        wall, processor = time.perf_counter(), time.process_time()
        for said, samples in spoken:
            total += errors(said, way(samples))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        each = 1000 / len(spoken)
        cost = f"{wall * each:5.0f} ms wall  {processor * each:5.0f} ms processor"
        _say(f"  {name:22} WER {total.rate:6.2%}  {cost}")
        if fell_back:
            _say(f"  {'':22} {sum(fell_back)} of {len(spoken)} needed the full window")


def _library(folder: Path, threads: int) -> Way:
    """faster-whisper's own `transcribe`, without fallback to higher temperatures."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)

    def transcribe(samples: Samples) -> str:
        segments, _ = model.transcribe(
            samples,
            language="en",
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(segment.text for segment in segments)

    return transcribe


def _noise(whisper: Whisper, speech: Path) -> None:
    """Words made of noise: of all of it, and of the spans that the detector takes for speech."""
    for name, samples in _noises(speech):
        pieces = [samples[i : i + round(CUT * RATE)] for i in range(0, len(samples), round(CUT * RATE))]
        spans = list(_spans(samples))
        _say(
            f"  {name:20} {len(samples) / RATE:5.1f} s: {_words(whisper, pieces)} in {len(pieces)} pieces, "
            f"{_words(whisper, spans)} in {len(spans)} spans taken for speech"
        )


def _words(whisper: Whisper, pieces: list[Samples]) -> str:
    heard = [whisper.transcribe(piece) for piece in pieces]
    words = sum(len(each.text.split()) for each in heard)
    sure = sum(len(each.text.split()) for each in heard if each.sure)
    return f"{words:3d} words ({sure} sure)"


def _noises(speech: Path) -> Iterator[tuple[str, Samples]]:
    yield "digital silence", silence(60.0, RATE)
    pink = _pink(60.0)
    yield "pink, -30 dBFS", pink
    yield "pink, -60 dBFS", pink * np.float32(10**-1.5)
    for file in sorted([*speech.glob("noise/*.ogg"), *speech.glob("noise/*.wav")]):
        yield file.stem, decode(file)


def _pink(seconds: float) -> Samples:
    """Noise whose power falls with the frequency, RMS -30 dBFS, the same each time."""
    white = np.random.default_rng(7).standard_normal(round(seconds * RATE))
    spectrum = np.fft.rfft(white)
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    pink = np.fft.irfft(spectrum, len(white))
    samples: Samples = (pink / np.sqrt(np.mean(pink**2)) * 10**-1.5).astype(np.float32)
    return samples


def _spans(samples: Samples) -> Iterator[Samples]:
    memory = SoundMemory()
    ears = Ears(RATE, Silero(find("silero").main), memory)
    segmenter = Segmenter()
    tail = silence(20 * FRAME_SECONDS, RATE)
    began = None
    for frame in ears.feed(Block(0, np.concatenate([samples, tail]))):
        event = segmenter.feed(frame.at, frame.probability)
        if isinstance(event, Pause) and began is not None:
            yield memory.span(max(0.0, began - PRE_ROLL), event.since + POST_ROLL)
            began = None
        elif event is not None and began is None:
            began = event.since


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
