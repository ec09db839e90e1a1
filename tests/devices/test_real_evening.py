"""The main job on real input: a whole evening through PortAudio, led, heard, transcribed and kept."""

from __future__ import annotations

import re
from itertools import groupby

import pytest

from tests.devices.evening import PARTNERS, Evening, EveningRun
from tests.recordings import SPEECH
from tests.wer import Errors, errors, words
from voice_guide import models
from voice_guide.hearing.whisper import Whisper

pytestmark = [pytest.mark.devices, pytest.mark.models]

LONGEST = 900.0
"""Seconds that the evening may take."""


@pytest.fixture(scope="module")
def evening(evening_in_background: EveningRun) -> Evening:
    """The evening that began when the tests did."""
    return evening_in_background.wait(LONGEST)


def test_evening_reaches_its_end(evening: Evening) -> None:
    """The program leads both to the end, exits well, and keeps what both agreed to keep."""
    assert evening.exit_code == 0, evening.output
    assert evening.events[-1]["event"] == "finished"
    assert evening.events[-1]["reason"] == "completed"
    assert evening.exported["state"] == "kept"
    assert not [e for e in evening.events if e["event"] == "failed"]


def test_what_was_heard_is_what_was_said(evening: Evening, capsys: pytest.CaptureFixture[str]) -> None:
    """Every answer is in the record under its speaker, with few wrong words; the figures are printed."""
    turns = groupby(evening.exported["lines"], key=lambda line: (line["turn"], line["who"]))
    answers = {key: " ".join(line["text"] for line in lines) for key, lines in turns}
    happened = [e["event"] for e in evening.events if e["event"] in ("command", "no_input", "turn_reopened")]
    assert list(answers) == [(turn, who) for turn, (who, _) in evening.said.items()], happened
    whisper = Whisper(models.find("transcriber").folder, threads=1)
    total = direct = Errors()
    table = []
    for turn, (who, said) in evening.said.items():
        heard = answers[turn, who]
        found = errors(said, heard)
        total += found
        direct += errors(said, whisper.transcribe(evening.played[turn].samples).text)
        table.append(f"  {who:5} {found.edits:2} of {found.words:2} words wrong")
    source = "LibriSpeech test-other" if SPEECH.is_dir() else "Piper"
    with capsys.disabled():
        print("\n" + "\n".join(table))
        print(f"word error rate of the evening ({source}, {total.words} words): {total.rate:.1%}")
        print(f"the same recordings given to the same model as they are: {direct.rate:.1%}")
    assert total.rate < direct.rate + 0.1


def test_no_word_of_the_guide_is_in_the_record(evening: Evening) -> None:
    """No four words in a row that the guide said, and nobody else, are in the record, though it leaks."""
    prompts = " ".join(e["text"] for e in evening.events if e["event"] == "prompt")
    said = " ".join(text for _, text in evening.said.values())
    guide = _grams(prompts) - _grams(said)
    kept = set().union(*(_grams(line["text"]) for line in evening.exported["lines"]))
    assert not guide & kept
    assert guide


def test_the_events_tell_the_evening(evening: Evening) -> None:
    """Times never run backwards, every turn is heard to its end once, and every kept line has its number."""
    times = [e["at"] for e in evening.events]
    assert times == sorted(times)
    finals = [e["turn"] for e in evening.events if e["event"] == "heard" and e["final"]]
    assert len(finals) == len(set(finals))
    kept = [e["seq"] for e in evening.events if e["event"] == "kept"]
    assert kept == [line["seq"] for line in evening.exported["lines"]]
    assert evening.events[0]["partners"] == list(PARTNERS)


def test_the_terminal_shows_no_partner_word(evening: Evening) -> None:
    """Prompts, turns and states are on the terminal; what partners said is not."""
    shown = set(words(re.sub(r"Guide: .*", "", evening.output)))
    rare = {w for _, text in evening.said.values() for w in words(text) if len(w) > 8}
    assert not shown & rare
    assert "Guide:" in evening.output


def _grams(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(found, found[1:], found[2:], found[3:], strict=False))
