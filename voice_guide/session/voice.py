"""How the guide sounds: its pace and its loudness, and how far each can be asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voice_guide.language.phrases import Phrase
from voice_guide.session.command import Command

SLOWEST, FASTEST = 0.75, 1.4
"""About 110 and 200 words a minute, against 145."""

SOFTEST, LOUDEST = -18.0, 12.0
"""Decibels against the voice as it comes."""

_PACE = 1.12
"""A step that is heard at once, and is no leap: about 17 words a minute."""

_LOUDNESS = 3.0
"""Decibels: clearly louder, not twice as loud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Pace and loudness of the guide's voice."""

    speed: float = 1.0
    loudness: float = 0.0
    """Decibels"""


def adjusted(voice: Voice, command: Command) -> Voice:
    """The voice one step louder, softer, slower or faster; the same where it can go no further.

    >>> adjusted(Voice(), Command.LOUDER).loudness
    3.0
    """
    if command in (Command.LOUDER, Command.SOFTER):
        step = _LOUDNESS if command is Command.LOUDER else -_LOUDNESS
        return replace(voice, loudness=min(LOUDEST, max(SOFTEST, voice.loudness + step)))
    factor = _PACE if command is Command.FASTER else 1 / _PACE
    return replace(voice, speed=round(min(FASTEST, max(SLOWEST, voice.speed * factor)), 3))


def said_of_it(before: Voice, after: Voice) -> Phrase:
    """What the guide says in its new voice, so that it can be judged."""
    return Phrase.AT_THE_LIMIT if before == after else Phrase.LIKE_THIS
