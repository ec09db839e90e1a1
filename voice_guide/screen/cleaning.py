"""Text that may be printed: no control character reaches a terminal, whatever a script or a device is called."""

from __future__ import annotations

_JOINERS = frozenset("\u200c\u200d")
"""Persian and many Indic words, and some emoji, are spelled with these."""


def clean(text: str) -> str:
    """The text on one line, with a space for whatever a terminal might obey instead of show.

    >>> clean("a\\x1b[31m\\nb")
    'a [31m b'
    """
    shown = (c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join("".join(shown).split())
