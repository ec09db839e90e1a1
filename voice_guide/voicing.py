"""The guide's voice of an evening: what it says next, how loud, and whether it is really heard."""

from __future__ import annotations

from voice_guide.audio.ports import Speaker
from voice_guide.session.effects import Hush, PlayTone, SetVoice, Speak
from voice_guide.sound import Sound
from voice_guide.stage import Stage

TONE = 0
"""The id of sounds whose end nobody waits for."""

OVERDUE_AFTER = 6.0
"""Seconds after which a prompt that has not ended never will: a Bluetooth loudspeaker is up to 2 s late, and tones may
be queued before it."""


class Voicing:
    """Speaks prompts and tones through the loudspeaker of the moment."""

    def __init__(self, stage: Stage, loudness: float) -> None:
        self._stage = stage
        self._speaker = stage.lifeline.speaker
        self._gain = gain(loudness)
        self._waiting_for: int | None = None
        self._due: float | None = None
        self._rendered = False

    def through(self, speaker: Speaker) -> None:
        """Speak through this loudspeaker from now on, as loud as before."""
        self._speaker = speaker
        speaker.volume = self._gain

    def perform(self, effect: Speak | PlayTone | Hush | SetVoice) -> None:
        """Do what the machine asks of the voice."""
        match effect:
            case Speak():
                self._speak(effect)
            case PlayTone(tone=tone):
                self._speaker.play(TONE, self._stage.tone(tone))
            case Hush():
                self._waiting_for = self._due = None
                self._speaker.fade()
            case SetVoice(speed=speed, loudness=loudness):
                self._stage.set_speed(speed)
                self._gain = self._speaker.volume = gain(loudness)

    def rendered(self, prompt: int, sound: Sound) -> None:
        """A prompt has become sound; one that is not wanted any more is dropped."""
        if prompt == self._waiting_for:
            self._play(prompt, sound)

    @property
    def mute_from_the_start(self) -> bool:
        """Nothing could be rendered yet."""
        return not self._rendered

    def ended(self) -> None:
        """A prompt has been heard."""
        self._due = None

    def overdue(self, now: float) -> bool:
        """Whether a prompt should have ended long ago: the loudspeaker has stalled."""
        return self._due is not None and now > self._due

    def _speak(self, effect: Speak) -> None:
        """Play at once if it is sound already; a prompt that still has to be rendered overtakes all others."""
        self._waiting_for = effect.prompt
        sound = self._stage.prompt_ready(effect.sentences, effect.pace)
        if sound is not None:
            self._play(effect.prompt, sound)
        else:
            worker = self._stage.worker
            worker.render(effect.prompt, effect.sentences, effect.pace, keep=not effect.quotes)

    def _play(self, prompt: int, sound: Sound) -> None:
        self._rendered = True
        self._due = self._stage.clock.now() + sound.seconds + OVERDUE_AFTER
        self._speaker.play(prompt, sound)


def gain(decibels: float) -> float:
    """The factor on samples that so many decibels are."""
    return float(10 ** (decibels / 20))
