"""Large letters: readable, accented, as large as fits, and given up where they would lie."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import lines
from voice_guide.library import open_script, scripts
from voice_guide.screen.font import GLYPHS, MARKS_ABOVE, MARKS_BELOW
from voice_guide.screen.large import enlarge


def test_letters_with_accents() -> None:
    """An accent stands on its letter: above a capital, and lower above a small one."""
    drawn = enlarge("Zôë:", 40, 6)
    assert drawn is not None
    assert drawn == ("", *DRAWN.splitlines(), "")


DRAWN = """\
▄▄▄▄▄  ▄▀▄   ▄ ▄
   ▄▀  ▄▄▄   ▄▄▄
 ▄▀   █   █ █▄▄▄█ ▀
█▄▄▄▄ ▀▄▄▄▀ ▀▄▄▄  ▄
"""


def test_as_large_as_fits() -> None:
    """Each size doubles, or trebles, the smallest; where none fits, there is none."""
    sizes = [
        enlarge("Yes or no?", width, height)
        for width, height in ((230, 30), (120, 14), (60, 6), (59, 6), (40, 6))
    ]
    assert [len(rows) if rows else 0 for rows in sizes] == [24, 12, 6, 6, 0]


def test_every_letter_that_the_guide_uses_is_known() -> None:
    """Its own lines and those of the scripts can all be shown in large type."""
    said = {value for value in vars(lines).values() if isinstance(value, str)}
    for name in scripts():
        said |= {str(step) for step in open_script(name).steps}
    letters = {letter for text in said for letter in text if letter.isalpha() or letter in ".,?!'"}
    assert {letter for letter in letters if enlarge(letter, 40, 6) is None} == set()


@pytest.mark.parametrize("text", ["Ñandú Çağ Łódź Ångström Žlutý ő ű ș ț ąę ß æ œ ø", string.printable[:62]])
def test_the_languages_of_europe(text: str) -> None:
    """Letters with marks are put together."""
    assert enlarge(text, 400, 60) is not None


@pytest.mark.parametrize("text", ["Привет", "שלום", "你好", "Ana ♥", "ế", "", "   "])
def test_what_the_font_cannot_draw_is_left_to_the_terminal(text: str) -> None:
    """Rather plain than wrong."""
    assert enlarge(text, 400, 60) is None


def test_the_glyphs_are_whole() -> None:
    """Rows of one width, from the top of a capital to at most two below the baseline; ink in each."""
    for letter, rows in GLYPHS.items():
        assert len({len(row) for row in rows}) == 1, letter
        assert 7 <= len(rows) <= 9, letter
        assert {*"".join(rows)} <= {"#", "."}, letter
        assert "#" in "".join(rows), letter
    assert len(set(GLYPHS.values())) == len(GLYPHS)
    assert all(len(rows) == 2 for rows in (*MARKS_ABOVE.values(), *MARKS_BELOW.values()))


@given(st.text(alphabet=[*GLYPHS, " ", "é"], max_size=60), st.integers(1, 220), st.integers(0, 60))
def test_nothing_is_wider_or_higher_than_it_may_be(text: str, width: int, height: int) -> None:
    """Whatever fits, fits."""
    rows = enlarge(text, width, height)
    if rows is not None:
        assert len(rows) <= height
        assert all(len(row) <= width for row in rows)
