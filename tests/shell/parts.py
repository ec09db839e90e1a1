"""Parts of a stage that note what they are asked to do, for tests of one corner of the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from voice_guide.audio.ports import Block, Revived, Tally
from voice_guide.clock import Clock, Sleepwatch
from voice_guide.hearing.memory import SoundMemory
from voice_guide.inbox import Inbox
from voice_guide.session.tones import Tone
from voice_guide.sound import RATE, Sound, silence
from voice_guide.stage import Stage
from voice_guide.worker import Worker


class StillMicrophone:
    """Delivers nothing by itself."""

    rate = RATE

    def __init__(self) -> None:
        self.failure: Exception | None = None

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Nothing comes."""

    def stop(self) -> None:
        """Nothing comes."""


class NotingSpeaker:
    """Notes what it is asked for."""

    rate = RATE

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.volume = 1.0
        self.played: list[tuple[int, float]] = []
        """Ids, and the seconds of their sounds."""
        self.fades = 0

    def start(self, ended: Callable[[int], None]) -> None:
        """Nothing plays."""

    def play(self, id: int, sound: Sound) -> None:
        """Note it."""
        self.played.append((id, sound.seconds))

    def fade(self) -> None:
        """Note it."""
        self.fades += 1

    def stop(self) -> None:
        """Nothing plays."""


class StillLine:
    """Both, and what became of them."""

    def __init__(self) -> None:
        self.microphone = StillMicrophone()
        self.speaker = NotingSpeaker()
        self.tally = Tally()
        self.started: tuple[Callable[[Block], None], Callable[[int], None]] | None = None
        self.searches: list[Callable[[Revived], None]] = []

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Note who wants to know."""
        self.started = (deliver, ended)

    def reopen(self, found: Callable[[Revived], None]) -> None:
        """Note who wants to know."""
        self.searches.append(found)

    def stop(self) -> None:
        """Nothing is open."""


class Hours:
    """A clock for clocks."""

    def __init__(self) -> None:
        self.now = 0.0
        """Monotonic seconds."""
        self.awake = 0.0
        """Of the clock that goes on while the computer sleeps."""

    def pass_(self, seconds: float, *, asleep: float = 0.0) -> None:
        """Time goes by."""
        self.now += seconds
        self.awake += seconds + asleep


class NotingWorker:
    """Notes what it is asked to render."""

    def __init__(self) -> None:
        self.rendering: list[tuple[int, tuple[str, ...]]] = []
        self.ahead: list[tuple[str, ...]] = []
        self.how: list[tuple[float, bool]] = []

    def render(
        self, prompt: int, sentences: tuple[str, ...], pace: float = 1.0, *, keep: bool = True
    ) -> None:
        """Note it."""
        self.rendering.append((prompt, sentences))
        self.how.append((pace, keep))

    def render_ahead(self, sentences: tuple[str, ...], pace: float = 1.0) -> None:
        """Note it."""
        self.ahead.append(sentences)
        self.how.append((pace, True))

    def render_none(self) -> None:
        """Forget what was noted."""
        self.ahead.clear()


def sound(seconds: float) -> Sound:
    """Silence of a length."""
    return Sound(silence(seconds, RATE), RATE)


def block(samples: int = 320) -> Block:
    """What a microphone delivers."""
    return Block(0, np.zeros(samples, dtype=np.float32))


def _tone(tone: Tone) -> Sound:
    del tone
    return sound(0.3)


def _nothing_ready(sentences: tuple[str, ...], pace: float) -> Sound | None:
    del sentences, pace
    return None


def _nobody(*_: Any) -> Any:
    raise AssertionError("nobody asked for this")


def stage(line: StillLine, hours: Hours, **parts: Any) -> Stage:
    """A stage of these parts; what is not given is not to be used."""
    usual: dict[str, Any] = {
        "lifeline": line,
        "attention": _nobody,
        "memory": SoundMemory(),
        "worker": cast(Worker, NotingWorker()),
        "prompt_ready": _nothing_ready,
        "tone": _tone,
        "set_speed": _nobody,
        "open_exercise": _nobody,
        "open_notebook": _nobody,
        "inbox": Inbox(),
        "clock": Clock(lambda: hours.now),
        "sleepwatch": Sleepwatch(lambda: hours.awake, lambda: hours.now),
    }
    return Stage(**(usual | parts))
