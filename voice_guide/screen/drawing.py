"""Pages as what a terminal is sent: only the rows that differ from what it shows."""

from __future__ import annotations

import io

from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text

from voice_guide.screen.pages import page
from voice_guide.screen.size import Size
from voice_guide.screen.view import View

_PLAINER = str.maketrans(
    {"“": '"', "”": '"', "…": ".", "\u2018": "'", "\u2019": "'", "\u2013": "-", "—": "-"}
)


class Drawing:
    """Remembers what the terminal shows."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self.symbols = _encodes("█▀▄·─", encoding)
        """Whether the encoding has half blocks and the like."""
        self._console = Console(file=io.StringIO(), force_terminal=True, legacy_windows=False)
        self._shown: list[str] = []
        self._size: Size | None = None

    def forget(self) -> None:
        """The terminal shows nothing of it any more."""
        self._shown, self._size = [], None

    def draw(self, view: View, level: int, at: float, size: Size) -> bytes:
        """What has to be sent so that the terminal shows this view; nothing if it does."""
        seen = page(view, level, at, size)
        rows = [self._row(row) for row in seen.rows]
        known = self._shown if size == self._size else []
        parts = [] if known else ["\x1b[m\x1b[2J"]
        for number, row in enumerate(rows):
            if number >= len(known) or row != known[number]:
                parts.append(f"\x1b[{number + 1};1H\x1b[2K{row}")
        cursor = f"\x1b[{seen.cursor[0] + 1};{seen.cursor[1] + 1}H\x1b[?25h" if seen.cursor else "\x1b[?25l"
        rows.append(cursor)
        if known and cursor == known[-1] and not parts:
            return b""
        self._shown, self._size = rows, size
        hidden = "\x1b[?25l" if parts else ""  # while rows are written
        return self.encoded(hidden + "".join(parts) + cursor)

    def _row(self, row: Text) -> str:
        text = row.copy()
        text.rstrip()
        return "".join(
            each.style.render(each.text, color_system=ColorSystem.STANDARD) if each.style else each.text
            for each in text.render(self._console, end="")
        )

    def encoded(self, text: str) -> bytes:
        """The text in the terminal's encoding, as near as that comes."""
        plainer = text if self.symbols else text.translate(_PLAINER)
        return plainer.encode(self._encoding, errors="replace")


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
