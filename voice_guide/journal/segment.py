"""One file of a record, while it is written."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from voice_guide.journal import evening, frames
from voice_guide.journal.disk import Disk, create_private, hold
from voice_guide.journal.evening import Record
from voice_guide.journal.frames import Flag
from voice_guide.journal.header import Header, Previous
from voice_guide.journal.vault import SegmentKey
from voice_guide.journal.vault_file import PublicVault

Flagged = tuple[Record, Flag]


class Sealer:
    """Turns records into the frames of one segment, each with a number of its own."""

    def __init__(self, header: Header, vault: PublicVault) -> None:
        self._key = SegmentKey.fresh()
        self._seq = 0
        self.header = replace(header, key=self._key.sealed_to(vault)).encode()

    def frame(self, record: Record, flags: Flag) -> bytes:
        """The sealed frame. Raises ValueError if the record is too long for one."""
        text = frames.padded_for_sealing(evening.encode(record))
        # A number is used up even if its frame never reaches the disk: a nonce must not come twice.
        self._seq += 1
        associated = frames.associated_data(self.header, self._seq, flags)
        return frames.encode(flags, self._seq, self._key.seal(text, associated, frames.nonce(self._seq)))


class Segment:
    """A file of frames that grows. After an OSError it must not be given anything more."""

    def __init__(self, fd: int, number: int, sealer: Sealer, disk: Disk) -> None:
        self._fd = fd
        self._number = number
        self._sealer = sealer
        self._disk = disk
        self._length = 0
        self._hash = hashlib.blake2b(digest_size=32)

    @classmethod
    def create(
        cls, path: Path, header: Header, vault: PublicVault, records: Iterable[Flagged], disk: Disk
    ) -> Segment:
        """Make the file (0600) with its first records, on disk when this returns.

        Raises OSError, and leaves no file then.
        """
        sealer = Sealer(header, vault)
        # The header stands there twice: without it, no frame of the segment could be opened.
        data = sealer.header * 2 + b"".join(sealer.frame(record, flags) for record, flags in records)
        segment = cls(create_private(path), header.segment, sealer, disk)
        try:
            hold(segment._fd)
            segment._put(data)
            disk.sync_folder(path.parent)
        except OSError:
            segment.close()
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return segment

    def add(self, record: Record, flags: Flag) -> None:
        """Put a record on disk. Raises OSError, or ValueError if it is too long for a frame."""
        self._put(self._sealer.frame(record, flags))

    def acknowledged(self) -> Previous:
        """What is certainly on disk, for the header of the segment that goes on."""
        return Previous(self._number, self._length, self._hash.hexdigest())

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(OSError):
            os.close(self._fd)

    def _put(self, data: bytes) -> None:
        self._disk.write_all(self._fd, data, self._length)
        # Never tried again: a failed fsync may have dropped the bytes, and the next one still says yes.
        self._disk.fsync(self._fd)
        self._length += len(data)
        self._hash.update(data)
