"""The pages: what stands where in four sizes, as files beside this one, and what holds in any size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from tests.screen import golden
from tests.screen.test_folding import LISTENING, SECRET, TIMED, heard, seen
from voice_guide.screen.drawing import Drawing
from voice_guide.screen.pages import page
from voice_guide.screen.size import Size


@pytest.mark.parametrize(
    ("name", "text"), list(golden.drawn()), ids=lambda each: each if len(each) < 40 else ""
)
def test_the_page_is_as_in_its_file(name: str, text: str) -> None:
    """Change a page on purpose: `python -m tests.screen.golden` writes the files, and they are looked at."""
    assert text == (golden.FOLDER / name).read_text("utf-8")


@given(
    st.sampled_from(sorted(golden.moments())),
    st.integers(1, 240),
    st.integers(1, 80),
    st.integers(0, 5),
    st.booleans(),
)
def test_any_size(name: str, width: int, height: int, level: int, symbols: bool) -> None:
    """As many rows as the terminal has, none wider; the cursor is inside. (Nothing raises.)"""
    seen_page = page(golden.moments()[name], level, golden.AT, Size(width, height, symbols))
    assert len(seen_page.rows) == height
    assert all(row.cell_len <= width for row in seen_page.rows)
    if seen_page.cursor is not None:
        assert 0 <= seen_page.cursor[0] < height
        assert 0 <= seen_page.cursor[1] < width


@pytest.mark.parametrize("size", golden.SIZES)
def test_whose_turn_the_state_and_the_time_are_told_in_words_in_every_size(size: tuple[int, int]) -> None:
    """Whether in the terminal's letters or, from afar, in large ones."""
    text = "\n".join(row.plain for row in page(seen(TIMED), 0, 15.0, Size(*size)).rows)
    assert "Listening. The time is yours" in text
    assert "Ana's turn" in text or size[0] >= 110
    assert "1:50 left" in text or size[0] >= 110


def test_no_colour_at_all() -> None:
    """Bold, dim and reverse only: it can be read on a light and on a dark terminal, with NO_COLOR and without."""
    for view in golden.moments().values():
        for row in page(view, 3, 15.0, Size(80, 24)).rows:
            assert all(Text.from_ansi(str(span.style)).plain in ("bold", "dim") for span in row.spans)
            assert str(row.style) in ("", "bold", "dim")


def test_a_terminal_without_half_blocks_gets_letters() -> None:
    """Bars of signs, straight quotes, and no question marks in between."""
    drawing = Drawing("ascii")
    assert not drawing.symbols
    data = drawing.draw(seen(TIMED), 3, 15.0, Size(120, 40, drawing.symbols)).decode("ascii")
    assert "Microphone ###-- " in data
    paused = drawing.draw(seen([*TIMED, (9.0, "paused", {})]), 3, 15.0, Size(120, 40, False)).decode("ascii")
    assert 'Paused. "Continue" goes on, "stop" ends the evening.' in paused


def test_only_rows_that_changed_are_sent() -> None:
    """A second of the clock is one row; the same view is nothing at all."""
    drawing, size, view = Drawing("utf-8"), Size(80, 24), seen(TIMED)
    assert len(drawing.draw(view, 0, 15.0, size)) > 300
    assert drawing.draw(view, 0, 15.0, size) == b""
    assert drawing.draw(view, 0, 16.1, size).count(b"\x1b[2K") == 1
    assert drawing.draw(view, 0, 16.2, size) == b""
    assert drawing.draw(view, 0, 16.2, Size(79, 24)).startswith(b"\x1b[?25l\x1b[m\x1b[2J")


def test_words_of_partners_are_on_the_page_only_with_captions() -> None:
    """And all else is the same."""
    with_captions = page(seen([*LISTENING, heard(SECRET)], captions=True), 0, 9.0, Size(80, 24))
    without = page(seen([*LISTENING, heard(SECRET)]), 0, 9.0, Size(80, 24))
    assert f"Ana: {SECRET}" in "\n".join(row.plain for row in with_captions.rows)
    assert SECRET not in "\n".join(row.plain for row in without.rows)
    assert SECRET not in repr(with_captions)
