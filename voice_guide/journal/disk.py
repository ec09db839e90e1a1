"""The few things that are asked of the operating system, so that tests can make them fail."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice_guide.home import PRIVATE_FILE

ATTEMPTS = 3
"""How often a write is tried; the same bytes at the same place do no harm."""


def full_sync(fd: int) -> None:
    """Have everything of a file on the medium itself."""
    # On macOS, fsync leaves the data in the drive's own cache.
    on_macos = getattr(fcntl, "F_FULLFSYNC", None)
    if on_macos is None:
        os.fsync(fd)
    else:
        fcntl.fcntl(fd, on_macos)


@dataclass(frozen=True, slots=True)
class Disk:
    """How bytes reach a file."""

    write: Callable[[int, bytes, int], int] = os.pwrite
    """`(fd, bytes, offset)` -> bytes written."""
    fsync: Callable[[int], None] = full_sync

    def write_all(self, fd: int, data: bytes, offset: int) -> None:
        """Write all bytes at `offset`, trying again after an error; raises the last OSError."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                done = 0
                while done < len(data):
                    done += self.write(fd, data[done:], offset + done)
            except OSError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return

    def sync_folder(self, folder: Path) -> None:
        """Have names that were made, moved or removed in a folder on disk; raises OSError."""
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.fsync(fd)
        finally:
            os.close(fd)


REAL_DISK = Disk()


def create_private(path: Path) -> int:
    """A file descriptor of a new file for its owner alone (0600); FileExistsError if there is one."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE_FILE)


def hold(fd: int) -> bool:
    """Hold a file for this process; False if another one holds it, or the disk knows no locks."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def create_whole(path: Path, data: bytes, disk: Disk = REAL_DISK) -> None:
    """Put a new private file (0600) in its place in one step, never half of it, and never over another.

    Raises FileExistsError if there is one, else OSError; then there is none of ours.
    """
    # A name of its own: two of these at once must not write into each other's file.
    fd, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        disk.write_all(fd, data, 0)
        disk.fsync(fd)
        path.hardlink_to(temporary)  # a rename would take the place of what is there
    finally:
        os.close(fd)
        with contextlib.suppress(OSError):
            temporary.unlink()
    try:
        disk.sync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
