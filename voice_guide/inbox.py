"""The one inbox of an evening: everything that happens comes through here, in order."""

from __future__ import annotations

import queue
from dataclasses import dataclass, field
from typing import Protocol

from voice_guide.audio.ports import Block, Microphone, Speaker
from voice_guide.jobs import Result
from voice_guide.session.command import Command


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """A sound has really been heard."""

    id: int


@dataclass(frozen=True, slots=True)
class SignalCame:
    """The program was asked to end from outside."""

    name: str


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key; any of them stops the guide's voice, and those that mean a command give it."""

    command: Command | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody types: whoever types has the floor."""


@dataclass(frozen=True, slots=True)
class LineTyped:
    """A whole line, an answer or a command."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeviceMoved:
    """The sound server has led a stream to another device than the one that was chosen, which is gone."""

    what: str
    """`microphone` or `loudspeaker`."""


@dataclass(frozen=True, slots=True)
class DevicesBack:
    """After one of them was lost, microphone and loudspeaker are open again, and deliver."""

    microphone: Microphone
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Nothing:
    """No item came in time."""


Item = (
    Block | Result | PlaybackEnded | SignalCame | DeviceMoved | DevicesBack | KeyPressed | Typing | LineTyped
)
NOTHING = Nothing()


class Source(Protocol):
    """Where the runner takes its next item from."""

    def put(self, item: Item) -> None:
        """Add an item, from any thread or signal handler."""

    def take(self, timeout: float) -> Item | Nothing:
        """The next item, or NOTHING after `timeout` seconds of waiting."""


class Inbox:
    """A queue that holds a minute of sound; only microphone blocks may be dropped, and each drop shows.

    A dropped block leaves a gap in the blocks' index, which the ears report as lost seconds.
    """

    BLOCKS = 3_000
    """A minute of 20 ms blocks: an SD card's fsync can stall for long."""

    def __init__(self) -> None:
        # SimpleQueue.put may be interrupted by a signal handler that puts, too.
        self._queue: queue.SimpleQueue[Item] = queue.SimpleQueue()

    def put(self, item: Item) -> None:
        """Add an item; a block is dropped if a minute of sound waits already."""
        if isinstance(item, Block) and self._queue.qsize() > self.BLOCKS:
            return
        self._queue.put(item)

    def take(self, timeout: float) -> Item | Nothing:
        """The next item, or NOTHING after `timeout` seconds."""
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            return NOTHING
