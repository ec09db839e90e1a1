"""The list of evenings, which needs no key: what became of each, and which have had their time."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from voice_guide.errors import StorageError, UsageError
from voice_guide.home import Home, storage_error
from voice_guide.journal.evening import State
from voice_guide.journal.folder import evenings_in, forget, moment_of
from voice_guide.journal.read import read_parts, state_of

UNDECIDED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Listed:
    """An evening as it shows itself without a key."""

    id: str
    state: State
    rehearsal: bool
    size: int
    """Bytes of all its segments."""
    vault: str | None
    """Id of the vault that opens it; None if its header cannot be read."""
    paths: tuple[Path, ...]

    @property
    def moment(self) -> datetime | None:
        """The local minute at which it began."""
        return moment_of(self.id)


def list_evenings(home: Home) -> tuple[Listed, ...]:
    """All evenings, the newest last. Raises StorageError if the folder cannot be read."""
    found = [_listed(id, paths) for id, paths in evenings_in(home.sessions).items()]
    # Letters are random: within a minute, the file that was made later comes later.
    return tuple(sorted(found, key=lambda one: (one.id[:-5], _stat(one.paths[0]).st_mtime_ns, one.id)))


def find_evening(home: Home, wanted: str) -> Listed:
    """The evening with this id, with an id that begins so, or the newest for `last`.

    Raises UsageError, with the nearest id as a hint, if it is none or several; StorageError.
    """
    evenings = list_evenings(home)
    if wanted == "last" and evenings:
        return evenings[-1]
    fitting = [one for one in evenings if wanted and one.id.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"{len(fitting)} evenings begin with {wanted}.", f"for example {fitting[0].id}")
    nearest = difflib.get_close_matches(wanted, [one.id for one in evenings], n=1, cutoff=0.0)
    hint = f"did you mean {nearest[0]}?" if nearest else "there are no evenings yet"
    raise UsageError(f"There is no evening {wanted}.", hint)


_TRUSTED = datetime(2026, 1, 1)  # local, like all dates of evenings
"""A machine without a battery for its clock may date an evening long ago: no such date deletes one."""


def expire_undecided(home: Home, now: datetime, days: int = UNDECIDED_DAYS) -> tuple[str, ...]:
    """Delete evenings that nobody decided to keep and that are older than `days`; gives their ids.

    `now` is local time. What cannot be read is left alone: it may have been kept. Raises StorageError.
    """
    oldest = now.replace(tzinfo=None) - timedelta(days=days)
    gone = tuple(
        one.id
        for one in list_evenings(home)
        if one.state in (State.UNDECIDED, State.INTERRUPTED)
        and one.moment is not None
        and _TRUSTED <= one.moment < oldest
    )
    if gone:
        forget(home.sessions, gone)
    return gone


def _listed(id: str, paths: tuple[Path, ...]) -> Listed:
    size = sum(_stat(path).st_size for path in paths)
    try:
        parts = read_parts(paths)
    except StorageError:
        return Listed(id, State.UNREADABLE, False, size, None, paths)
    header = parts.first_header
    rehearsal = header is not None and header.rehearsal
    return Listed(id, state_of(parts), rehearsal, size, header.vault if header else None, paths)


def _stat(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        raise storage_error(f"{path.name} cannot be read", error) from error
