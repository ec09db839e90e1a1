"""The folder of evenings: how their files are named, and how they are forgotten. Needs no key."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from voice_guide.home import storage_error
from voice_guide.journal.disk import REAL_DISK, Disk

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_MOMENT = "%Y-%m-%d-%H%M"
_FILE = re.compile(r"(\d{4}-\d\d-\d\d-\d{4}-[a-z2-7]{4})(?:\.(\d{1,6}))?\.(vgr|tmp)")


def new_id(started: datetime) -> str:
    """A name for an evening: its local date and time, which sorts, and four random base32 letters."""
    return f"{started.strftime(_MOMENT)}-{''.join(secrets.choice(_LETTERS) for _ in range(4))}"


def moment_of(id: str) -> datetime | None:
    """The local minute that an evening's name tells; None if it tells none."""
    try:
        return datetime.strptime(id[:-5], _MOMENT)
    except ValueError:
        return None


def segment_path(sessions: Path, id: str, number: int = 0) -> Path:
    """Where a segment lies: `ID.vgr`, then `ID.1.vgr` and so on."""
    return sessions / (f"{id}.{number}.vgr" if number else f"{id}.vgr")


def rewrite_path(sessions: Path, id: str) -> Path:
    """Where an evening is written anew before it takes the place of the old one."""
    return sessions / f"{id}.tmp"


def segment_number(path: Path) -> int:
    """The number in a segment's file name; 0 for the first, and for a file that was renamed."""
    match = _FILE.fullmatch(path.name)
    return int(match[2] or 0) if match else 0


def evenings_in(sessions: Path) -> dict[str, tuple[Path, ...]]:
    """The segments of each evening in the folder, in their order; the newest evening last.

    Raises StorageError.
    """
    found: dict[str, list[Path]] = {}
    for path, match in _files(sessions):
        if match[3] == "vgr":
            found.setdefault(match[1], []).append(path)
    return {id: tuple(sorted(found[id], key=segment_number)) for id in sorted(found)}


def forget(sessions: Path, ids: Iterable[str] | None = None, disk: Disk = REAL_DISK) -> None:
    """Delete these evenings, or all of them if `ids` is None, with everything half-written. Needs no key.

    Raises StorageError if one could not be deleted.
    """
    chosen = None if ids is None else set(ids)
    paths = [path for path, match in _files(sessions) if chosen is None or match[1] in chosen]
    # The first segment goes first: a later one may hold the strike of a line in it.
    paths.sort(key=segment_number)
    try:
        for path in paths:
            path.unlink(missing_ok=True)
        if paths:
            disk.sync_folder(sessions)
    except OSError as error:
        raise storage_error("The record could not be deleted", error) from error


def _files(sessions: Path) -> list[tuple[Path, re.Match[str]]]:
    try:
        paths = sorted(sessions.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise storage_error(f"The folder {sessions} cannot be read", error) from error
    return [(path, match) for path in paths if (match := _FILE.fullmatch(path.name))]
