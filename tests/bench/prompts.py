"""Every sentence that the guide can say, once through Piper and back through Whisper: which words do not come back?

python -m tests.bench.prompts [NAME...]; needs base and the voice joe. Prints the sentences in which two words or more
are missing, and the word error over all. A word that never comes back may be one that nobody makes out either.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import numpy as np

from tests.bench.figures import machine, say
from tests.english import unroll
from tests.wer import Errors, errors, words
from voice_guide import models
from voice_guide.audio.resample import resample
from voice_guide.exercise.sentences import sentences
from voice_guide.hearing.whisper import Whisper
from voice_guide.library import open_script, scripts
from voice_guide.session.frame import asides, framed, spoken_texts
from voice_guide.sound import RATE, Samples, Sound, silence
from voice_guide.speaking.piper import PiperVoice

NAMES = ("Anna", "Ben")
WORST = 2
"""Words of a sentence that are missing when it is shown."""


def spoken(names: Iterable[str]) -> Iterator[str]:
    """Each sentence once: those of the scripts, of the frame around them, and what may come in between."""
    seen: set[str] = set()
    for name in names:
        program = framed(unroll(open_script(name), NAMES), protected=True)
        for text in (*spoken_texts(program), *asides(program)):
            for sentence in sentences(text):
                if sentence not in seen:
                    seen.add(sentence)
                    yield sentence


def rendered(voice: PiperVoice, sentence: str) -> Samples:
    """A sentence at 16 kHz, with room around it."""
    sound: Sound = resample(voice.synthesize(sentence), RATE)
    return np.concatenate([silence(0.3, RATE), sound.samples, silence(0.3, RATE)]).astype(np.float32)


def main(names: list[str]) -> None:
    """Print what does not come back."""
    say(machine())
    voice, whisper = PiperVoice(models.find("joe").folder), Whisper(models.find("base").folder, threads=1)
    total, count = Errors(), 0
    for sentence in spoken(names or scripts()):
        heard = whisper.transcribe(rendered(voice, sentence)).text
        found = errors(sentence, heard)
        total, count = total + found, count + 1
        missing = [word for word in words(sentence) if word not in words(heard)]
        if len(missing) >= WORST:
            say(f"  {' '.join(missing)}: {sentence!r} came back as {heard!r}")
    say(f"{count} sentences, {total.words} words, word error {total.rate:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
