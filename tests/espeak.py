"""A voice for tests in languages for which no small package holds a Piper voice: espeak-ng, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np

from voice_guide.sound import Sound

RATE = 22_050
WORDS_A_MINUTE = 150
_HEADER = 44
"""Bytes before the samples of the WAV that espeak-ng writes to a pipe; the lengths in them are not known yet."""
_PEAK = 0.5


def installed() -> bool:
    """Whether espeak-ng is here."""
    return shutil.which("espeak-ng") is not None


class EspeakVoice:
    """Stands for `speaking.piper.PiperVoice`; the name of its folder is the language."""

    def __init__(self, folder: Path) -> None:
        self._language = folder.name
        self.identity = f"espeak-{self._language}"

    def load(self) -> object:
        """Nothing needs to be loaded."""
        return self

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """Speak one sentence."""
        pace = str(round(WORDS_A_MINUTE * speed))
        done = subprocess.run(
            ["espeak-ng", "-v", self._language, "-s", pace, "--stdout", "--stdin"],
            input=text.encode(),
            capture_output=True,
            check=True,
        )
        samples = np.frombuffer(done.stdout[_HEADER:], dtype="<i2").astype(np.float32) / np.float32(32768)
        loudest = float(np.abs(samples).max(initial=1e-6))
        return Sound((samples * np.float32(_PEAK / loudest)).astype(np.float32), RATE)
