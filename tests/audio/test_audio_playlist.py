"""Sounds become blocks without a gap, and are told as ended when they have been heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.audio.playlist import FADE_SECONDS, KNEE, TOP, Playlist, bend
from voice_guide.sound import Samples

RATE = 1000
BLOCK = 20


def ramp(count: int, start: int = 1) -> Samples:
    """Samples that can be told apart."""
    return (np.arange(start, start + count) / 10_000).astype(np.float32)


def block(playlist: Playlist, latency: int = 0) -> tuple[Samples, list[int]]:
    """The next block, and what has ended."""
    out = np.full(BLOCK, 9, np.float32)
    return out, playlist.fill(out, latency)


def test_silent_while_empty() -> None:
    """An empty list gives zeros, whatever was in the buffer."""
    out, ended = block(Playlist(RATE))
    assert not out.any()
    assert ended == []


@given(st.lists(st.integers(min_value=0, max_value=100), max_size=8), st.integers(min_value=0, max_value=150))
def test_nothing_lost_nothing_added(lengths: list[int], latency: int) -> None:
    """Whatever their lengths, sounds come out whole, in order, without a gap; each ends once, in order."""
    playlist = Playlist(RATE)
    sounds = [ramp(length, start=1 + 100 * id) for id, length in enumerate(lengths)]
    for id, sound in enumerate(sounds):
        playlist.add(id, sound)
    blocks = [block(playlist, latency) for _ in range((sum(lengths) + latency) // BLOCK + 2)]
    heard = np.concatenate([out for out, _ in blocks])
    expected = np.concatenate([*sounds, np.zeros(0, np.float32)])
    assert np.array_equal(heard[: len(expected)], expected)
    assert not heard[len(expected) :].any()
    assert [id for _, ended in blocks for id in ended] == list(range(len(lengths)))


@pytest.mark.parametrize("latency", [0, 1, 20, 55, 200])
def test_ended_when_heard(latency: int) -> None:
    """`ended` comes with the first block asked for when the last sample has left the loudspeaker."""
    playlist = Playlist(RATE)
    playlist.add(7, ramp(50))
    for number in range(100):
        now_heard = number * BLOCK - latency
        _, ended = block(playlist, latency)
        assert ended == ([7] if 50 <= now_heard < 50 + BLOCK else [])


def test_fade_is_short_and_smooth() -> None:
    """What plays falls to zero within 0.08 s, never rising; nothing ends, nothing that was queued follows."""
    playlist = Playlist(RATE)
    playlist.add(1, np.full(500, 0.5, np.float32))
    playlist.add(2, np.full(500, 0.5, np.float32))
    block(playlist)
    playlist.fade()
    blocks = [block(playlist) for _ in range(60)]
    heard = np.concatenate([out for out, _ in blocks])
    assert heard[0] == 0.5
    assert np.all(np.diff(heard) <= 0)
    assert not heard[round(FADE_SECONDS * RATE) :].any()
    assert [ended for _, ended in blocks if ended] == []


def test_fade_takes_what_is_on_its_way() -> None:
    """A sound that is written but not yet heard does not end after a fade."""
    playlist = Playlist(RATE)
    playlist.add(1, ramp(10))
    block(playlist, latency=100)
    playlist.fade()
    assert [block(playlist, latency=100)[1] for _ in range(20)] == [[]] * 20


def test_fade_before_anything_was_heard() -> None:
    """What was only queued is simply gone."""
    playlist = Playlist(RATE)
    playlist.add(1, ramp(100))
    playlist.fade()
    out, _ = block(playlist)
    assert not out.any()


def test_fade_twice() -> None:
    """A second fade does not cut the first one short, nor lengthen it."""
    once, twice = Playlist(RATE), Playlist(RATE)
    for playlist in (once, twice):
        playlist.add(1, ramp(500))
        block(playlist)
        playlist.fade()
    block(once), block(twice)
    twice.fade()
    assert np.array_equal(block(once)[0], block(twice)[0])


def test_play_after_a_fade() -> None:
    """What comes next follows the fade, whole, and ends."""
    playlist = Playlist(RATE)
    playlist.add(1, np.full(500, 0.5, np.float32))
    block(playlist)
    playlist.fade()
    playlist.add(2, ramp(30))
    blocks = [block(playlist) for _ in range(8)]
    heard = np.concatenate([out for out, _ in blocks])
    faded = round(FADE_SECONDS * RATE)
    assert np.array_equal(heard[faded : faded + 30], ramp(30))
    assert [id for _, ended in blocks for id in ended] == [2]


def test_volume_glides_and_never_clips() -> None:
    """A new volume is reached within one block, and full scale is never reached."""
    playlist = Playlist(RATE, volume=0.5)
    playlist.add(1, np.full(100, 0.5, np.float32))
    assert np.all(block(playlist)[0] == 0.25)
    playlist.volume = 4.0
    gliding, _ = block(playlist)
    assert gliding[0] == 0.25
    assert np.all(np.diff(gliding) >= 0)
    assert np.all(block(playlist)[0] == bent(2.0))
    assert KNEE < bent(2.0)[0] < TOP


def bent(*samples: float) -> Samples:
    """The same, bent."""
    out = np.array(samples, np.float32)
    bend(out)
    return out


@given(st.lists(st.floats(-8, 8, width=32), min_size=2))
def test_bending_is_monotone_and_bounded(samples: list[float]) -> None:
    """For any samples: louder stays louder, the sign stays, and nothing passes the top."""
    samples.sort()
    out = bent(*samples)
    assert np.all(np.diff(out) >= 0)
    assert np.all(np.abs(out) <= np.float32(TOP))
    assert np.array_equal(np.sign(out), np.sign(np.array(samples, np.float32)))


@given(st.lists(st.floats(-0.6875, 0.6875, width=32)), st.sampled_from([0.0, 4.0]))
def test_below_the_knee_nothing_changes(quiet: list[float], loud: float) -> None:
    """To the last bit, whatever else is in the block."""
    assert np.array_equal(bent(*quiet, loud)[:-1], np.array(quiet, np.float32))


def test_the_knee_has_no_corner() -> None:
    """A little above the knee, what comes out rises as what goes in: a corner would buzz."""
    low, high = bent(KNEE - 0.001, KNEE + 0.001)
    assert (high - low) / 0.002 == pytest.approx(1.0, abs=0.01)


def test_four_times_as_loud_keeps_its_shape() -> None:
    """12 dB more on a loud tone: no two neighbours at the top are equal, as they are when it is cut."""
    tone = (0.3 * np.sin(np.arange(1, 400) / 50)).astype(np.float32) * 4
    out = bent(*tone)
    loud = np.abs(tone) > 1.0
    assert loud.sum() > 50
    assert not np.any(np.diff(out[loud]) == 0)
