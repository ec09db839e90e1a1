"""Fields of what was told, read with tolerance: a screen never fails for a field that is missing or odd."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_guide.screen.cleaning import clean
from voice_guide.screen.view import View

Fields = Mapping[str, object]
Change = Callable[[View, float, Fields], View]
"""What an event does to the view; the number is the evening's time in seconds."""

_LARGEST = 1e9


def text(fields: Fields, name: str) -> str:
    """A field's text, fit for a terminal; empty if it is none."""
    value = fields.get(name)
    return clean(value) if isinstance(value, str) else ""


def number(fields: Fields, name: str) -> float:
    """A field's number; 0 if it is none, or no sensible one."""
    value = fields.get(name)
    if not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        return 0.0
    return float(value)
