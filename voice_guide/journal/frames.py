"""The frames of a record: how bytes are laid out on disk, and how they are found again after damage.

Everything here is described in FORMAT.md.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from enum import IntFlag

BLOCK = 512
"""Bytes; each frame starts at a multiple of it, and fills whole ones."""

TAG = 16
"""Bytes that XChaCha20-Poly1305 adds to what it seals."""

LARGEST = 1 << 20
"""Bytes of the largest frame; bounds what a damaged length can make a reader do."""

_MAGIC = b"VGF"
_HEAD = struct.Struct("<3sBIII")
_CRC = struct.Struct("<I")
_BEFORE_CRC = _HEAD.size - _CRC.size


class Flag(IntFlag):
    """What a frame says of itself without being opened."""

    NONE = 0
    FINAL = 1
    """The last frame of a finished evening."""
    KEPT = 2
    """With `FINAL`: both said keep."""
    HEADER = 4
    """The header of a segment, the only frame in clear."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame whose CRC is right."""

    flags: int
    seq: int
    body: bytes = field(repr=False)
    """Ciphertext, or for a header its padded text."""
    raw: bytes = field(repr=False)
    """The whole frame as it stands on disk."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file holds, found without any key."""

    frames: tuple[Frame, ...]
    torn: bool
    """Whether the end of the file is no whole frame."""


def pad(text: bytes, overhead: int) -> bytes:
    """`text` padded (ISO/IEC 7816-4) so that it fills whole blocks together with `overhead` bytes."""
    room = -(len(text) + 1 + overhead) % BLOCK
    return text + b"\x80" + bytes(room)


def unpad(padded: bytes) -> bytes | None:
    """The text that was padded; None if this is not padded text."""
    text = padded.rstrip(b"\x00")
    return text[:-1] if text.endswith(b"\x80") else None


def padded_for_sealing(text: bytes) -> bytes:
    """`text` padded so that its frame fills whole blocks once it is sealed; ValueError if it is too long."""
    padded = pad(text, _HEAD.size + TAG)
    if len(padded) > LARGEST - _HEAD.size - TAG:
        raise ValueError("a frame cannot be that long")
    return padded


def clear_frame(text: bytes) -> bytes:
    """The header frame that holds `text` in clear."""
    return encode(Flag.HEADER, 0, pad(text, _HEAD.size))


def encode(flags: int, seq: int, body: bytes) -> bytes:
    """The frame's bytes; `body` fills whole blocks together with the head."""
    head = _HEAD.pack(_MAGIC, flags, len(body), seq, 0)[:_BEFORE_CRC]
    return head + _CRC.pack(zlib.crc32(body, zlib.crc32(head))) + body


def scan(data: bytes) -> Scan:
    """All frames of a file whose CRC is right; after damage it takes up again at the next block."""
    frames: list[Frame] = []
    torn = False
    offset = 0
    while offset < len(data):
        frame = _frame_at(data, offset)
        torn = frame is None
        if frame is not None:
            frames.append(frame)
        offset += len(frame.raw) if frame is not None else BLOCK
    return Scan(tuple(frames), torn)


def associated_data(header: bytes, seq: int, flags: int) -> bytes:
    """What a sealed frame is bound to: its segment (through the whole header frame), its place, its flags."""
    return hashlib.blake2b(header, digest_size=32).digest() + struct.pack("<IB", seq, flags)


def nonce(seq: int) -> bytes:
    """The 24-byte nonce of a frame: its number. Safe because each segment has a key of its own."""
    return struct.pack("<Q", seq) + bytes(16)


def _frame_at(data: bytes, offset: int) -> Frame | None:
    head = data[offset : offset + _HEAD.size]
    if len(head) < _HEAD.size:
        return None
    magic, flags, length, seq, crc = _HEAD.unpack(head)
    size = _HEAD.size + length
    if magic != _MAGIC or size > LARGEST or size % BLOCK:
        return None
    raw = data[offset : offset + size]
    body = raw[_HEAD.size :]
    if len(body) != length or zlib.crc32(body, zlib.crc32(head[:_BEFORE_CRC])) != crc:
        return None
    return Frame(flags, seq, body, raw)
