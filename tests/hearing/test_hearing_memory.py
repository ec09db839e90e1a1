"""What was heard can be asked for by its time, and only for a while."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.hearing.memory import SoundMemory
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples


def frame(value: float) -> Samples:
    """A frame of equal samples."""
    return np.full(FRAME, value, dtype=np.float32)


@given(
    gaps=st.lists(st.integers(0, 2000), min_size=1, max_size=12),
    start=st.integers(0, 12_000),
    length=st.integers(0, 12_000),
)
def test_any_span(gaps: list[int], start: int, length: int) -> None:
    """For any frames and any span: what was heard stands at its sample, zeros everywhere else."""
    memory = SoundMemory()
    whole = np.zeros(40_000, dtype=np.float32)
    at = 0
    for number, gap in enumerate(gaps, 1):
        at += gap
        memory.append(at, frame(number))
        whole[at : at + FRAME] = number
        at += FRAME
    got = memory.span(start / RATE, (start + length) / RATE)
    assert got.dtype == np.float32
    assert np.array_equal(got, whole[start : start + length])


def test_oldest_go() -> None:
    """Where the memory is full, the oldest frame makes room."""
    memory = SoundMemory(seconds=2 * FRAME_SECONDS)
    for number in range(3):
        memory.append(number * FRAME, frame(number + 1))
    heard = memory.span(0, 3 * FRAME_SECONDS)
    assert heard.reshape(3, FRAME).max(axis=1).tolist() == [0, 2, 3]


def test_forget() -> None:
    """Forgetting takes the frames that ended by then, and keeps the one under way."""
    memory = SoundMemory()
    for number in range(3):
        memory.append(number * FRAME, frame(number + 1))
    memory.forget(1.5 * FRAME_SECONDS)
    assert memory.span(0, 3 * FRAME_SECONDS).reshape(3, FRAME).max(axis=1).tolist() == [0, 2, 3]


def test_clear() -> None:
    """After `clear` nothing is left, and time may begin anew."""
    memory = SoundMemory()
    memory.append(5 * FRAME, frame(1))
    memory.clear()
    assert not memory.span(0, 1).any()
    memory.append(0, frame(1))


def test_owns_its_sound() -> None:
    """A caller's buffer may change afterwards, and what is handed out may be changed."""
    memory, buffer = SoundMemory(), frame(1)
    memory.append(0, buffer)
    buffer[:] = 9
    memory.span(0, FRAME_SECONDS)[:] = 9
    assert memory.span(0, FRAME_SECONDS).max() == 1


def test_backwards() -> None:
    """A frame that overlaps the last one is refused."""
    memory = SoundMemory()
    memory.append(FRAME, frame(1))
    with pytest.raises(ValueError, match="follow one another"):
        memory.append(2 * FRAME - 1, frame(1))


def test_other_shape() -> None:
    """What is no frame is refused."""
    with pytest.raises(ValueError, match="512 samples"):
        SoundMemory().append(0, np.zeros(FRAME - 1, dtype=np.float32))


def test_repr() -> None:
    """Its `repr` says how long it is, and shows no sound."""
    memory = SoundMemory()
    memory.append(0, frame(0.123))
    assert repr(memory) == "SoundMemory(0.0 s)"


def test_how_much_of_the_speech_is_speech_for_sure() -> None:
    """Frames that are no speech at all do not count, nor do those before and after."""
    memory = SoundMemory()
    for number, speech in enumerate([0.95, 0.1, 0.5, 0.9, 0.6, 0.9, 0.2, 0.99]):
        memory.append(number * FRAME, frame(1), speech)
    seconds = FRAME / RATE
    assert memory.clearness(seconds, 7 * seconds) == 0.5
    assert memory.clearness(6 * seconds, 7 * seconds) == 1.0
    assert memory.clearness(20.0, 30.0) == 1.0
