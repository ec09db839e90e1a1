"""The whole evening through the real models: VAD, Whisper, machine, Piper and record in one simulated room."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.evenings.guide import Guide, read_events
from tests.recordings import SPEECH
from tests.wer import Errors, errors, words

pytestmark = pytest.mark.models

ANSWERS = [
    {"of": "Ben", "text": "I think you are afraid of the winter."},
    {"of": "Ana", "text": "It is the long evenings, and the silence in the house."},
    {"of": "Ana", "text": "When my sister moved out, nobody called for a year. I'm done."},
    {"of": "Ana", "text": "I keep the radio on."},
    {"of": "Ben", "step": "missing", "text": "No."},
    {"of": "Ana", "step": "landing/first", "text": "Peaceful."},
]
"""In the order in which they are asked."""


@dataclass(frozen=True)
class Rehearsal:
    """One rehearsal, shared by the tests."""

    guide: Guide
    events: list[dict[str, Any]]
    export: dict[str, Any]
    output: str


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """An evening with some answers from a file, some built in."""
    folder = tmp_path_factory.mktemp("rehearsal")
    guide = Guide(folder / "home")
    answers, events = folder / "answers.yaml", folder / "events.jsonl"
    entries: list[dict[str, str]] = list(ANSWERS)
    if SPEECH.is_dir():
        sound = SPEECH / "librispeech" / "2033" / "2033-164914-0004.flac"
        entries.append({"of": "Ben", "step": "say-back", "sound": str(sound)})
    answers.write_text(json.dumps(entries))
    done = guide.run(
        "rehearse", "what-im-afraid-of", "--audio", "--answers", str(answers), "--events", str(events)
    )
    assert done.returncode == 0, done.stderr
    return Rehearsal(guide, read_events(events), guide.export(), done.stdout)


def test_answers_are_in_the_record_under_their_speaker(rehearsal: Rehearsal) -> None:
    """What the file made them say is in the record under its speaker, with few words wrong."""
    total = Errors()
    for entry in ANSWERS:
        if entry.get("step") == "missing":
            continue
        said = entry["text"].removesuffix(" I'm done.")
        turns: dict[int, str] = {}
        for line in rehearsal.export["lines"]:
            if line["who"] == entry["of"]:
                turns[line["turn"]] = f"{turns.get(line['turn'], '')} {line['text']}"
        total += min((errors(said, text) for text in turns.values()), key=lambda found: found.rate)
    assert total.rate <= 0.2


def test_record_is_marked_and_kept(rehearsal: Rehearsal) -> None:
    """The evening is kept, marked as a rehearsal, and apart from any couple's vault."""
    assert rehearsal.export["state"] == "kept"
    assert rehearsal.export["rehearsal"] is True
    assert rehearsal.events[-1]["reason"] == "completed"
    assert "rehearsal" in rehearsal.guide.run("sessions").stdout
    assert not (rehearsal.guide.home / "vault.json").exists()


def test_no_word_of_the_guide_is_in_the_record(rehearsal: Rehearsal) -> None:
    """Though the guide leaks into the microphone, none of its sentences is in the record."""
    kept = " ".join(" ".join(words(line["text"])) for line in rehearsal.export["lines"])
    for prompt in (e["text"] for e in rehearsal.events if e["event"] == "prompt"):
        assert " ".join(words(prompt)) not in kept


def test_spoken_done_ends_the_timed_turn(rehearsal: Rehearsal) -> None:
    """Ana's "I'm done" ended her three minutes early, and is in nobody's text."""
    ended = [e for e in rehearsal.events if e["event"] == "turn_ended" and e["reason"] == "done"]
    assert len(ended) == 1
    assert ended[0]["who"] == "Ana"
    assert not [line for line in rehearsal.export["lines"] if "done" in line["text"].lower()]


def test_everything_on_disk_is_private(rehearsal: Rehearsal) -> None:
    """Folders are 0700 and files 0600, and no file of the data folder holds a word in the clear."""
    for path in rehearsal.guide.home.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
        if path.is_file():
            held = path.read_bytes()
            assert b"radio" not in held
            assert b"sister" not in held


def test_no_library_left_anything_in_the_home(tmp_path: Path, rehearsal: Rehearsal) -> None:
    """A list of evenings made with another HOME leaves nothing there."""
    import os
    import subprocess
    import sys

    env = {**rehearsal.guide.env, "HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-m", "voice_guide", "sessions"], env=env, check=True, capture_output=True
    )
    assert os.listdir(tmp_path) == []
