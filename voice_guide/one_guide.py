"""One guide at a time for a data folder: two would speak into each other and write into one record."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from voice_guide.errors import UsageError
from voice_guide.forks import close_here, open_here_only
from voice_guide.home import PRIVATE_FILE, PRIVATE_FOLDER

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@contextlib.contextmanager
def one_guide(home: Path) -> Iterator[None]:
    """Be the only guide of this data folder. Raises UsageError if another one runs.

    The lock is a file in a folder of the user's own that goes with the machine's power, not in the data folder,
    which may be missing or read-only. The kernel lets go of it however we end. Where no such folder can be had,
    the evening goes on without a lock.
    """
    folder = _private_folder()
    if folder is None:
        yield
        return
    # Unlike Path.resolve, realpath takes a loop of links as it stands; what opens it afterwards tells of it.
    real = os.path.realpath(home)
    name = f"voice-guide-{hashlib.sha256(os.fsencode(real)).hexdigest()[:16]}.lock"
    try:
        lock, owner = _lock(folder, name), os.getpid()
        try:
            yield
        finally:
            if lock is not None and os.getpid() == owner:
                with contextlib.suppress(OSError):
                    os.unlink(name, dir_fd=folder)  # while it is locked: nobody else can hold this one
                close_here(lock)
    finally:
        os.close(folder)


def _lock(folder: int, name: str) -> int | None:
    """A locked descriptor, or None where the system has no locks. Raises UsageError."""
    while True:
        try:
            lock = os.open(name, _FILE, PRIVATE_FILE, dir_fd=folder)
        except OSError:
            return None
        open_here_only(lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refusal(lock) from None
        except OSError:
            close_here(lock)
            return None
        if _is_still(folder, name, lock):
            os.ftruncate(lock, 0)
            os.pwrite(lock, b"%d\n" % os.getpid(), 0)
            return lock
        close_here(lock)  # its last holder took it away between our open and our lock


def _refusal(lock: int) -> UsageError:
    number = os.pread(lock, 20, 0).strip()
    close_here(lock)
    known = f"; its process number is {int(number)}" if number.isdigit() else ""
    return UsageError("A guide is already running here.", f"end it first, or wait{known}")


def _is_still(folder: int, name: str, lock: int) -> bool:
    try:
        return os.path.samestat(os.stat(name, dir_fd=folder, follow_symlinks=False), os.fstat(lock))
    except FileNotFoundError:
        return False


def _private_folder() -> int | None:
    """A descriptor of the first folder that is ours alone, or None."""
    # The usual place comes first: a guide started without a session's environment must find the same lock.
    chosen = os.environ.get("XDG_RUNTIME_DIR", "")
    for path in (Path(f"/run/user/{os.getuid()}"), Path(chosen)):
        if path.is_absolute() and (found := _opened(path)) is not None:
            return found
    try:
        own = Path(tempfile.gettempdir()) / f"voice-guide-{os.getuid()}"
    except OSError:  # there is no place for temporary files at all
        return None
    with contextlib.suppress(OSError):
        own.mkdir(mode=PRIVATE_FOLDER)  # if it is there already, `_opened` looks whose it is
    return _opened(own)


def _opened(path: Path) -> int | None:
    """The folder, if it is no link and its owner is this user, who alone may write there."""
    try:
        folder = os.open(path, _FOLDER)
    except OSError:
        return None
    found = os.fstat(folder)
    if found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & ~PRIVATE_FOLDER:
        return folder
    os.close(folder)
    return None
