"""Where words are kept: the disk, the keys, the evenings that wait."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from voice_guide.doctor.finding import Finding, Part
from voice_guide.errors import KeyProblem, StorageError
from voice_guide.home import Home, is_there
from voice_guide.journal.evening import State
from voice_guide.journal.listing import list_evenings
from voice_guide.journal.vault_file import Mode, read_vault

_LEAST_FREE = 200 * 2**20
"""Bytes: prompts that are kept take some 50 MB, an evening less than one."""


def keeping(home: Home) -> Iterator[Finding]:
    """Free disk, the vault, the evenings."""
    yield _disk(home.root)
    yield _vault(home)
    yield _evenings(home)


def _disk(root: Path) -> Finding:
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        said = f"The disk of {root} cannot be looked at ({error.strerror})."
        return Finding(part=Part.KEEPING, name="disk", said=said, well=False, mend="See whether it is there.")
    said = f"{free / 2**30:.1f} GB are free where evenings are kept."
    well = free >= _LEAST_FREE
    mend = "" if well else "Make room: an evening on a full disk goes on without its record."
    return Finding(part=Part.KEEPING, name="disk", said=said, well=well, mend=mend, facts={"free": free})


def _vault(home: Home) -> Finding:
    if not is_there(home.vault):
        said = "Nothing has been set up for keeping words; the first evening can do that."
        return Finding(part=Part.KEEPING, name="vault", said=said, facts={"mode": None})
    try:
        mode = read_vault(home.vault).mode
    except (StorageError, KeyProblem) as error:
        return Finding(part=Part.KEEPING, name="vault", said=error.message, well=False, mend=error.hint)
    facts = {"mode": str(mode)}
    if mode is Mode.NONE:
        said = "No passphrase guards the record: whoever uses this computer can open it."
        mend = "If that is not what you want: voice-guide keys create, before the first evening that is kept."
        return Finding(part=Part.KEEPING, name="vault", said=said, mend=mend, facts=facts)
    said = "Either of you can open the record, each with a passphrase."
    return Finding(part=Part.KEEPING, name="vault", said=said, facts=facts)


def _evenings(home: Home) -> Finding:
    try:
        found = list_evenings(home) if is_there(home.sessions) else ()
    except StorageError as error:
        return Finding(part=Part.KEEPING, name="evenings", said=error.message, well=False, mend=error.hint)
    counts = {state: sum(one.state is state for one in found) for state in State}
    facts: dict[str, object] = {str(state.value): count for state, count in counts.items()}
    broken = counts.get(State.UNREADABLE, 0)
    said = f"{len(found)} evening{'s' if len(found) != 1 else ''}, {counts.get(State.KEPT, 0)} of them kept by both."
    if broken:
        said += f" {broken} cannot be read."
    mend = "voice-guide sessions lists them." if broken else ""
    return Finding(part=Part.KEEPING, name="evenings", said=said, well=not broken, mend=mend, facts=facts)
