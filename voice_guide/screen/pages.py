"""A view as the rows of a terminal, in any size: a tiny one, 80 by 24, or one seen from across the room.

Rows are `rich` texts in the terminal's own two colours, with bold, dim and reverse only: nothing vanishes on a
light or a dark background, and nothing is told by colour.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from voice_guide.screen import words
from voice_guide.screen.keys import TABLE
from voice_guide.screen.large import enlarge
from voice_guide.screen.levels import THRESHOLDS
from voice_guide.screen.size import Size
from voice_guide.screen.view import Activity, View

_MEASURE = Console(file=io.StringIO(), width=80)
_TALL = 16
"""Rows from which there is room for a head and a rule."""
_GLUE = "\ue000"
"""Stands for a space at which a line must not end."""
_LINE = 60
"""Longest line of a prompt in the terminal's own letters: easy on the eye."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be seen."""

    rows: tuple[Text, ...] = field(repr=False)
    """From the top, none wider than the terminal."""
    cursor: tuple[int, int] | None = None
    """Row and column, from 0, while a line is typed."""


def page(view: View, level: int, at: float, size: Size) -> Page:
    """The rows of a view; `level` is the microphone's step, `at` the evening's time in seconds."""
    head = _head(view, size) if size.height >= _TALL else []
    foot, column = _footer(view, size)
    room = size.height - len(head) - 1
    below = [*_status(view, level, at, size, far=False), *_notices(view, size)][: max(0, room - 1)]
    if view.keys and size.height < _TALL:
        below = []  # a small terminal shows one thing at a time
    middle = _middle(view, size, max(0, room - len(below)))
    far = [*_status(view, level, at, size, far=True), *_notices(view, size)] if size.far else below
    if len(far) > len(below) and _as_large(view, size, room - len(below), room - len(far)):
        below, middle = far, _middle(view, size, room - len(far))
    rows = [*head, *middle, *below, foot][-max(1, size.height) :]
    for row in rows:
        row.truncate(max(1, size.width), overflow="ellipsis")
    return Page(tuple(rows), (len(rows) - 1, column) if column is not None else None)


def _head(view: View, size: Size) -> list[Text]:
    left = Text(view.title, style="bold")
    return [Text(""), _apart(left, Text(words.minutes_left(view)), size), Text("")]


def _apart(left: Text, right: Text, size: Size) -> Text:
    """One text at the left margin, one at the right; the right one goes if both do not fit."""
    row = Text(" " * size.margin) + left
    gap = size.inner - left.cell_len - right.cell_len
    return row + Text(" " * gap) + right if gap >= 2 and right.plain else row


def _wrapped(text: str, width: int, style: str = "") -> list[Text]:
    return list(Text(text, style=style).wrap(_MEASURE, max(1, width)))


def _indented(rows: list[Text], size: Size) -> list[Text]:
    return [Text(" " * size.margin) + row for row in rows]


def _middle(view: View, size: Size, height: int) -> list[Text]:
    """The prompt, the menu or the keys, exactly `height` rows."""
    if view.keys:
        rows = _keys(size, height)
    elif view.offers and view.activity is not Activity.OVER:
        rows = _menu(view, size, height)
    else:
        rows = _prompt(words.ending(view) if view.reason else view.prompt, size, height)
    if len(rows) > height:
        rows = rows[:height]
        if rows:
            rows[-1] = Text(rows[-1].plain.rstrip()[: size.inner] + " …", style="bold")
    above = (height - len(rows)) // 2
    return [Text("")] * above + rows + [Text("")] * (height - above - len(rows))


def _prompt(text: str, size: Size, height: int) -> list[Text]:
    large = enlarge(text, size.inner, height) if size.symbols and text else None
    if large is not None:
        return _indented([Text(row, style="bold") for row in large], size)
    rows = _indented(_wrapped(text, min(size.inner, _LINE), "bold"), size)
    if 2 * len(rows) - 1 > height:
        return rows
    return [line for row in rows for line in (row, Text(""))][:-1]  # an empty line between them: room to read


def _menu(view: View, size: Size, height: int) -> list[Text]:
    offers = _offers(words.offers(view), size, height)
    prompt = _wrapped(view.prompt, size.inner)
    rows = [*offers, Text(""), *prompt] if len(offers) + len(prompt) < height else offers
    return _indented(rows, size)


def _offers(offers: list[str], size: Size, height: int) -> list[Text]:
    """The exercises, in large type if all of them fit."""
    if size.far:
        share = (height - 2) // len(offers)
        large = [enlarge(offer, size.inner, min(share, 12)) for offer in offers]
        if all(large):
            return [Text(row, style="bold") for rows in large if rows for row in rows]
    return [row for offer in offers for row in _wrapped(offer, size.inner, "bold")]


