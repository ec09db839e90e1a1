"""Rendered sentences on disk, under names that tell nothing of their words."""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice_guide.sound import Sound

Pcm = NDArray[np.int16]
"""16-bit samples, shape (n,)."""

LARGEST = 200_000_000
"""Bytes; about 75 minutes of a 22 kHz voice, far more than all exercises for one couple."""

_DIGEST = 16
_HEADER = struct.Struct(f"<{_DIGEST}sI")  # BLAKE2b of the rest, Hertz; then int16 samples


class SentenceCache:
    """A folder of sounds (0700, files 0600), bounded in size; the longest unused go first.

    Every file carries its hash, so a damaged one is the same as none. A disk that refuses is no error
    but a `problem`: from then on nothing more is written.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest
        self.problem: str | None = None
        """Why nothing is written any more, in a sentence for the user."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            self._size = self._shrink()
        except OSError as error:
            self._give_up(error)

    def read(self, key: str) -> tuple[Pcm, int] | None:
        """Samples and rate in Hertz, or None if there is no undamaged file."""
        path = self._folder / key
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if len(content) < _HEADER.size or _digest(content[_DIGEST:]) != content[:_DIGEST]:
            return None
        with contextlib.suppress(OSError):  # a read-only disk cannot tell what was used last
            os.utime(path)
        (_, rate) = _HEADER.unpack_from(content)
        return np.frombuffer(content, "<i2", offset=_HEADER.size).astype(np.int16), rate

    def write(self, key: str, samples: Pcm, rate: int) -> None:
        """Keep a sound under `key`; a crash leaves the whole file or none."""
        if self.problem:
            return
        content = struct.pack("<I", rate) + samples.astype("<i2").tobytes()
        content = _digest(content) + content
        try:
            self._replace(key, content)
            self._size += len(content)
            if self._size > self._largest:
                self._size = self._shrink()
        except OSError as error:
            self._give_up(error)

    def _replace(self, key: str, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder)  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(self._folder / key)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _shrink(self) -> int:
        """Remove the longest unused until a tenth of the room is free again; the bytes that are left."""
        files = [(status.st_mtime_ns, status.st_size, path) for path, status in self._files()]
        size = sum(length for _, length, _ in files)
        if size <= self._largest:
            return size
        for _, length, path in sorted(files):
            path.unlink(missing_ok=True)
            size -= length
            if size <= self._largest * 0.9:
                break
        return size

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        return [(path, path.stat()) for path in self._folder.iterdir() if path.is_file()]

    def _give_up(self, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else "the disk refuses"
        self.problem = (
            f"Spoken prompts cannot be kept on disk: {reason}. They are rendered anew each evening."
        )


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()


def to_pcm(sound: Sound) -> Pcm:
    """Its samples as 16 bit, clipped."""
    return (np.clip(sound.samples, -1, 1) * 32767).round().astype(np.int16)


def from_pcm(samples: Pcm, rate: int) -> Sound:
    """The sound of 16-bit samples."""
    return Sound(samples.astype(np.float32) / np.float32(32767), rate)
