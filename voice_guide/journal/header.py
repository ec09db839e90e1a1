"""The header of a segment: all that a record shows to someone without a key."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field

from voice_guide.errors import StorageError
from voice_guide.journal import frames

FORMAT = "voice-guide-record-1"


@dataclass(frozen=True, slots=True)
class Previous:
    """The segment before this one, as far as it was certainly on disk."""

    segment: int
    length: int
    """Bytes that were acknowledged; what follows them was written again in this segment."""
    blake2b: str
    """BLAKE2b-256 of these bytes, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands in clear at the start of a segment."""

    evening: str
    segment: int = 0
    vault: str
    """Id of the vault whose couple's key opens it."""
    rehearsal: bool
    replaces: int = 0
    """After a rewrite: segments up to this number are stale, and are not to be read."""
    previous: Previous | None = None
    key: bytes = field(default=b"", repr=False)
    """The segment's key, sealed to the couple's public key."""

    def encode(self) -> bytes:
        """The header's frame."""
        before = self.previous
        fields = {
            "format": FORMAT,
            "evening": self.evening,
            "segment": self.segment,
            "vault": self.vault,
            "rehearsal": self.rehearsal,
            "replaces": self.replaces,
            "previous": before
            and {"segment": before.segment, "length": before.length, "blake2b": before.blake2b},
            "key": base64.b64encode(self.key).decode(),
        }
        return frames.clear_frame(json.dumps(fields, separators=(",", ":")).encode())


def decode(frame: frames.Frame) -> Header | None:
    """The header in a header frame; None if it makes no sense.

    Raises StorageError if it is of another format.
    """
    try:
        fields = json.loads(frames.unpad(frame.body) or b"")
        written_as = fields["format"]
        if written_as == FORMAT:
            return _header(fields)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return None
    raise StorageError("This record has a format that this version does not know.", "update voice-guide")


def _header(fields: dict[str, object]) -> Header:
    before = fields["previous"]
    previous = None
    if isinstance(before, dict):
        previous = Previous(int(before["segment"]), int(before["length"]), str(before["blake2b"]))
    return Header(
        evening=str(fields["evening"]),
        segment=int(str(fields["segment"])),
        vault=str(fields["vault"]),
        rehearsal=bool(fields["rehearsal"]),
        replaces=int(str(fields["replaces"])),
        previous=previous,
        key=base64.b64decode(str(fields["key"]), validate=True),
    )
