"""Words made of what is no speech: 20 minutes of noise, room sound, music-like tones and silence.

    python -m tests.bench.noise [MODEL...] [--minutes 20] [--seed 7]

How it is made: recordings of the folder VOICE_GUIDE_SPEECH (city, forest, office, keyboards, noise1 to 5), each
begun at a random place, as they are and in one of the rooms, at -20 to -50 dBFS; digital silence; white, pink and
brown noise; chords and melodies of decaying harmonics; breathing, sighs, coughs, knocks and laughter out of
shaped noise. 10 s of each in turn. A crowd, in which people do speak, is apart. "Kept" is what the program would
write down: of the spans that Silero and the segmenter take for speech, the words, and the [unclear] beside. The
peers get the same sound whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.bench.figures import machine, say
from tests.bench.transcribe import POST_ROLL, PRE_ROLL
from tests.bench.voices import in_room
from tests.recordings import SPEECH, decode
from voice_guide.audio.ports import Block
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.segmenter import Segmenter
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.session.events import Lull, Pause
from voice_guide.sound import FRAME_SECONDS, RATE, Samples, silence

PIECE = 10.0
"""Seconds of each sound in a row."""

Random = np.random.Generator
Maker = Callable[[Random], Samples]


def main() -> None:
    """Print the words kept, by kind of sound and together, and the peers'."""
    hush()
    parser = argparse.ArgumentParser(description="Words made of what is no speech.")
    parser.add_argument("models", nargs="*", default=["tiny.en", "base"])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--speech", type=Path, default=SPEECH)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    sounds = _sounds(options.speech, options.minutes * 60, random)
    crowd = [("crowd", decode(options.speech / "noise" / "crowded-room.ogg"))]
    say(machine())
    for name in options.models:
        whisper = Whisper(find(name).folder, 1)
        for title, parts in (("no speech", sounds), ("a crowd", crowd)):
            _ours(f"{name}, {title}", whisper, parts)
            _peers(name, title, np.concatenate([samples for _, samples in parts]))


def _sounds(speech: Path, seconds: float, random: Random) -> list[tuple[str, Samples]]:
    makers = {**_recorded(speech), **_MADE}
    names = list(makers)
    count = round(seconds / PIECE)
    return [(name, makers[name](random)) for name in (names[n % len(names)] for n in range(count))]


# --- recorded


def _recorded(speech: Path) -> dict[str, Maker]:
    files = [*sorted(speech.glob("noise/*.ogg")), *sorted(speech.glob("noise/*.wav"))]
    rooms = [decode(file) for file in sorted(speech.glob("rirs/*.wav"))]
    found: dict[str, Maker] = {}
    for file in files:
        if "crowd" in file.stem:
            continue
        sound = decode(file)
        found[file.stem] = lambda random, sound=sound: _somewhere(sound, random)  # type: ignore[misc]
        found[f"{file.stem} in a room"] = lambda random, sound=sound: in_room(  # type: ignore[misc]
            _somewhere(sound, random), rooms[random.integers(len(rooms))], sound, random
        )
    return found


def _somewhere(sound: Samples, random: Random) -> Samples:
    long = np.tile(sound, 2 + round(PIECE * RATE) // len(sound))
    start = int(random.integers(len(sound)))
    return _at(long[start : start + round(PIECE * RATE)], random.uniform(-50, -20))


# --- made


def _at(samples: np.ndarray, dbfs: float) -> Samples:
    level = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) + 1e-12
    scaled: Samples = np.clip(samples / level * 10 ** (dbfs / 20), -1, 1).astype(np.float32)
    return scaled


