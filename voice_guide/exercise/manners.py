"""Reads how something is said and waited for: `manner: {pace: slow, pause: 3s, ends: 8s, nudge: 60s}`."""

from __future__ import annotations

import re

from voice_guide.exercise.fields import Fields
from voice_guide.exercise.problems import Notes
from voice_guide.exercise.source import Mapping
from voice_guide.exercise.steps import PLAIN, Manner

_KEYS = ("pace", "pause", "ends", "nudge")
_FORM = "as in manner: {pace: slow, pause: 3s}"
_PACES = {"slow": 0.88, "calm": 1.0, "brisk": 1.12}
_PACE = "slow, calm, brisk, or a number from 0.8 to 1.25"
_LONGEST_PAUSE, _LONGEST_WAIT = 20.0, 120.0  # seconds
_SHORTEST_END = 2.0  # seconds; less would cut people off, whatever the script says


def read_manner(fields: Fields, notes: Notes) -> Manner:
    """The manner of a file, a block or a step; what it does not name stays open."""
    value = fields.node("manner", _FORM) if fields.has("manner") else None
    if value is None:
        return PLAIN
    if not isinstance(value, Mapping):
        notes.add(value.at, "a manner has entries of its own", _FORM)
        return PLAIN
    inside = Fields(value, _KEYS, notes)
    pause = inside.duration("pause", _LONGEST_PAUSE) if inside.has("pause") else None
    ends = inside.duration("ends", _LONGEST_WAIT) if inside.has("ends") else None
    nudge = inside.duration("nudge", _LONGEST_WAIT * 2) if inside.has("nudge") else None
    if ends is not None and ends < _SHORTEST_END:
        notes.add(
            inside.place("ends"), "so short a silence ends nobody's answer", f"{_SHORTEST_END:g}s or more"
        )
    return Manner(pace=_pace(inside, notes), pause=pause, ends=ends, nudge=nudge)


def _pace(inside: Fields, notes: Notes) -> float | None:
    value = inside.word("pace", _PACE) if inside.has("pace") else None
    if value is None:
        return None
    if value.text in _PACES:
        return _PACES[value.text]
    pace = float(value.text) if re.fullmatch(r"[0-9](\.[0-9]{1,3})?", value.text) else 0.0
    if not 0.8 <= pace <= 1.25:
        notes.add(value.at, f'the guide cannot speak at the pace "{value.text}"', _PACE)
        return None
    return pace
