"""What the guide will say, rendered ahead: a prompt is sound before it is needed."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np

from voice_guide.audio.resample import resample
from voice_guide.exercise.sentences import PAUSE
from voice_guide.sound import Sound, silence
from voice_guide.speaking.cache import Pcm, SentenceCache, from_pcm, to_pcm


class Voice(Protocol):
    """Anything that speaks a sentence."""

    @property
    def identity(self) -> str:
        """Changes whenever the same words would sound otherwise."""

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """One sentence as sound, at the voice's own rate."""


class Prompts:
    """Renders prompts, each sentence once: kept in memory, and in the folder `cache`, if there is one.

    May be used from several threads; one renders at a time, and what is sound already waits for none of them.
    `sounds` spells names as they are to be said.
    """

    def __init__(
        self,
        voice: Voice,
        cache: Path | None,
        rate: int,
        speed: float = 1.0,
        sounds: Mapping[str, str] | None = None,
    ) -> None:
        self._voice = voice
        self._disk = SentenceCache(cache) if cache else None
        self._rate = rate
        self.speed = speed
        """1.0 is the voice's calm pace; a change counts for all that is rendered from then on."""
        self._own = dict(sounds or {})
        self.spell(())
        self._memory: dict[str, tuple[Pcm, int]] = {}
        self._lock = threading.Lock()
        """Held while the voice synthesizes, which may take seconds; never to look for what is there."""

    def spell(self, words: Iterable[tuple[str, str]]) -> None:
        """Say these words as they are spelled here, and no longer those of the script before; names stay."""
        self._sounds = {**dict(words), **self._own}
        names = "|".join(re.escape(name) for name in sorted(self._sounds, key=len, reverse=True))
        self._names = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if names else None

    @property
    def cache_problem(self) -> str | None:
        """Why prompts are kept in memory only, in a sentence for the user; None while all is well."""
        return self._disk.problem if self._disk else None

    def in_memory(self, sentence: str, pace: float = 1.0) -> bool:
        """Has this sentence been rendered or read here?"""
        return self._key(sentence, self._at(pace)) in self._memory

    def ready(self, sentences: tuple[str, ...], pace: float = 1.0) -> Sound | None:
        """The prompt if nothing of it must be synthesized, else None; a damaged file counts for nothing."""
        speed = self._at(pace)
        known = [self._known(self._key(sentence, speed)) for sentence in sentences]
        sounds = [from_pcm(*one) for one in known if one is not None]
        return self._joined(sounds) if len(sounds) == len(sentences) else None

    def prepare(self, sentences: tuple[str, ...], pace: float = 1.0) -> None:
        """Have these sentences in memory or undamaged on disk from now on. Raises ModelError."""
        speed = self._at(pace)
        for sentence in sentences:
            key = self._key(sentence, speed)
            if key not in self._memory and self._from_disk(key) is None:
                self._sentence(sentence, speed, keep=True)

    def render(self, sentences: tuple[str, ...], pace: float = 1.0, *, keep: bool = True) -> Sound:
        """The sentences with 0.6 s between them, at this object's rate, and at `pace` times its speed.

        `keep=False` keeps the sound in memory only: for all that quotes a partner. Raises ModelError.
        """
        speed = self._at(pace)  # once: somebody may ask for another while this is rendered
        return self._joined([self._sentence(sentence, speed, keep) for sentence in sentences])

    def _at(self, pace: float) -> float:
        return round(self.speed * pace, 3)

    def _joined(self, sounds: list[Sound]) -> Sound:
        if not sounds:
            return Sound(silence(0, self._rate), self._rate)
        rate = sounds[0].rate
        pieces = [sounds[0].samples]
        for sound in sounds[1:]:
            pieces += [silence(PAUSE, rate), sound.samples]
        return resample(Sound(np.concatenate(pieces), rate), self._rate)

    def _sentence(self, sentence: str, speed: float, keep: bool) -> Sound:
        key = self._key(sentence, speed)
        known = self._known(key)
        if known is None:
            with self._lock:
                # Another thread may have rendered it while this one waited.
                known = self._memory.get(key) or self._from_voice(key, sentence, speed, keep)
                self._memory[key] = known
        return from_pcm(*known)

    def _known(self, key: str) -> tuple[Pcm, int] | None:
        """From memory, else from disk and in memory from now on."""
        known = self._memory.get(key) or self._from_disk(key)
        if known is not None:
            self._memory[key] = known
        return known

    def _from_disk(self, key: str) -> tuple[Pcm, int] | None:
        return self._disk.read(key) if self._disk else None

    def _from_voice(self, key: str, sentence: str, speed: float, keep: bool) -> tuple[Pcm, int]:
        sound = self._voice.synthesize(self._as_it_sounds(sentence), speed)
        pcm = to_pcm(sound)
        if keep and self._disk:
            self._disk.write(key, pcm, sound.rate)
        return pcm, sound.rate

    def _key(self, sentence: str, speed: float) -> str:
        # A hash: file names must not tell what is said, and names of partners are in it.
        text = f"{self._voice.identity}\n{speed}\n{self._as_it_sounds(sentence)}"
        return hashlib.blake2b(text.encode("utf-8"), digest_size=20).hexdigest()

    def _as_it_sounds(self, sentence: str) -> str:
        if self._names is None:
            return sentence
        return self._names.sub(lambda found: self._sounds[found.group()], sentence)
