"""The tones that tell the evening's state without a screen: their names, not their sound."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """What a tone says."""

    LISTENING = "listening"
    """Your turn: the guide listens."""
    LANDING = "landing"
    """An open answer has been taken in; whoever goes on still has the floor."""
    PAUSED = "paused"
    RESUMED = "resumed"
    OFF_RECORD = "off-record"
    ON_RECORD = "on-record"
    KEPT = "kept"
    """Something is in the record."""
    CUE = "cue"
    """30 seconds of a timed turn are left."""
    CHIME = "chime"
    """The time, or the silence, is over."""
