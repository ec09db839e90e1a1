"""What setup speaks and listens with: Piper, the chosen devices, Whisper; each is loaded when first needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_guide.audio import measure
from voice_guide.audio.naming import Route, outlets, prepare
from voice_guide.audio.ports import Microphone, Speaker
from voice_guide.audio.resample import resample
from voice_guide.errors import DeviceError, ModelError
from voice_guide.exercise.sentences import sentences
from voice_guide.session.tones import Tone
from voice_guide.settings import Settings
from voice_guide.setup.effects import What
from voice_guide.setup.findings import Looked, Played, Reading, Understood
from voice_guide.setup.recorder import recording
from voice_guide.setup.voice import SetupVoice, in_words
from voice_guide.sound import RATE, Samples, Sound
from voice_guide.speaking.prompts import Prompts, Voice
from voice_guide.speaking.tones import tone

if TYPE_CHECKING:
    from voice_guide.hearing.whisper import Whisper

_SILENCE_SECONDS = 3.0
_SPEECH_SECONDS = 6.0
_ECHO_TAIL = 0.8
"""Seconds after the guide's sentence in which its echo may still come, through a slow sound server."""

_VOICE_RATE = 22_050
_DIRECTIONS = ("PULSE_SINK", "PULSE_SOURCE")


class Equipment:
    """A voice, or None to be silent; a folder with a transcriber, or None; and whatever devices are chosen."""

    def __init__(self, voice: Voice | None, transcriber: Path | None) -> None:
        self._settings = Settings()
        self._prompts = Prompts(voice, None, _VOICE_RATE) if voice is not None else None
        self._identity = voice
        self._voice = SetupVoice(self._rendered, self._speaker) if voice is not None else None
        self._transcriber = transcriber
        self._whisper: Whisper | None = None
        self._sentence: Samples = np.zeros(0, np.float32)
        self._environment = {name: os.environ.get(name) for name in _DIRECTIONS}

    def tune(self, settings: Settings) -> None:
        """Speak and listen as these settings say from now on."""
        before, self._settings = self._settings, settings
        if self._voice is None or self._identity is None:
            return
        if (before.loudspeaker, before.loudness) != (settings.loudspeaker, settings.loudness):
            self._voice.let_go()
        sounds = _spelled(settings)
        if before.speed != settings.speed or _spelled(before) != sounds:
            self._prompts = Prompts(self._identity, None, _VOICE_RATE, settings.speed, sounds)

    def look(self, *, anew: bool = True) -> Looked:
        """What is there now; `anew` also sees what has just been plugged in."""
        if anew and self._voice is not None:
            self._voice.let_go()
        try:
            found = outlets(anew=anew)
        except DeviceError as error:
            return Looked(problem=in_words(error))
        return Looked(found.loudspeakers, found.microphones)

    def say(self, text: str) -> None:
        """Begin to say it, after what is being said; returns at once."""
        if self._voice is not None:
            self._voice.say(text)

    def hush(self) -> None:
        """Fall silent."""
        if self._voice is not None:
            self._voice.hush()

    def wait(self) -> None:
        """Return when all that was to be said has been heard."""
        if self._voice is not None:
            self._voice.wait()

    def play(self, text: str) -> Played:
        """Say it to its end."""
        self.say(text)
        self.wait()
        return Played(self._voice.problem if self._voice is not None else "")

    def measure(self, what: What, text: str) -> Reading:
        """Listen, after what is being said."""
        listen: dict[What, Callable[[], Reading]] = {
            What.SILENCE: self._silence,
            What.SPEECH: self._speech,
            What.ECHO: lambda: self._echo(text),
        }
        self.wait()
        try:
            return listen[what]()
        except (DeviceError, ModelError) as error:
            return Reading(problem=in_words(error))

    def transcribe(self) -> Understood:
        """The words of what was heard last as speech."""
        if self._transcriber is None:
            return Understood()
        from voice_guide.hearing.whisper import Whisper

        try:
            if self._whisper is None:
                self._whisper = Whisper(self._transcriber, threads=max(1, min(4, (os.cpu_count() or 2) - 1)))
        except ModelError as error:
            return Understood(problem=in_words(error))
        return Understood(self._whisper.transcribe(self._sentence).text)

    def close(self) -> None:
        """Fall silent for good, and leave the environment as it was."""
        self._sentence = np.zeros(0, np.float32)
        if self._voice is not None:
            self._voice.close()
        self._route_anew()

    def _silence(self) -> Reading:
        with recording(self._microphone()) as recorder:
            heard = recorder.next(_SILENCE_SECONDS)
            lost = recorder.lost_seconds
        floor = measure.noise_floor_dbfs(heard, RATE)
        return Reading(floor_dbfs=floor, zero=measure.is_all_zero(heard), lost=lost)

    def _speech(self) -> Reading:
        with recording(self._microphone()) as recorder:
            if self._voice is not None:
                self._voice.play([tone(Tone.LISTENING, _VOICE_RATE)])
                self._voice.wait()
            heard = recorder.next(_SPEECH_SECONDS)
        self._sentence = heard
        return Reading(
            floor_dbfs=measure.noise_floor_dbfs(heard, RATE),
            speech_dbfs=measure.speech_level_dbfs(heard, RATE),
            clipped=measure.clipped_share(heard),
            zero=measure.is_all_zero(heard),
        )

    def _echo(self, text: str) -> Reading:
        assert self._voice is not None, "who cannot speak hears no echo"
        sounds = self._rendered(text)
        with recording(self._microphone()) as recorder:
            recorder.so_far()
            self._voice.play(sounds)
            self._voice.wait()
            heard = np.concatenate([recorder.so_far(), recorder.tail(_ECHO_TAIL)])
        if self._voice.problem:
            return Reading(problem=self._voice.problem)
        sent = np.concatenate([sound.samples for sound in sounds])
        played = resample(Sound(sent, sounds[0].rate), RATE).samples * np.float32(self._gain())
        echo = measure.echo_db(played, heard, RATE)
        level = None if echo is None else measure.speech_level_dbfs(played, RATE) + echo
        return Reading(zero=measure.is_all_zero(heard), echo_db=echo, echo_dbfs=level)

    def _rendered(self, text: str) -> list[Sound]:
        assert self._prompts is not None, "without a voice nothing is rendered"
        return [self._prompts.render((sentence,)) for sentence in sentences(text)]

    def _microphone(self) -> Microphone:
        from voice_guide.audio.microphone import PortAudioMicrophone

        return PortAudioMicrophone(self._route().microphone)

    def _speaker(self) -> Speaker:
        from voice_guide.audio.speaker import PortAudioSpeaker

        return PortAudioSpeaker(self._route().loudspeaker, self._gain())

    def _gain(self) -> float:
        return float(10 ** (self._settings.loudness / 20))

    def _route(self) -> Route:
        self._route_anew()
        return prepare(self._settings)

    def _route_anew(self) -> None:
        """The directions that the user's own environment gave, in case another device was tried in between."""
        for name, value in self._environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _spelled(settings: Settings) -> dict[str, str]:
    """Names and how they sound."""
    pairs = ((settings.first, settings.first_sounds), (settings.second, settings.second_sounds))
    return {name: sounds for name, sounds in pairs if name and sounds}
