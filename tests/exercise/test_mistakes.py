"""What an author is told about each mistake: mistakes.txt, and what cannot stand in a text file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.exercise.scripts_in_memory import HEAD, problems
from voice_guide.exercise import source

PARSERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def transcripts() -> list[tuple[str, str]]:
    """Text and expected problem of each block of mistakes.txt."""
    blocks = Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8").split("\n\n")
    pairs = [block.strip("\n").split("\n=> ") for block in blocks if "\n=> " in block]
    return [(HEAD + text + "\n" if text.startswith("- ") else text, told) for text, told in pairs]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("text", "told"), transcripts())
def test_each_mistake_is_told_with_its_place_and_what_helps(
    monkeypatch: pytest.MonkeyPatch, parser: type, text: str, told: str
) -> None:
    """The exact sentence; PyYAML's two parsers word their errors differently, an author reads the same."""
    monkeypatch.setattr(source, "_LOADER", parser)
    found = problems(text)
    assert (told if told.startswith("parts/") else f"s.yaml:{told}") in found


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: the file is empty (begin with title: and a title)"),
        ("a: b\x07", "1:5: an invisible character stands here, U+0007 (delete it and type the place again)"),
        ('a: "\\a"', "1:4: an invisible character stands here, U+0007 (delete it and type the place again)"),
        (
            "a: \u202eb",
            "1:4: an invisible character stands here, U+202E (delete it and type the place again)",
        ),
        ("[" * 50, "1:22: the lists are nested too deep (move some steps out of when or each)"),
        ("# " + "x" * source.LIMIT, "1:1: the file is larger than 256 KB (split it in two)"),
    ],
)
def test_what_could_hurt_is_refused(
    monkeypatch: pytest.MonkeyPatch, parser: type, text: str, told: str
) -> None:
    """Hidden characters, files that swell: one problem, and nothing else is read."""
    monkeypatch.setattr(source, "_LOADER", parser)
    assert problems(text) == [f"s.yaml:{told}"]


@pytest.mark.parametrize("parser", PARSERS)
def test_a_backslash_is_explained_by_either_parser(monkeypatch: pytest.MonkeyPatch, parser: type) -> None:
    """The two parsers differ by a column here, and agree on the sentence."""
    monkeypatch.setattr(source, "_LOADER", parser)
    (line,) = problems('a: "\\q"')
    assert line.endswith(": a backslash has a special meaning in double quotes (leave it out)")