def _keys(size: Size, height: int) -> list[Text]:
    """The table in as many columns as it needs; where even that is too much, one running text."""
    for columns in (1, 2, 3):
        rows = -(-len(TABLE) // columns)
        width = size.inner // columns
        if rows <= height and width >= 28:
            cells = [TABLE[index::rows] for index in range(rows)]
            return _indented([Text("").join(_key(*each, width) for each in row) for row in cells], size)
    running = "  ".join(f"{key}{_GLUE}{what.replace(' ', _GLUE)}" for key, what in TABLE)
    return _indented([Text(row.plain.replace(_GLUE, " ")) for row in _wrapped(running, size.inner)], size)


def _key(key: str, what: str, width: int) -> Text:
    return Text(f"{key:>5}", style="bold") + Text(f"  {what}".ljust(width - 5))


def _as_large(view: View, size: Size, height: int, less: int) -> bool:
    """Whether the prompt, which matters most, stays as large in less room."""
    text = words.ending(view) if view.reason else view.prompt
    return less > 0 and enlarge(text, size.inner, height) == enlarge(text, size.inner, less)


def _status(view: View, level: int, at: float, size: Size, *, far: bool) -> list[Text]:
    left = words.seconds_left(view, at)
    whose, time = words.whose(view), words.clock(left) if left is not None else ""
    rows = [_rule(size)] if size.height >= _TALL else []
    large = _large_status(view, time, size) if far else None
    if large is not None:
        rows += large
    elif whose or time:
        rows.append(_apart(Text(whose, "bold"), Text(f"{time} left" if time else "", "bold"), size))
    rows += _indented(_wrapped(words.state(view), size.inner), size)
    heard = _microphone(view, level, size)
    rows.append(_apart(heard, Text(words.record(view)), size))
    return rows


def _rule(size: Size) -> Text:
    return Text(" " * size.margin + ("─" if size.symbols else "-") * size.inner, style="dim")


def _large_status(view: View, time: str, size: Size) -> list[Text] | None:
    name = view.to if words.whose(view) else ""
    text = f"{name}: {words.short_state(view)}" if name else words.short_state(view)
    right = enlarge(time, size.inner, 6) if time else ("",) * 6
    if right is None:
        return None
    taken = max(map(cell_len, right))
    left = enlarge(text, size.inner - taken - 4, 6)
    if left is None:
        return None
    rows = [Text(a.ljust(size.inner - taken) + b) for a, b in zip(left, right, strict=True)]
    return [*_indented(rows, size), Text("")]


def _microphone(view: View, level: int, size: Size) -> Text:
    """A small bar, and in words whether somebody is heard; nothing while no answer is awaited."""
    if not view.listening or view.lost:
        return Text("")
    full, empty = ("█", "·") if size.symbols else ("#", "-")
    bar = full * level + empty * (len(THRESHOLDS) - level)
    return Text(f"Microphone {bar} {'I hear you' if view.speaking else ''}")


def _notices(view: View, size: Size) -> list[Text]:
    most = 1 if size.height < _TALL else 3
    found = [
        row for notice in words.notices(view)[:most] for row in _wrapped("! " + notice, size.inner, "bold")
    ]
    rows = _indented(found[: most + 1], size)
    return [*_captions(view, size), *rows] if view.captions else rows


def _captions(view: View, size: Size) -> list[Text]:
    """The newest words of an answer that fit; the room for them is kept free, so that nothing jumps."""
    room = 1 if size.height < _TALL else 3
    who = "" if not view.caption else f"{'Both' if view.who == 'both' else view.who}: "
    said = view.caption.split()
    rows = _wrapped(who + view.caption, size.inner)
    while len(rows) > room and len(said) > 1:
        said = said[len(said) // 8 + 1 :] if len(rows) > 2 * room else said[1:]
        rows = _wrapped(f"{who}… {' '.join(said)}", size.inner)
    rows = rows[-room:]
    return _indented(rows + [Text("")] * (room - len(rows)), size)


def _footer(view: View, size: Size) -> tuple[Text, int | None]:
    """The last row, and the cursor's column while a line is typed."""
    if view.typed is None:
        keys = "" if view.activity is Activity.OVER else words.FOOTER  # none of them means anything any more
        return Text(" " * size.margin + keys, style="dim"), None
    before, after = view.typed[: view.cursor], view.typed[view.cursor :]
    room = max(1, size.inner - 3)
    while before and cell_len(before) > room:
        before = before[1:]
    row = Text(" " * size.margin + "> " + before + after)
    row.truncate(max(1, size.width - 1))
    column = size.margin + 2 + cell_len(before)
    hint = Text(words.TYPING, style="dim")
    gap = size.width - size.margin - row.cell_len - hint.cell_len
    return (row + Text(" " * gap) + hint if gap >= 4 else row), min(column, size.width - 1)
