"""The inbox drops sound and nothing else; the clock counts sound, and never runs backwards."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.audio.ports import Block
from voice_guide.clock import Clock
from voice_guide.inbox import NOTHING, Inbox, Item, PlaybackEnded, SignalCame


class Watch:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.at


def block(index: int) -> Block:
    """A short block."""
    return Block(index, np.zeros(4, dtype=np.float32))


def test_items_come_in_their_order() -> None:
    """Whatever they are."""
    inbox = Inbox()
    items: list[Item] = [block(0), PlaybackEnded(3), SignalCame("SIGTERM"), block(4)]
    for item in items:
        inbox.put(item)
    assert [inbox.take(0) for _ in items] == items


def test_an_empty_inbox_gives_nothing() -> None:
    """After the time it was given."""
    assert Inbox().take(0.0) is NOTHING


def test_only_blocks_are_dropped_when_a_minute_waits() -> None:
    """A signal still gets through a full inbox, and room comes back as blocks are taken."""
    inbox = Inbox()
    for index in range(Inbox.BLOCKS + 50):
        inbox.put(block(index))
    inbox.put(SignalCame("SIGTERM"))
    taken = []
    while (item := inbox.take(0)) is not NOTHING:
        taken.append(item)
    assert taken.pop() == SignalCame("SIGTERM")
    assert [item.index for item in taken if isinstance(item, Block)] == list(range(Inbox.BLOCKS + 1))
    inbox.put(block(9))
    assert inbox.take(0) is not NOTHING


def test_the_clock_stands_between_frames() -> None:
    """Half a second without sound is nothing yet."""
    watch = Watch()
    clock = Clock(watch)
    clock.frame(1.0)
    watch.at += 0.5
    assert clock.now() == 1.0
    assert clock.silent_for() == pytest.approx(0.5)


def test_monotonic_time_takes_over_where_no_sound_comes() -> None:
    """And counts from the last frame."""
    watch = Watch()
    clock = Clock(watch)
    clock.frame(1.0)
    watch.at += 4.0
    assert clock.now() == pytest.approx(5.0)
    clock.frame(5.1)
    assert clock.now() == pytest.approx(5.1)
    assert clock.silent_for() == 0


@given(st.lists(st.tuples(st.floats(0, 3), st.booleans())))
def test_the_clock_never_runs_backwards(moments: list[tuple[float, bool]]) -> None:
    """Not even when sound that waited for a slow disk comes after the monotonic clock has taken over."""
    watch = Watch()
    clock = Clock(watch)
    frame_at, seen = 0.0, 0.0
    for passed, sound in moments:
        watch.at += passed
        if sound:
            frame_at += 0.032
            clock.frame(frame_at)
        assert clock.now() >= max(seen, frame_at)
        seen = clock.now()
