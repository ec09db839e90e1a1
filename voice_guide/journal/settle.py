"""Carrying out strikes that a crash or a full disk left undone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from voice_guide.home import storage_error
from voice_guide.journal.disk import REAL_DISK, Disk, hold
from voice_guide.journal.evening import Evening, Lost, State
from voice_guide.journal.folder import segment_number
from voice_guide.journal.frames import Flag
from voice_guide.journal.header import Header
from voice_guide.journal.read import open_evening
from voice_guide.journal.segment import Flagged
from voice_guide.journal.store import put_in_place, remove_replaced
from voice_guide.journal.vault import CoupleKey
from voice_guide.journal.vault_file import PublicVault


def settle(paths: Sequence[Path], key: CoupleKey, vault: PublicVault, disk: Disk = REAL_DISK) -> bool:
    """Write an evening anew without its struck words; False if another process is still writing it.

    Damage stays counted, and the state stays as it was. Raises StorageError, KeyProblem.
    """
    sessions = paths[0].parent
    try:
        with contextlib.ExitStack() as files:
            if not all(_held(path, files) for path in paths):
                return False
            # Only now, when nobody else writes, is what we read what there is.
            evening = open_evening(paths, key)
            header = Header(
                evening=evening.id,
                vault=vault.id,
                rehearsal=evening.rehearsal,
                replaces=max(segment_number(path) for path in paths),
            )
            put_in_place(sessions, header, vault, _records(evening), disk).close()
            disk.sync_folder(sessions)
            remove_replaced(sessions, header)
    except OSError as error:
        raise storage_error("The struck words could not be removed yet", error) from error
    return True


def _held(path: Path, files: contextlib.ExitStack) -> bool:
    fd = os.open(path, os.O_RDWR)
    files.callback(os.close, fd)
    return hold(fd)


def _records(evening: Evening) -> list[Flagged]:
    records: list[Flagged] = []
    if evening.info is not None:
        records.append((evening.info, Flag.NONE))
    records += [(line, Flag.NONE) for line in evening.lines]
    lost = evening.damaged + evening.torn
    if lost:
        records.append((Lost(lost), Flag.NONE))
    if evening.end is not None:
        kept = evening.state is State.KEPT
        records.append((evening.end, Flag.FINAL | Flag.KEPT if kept else Flag.FINAL))
    return records
