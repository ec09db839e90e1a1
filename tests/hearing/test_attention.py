"""What is heard, as the machine wants to know it: speech while the ears are open, signs of life."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np

from voice_guide.audio.ports import Block
from voice_guide.audio.vitals import MUTED_AFTER, Vitals
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.overhearing import Overhearing
from voice_guide.session.events import (
    Event,
    Muted,
    Pause,
    Resumed,
    SpeechStarted,
    SpokenOver,
    Stirred,
    Unmuted,
)
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples

QUIET, LOUD, ZERO = 0.001, 0.2, 0.0
SPEECH = LOUD
"""What the detector here takes for speech; `LAUGHTER` is as loud, and none."""
LAUGHTER = -LOUD


class Ear:
    """Calls loud frames above zero speech."""

    def probability(self, frame: Samples) -> float:
        """Of speech."""
        return 0.95 if frame[0] > 0.1 else 0.02


class Stream:
    """A microphone's frames, one after the other, and what they bring to light."""

    def __init__(self, vitals: Vitals | None = None, at: float = 0.0) -> None:
        self.memory = SoundMemory()
        self.attention = Attention(Ears(RATE, Ear(), self.memory, at), vitals or Vitals())
        self.now = at
        self._index = 0

    def hear(self, seconds: float, level: float) -> list[Event]:
        """So much sound of this level."""
        return [event for _ in range(round(seconds / FRAME_SECONDS)) for event in self._frame(level)]

    def _frame(self, level: float) -> Iterable[Event]:
        block = Block(self._index, np.full(FRAME, level, np.float32))
        self._index += FRAME
        for frame, events in self.attention.feed(block):
            self.now = frame.at
            yield from events


def kinds(events: Iterable[Event]) -> list[type[Event]]:
    """What they are."""
    return [type(event) for event in events]


def test_closed_ears_report_no_speech() -> None:
    """They are closed from the beginning, and hear all the same: the memory fills."""
    stream = Stream()
    stream.hear(1.0, QUIET)
    assert stream.hear(1.0, SPEECH) == []
    assert len(stream.memory.span(0.0, stream.now)) > RATE


def test_open_ears_report_speech_and_its_pauses() -> None:
    """With the moments at which they began."""
    stream = Stream()
    stream.hear(1.0, QUIET)
    stream.attention.open(stream.now)
    stream.hear(0.2, QUIET)
    began = stream.now
    started, stirred = stream.hear(0.5, SPEECH)
    assert isinstance(started, SpeechStarted)
    assert abs(started.since - began) < FRAME_SECONDS
    assert isinstance(stirred, Stirred)
    assert kinds(stream.hear(0.5, QUIET)) == [Pause]
    assert Resumed in kinds(stream.hear(0.5, SPEECH))


def test_speech_from_before_the_ears_opened_is_left_alone() -> None:
    """Whoever spoke over the guide is heard from their first pause on."""
    stream = Stream()
    stream.hear(1.0, SPEECH)
    stream.attention.open(stream.now)
    assert SpeechStarted not in kinds(stream.hear(1.0, SPEECH))
    stream.hear(0.3, QUIET)
    assert SpeechStarted in kinds(stream.hear(0.5, SPEECH))


def test_ears_that_close_end_what_they_heard() -> None:
    """No pause is told of speech that the guide spoke into; the next opening begins anew."""
    stream = Stream()
    stream.attention.open(0.0)
    stream.hear(0.5, QUIET)
    stream.hear(0.5, SPEECH)
    stream.attention.close(stream.now)
    assert stream.hear(1.0, QUIET) == []
    stream.attention.open(stream.now)
    stream.hear(0.2, QUIET)
    assert SpeechStarted in kinds(stream.hear(0.5, SPEECH))


def test_laughter_is_a_sign_while_the_ears_are_open() -> None:
    """And no speech; while they are closed, it may be the guide's own voice."""
    stream = Stream()
    stream.hear(2.0, QUIET)
    assert stream.hear(0.5, LAUGHTER) == []
    stream.hear(2.0, QUIET)
    stream.attention.open(stream.now)
    stream.hear(2.0, QUIET)
    assert kinds(stream.hear(0.5, LAUGHTER)) == [Stirred]


def test_a_muted_microphone_is_told_with_closed_ears_as_well() -> None:
    """Once; and once when it is heard again."""
    stream = Stream()
    stream.hear(1.0, QUIET)
    (muted,) = stream.hear(MUTED_AFTER + 1.0, ZERO)
    assert isinstance(muted, Muted)
    assert not muted.always
    assert stream.hear(10.0, ZERO) == []
    assert kinds(stream.hear(1.0, QUIET)) == [Unmuted]


def test_a_microphone_that_never_heard_anything_is_told_apart() -> None:
    """It may be silent by nature."""
    (muted,) = Stream().hear(MUTED_AFTER + 1.0, ZERO)
    assert isinstance(muted, Muted)
    assert muted.always


def test_a_new_stream_goes_on_where_the_one_before_was() -> None:
    """After a sleep: open ears stay open, closed ones closed; what began before is forgotten."""
    vitals = Vitals()
    for opened in (True, False):
        before = Stream(vitals)
        if opened:
            before.attention.open(0.0)
        before.hear(0.5, QUIET)
        before.hear(0.3, SPEECH)
        fresh = Stream(vitals, at=100.0)
        assert fresh.attention.after(before.attention, 100.0) is fresh.attention
        assert SpeechStarted not in kinds(fresh.hear(0.5, SPEECH)), "nobody knows when it began"
        fresh.hear(0.5, QUIET)
        assert (SpeechStarted in kinds(fresh.hear(0.5, SPEECH))) is opened


def test_each_frame_comes_with_its_time_and_level() -> None:
    """Also where it brings nothing to light: the screen shows the level, the clock counts."""
    attention = Stream(at=2.0).attention
    block = Block(0, np.full(3 * FRAME, 0.1, np.float32))
    frames = [frame for frame, events in attention.feed(block) if not events]
    assert [round(frame.at, 3) for frame in frames] == [2.032, 2.064, 2.096]
    assert all(abs(frame.level_dbfs + 20.0) < 0.1 for frame in frames)


class Beside:
    """The path beside the ears: somebody speaks over the guide in each loud frame."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.came: list[tuple[float, float]] = []

    def begin(self, at: float) -> None:
        """The guide speaks."""
        self.calls.append(f"begin {at:.1f}")

    def end(self) -> None:
        """It has ended."""
        self.calls.append("end")

    def arrived(self, at: float, came: float) -> None:
        """A block."""
        self.came.append((at, came))

    def feed(self, frame: Samples, at: float) -> SpokenOver | None:
        """A frame of it, after the news of its block."""
        assert self.came and len(frame) == FRAME
        return SpokenOver(at=at, since=at, until=at) if frame[0] > 0.1 else None


def test_the_path_beside_the_ears_works_while_they_are_closed() -> None:
    """It begins when they close and ends when they open; it gets every frame, and what it finds is told."""
    stream, beside = Stream(), Beside()
    stream.attention.over = cast(Overhearing, beside)
    stream.attention.close(stream.now)
    found = stream.hear(0.1, SPEECH)
    assert kinds(found) == [SpokenOver] * 3
    assert len(beside.came) == 3 and beside.came[-1][0] == stream.now
    stream.attention.open(stream.now)
    assert beside.calls == ["begin 0.0", "end"]
