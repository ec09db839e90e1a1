"""The models of an evening: found, loaded when they are first needed, and put to work ahead of need."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from voice_guide import models
from voice_guide.aides import Aides
from voice_guide.audio.played import Played
from voice_guide.audio.vitals import Vitals
from voice_guide.exercise.flat import Program
from voice_guide.exercise.sentences import LIMIT, chunks
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.echo import Suppressor, suppressor_installed
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.overhearing import Overhearing
from voice_guide.hearing.silero import Silero
from voice_guide.hearing.smart_turn import SmartTurn
from voice_guide.hearing.voices import SpeakerModel, Voices
from voice_guide.hearing.whisper import Whisper
from voice_guide.home import Home, make_private_folder
from voice_guide.jobs import HeardAgain
from voice_guide.language.tables import Language
from voice_guide.second_pass.desk import Desk, second_pass_command
from voice_guide.session.commands import without_tail
from voice_guide.session.frame import asides, spoken_at
from voice_guide.session.tones import Tone
from voice_guide.sound import Sound
from voice_guide.speaking.piper import PiperVoice
from voice_guide.speaking.prompts import Prompts
from voice_guide.speaking.tones import tone
from voice_guide.stage import Again
from voice_guide.worker import Worker


@dataclass(frozen=True, slots=True)
class Engines:
    """The guide's voice, its ear for speech, and the transcriber."""

    voice: PiperVoice
    prompts: Prompts
    silero: Silero
    ear: Path
    """The speech detector's file, for a second one."""
    load_transcriber: Callable[[], Whisper]
    names: tuple[str, ...]
    """Of the models, for the record."""
    language: Language
    second: Path | None
    """The model that hears kept words again."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """Those of `names`, and of the model that hears kept words again."""
        return self.names if self.second is None else (*self.names, f"{self.second.name}, again")

    def ready(self, sentences: tuple[str, ...], pace: float = 1.0) -> Sound | None:
        """A prompt that needs no rendering, or None."""
        return self.prompts.ready(sentences, pace)

    def aides(self) -> Aides:
        """Helpers for one evening, those that are installed: what they learn of voices goes with it."""
        return Aides(_turn_model, _voices)

    def attention(
        self, memory: SoundMemory, played: Played | None = None
    ) -> Callable[[int, float], Attention]:
        """Makes the ears for each microphone stream of one evening: its rate, and when its first block begins."""
        vitals = Vitals()

        def ears(rate: int, at: float) -> Attention:
            return Attention(Ears(rate, self.silero, memory, at), vitals, self._overhearing(played))

        return ears

    def _overhearing(self, played: Played | None) -> Overhearing | None:
        """What hears while the guide speaks, for one microphone stream; None without echo cancellation."""
        if played is None or not suppressor_installed():
            return None
        return Overhearing(played, Suppressor(), Silero(self.ear))

    def again(self, memory: SoundMemory, deliver: Callable[[HeardAgain], None]) -> Again | None:
        """What hears kept words again; nothing starts before there are some."""
        if self.second is None:
            return None
        command = second_pass_command(str(self.second), self.language.code, _threads())
        return Again(Desk(command, deliver), memory, lambda text: without_tail(text, self.language))


def find_engines(
    cache: Path | None,
    rate: int,
    language: Language,
    speed: float = 1.0,
    sounds: Mapping[str, str] = MappingProxyType({}),
) -> Engines:
    """The installed models for a language; prompts are rendered for a loudspeaker of `rate` Hertz.

    Raises ModelError.
    """
    speech, speaker, ear = (models.find(role, language.code) for role in ("transcriber", "voice", "vad"))
    voice, second = PiperVoice(speaker.folder), models.second_model(language.code)
    return Engines(
        voice=voice,
        prompts=Prompts(voice, cache, rate, speed, sounds),
        silero=Silero(ear.main),
        ear=ear.main,
        load_transcriber=lambda: Whisper(
            speech.folder, _threads(), language.code, language.commands.hints, language.commands.over
        ),
        names=(speech.name, speaker.name, ear.name),
        language=language,
        second=None if second is None else second.folder,
    )


def _turn_model() -> SmartTurn:
    return SmartTurn(models.find(models.Role.TURN).main)


def _voices() -> Voices:
    return Voices(SpeakerModel(models.find(models.Role.SPEAKER).main))


def prompt_cache(home: Home) -> Path:
    """Where rendered prompts are kept; made if it is not there. Raises StorageError."""
    cache = home.root / "cache" / "prompts"
    make_private_folder(cache.parent)
    return cache


def _threads() -> int:
    """Processor threads for the transcriber: one core is left for the voice and for listening.

    On a machine with two cores one thread took 0.41 s for an answer and two took 0.60 s (base, beam 5).
    """
    return max(1, min(4, (os.cpu_count() or 2) - 1))


class Ahead:
    """Has what may be said rendered before it is needed, in the order in which it may be."""

    def __init__(self, engines: Engines, worker: Worker) -> None:
        self._engines = engines
        self._worker = worker
        self._texts: tuple[tuple[str, float], ...] = ()

    def program(self, program: Program, *, with_asides: bool = True) -> None:
        """All that this program may say."""
        self._engines.prompts.spell(program.sounds)
        aside = asides(program) if with_asides else ()
        self._texts = (*spoken_at(program), *((text, 1.0) for text in aside))
        self._render(self._texts)

    def set_speed(self, speed: float) -> None:
        """Speak at another speed: everything has to be rendered again."""
        self._engines.prompts.speed = speed
        self._render(self._texts)

    def _render(self, texts: Iterable[tuple[str, float]]) -> None:
        """Sentence by sentence, so that nothing urgent waits long for one of them.

        Whether a kept one is undamaged is for the worker to find out: reading them all takes its time.
        """
        self._worker.render_none()
        prompts = self._engines.prompts
        for text, pace in texts:
            limit = LIMIT * prompts.speed * pace  # as the machine cuts them
            for sentence in (sentence for chunk in chunks(text, limit) for sentence in chunk):
                if not prompts.in_memory(sentence, pace):
                    self._worker.render_ahead((sentence,), pace)


@functools.cache
def tone_at(kind: Tone, rate: int) -> Sound:
    """A tone for a loudspeaker of `rate` Hertz."""
    return tone(kind, rate)
