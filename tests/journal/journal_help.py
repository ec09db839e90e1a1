"""A couple, their vault and their evenings, for the tests of the journal."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from voice_guide.journal.disk import Disk
from voice_guide.journal.evening import Evening, EveningInfo, Said
from voice_guide.journal.folder import evenings_in
from voice_guide.journal.read import open_evening
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault import CoupleKey, create_vault, unlock
from voice_guide.journal.vault_file import Cost, Vault

FAST = Cost(opslimit=1, memlimit=8 << 10)
"""The least that libsodium allows."""

PARTNERS = ("Ana", "Ben")
PHRASES = ("the tide pool at dawn", "three old bicycles")

INFO = EveningInfo(
    exercise="what-im-afraid-of",
    title="What I'm afraid of",
    script_hash="5c1f",
    partners=PARTNERS,
    started="2026-11-23T20:41:07+01:00",
    models=("tiny.en", "joe"),
    seal="the network is closed",
)

ANSWERS = ("I am afraid of heron words", "of being a burden", "I hear that you fear heron words")


def a_vault(root: Path) -> Vault:
    """A vault of Ana and Ben that either opens."""
    return create_vault(root / "vault.json", PARTNERS, PHRASES, FAST)


def the_key(vault: Vault) -> CoupleKey:
    """The couple's key, with Ana's passphrase."""
    return unlock(vault, PHRASES[:1])


def said(turn: int, text: str, mirrors: tuple[int, ...] = (), at: float | None = None) -> Said:
    """A line of the turn's owner: Ana has the odd turns."""
    moment = turn * 30.0 if at is None else at
    return Said(
        at=moment, turn=turn, step=f"question-{turn}", who=PARTNERS[1 - turn % 2], text=text, mirrors=mirrors
    )


def record(
    root: Path,
    vault: Vault,
    texts: Iterable[str] = ANSWERS,
    *,
    kept: bool | None = True,
    disk: Disk | None = None,
) -> Recorder:
    """An evening with one turn for each text; `kept` None leaves it interrupted."""
    recorder = Recorder.create(root / "sessions", vault.public, INFO, disk=disk or Disk())
    for turn, text in enumerate(texts, 1):
        recorder.append(said(turn, text))
    if kept is not None:
        recorder.close(kept, "finished")
        recorder.abandon()
    return recorder


def read(root: Path, vault: Vault, id: str) -> Evening:
    """The evening as the couple reads it."""
    return open_evening(evenings_in(root / "sessions")[id], the_key(vault))


def texts_of(evening: Evening) -> tuple[str, ...]:
    """Only the words."""
    return tuple(line.text for line in evening.lines)


@dataclass
class Faults:
    """A disk that fails at the calls that a test names, counted from 1."""

    failing_writes: set[int] = field(default_factory=set)
    failing_syncs: set[int] = field(default_factory=set)
    broken: bool = False
    """Everything fails from now on."""
    writes: list[tuple[int, bytes]] = field(default_factory=list)
    """Offset and bytes of each write that was tried."""
    syncs: int = 0

    @property
    def disk(self) -> Disk:
        """The disk to hand to the recorder."""
        return Disk(self._write, self._sync)

    def fail_next_sync(self) -> None:
        """Let the next sync fail."""
        self.failing_syncs.add(self.syncs + 1)

    def fail_next_writes(self, count: int) -> None:
        """Let the next writes fail, each after half of its bytes."""
        self.failing_writes |= {len(self.writes) + n for n in range(1, count + 1)}

    def _write(self, fd: int, data: bytes, offset: int) -> int:
        self.writes.append((offset, data))
        if self.broken or len(self.writes) in self.failing_writes:
            os.pwrite(fd, data[: len(data) // 2], offset)
            raise OSError(errno.ENOSPC, "no space left")
        return os.pwrite(fd, data, offset)

    def _sync(self, fd: int) -> None:
        self.syncs += 1
        if self.broken or self.syncs in self.failing_syncs:
            raise OSError(errno.EIO, "input/output error")
        os.fsync(fd)
