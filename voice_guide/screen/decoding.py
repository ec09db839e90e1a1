"""Bytes from a terminal as keys: an arrow, a mouse or pasted text never comes through as letters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a key is."""

    TEXT = "text"
    """A letter, or several that were pasted."""
    ENTER = "enter"
    ESCAPE = "escape"
    BACKSPACE = "backspace"
    DELETE = "delete"
    LEFT = "left"
    RIGHT = "right"
    HOME = "home"
    END = "end"
    KILL_LINE = "kill line"
    KILL_WORD = "kill word"
    KEYS = "keys"
    OTHER = "other"
    """Something that means nothing here."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or text that was pasted in one go."""

    kind: Kind
    text: str = field(default="", repr=False)
    pasted: bool = False


_CONTROLS = {
    "\r": Kind.ENTER,
    "\n": Kind.ENTER,
    "\x7f": Kind.BACKSPACE,
    "\b": Kind.BACKSPACE,
    "\x15": Kind.KILL_LINE,
    "\x17": Kind.KILL_WORD,
    "\x01": Kind.HOME,
    "\x05": Kind.END,
    "\x02": Kind.LEFT,
    "\x06": Kind.RIGHT,
    "\x04": Kind.KEYS,
}

_MOVES = {
    "[D": Kind.LEFT,
    "OD": Kind.LEFT,
    "[C": Kind.RIGHT,
    "OC": Kind.RIGHT,
    "[H": Kind.HOME,
    "OH": Kind.HOME,
    "[1~": Kind.HOME,
    "[7~": Kind.HOME,
    "[F": Kind.END,
    "OF": Kind.END,
    "[4~": Kind.END,
    "[8~": Kind.END,
    "[3~": Kind.DELETE,
}

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[M(?:.{3}|(?P<short_mouse>.{0,2}\Z))"  # a mouse, the old way
    r"|\[\[(?:.|(?P<short_function>\Z))"  # a function key of the Linux console
    r"|\[[0-?]*[ -/]*(?:[@-~]|(?P<short_csi>\Z))"
    r"|O(?:.|(?P<short_ss3>\Z))"
    r"|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\|(?P<short_text>\x1b?\Z))"  # the terminal answers something
    r"|(?P<alone>\Z)"
    r"|."  # Alt with a key
    r")",
    re.DOTALL,
)
_ESCAPE = 0.05
"""Seconds after which an Esc that nothing follows was the key itself."""
_PASTING = 1.0
"""Seconds after which a paste that does not go on is over."""
_LONGEST = 4096
"""Characters after which a sequence, or a paste, that does not end is taken for none."""


class Decoder:
    """Takes bytes as they come; a sequence may be torn anywhere."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._letters = codecs.getincrementaldecoder(encoding)("replace")
        self._rest = ""

    @property
    def patience(self) -> float | None:
        """Seconds after which `flush` tells what has begun and not ended; None if nothing has."""
        if not self._rest:
            return None
        return _PASTING if self._rest.startswith(_PASTE_BEGINS) else _ESCAPE

    def feed(self, data: bytes) -> list[Key]:
        """The keys that are complete."""
        self._rest += self._letters.decode(data)
        keys: list[Key] = []
        while self._rest:
            key, used = self._next()
            if not used:
                break
            self._rest = self._rest[used:]
            keys.append(key)
        return keys

    def flush(self) -> list[Key]:
        """Nothing more came: the Esc key stood alone, and whatever else was begun is dropped."""
        rest, self._rest = self._rest, ""
        if rest.startswith(_PASTE_BEGINS):
            return [Key(Kind.TEXT, rest[len(_PASTE_BEGINS) :], pasted=True)]
        return [Key(Kind.ESCAPE if rest == "\x1b" else Kind.OTHER)] if rest else []

    def _next(self) -> tuple[Key, int]:
        """The first key of what waits, and its length; 0 if it is not complete."""
        rest = self._rest
        if rest.startswith(_PASTE_BEGINS):
            return self._pasted(rest)
        if rest[0] == "\x1b":
            return _sequence(rest)
        if rest[0] in _CONTROLS:
            return Key(_CONTROLS[rest[0]]), 1
        return (Key(Kind.TEXT, rest[0]) if rest[0].isprintable() else Key(Kind.OTHER)), 1

    def _pasted(self, rest: str) -> tuple[Key, int]:
        begins = len(_PASTE_BEGINS)
        ends = rest.find(_PASTE_ENDS)
        if ends < 0:
            if len(rest) < _LONGEST:
                return Key(Kind.OTHER), 0
            return Key(Kind.TEXT, rest[begins:], pasted=True), len(rest)
        return Key(Kind.TEXT, rest[begins:ends], pasted=True), ends + len(_PASTE_ENDS)


def _sequence(rest: str) -> tuple[Key, int]:
    found = _SEQUENCE.match(rest)
    if found is None:  # something that is no sequence at all, such as a broken one
        return Key(Kind.OTHER), 1
    if found.lastgroup is not None and len(rest) < _LONGEST:
        return Key(Kind.OTHER), 0
    return Key(_MOVES.get(found.group()[1:], Kind.OTHER)), found.end()
