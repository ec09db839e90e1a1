"""Text as large as fits: letters of half blocks, in up to four sizes.

What the font cannot draw is left to the terminal's own letters: every script must be readable.
"""

from __future__ import annotations

import functools
import unicodedata

from voice_guide.screen.font import GLYPHS, MARKS_ABOVE, MARKS_BELOW

_ABOVE = 3
"""Pixel rows above a capital, for its accents; they also part the lines."""
_ROWS = _ABOVE + 7 + 2
"""Pixel rows of a line."""
_SPACE = 3
_SCALES = (4, 3, 2, 1)
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_DOTLESS = {"i": "\u0131", "j": "\u0237"}

Glyph = tuple[str, ...]
"""`_ROWS` rows of `#` and `.`, all of one width."""


@functools.lru_cache(maxsize=32)
def enlarge(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """The rows of the text in the largest letters that fit; None if none do, or a letter is unknown."""
    words = text.split()
    drawn = {word: _word(word) for word in words}
    known = {word: glyph for word, glyph in drawn.items() if glyph is not None}
    if not words or len(known) < len(drawn):
        return None
    for scale in _SCALES:
        rows = height * 2 // (scale * _ROWS)
        lines = _wrapped([known[word] for word in words], width // scale)
        if lines is not None and len(lines) <= rows:
            return tuple(row for line in lines for row in _blocks(line, scale))
    return None


def _wrapped(words: list[Glyph], width: int) -> list[Glyph] | None:
    """The words in lines of at most `width` pixels; None if one of them is wider."""
    lines: list[Glyph] = []
    for word in words:
        if len(word[0]) > width:
            return None
        if lines and len(lines[-1][0]) + _SPACE + len(word[0]) <= width:
            lines[-1] = _beside(lines[-1], word, _SPACE)
        else:
            lines.append(word)
    return lines


def _word(word: str) -> Glyph | None:
    drawn: Glyph | None = None
    for letter in unicodedata.normalize("NFC", word):
        glyph = _glyph(letter)
        if glyph is None:
            return None
        drawn = glyph if drawn is None else _beside(drawn, glyph, 1)
    return drawn


def _beside(left: Glyph, right: Glyph, gap: int) -> Glyph:
    return tuple(a + "." * gap + b for a, b in zip(left, right, strict=True))


@functools.cache
def _glyph(letter: str) -> Glyph | None:
    """A letter with its accents, or None if the font has it not."""
    if letter in GLYPHS:
        return _placed(GLYPHS[letter])
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    above = [MARKS_ABOVE[mark] for mark in marks if mark in MARKS_ABOVE]
    below = [MARKS_BELOW[mark] for mark in marks if mark in MARKS_BELOW]
    if base not in GLYPHS or len(above) + len(below) < len(marks) or len(above) > 1 or len(below) > 1:
        return None
    rows = GLYPHS[_DOTLESS.get(base, base) if above else base]
    small = all("#" not in row for row in rows[:2])
    width = max(len(rows[0]), *(len(mark[0]) for mark in (*above, *below)))
    canvas = _placed(tuple(_centred(row, width) for row in rows))
    for mark in above:
        canvas = _overlaid(canvas, mark, _ABOVE - 1 if small else _ABOVE - 3)
    for mark in below:
        canvas = _overlaid(canvas, mark, _ABOVE + 7)
    return canvas


def _placed(rows: tuple[str, ...]) -> Glyph:
    empty = "." * len(rows[0])
    below = _ROWS - _ABOVE - len(rows)
    return (*[empty] * _ABOVE, *rows, *[empty] * below)


def _centred(row: str, width: int) -> str:
    left = (width - len(row)) // 2
    return "." * left + row + "." * (width - len(row) - left)


def _overlaid(canvas: Glyph, mark: tuple[str, str], top: int) -> Glyph:
    rows = list(canvas)
    for offset, ink in enumerate(mark):
        pairs = zip(rows[top + offset], _centred(ink, len(canvas[0])), strict=True)
        rows[top + offset] = "".join("#" if "#" in pair else "." for pair in pairs)
    return tuple(rows)


def _blocks(line: Glyph, scale: int) -> list[str]:
    """Pixels as half blocks: a pixel is `scale` columns wide and as many half rows high."""
    wide = ["".join(pixel * scale for pixel in row) for row in line for _ in range(scale)]
    pairs = zip(wide[::2], wide[1::2], strict=True)
    return [
        "".join(_HALVES[a == "#", b == "#"] for a, b in zip(*pair, strict=True)).rstrip() for pair in pairs
    ]
