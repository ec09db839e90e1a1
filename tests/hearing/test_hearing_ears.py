"""Blocks come in, frames with true times come out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.audio.ports import Block
from voice_guide.hearing.ears import Ears, Frame
from voice_guide.hearing.memory import SoundMemory
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples


class Loudness:
    """A detector for which loud is speech."""

    def probability(self, frame: Samples) -> float:
        """The peak of the frame."""
        return float(np.abs(frame).max())


def listening(rate: int = RATE, start_at: float = 0.0) -> tuple[Ears, SoundMemory]:
    """Ears with a simple detector, and their memory."""
    memory = SoundMemory()
    return Ears(rate, Loudness(), memory, start_at), memory


def noise(count: int) -> Samples:
    """The same noise each time."""
    return np.random.default_rng(2).uniform(-0.5, 0.5, count).astype(np.float32)


def test_times() -> None:
    """Frame k ends at the beginning of the stream + (k + 1) * 32 ms, and lies there in memory."""
    ears, memory = listening(start_at=100.0)
    sound = noise(3 * FRAME + 100)
    frames = ears.feed(Block(7, sound))
    assert [frame.at for frame in frames] == pytest.approx([100.032, 100.064, 100.096])
    assert np.array_equal(memory.span(100.0, 100.096), sound[: 3 * FRAME])
    assert frames[1].probability == pytest.approx(np.abs(sound[FRAME : 2 * FRAME]).max())


@settings(deadline=None)
@given(rate=st.sampled_from([RATE, 44_100, 48_000]), sizes=st.lists(st.integers(0, 3000), max_size=10))
def test_any_blocks(rate: int, sizes: list[int]) -> None:
    """However the driver cuts its blocks, the same frames come out."""
    sound = noise(sum(sizes))
    whole = listening(rate)[0].feed(Block(0, sound))
    ears, _ = listening(rate)
    frames: list[Frame] = []
    index = 0
    for size in sizes:
        frames += ears.feed(Block(index, sound[index : index + size]))
        index += size
    assert frames == whole
    assert ears.dropped_seconds == 0


@pytest.mark.parametrize("rate", [RATE, 44_100, 48_000])
def test_dropped_blocks(rate: int) -> None:
    """Lost blocks are counted and heard as silence, and what comes after them keeps its time."""
    ears, memory = listening(rate)
    second = np.full(rate, 0.5, dtype=np.float32)
    ears.feed(Block(0, second))
    frames = ears.feed(Block(3 * rate, second))
    assert ears.dropped_seconds == pytest.approx(2.0)
    assert frames[-1].at == pytest.approx(4.0, abs=0.1)
    heard = memory.span(0, 3.9).reshape(-1, RATE // 10)
    loud = np.abs(heard).mean(axis=1) > 0.25
    assert loud.tolist() == [True] * 10 + [False] * 20 + [True] * 9


def test_repeated_block() -> None:
    """A block from before is another stream's, and refused."""
    ears, _ = listening()
    ears.feed(Block(1000, noise(100)))
    with pytest.raises(ValueError, match="another stream"):
        ears.feed(Block(1099, noise(100)))


@pytest.mark.parametrize(
    ("samples", "level"),
    [
        (np.ones(FRAME), 0.0),
        (np.sin(np.arange(FRAME) * 2 * np.pi / 32), -3.01),
        (np.full(FRAME, 0.1), -20.0),
        (np.zeros(FRAME), -100.0),
    ],
)
def test_level(samples: Samples, level: float) -> None:
    """The level is RMS in dBFS, finite for digital silence."""
    (frame,) = listening()[0].feed(Block(0, samples.astype(np.float32)))
    assert frame.level_dbfs == pytest.approx(level, abs=0.01)


def test_hours() -> None:
    """Four hours into an evening, time is still true to the sample."""
    ears, _ = listening(RATE, start_at=4 * 3600.0)
    frames = ears.feed(Block(0, noise(RATE * 10)))
    assert frames[-1].at == pytest.approx(4 * 3600 + len(frames) * FRAME_SECONDS, abs=1e-6)
