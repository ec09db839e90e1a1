"""The one place that builds adapters and hands them to the runner."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

from voice_guide import models
from voice_guide.audio.devices import find_input, find_output
from voice_guide.audio.microphone import PortAudioMicrophone
from voice_guide.audio.speaker import PortAudioSpeaker
from voice_guide.audio.virtual import RoomMicrophone, RoomSpeaker, VirtualRoom
from voice_guide.clock import Clock
from voice_guide.errors import ExitCode
from voice_guide.exercise.program import unroll
from voice_guide.exercise.steps import Exercise, Program
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.whisper import Whisper
from voice_guide.home import Home, make_private_folder
from voice_guide.inbox import Inbox, SignalCame, Source
from voice_guide.notebook import Shelf, evening_info
from voice_guide.rehearsal.answers import Couple, Entry
from voice_guide.rehearsal.cues import Cues
from voice_guide.rehearsal.pace import FastPace, RealPace
from voice_guide.rehearsal.spoken import SpokenCouple
from voice_guide.runner import Runner
from voice_guide.screen.listener import Listener
from voice_guide.session.english import HINTS
from voice_guide.session.frame import asides, framed, spoken_texts
from voice_guide.session.machine import begin
from voice_guide.session.sentences import chunks
from voice_guide.session.tones import Tone
from voice_guide.sound import RATE, Sound
from voice_guide.speaking.piper import PiperVoice
from voice_guide.speaking.prompts import Prompts
from voice_guide.speaking.tones import tone
from voice_guide.stage import Stage
from voice_guide.worker import Worker

_SIGNALS = {"SIGINT": ExitCode.INTERRUPTED, "SIGTERM": ExitCode.TERMINATED, "SIGHUP": ExitCode.TERMINATED}


@dataclass(frozen=True, slots=True)
class Devices:
    """The microphone and the loudspeaker of a real evening."""

    microphone: PortAudioMicrophone
    speaker: PortAudioSpeaker


def open_devices() -> Devices:
    """Find both. Raises DeviceError if one of them is missing."""
    find_input()
    find_output()
    return Devices(PortAudioMicrophone(), PortAudioSpeaker())


@dataclass(frozen=True, slots=True)
class Engines:
    """The models of an evening, loaded when they are first needed."""

    voice: PiperVoice
    prompts: Prompts
    silero: Silero
    load_transcriber: Callable[[], Whisper]
    names: tuple[str, ...]


def engines(home: Home, rate: int) -> Engines:
    """The installed models; prompts are rendered for a loudspeaker of `rate` Hertz. Raises ModelError."""
    speech, speaker, ear = (models.find(role) for role in ("transcriber", "voice", "vad"))
    cache = home.root / "cache" / "prompts"
    make_private_folder(cache.parent)
    voice = PiperVoice(speaker.folder)
    return Engines(
        voice=voice,
        prompts=Prompts(voice, cache, rate),
        silero=Silero(ear.main),
        load_transcriber=lambda: Whisper(speech.folder, threads=_threads(), hints=HINTS),
        names=(speech.name, speaker.name, ear.name),
    )


def _threads() -> int:
    """Processor threads for the transcriber: one core is left for the voice and for listening.

    On a machine with two cores one thread took 0.41 s for an answer and two took 0.60 s (base, beam 5).
    """
    return max(1, min(4, (os.cpu_count() or 2) - 1))


def real_evening(
    exercise: Exercise,
    partners: tuple[str, str],
    devices: Devices,
    shelf: Shelf,
    listeners: Sequence[Listener],
) -> int:
    """An evening with two people; returns the exit code."""
    program = framed(unroll(exercise, partners), protected=shelf.protected)
    found = engines(shelf.home, devices.speaker.rate)
    inbox = Inbox()
    memory = SoundMemory()
    stage = Stage(
        microphone=devices.microphone,
        speaker=devices.speaker,
        ears=Ears(devices.microphone.rate, found.silero, memory),
        memory=memory,
        worker=Worker(found.load_transcriber, found.prompts, inbox.put),
        prompt_ready=lambda spoken: _ready(found.prompts, spoken),
        tone=functools.partial(_tone, rate=devices.speaker.rate),
        open_notebook=lambda: shelf.open(evening_info(exercise, partners, found.names)),
        inbox=inbox,
        clock=Clock(),
    )
    _render_ahead((*spoken_texts(program), *asides(program)), found.prompts, stage.worker)
    return _run(program, stage, listeners)


def rehearsed_evening(
    exercise: Exercise,
    partners: tuple[str, str],
    entries: Sequence[Entry],
    shelf: Shelf,
    pace: str,
    listeners: Sequence[Listener],
) -> int:
    """An evening without people in a simulated room, through the real models; returns the exit code."""
    program = framed(unroll(exercise, partners), protected=shelf.protected)
    found = engines(shelf.home, RATE)
    room = VirtualRoom()
    timing = RealPace(room) if pace == "real" else FastPace(room)
    memory = SoundMemory()
    worker = Worker(found.load_transcriber, found.prompts, timing.inbox.put)
    timing.idle = lambda: worker.idle
    stage = Stage(
        microphone=RoomMicrophone(room),
        speaker=RoomSpeaker(room),
        ears=Ears(room.rate, found.silero, memory),
        memory=memory,
        worker=worker,
        prompt_ready=lambda spoken: _ready(found.prompts, spoken),
        tone=functools.partial(_tone, rate=RATE),
        open_notebook=lambda: shelf.open(evening_info(exercise, partners, found.names)),
        inbox=timing.inbox,
        clock=timing.clock,
    )
    couple = SpokenCouple(Cues(program, Couple(program, entries)), room, found.voice, partners)
    with timing:
        _render_ahead(spoken_texts(program), found.prompts, worker)
        return _run(program, stage, [*listeners, couple])


def _render_ahead(texts: Sequence[str], prompts: Prompts, worker: Worker) -> None:
    """Sentence by sentence, so that nothing urgent waits long for one of them."""
    for text in texts:
        for sentence in (sentence for chunk in chunks(text) for sentence in chunk):
            if not prompts.is_ready((sentence,)):
                worker.render_ahead((sentence,))


def _run(program: Program, stage: Stage, listeners: Sequence[Listener]) -> int:
    with _signals(stage.inbox) as came:
        reason = Runner(begin(program), stage, listeners).run()
    return int(_SIGNALS[came[0]]) if reason == "interrupted" and came else int(ExitCode.WELL)


def _ready(prompts: Prompts, sentences: tuple[str, ...]) -> Sound | None:
    return prompts.render(sentences) if prompts.is_ready(sentences) else None


@functools.cache
def _tone(kind: Tone, rate: int) -> Sound:
    return tone(kind, rate)


@contextlib.contextmanager
def _signals(inbox: Source) -> Iterator[list[str]]:
    """Ctrl-C, SIGTERM and a closed terminal come through the inbox like everything else."""
    came: list[str] = []

    def put(number: int, frame: FrameType | None) -> None:
        del frame
        came.append(signal.Signals(number).name)
        inbox.put(SignalCame(came[-1]))

    before = {name: signal.signal(signal.Signals[name], put) for name in _SIGNALS}
    try:
        yield came
    finally:
        for name, handler in before.items():
            signal.signal(signal.Signals[name], handler)
