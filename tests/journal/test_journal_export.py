"""Records in the clear."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.journal.journal_help import INFO
from voice_guide.journal.evening import Evening, RecordLine, State
from voice_guide.journal.export import as_json, as_markdown, as_text


def line(seq: int, turn: int, who: str, text: str, at: float) -> RecordLine:
    """A line of the evening."""
    return RecordLine(seq=seq, at=at, turn=turn, step=f"q{turn}", who=who, text=text)


EVENING = Evening(
    id="2026-11-23-2041-k7qa",
    state=State.KEPT,
    rehearsal=False,
    info=INFO,
    lines=(
        line(1, 1, "Ana", "I am afraid", 60.0),
        line(2, 1, "Ana", "of heron words.", 80.0),
        line(3, 1, "Ben", "Oh.", 85.0),
        line(5, 2, "Ben", "# not *so* <b>bad</b>\n1. really", 1200.0),
    ),
)


def test_markdown_joins_the_lines_of_a_turn() -> None:
    """One paragraph for each turn and speaker, with the time of day; what was said is no markup."""
    assert as_markdown(EVENING) == (
        "# What I'm afraid of\n\n"
        "Ana and Ben, 2026-11-23 20:41\n\n"
        "**Ana** (20:42)\n\nI am afraid of heron words.\n\n"
        "**Ben** (20:42)\n\nOh.\n\n"
        "**Ben** (21:01)\n\n\\# not \\*so\\* \\<b\\>bad\\</b\\> 1. really\n"
    )


def test_a_number_at_the_start_makes_no_list() -> None:
    """What begins like a list stays a sentence."""
    for said, written in (("1. no", "1\\. no"), ("- no", "\\- no"), ("1999 was", "1999 was")):
        assert as_markdown(replace(EVENING, lines=(line(1, 1, "Ana", said, 0),))).endswith(f"\n\n{written}\n")


def test_json_has_stable_keys() -> None:
    """Programs find the same keys in the same order, and the words untouched."""
    found = json.loads(as_json(EVENING))
    assert list(found) == [
        "id", "exercise", "title", "started", "partners", "seal", "state", "rehearsal", "damaged", "lines",
    ]  # fmt: skip
    assert list(found["lines"][0]) == ["seq", "at", "turn", "step", "who", "text", "sure", "again"]
    assert found["partners"] == ["Ana", "Ben"]
    assert found["state"] == "kept"
    assert found["lines"][3]["text"] == "# not *so* <b>bad</b>\n1. really"


def test_damage_is_shown_not_hidden() -> None:
    """What is missing, torn, interrupted or rehearsed is said before the words."""
    broken = replace(EVENING, state=State.INTERRUPTED, damaged=2, torn=True, rehearsal=True)
    for text in (as_text(broken), as_markdown(broken)):
        assert "A rehearsal." in text
        assert "Interrupted: the record has no end." in text
        assert "middle of a line" in text
        assert "missing here: 2" in text
    assert json.loads(as_json(broken))["damaged"] == 3


def test_an_evening_without_its_head_can_still_be_read() -> None:
    """A damaged first frame costs title, names and time of day, not the words."""
    headless = replace(EVENING, info=None)
    assert "+20 min  Ben:" in as_text(headless)
    assert "(title unreadable)" in as_markdown(headless)
    assert json.loads(as_json(headless))["partners"] == []


def test_no_control_character_reaches_the_terminal() -> None:
    """Typed escape sequences and bidirectional overrides cannot change what the terminal shows."""
    tricky = replace(EVENING, lines=(line(1, 1, "An\x1ba", "red \x1b[31m \u202egnp.exe \r x", 0.0),))
    assert not set(as_text(tricky)) & set("\x1b\r\u202e")
