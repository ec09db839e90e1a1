"""Recorded human speech with known words, beside the project; see its SOURCES.md."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from voice_guide.sound import Samples

SPEECH = Path(os.environ.get("VOICE_GUIDE_SPEECH") or Path(__file__).parents[2] / "shared" / "speech")


def decode(file: Path) -> Samples:
    """The sound in a file, mono at 16 kHz."""
    from faster_whisper.audio import decode_audio

    return cast(Samples, decode_audio(str(file)))


def utterances(speech: Path, speakers: tuple[str, ...]) -> Iterator[tuple[str, Samples]]:
    """Words and sound of each LibriSpeech utterance of these speakers."""
    lines = (speech / "librispeech" / "test-other.trans.txt").read_text().splitlines()
    words = dict(line.split(" ", 1) for line in lines)
    for speaker in speakers:
        for file in sorted((speech / "librispeech" / speaker).glob("*.flac")):
            yield words[file.stem], decode(file)
