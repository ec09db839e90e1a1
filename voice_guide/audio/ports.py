"""What a microphone and a loudspeaker are, whether real or simulated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from voice_guide.sound import Samples, Sound


@dataclass(frozen=True, slots=True)
class Block:
    """What one call of the audio driver brought."""

    index: int
    """Device samples before this block since the stream began; a gap means dropped blocks."""
    samples: Samples = field(repr=False)
    """float32 mono at the microphone's own rate."""
    came: float = 0.0
    """When, seconds of the clock by which the loudspeaker's blocks are timed as well (audio.played)."""


class Microphone(Protocol):
    """One input stream for the whole evening."""

    @property
    def failure(self) -> Exception | None:
        """What ended the stream, if anything did: the device is gone, or `deliver` raised."""

    @property
    def rate(self) -> int:
        """Hertz of the blocks delivered."""

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Open the stream; `deliver` is called from another thread and must return at once.

        Raises DeviceError.
        """

    def stop(self) -> None:
        """Close the stream; nothing is delivered afterwards."""


class Speaker(Protocol):
    """One output stream for the whole evening, silent while nothing is queued."""

    @property
    def failure(self) -> Exception | None:
        """What ended the stream, if anything did; no sound that was queued will be heard then."""

    @property
    def rate(self) -> int:
        """Hertz; sounds at this rate need no resampling."""

    volume: float
    """Gain of all that is played; 1.0 is as it comes."""

    def start(self, ended: Callable[[int], None]) -> None:
        """Open the stream; `ended(id)` is called from another thread when a sound has really been heard.

        Raises DeviceError.
        """

    def play(self, id: int, sound: Sound) -> None:
        """Queue a sound behind what is playing; any rate (resampled to the device's)."""

    def fade(self) -> None:
        """Fade out within 0.1 s and drop what is queued; no `ended` follows for any of it."""

    def stop(self) -> None:
        """Close the stream."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the drivers told of lost sound since the evening began."""

    overflows: int = 0
    lost_seconds: float = 0.0
    underflows: int = 0
    revivals: int = 0
    """How often the devices were found again."""


class Revived(Protocol):
    """Both devices, found again and running; their rates may be others than before."""

    @property
    def microphone(self) -> Microphone:
        """It delivers."""

    @property
    def speaker(self) -> Speaker:
        """It plays."""


class Line(Protocol):
    """The microphone and the loudspeaker of a whole evening: they can die, and are found again."""

    @property
    def microphone(self) -> Microphone:
        """The present one."""

    @property
    def speaker(self) -> Speaker:
        """The present one."""

    @property
    def tally(self) -> Tally:
        """All losses so far."""

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Open both streams, as each device's own `start` does. Raises DeviceError."""

    def reopen(self, found: Callable[[Revived], None]) -> None:
        """Close both and look for them; a thread calls `found` once, when both work. Returns at once."""

    def stop(self) -> None:
        """End the search, and close both streams."""
