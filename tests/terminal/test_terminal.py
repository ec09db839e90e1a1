"""The program at a terminal: what is typed leads to exactly what the transcripts show, to the letter."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.terminal.given import GIVEN
from tests.terminal.playing import FOLDER, play
from tests.terminal.transcript import read
from voice_guide.exercise.sentences import sentences

TRANSCRIPTS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_transcript(name: str, tmp_path: Path) -> None:
    """Played by the real program in a terminal, it is seen as it stands in its file."""
    transcript = read(FOLDER / f"{name}.txt")
    found = play(transcript, tmp_path.resolve())
    differences = difflib.unified_diff(transcript.body, found, "as written", "as seen", lineterm="", n=2)
    assert not (difference := "\n".join(differences)), f"{transcript.about}\n{difference}"


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_transcript_can_be_read(name: str) -> None:
    """It says what it holds, what it needs is known, and nobody is shown a traceback."""
    transcript = read(FOLDER / f"{name}.txt")
    assert transcript.about.endswith(".")
    assert transcript.commands
    assert set(transcript.given) <= set(GIVEN)
    assert "Traceback" not in "\n".join(transcript.body)


def test_what_went_wrong_is_told_in_short_sentences() -> None:
    """Each error in a transcript is sentences of at most 20 words, and one line of advice."""
    told = 0
    for name in TRANSCRIPTS:
        for line in read(FOLDER / f"{name}.txt").body:
            if line.startswith("voice-guide: "):
                told += 1
                for sentence in sentences(line.removeprefix("voice-guide: ")):
                    assert len(sentence.split()) <= 20, sentence
    assert told > 10
