"""The byte format, without keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.journal import frames
from voice_guide.journal.frames import BLOCK, Flag


def body(blocks: int) -> bytes:
    """Something that fills `blocks` blocks together with the head."""
    return bytes(range(256)) * 2 * (blocks - 1) + b"x" * (BLOCK - 16)


@given(st.binary(max_size=3000), st.sampled_from([16, 32]))
def test_padding_fills_blocks_and_comes_off(text: bytes, overhead: int) -> None:
    """Any text comes back from its padding, and fills whole blocks with the overhead."""
    padded = frames.pad(text, overhead)
    assert (len(padded) + overhead) % BLOCK == 0
    assert frames.unpad(padded) == text


def test_no_padding_is_noticed() -> None:
    """What was never padded is not taken for text."""
    assert frames.unpad(b"words\x00\x00") is None


def test_frames_come_back_in_order() -> None:
    """Numbers, flags and bodies survive, whatever the lengths of the frames."""
    data = b"".join(frames.encode(Flag.NONE, seq, body(blocks)) for seq, blocks in ((1, 1), (2, 3), (3, 1)))
    scan = frames.scan(data)
    assert [(frame.seq, frame.body) for frame in scan.frames] == [(1, body(1)), (2, body(3)), (3, body(1))]
    assert not scan.torn


@given(st.integers(0, 5 * BLOCK - 1), st.integers(1, 255))
def test_a_flipped_byte_costs_one_frame(position: int, flip: int) -> None:
    """Whatever byte of three frames changes, the other two are found."""
    data = bytearray(b"".join(frames.encode(Flag.NONE, seq, body(n)) for seq, n in ((1, 1), (2, 3), (3, 1))))
    data[position] ^= flip
    found = [frame.seq for frame in frames.scan(bytes(data)).frames]
    hit = 1 if position < BLOCK else 2 if position < 4 * BLOCK else 3
    assert found == [seq for seq in (1, 2, 3) if seq != hit]


@given(st.integers(0, 5 * BLOCK))
def test_a_cut_leaves_a_prefix(length: int) -> None:
    """A file cut anywhere gives its whole frames, and says when the end is no frame."""
    data = b"".join(frames.encode(Flag.NONE, seq, body(n)) for seq, n in ((1, 1), (2, 3), (3, 1)))[:length]
    scan = frames.scan(data)
    whole = [end for end in (BLOCK, 4 * BLOCK, 5 * BLOCK) if end <= length]
    assert [frame.seq for frame in scan.frames] == [1, 2, 3][: len(whole)]
    assert scan.torn == (length not in (0, BLOCK, 4 * BLOCK, 5 * BLOCK))


@given(st.binary(max_size=4000))
def test_any_bytes_can_be_scanned(data: bytes) -> None:
    """No bytes make the reader raise."""
    frames.scan(data)


def test_a_frame_has_a_greatest_length() -> None:
    """A text that no reader would accept is refused by the writer."""
    frames.padded_for_sealing(bytes(frames.LARGEST - 33))
    with pytest.raises(ValueError, match="cannot be that long"):
        frames.padded_for_sealing(bytes(frames.LARGEST - 32))


def test_a_frame_is_bound_to_its_segment_place_and_flags() -> None:
    """The associated data differs as soon as one of the three does."""
    bound = {
        frames.associated_data(header, seq, flags)
        for header in (b"a", b"b")
        for seq in (1, 2)
        for flags in (Flag.NONE, Flag.FINAL, Flag.FINAL | Flag.KEPT)
    }
    assert len(bound) == 12


def test_a_frame_shows_no_body_in_its_repr() -> None:
    """A frame that ends up in a log shows nothing."""
    (frame,) = frames.scan(frames.clear_frame(b"heron words")).frames
    assert "heron" not in repr(frame)
