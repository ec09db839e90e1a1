"""A muted microphone is told honestly; laughter and crying are noticed, cups and steady noise are not."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.audio.vitals import (
    LOWEST_FLOOR,
    MUTED_AFTER,
    STIR_DB,
    STIR_PAUSE,
    ZERO_DBFS,
    Muted,
    Stirred,
    Unmuted,
    Vital,
    Vitals,
)
from voice_guide.sound import FRAME_SECONDS

ROOM = -60.0


class Room:
    """Feeds levels, a frame of 32 ms each."""

    def __init__(self) -> None:
        self.vitals = Vitals()
        self.at = 0.0

    def hear(self, seconds: float, *levels: float) -> list[Vital]:
        """These levels in turn, for so long; what is told."""
        told: list[Vital] = []
        for number in range(round(seconds / FRAME_SECONDS)):
            self.at += FRAME_SECONDS
            told += self.vitals.feed(levels[number % len(levels)], self.at)
        return told


def test_muted_and_unmuted() -> None:
    """Zeros are told once, after 5 s; the first other sample ends it, and tells how long it was."""
    room = Room()
    assert room.hear(2.0, ROOM) == []
    assert room.hear(MUTED_AFTER - 0.1, ZERO_DBFS) == []
    (muted,) = room.hear(10.0, ZERO_DBFS)
    assert isinstance(muted, Muted)
    assert muted.ever_heard
    assert muted.zero_seconds == pytest.approx(MUTED_AFTER, abs=FRAME_SECONDS)
    (unmuted,) = room.hear(FRAME_SECONDS, ROOM)
    assert isinstance(unmuted, Unmuted)
    assert unmuted.zero_seconds == pytest.approx(MUTED_AFTER + 9.9, abs=0.1)
    assert room.vitals.zero_seconds == 0.0


def test_silent_from_the_beginning() -> None:
    """A device that never gave a sound is told as such: it may be silent by nature."""
    room = Room()
    (muted,) = room.hear(20.0, ZERO_DBFS)
    assert isinstance(muted, Muted)
    assert not muted.ever_heard
    assert room.vitals.zero_seconds == pytest.approx(20.0, abs=2 * FRAME_SECONDS)


def test_one_sample_keeps_it_alive() -> None:
    """The quietest sound there is, now and then, is no muted microphone."""
    room = Room()
    assert room.hear(60.0, *[ZERO_DBFS] * 100, ZERO_DBFS + 0.1) == []
    assert room.vitals.ever_heard


@pytest.mark.parametrize(
    ("seconds", "levels", "noticed"),
    [
        (0.5, [ROOM + 20], True),  # a sob
        (1.2, [ROOM + 25] * 4 + [ROOM + 3] * 2, True),  # laughter: bursts of 0.13 s
        (0.13, [ROOM + 40], False),  # a cup put down
        (5.0, [ROOM + STIR_DB - 1], False),  # too soft to be sure
        (3.0, [ROOM + 30] + [ROOM] * 3, False),  # a ticking clock
    ],
)
def test_what_stirs(seconds: float, levels: list[float], noticed: bool) -> None:
    """A sound clearly above the room's noise, of at least 0.15 s, is noticed; others are not."""
    room = Room()
    assert room.hear(12.0, ROOM, ROOM + 2) == []
    told = room.hear(seconds, *levels)
    assert (told != []) == noticed
    assert all(isinstance(one, Stirred) for one in told)


def test_at_most_once_a_second() -> None:
    """Three seconds of crying are three signs of life."""
    room = Room()
    room.hear(12.0, ROOM)
    told = room.hear(3.1, ROOM + 25)
    assert [round(b.at - a.at, 2) >= STIR_PAUSE for a, b in itertools.pairwise(told)] == [True, True]


def test_a_noise_that_stays_becomes_the_room() -> None:
    """Rain that begins stirs for a while, then it is the floor; a sob above it is still noticed."""
    room = Room()
    room.hear(12.0, ROOM)
    assert room.hear(10.0, ROOM + 20)
    assert room.hear(30.0, ROOM + 20) == []
    assert room.vitals.floor_dbfs == pytest.approx(ROOM + 20)
    assert room.hear(0.5, ROOM + 40)


def test_a_hiss_after_zeros_is_no_sound() -> None:
    """Where only zeros were heard, a faint hiss does not stir; a voice does."""
    room = Room()
    room.hear(2.0, ZERO_DBFS)
    assert room.hear(2.0, LOWEST_FLOOR + STIR_DB - 1) == []
    other = Room()
    other.hear(2.0, ZERO_DBFS)
    assert other.hear(0.1, LOWEST_FLOOR) == []
    assert any(isinstance(one, Stirred) for one in other.hear(0.5, -30.0))


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(-110, 3)), max_size=60))
def test_for_any_levels(heard: list[tuple[float, float]]) -> None:
    """Whatever comes, at whatever times: muted and unmuted alternate, signs of life are a second apart."""
    vitals = Vitals()
    at, told = 0.0, list[Vital]()
    for passed, level in heard:
        at += passed
        told += vitals.feed(level, at)
    silences = [type(one) for one in told if not isinstance(one, Stirred)]
    assert silences == [Muted, Unmuted] * (len(silences) // 2) + [Muted] * (len(silences) % 2)
    stirs = [one.at for one in told if isinstance(one, Stirred)]
    assert all(b - a >= STIR_PAUSE - 1e-9 for a, b in itertools.pairwise(stirs))
    assert math.isfinite(vitals.floor_dbfs)
