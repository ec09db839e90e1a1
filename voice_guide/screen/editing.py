"""A line that is being typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice_guide.screen.cleaning import clean
from voice_guide.screen.decoding import Key, Kind

_LONGEST = 2_000
"""Characters of an answer; whoever has more to say speaks."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text and where the cursor stands in it."""

    text: str = field(default="", repr=False)
    cursor: int = 0

    def after(self, key: Key) -> Line:
        """The line after a key; keys that edit nothing change nothing."""
        before, behind = self.text[: self.cursor], self.text[self.cursor :]
        match key.kind:
            case Kind.TEXT:
                room = max(0, _LONGEST - len(self.text))
                return _at(before + _typed(key)[:room], behind)
            case Kind.BACKSPACE:
                return _at(before[:-1], behind)
            case Kind.DELETE:
                return _at(before, behind[1:])
            case Kind.KILL_LINE:
                return _at("", behind)
            case Kind.KILL_WORD:
                kept = before.rstrip()
                return _at(kept[: kept.rfind(" ") + 1], behind)
            case Kind.LEFT:
                return Line(self.text, max(0, self.cursor - 1))
            case Kind.RIGHT:
                return Line(self.text, min(len(self.text), self.cursor + 1))
            case Kind.HOME:
                return Line(self.text, 0)
            case Kind.END:
                return Line(self.text, len(self.text))
        return self


def _at(before: str, behind: str) -> Line:
    return Line(before + behind, len(before))


def _typed(key: Key) -> str:
    """Pasted text becomes one line: an answer has no paragraphs."""
    return clean(key.text) if key.pasted else key.text