def _coloured(random: Random, seconds: float, slope: float) -> np.ndarray:
    """Noise whose power falls with the frequency to the power of `slope`: 0 is white, 1 pink, 2 brown."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.maximum(1, np.arange(len(spectrum))) ** (slope / 2)
    return np.fft.irfft(spectrum, count)


def _noise(slope: float) -> Maker:
    return lambda random: _at(_coloured(random, PIECE, slope), random.uniform(-60, -25))


def _note(random: Random, pitch: float, seconds: float) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    parts = [np.sin(2 * np.pi * pitch * k * at) / k ** random.uniform(0.8, 2) for k in range(1, 8)]
    vibrato = 1 + 0.02 * np.sin(2 * np.pi * 5 * at)
    found: np.ndarray = np.sum(parts, axis=0) * vibrato * np.exp(-at * random.uniform(0.5, 4))
    return found


def _chords(random: Random) -> Samples:
    bars = []
    for _ in range(5):
        root = 110 * 2 ** (random.integers(0, 12) / 12)
        bars.append(sum(_note(random, root * ratio, PIECE / 5) for ratio in (1, 1.25, 1.5, 2)))
    return _at(np.concatenate(bars), random.uniform(-40, -18))


def _melody(random: Random) -> Samples:
    notes, left = [], PIECE
    while left > 0.1:
        seconds = min(left, float(random.choice([0.15, 0.25, 0.4, 0.6])))
        notes.append(_note(random, 220 * 2 ** (random.integers(-5, 15) / 12), seconds))
        left -= seconds
    return _at(np.concatenate(notes)[: round(PIECE * RATE)], random.uniform(-40, -18))


def _bursts(random: Random, every: float, attack: float, fall: float, low: float, high: float) -> Samples:
    """Band-limited noise that swells and falls every so often: breath, coughs, laughter, knocks."""
    count = round(PIECE * RATE)
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.exp(-(((frequency - (low + high) / 2) / (high - low)) ** 2))
    envelope, at = np.zeros(count), np.arange(count) / RATE
    start = random.uniform(0, every)
    while start < PIECE:
        since = np.maximum(0, at - start)
        envelope += (1 - np.exp(-since / attack)) * np.exp(-since / fall)
        start += every * random.uniform(0.7, 1.3)
    return _at(np.fft.irfft(spectrum, count) * envelope, random.uniform(-45, -22))


_MADE: dict[str, Maker] = {
    "digital silence": lambda _: silence(PIECE, RATE),
    "white noise": _noise(0),
    "pink noise": _noise(1),
    "brown noise": _noise(2),
    "chords": _chords,
    "melody": _melody,
    "breathing": lambda random: _bursts(random, 3.5, 0.6, 0.7, 300, 2500),
    "sighs": lambda random: _bursts(random, 5.0, 0.2, 0.5, 400, 1500),
    "coughs": lambda random: _bursts(random, 2.5, 0.01, 0.08, 300, 3000),
    "laughter": lambda random: _bursts(random, 0.22, 0.02, 0.05, 400, 1800),
    "knocks": lambda random: _bursts(random, 1.2, 0.001, 0.02, 80, 900),
}


# --- what is kept


def _ours(title: str, whisper: Whisper, parts: list[tuple[str, Samples]]) -> None:
    words = unclear = spans = 0
    by_kind: dict[str, int] = {}
    for name, samples in parts:
        for span, clear in _spans(samples):
            found = whisper.transcribe(span, clear)
            spans += 1
            words += len(found.text.split())
            unclear += found.speech and not found.text
            by_kind[name] = by_kind.get(name, 0) + len(found.text.split())
    seconds = sum(len(samples) for _, samples in parts) / RATE
    where = ", ".join(f"{name} {count}" for name, count in by_kind.items() if count)
    say(
        f"{title}: {seconds / 60:.1f} min, {spans} spans taken for speech, {words} words kept, {unclear} [unclear]"
    )
    if where:
        say(f"  words in: {where}")


def _spans(samples: Samples) -> Iterator[tuple[Samples, float]]:
    """What the program would transcribe, and how much of it is speech for sure."""
    memory = SoundMemory()
    ears = Ears(RATE, Silero(find("silero").main), memory)
    segmenter = Segmenter()
    began = None
    for frame in ears.feed(Block(0, np.concatenate([samples, silence(20 * FRAME_SECONDS, RATE)]))):
        event = segmenter.feed(frame.at, frame.probability)
        if isinstance(event, Pause | Lull) and began is not None:
            span = max(0.0, began - PRE_ROLL), event.since + POST_ROLL
            yield memory.span(*span), memory.clearness(*span)
            began = None if isinstance(event, Pause) else event.since
        elif event is not None and began is None:
            began = event.since


def _peers(name: str, title: str, samples: Samples) -> None:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(find(name).folder), device="cpu", compute_type="int8", cpu_threads=1)
    for vad in (False, True):
        segments, _ = model.transcribe(samples, language="en", vad_filter=vad)
        words = sum(len(segment.text.split()) for segment in segments)
        say(
            f"  faster-whisper {name} as shipped, {title}, {'with' if vad else 'without'} its VAD: {words} words"
        )


if __name__ == "__main__":
    main()
