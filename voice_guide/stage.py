"""What an evening needs around the machine: the adapters that the runner plays with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from voice_guide.audio.ports import Line
from voice_guide.clock import Clock, Sleepwatch
from voice_guide.exercise.flat import Program
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.memory import SoundMemory
from voice_guide.inbox import Source
from voice_guide.second_pass.desk import SecondPass
from voice_guide.session.effects import Record
from voice_guide.session.tones import Tone
from voice_guide.sound import Sound
from voice_guide.worker import Worker


class Notebook(Protocol):
    """What the runner needs of the record; made only when both have agreed."""

    def append(self, line: Record) -> int:
        """Keep a line on the disk and give its number. Raises StorageError."""

    def strike(self, turns: Collection[int]) -> Sequence[int]:
        """Remove the lines of these turns and what mirrors them; their numbers. Raises StorageError."""

    def improve(self, seq: int, text: str, sure: tuple[int, ...]) -> bool:
        """Put better words in a line's place, also after the end; whether it is still there. Raises StorageError."""

    def close(self, kept: bool, reason: str) -> None:
        """End the record. Raises StorageError."""

    def discard(self) -> None:
        """Delete it. Raises StorageError."""

    def abandon(self) -> None:
        """Let go of it as it is: it reads as interrupted."""


@dataclass(frozen=True, slots=True)
class Again:
    """What it takes to hear kept lines again."""

    second_pass: SecondPass
    memory: SoundMemory
    without_tail: Callable[[str], str | None]
    """An answer without an end such as "that's all", or None if it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The adapters of one evening."""

    lifeline: Line
    """Microphone and loudspeaker."""
    attention: Callable[[int, float], Attention]
    """Ears for a microphone of so many Hertz, whose first block begins at so many seconds."""
    memory: SoundMemory
    worker: Worker
    prompt_ready: Callable[[tuple[str, ...], float], Sound | None]
    """Sentences at a pace, if they need no rendering, or None."""
    tone: Callable[[Tone], Sound]
    set_speed: Callable[[float], None]
    """Of all prompts that are rendered from now on."""
    open_exercise: Callable[[str, bool], Program]
    """The exercise of that name, framed, or the interrupted one."""
    open_notebook: Callable[[], Notebook]
    inbox: Source
    clock: Clock
    again: Again | None = None
    """None where no better model is there, or the machine is too slow for it."""
    sleepwatch: Sleepwatch | None = None
    """None where time is simulated."""
    opened: Callable[[], None] = lambda: None
    """Called once microphone and loudspeaker are open."""
    on_level: Callable[[float], None] = lambda _: None
    """Is given the microphone's level, dBFS, 31 times a second."""
