"""What is kept: word error of the record with tiny.en listening and a larger model hearing again.

    python -m tests.bench.second [--half tuning|report] [--live tiny.en] [--second base] [--draws 2]

Answers of 3 to 6 joined LibriSpeech utterances with the pauses of reflective talk, and whole dialogues, clean and in
rooms, from the folder VOICE_GUIDE_SPEECH; cut at pauses of 1.2 s as the machine cuts them. The peer is faster-whisper's
`transcribe` as it is shipped (beam 5), with the larger model on each whole recording. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import functools
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.bench.answers import pause, quietest, room, three_to_six, trimmed
from tests.bench.figures import machine, say
from tests.bench.transcribe import HALVES
from tests.bench.turns import DIALOGUES
from tests.recordings import SPEECH, decode, utterances
from tests.wer import Errors, errors
from voice_guide.audio.ports import Block
from voice_guide.audio.vitals import Vitals
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.models import find
from voice_guide.privacy.quiet import hush
from voice_guide.second_pass.child import serve
from voice_guide.second_pass.wire import Job, as_int16, next_heard, send_job
from voice_guide.session.events import Pause, Resumed, SpeechStarted
from voice_guide.session.turn_end import CUT, LONG_PIECE, POST_ROLL, PRE_ROLL
from voice_guide.sound import FRAME, RATE, Samples

Recording = tuple[str, Samples]
"""Words and sound."""


def main() -> None:
    """Print a block for the answers and one for the dialogues."""
    hush()
    parser = argparse.ArgumentParser(description="Word error of what is kept.")
    parser.add_argument("--half", choices=HALVES, default="report")
    parser.add_argument("--live", default="tiny.en")
    parser.add_argument("--second", default="base")
    parser.add_argument("--draws", type=int, default=2)
    parser.add_argument("--speech", type=Path, default=SPEECH)
    options = parser.parse_args()
    silero = Silero(find("silero").main)
    live, second = (Whisper(find(name).folder, 1) for name in (options.live, options.second))
    say(machine())
    for name, recordings in (
        ("answers", answers(options.speech, HALVES[options.half], options.draws, silero)),
        ("dialogues", dialogues(options.speech, DIALOGUES[options.half])),
    ):
        say(f"{name}, {options.half}: {options.live} listens, {options.second} hears again")
        _block(list(recordings), live, second, silero)


def _block(recordings: list[Recording], live: Whisper, second: Whisper, silero: Silero) -> None:
    found: dict[str, Errors] = {}
    took: dict[str, float] = {}
    for words, sound in recordings:
        memory, spans = pieces(sound, silero)
        first = [memory.span(*span) for span in spans]
        texts: list[str] = []
        ways: dict[str, Callable[[], str]] = {
            "as the guide hears it": functools.partial(_listened, live, first, texts),
            "as it is kept": functools.partial(kept, second, first, texts),
            "transcribe, whole recording": functools.partial(library, second, sound),
        }
        for way, run in ways.items():
            began = time.process_time()
            text = run()
            took[way] = took.get(way, 0.0) + time.process_time() - began
            found[way] = found.get(way, Errors()) + errors(words, text)
    for way, sum_ in found.items():
        say(f"  {way:28} {sum_.rate:7.2%} of {sum_.words} words   {took[way]:6.1f} s")


def _listened(live: Whisper, parts: list[Samples], texts: list[str]) -> str:
    texts += [live.transcribe(part).text for part in parts]
    return " ".join(texts)


def kept(second: Whisper, parts: list[Samples], texts: list[str]) -> str:
    """Each line heard again in the light of those before; the first words stay where nothing is sure."""
    jobs, answers = io.BytesIO(), io.BytesIO()
    for seq, part in enumerate(parts):
        send_job(jobs, Job(seq, as_int16(part)))
    jobs.seek(0)
    serve(second, jobs, answers)
    answers.seek(0)
    heard = [next_heard(answers) for _ in parts]
    return " ".join((each and each.text) or text for each, text in zip(heard, texts, strict=True))


def library(model: Whisper, sound: Samples) -> str:
    """faster-whisper as it is shipped."""
    segments, _ = model._model.transcribe(sound, language="en", beam_size=5)
    return " ".join(each.text for each in segments)


def answers(speech: Path, speakers: tuple[str, ...], draws: int, silero: Silero) -> Iterator[Recording]:
    """All utterances of each speaker, in another order in each draw."""
    for draw in range(draws):
        for number, speaker in enumerate(speakers):
            random = np.random.default_rng([draw, number])
            spoken = [(words, trimmed(sound, silero)) for words, sound in utterances(speech, (speaker,))]
            tone = min(quietest(sound) for _, sound in spoken)
            left = [spoken[index] for index in random.permutation(len(spoken))]
            while left:
                count = three_to_six(random)
                count = min(len(left), 6) if len(left) - count < 3 else count
                parts, left = left[:count], left[count:]
                sound = [room(1.0, tone, random)]
                for _, part in parts:
                    sound += [part, room(pause(random), tone, random)]
                yield " ".join(words for words, _ in parts), np.concatenate([*sound, room(1.5, tone, random)])


def dialogues(speech: Path, names: tuple[str, ...]) -> Iterator[Recording]:
    """Two people, clean and in a room."""
    said: dict[str, list[str]] = {}
    for line in (speech / "dialogues" / "dialogues.stm").read_text().splitlines():
        name, *_, words = line.split(" ", 5)
        said.setdefault(name, []).append(words.strip())
    for name, turns in said.items():
        if name.startswith(names):
            for file in sorted((speech / "dialogues").glob(f"{name}*.flac")):
                yield " ".join(turns), decode(file)


def pieces(sound: Samples, silero: Silero) -> tuple[SoundMemory, list[tuple[float, float]]]:
    """The spans that lines come from, seconds."""
    silero.reset()
    memory = SoundMemory(900.0)
    attention = Attention(Ears(RATE, silero, memory), Vitals())
    attention.open(0.0)
    spoken: list[tuple[float, float]] = []
    began = 0.0
    for index in range(0, len(sound) - FRAME + 1, FRAME):
        for _, events in attention.feed(Block(index, sound[index : index + FRAME])):
            for event in events:
                if isinstance(event, SpeechStarted | Resumed):
                    began = event.since
                elif isinstance(event, Pause):
                    spoken.append((began, event.since))
    joined: list[tuple[float, float]] = []
    for start, end in spoken:
        if joined and start - joined[-1][1] < CUT and joined[-1][1] - joined[-1][0] < LONG_PIECE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    floors = [0.0, *(end + POST_ROLL for _, end in joined)]
    return memory, [
        (max(floor, start - PRE_ROLL), end + POST_ROLL)
        for floor, (start, end) in zip(floors, joined, strict=False)
    ]


if __name__ == "__main__":
    main()
