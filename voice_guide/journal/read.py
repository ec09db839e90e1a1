"""Reading records: without a key their state, with the couple's key their words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.errors import KeyProblem
from voice_guide.home import storage_error
from voice_guide.journal import evening, folder, frames, header
from voice_guide.journal.evening import End, Evening, EveningInfo, Lost, Record, RecordLine, State, Strike
from voice_guide.journal.frames import Flag, Frame, Scan
from voice_guide.journal.header import Header

if TYPE_CHECKING:  # a list of evenings needs no crypto library
    from voice_guide.journal.vault import CoupleKey, SegmentKey


@dataclass(frozen=True, slots=True)
class Part:
    """One segment as it lies on disk."""

    data: bytes = field(repr=False)
    scan: Scan
    number: int
    header: Header | None
    """None if both of its copies are damaged."""
    sealed: tuple[Frame, ...]
    """All frames but the headers."""
    header_frame: bytes = field(default=b"", repr=False)
    damaged: int = 0
    """Frames that are missing or damaged as far as can be told without a key, the torn end apart."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The segments of an evening."""

    live: tuple[Part, ...]
    stale: int
    """Segments that a rewrite replaced, but did not come to delete."""

    @property
    def first_header(self) -> Header | None:
        """The first header that can be read."""
        return next((part.header for part in self.live if part.header is not None), None)


@dataclass(frozen=True, slots=True)
class _Contents:
    records: tuple[tuple[Record, int], ...]
    """Each with the flags of its frame."""
    damaged: int


def read_parts(paths: Iterable[Path]) -> Parts:
    """Read and check the segments of one evening, without a key. Raises StorageError."""
    parts = sorted((_read_part(path) for path in paths), key=lambda part: part.number)
    replaced = max((part.header.replaces for part in parts if part.number == 0 and part.header), default=0)
    live = tuple(part for part in parts if not 0 < part.number <= replaced)
    return Parts(live, len(parts) - len(live))


def state_of(parts: Parts) -> State:
    """What became of the evening, by the flags alone: whoever can write to the disk can fake them.

    `open_evening` tells it for sure.
    """
    return _state(frame.flags for part in parts.live for frame in part.sealed)


def open_evening(paths: Sequence[Path], key: CoupleKey) -> Evening:
    """Everything that can be read of an evening, given all its segments; damage is counted, not raised.

    Raises KeyProblem if the record belongs to another vault, StorageError if the disk does not give it.
    """
    parts = read_parts(paths)
    contents = [_open(part, key) for part in parts.live]
    records = [record for content in contents for record, _ in content.records]
    struck = {seq for record in records if isinstance(record, Strike) for seq in record.seqs}
    # A line whose sync failed stands in two segments, one that was heard again twice: the later one counts.
    lines = {record.seq: record for record in records if isinstance(record, RecordLine)}
    known = parts.first_header
    state = _state(flags for content in contents for _, flags in content.records)
    return Evening(
        id=known.evening if known else paths[0].name.partition(".")[0],
        state=state,
        rehearsal=known is not None and known.rehearsal,
        info=next((record for record in records if isinstance(record, EveningInfo)), None),
        lines=tuple(lines[seq] for seq in sorted(lines) if seq not in struck),
        end=next((record for record in reversed(records) if isinstance(record, End)), None),
        damaged=sum(content.damaged for content in contents)
        + sum(record.frames for record in records if isinstance(record, Lost))
        + _broken_links(parts.live, contents),
        # Behind the end only lines are written anew, and the old ones stand.
        torn=state is State.INTERRUPTED and bool(parts.live) and parts.live[-1].scan.torn,
        unsettled=bool(struck) or parts.stale > 0,
    )


def _read_part(path: Path) -> Part:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(f"{path.name} cannot be read", error) from error
    scan = frames.scan(data)
    copies = [frame for frame in scan.frames if frame.flags & Flag.HEADER]
    sealed = tuple(frame for frame in scan.frames if not frame.flags & Flag.HEADER)
    found = header.decode(copies[0]) if copies else None
    return Part(
        data=data,
        scan=scan,
        number=found.segment if found else folder.segment_number(path),
        header=found,
        header_frame=copies[0].raw if copies else b"",
        sealed=sealed,
        damaged=_gaps(sealed) + (len(copies) < 2 and bool(sealed)),
    )


def _gaps(sealed: Sequence[Frame]) -> int:
    """Frames that are missing between others, and frames that come again."""
    expected, damaged = 1, 0
    for frame in sealed:
        damaged += 1 if frame.seq < expected else frame.seq - expected
        expected = max(expected, frame.seq + 1)
    return damaged


def _open(part: Part, key: CoupleKey) -> _Contents:
    if part.header is None:
        return _Contents((), max(part.damaged, len(part.sealed)))
    if part.header.vault != key.vault_id:
        raise KeyProblem(
            "This record belongs to another vault.", "its vault.json must lie in the data folder"
        )
    segment_key = key.open_segment(part.header.key)
    opened = [(_record(frame, part.header_frame, segment_key), frame.flags) for frame in part.sealed]
    records = tuple((record, flags) for record, flags in opened if record is not None)
    return _Contents(records, part.damaged + len(opened) - len(records))


def _record(frame: Frame, header_frame: bytes, key: SegmentKey) -> Record | None:
    associated = frames.associated_data(header_frame, frame.seq, frame.flags)
    padded = key.open(frame.body, associated, frames.nonce(frame.seq))
    text = frames.unpad(padded) if padded is not None else None
    return evening.decode(text) if text is not None else None


def _broken_links(parts: Sequence[Part], contents: Sequence[_Contents]) -> int:
    """Segments whose predecessor is missing or changed, unless damage was already counted there."""
    numbered = {part.number: (part, content) for part, content in zip(parts, contents, strict=True)}
    broken = 0
    for part in parts:
        before = part.header.previous if part.header else None
        if before is None:
            continue
        if before.segment not in numbered:
            broken += 1
            continue
        previous, content = numbered[before.segment]
        found = hashlib.blake2b(previous.data[: before.length], digest_size=32).hexdigest()
        broken += found != before.blake2b and content.damaged == 0
    return broken


def _state(flags: Iterable[int]) -> State:
    final = [flag for flag in flags if flag & Flag.FINAL]
    if not final:
        return State.INTERRUPTED
    return State.KEPT if final[-1] & Flag.KEPT else State.UNDECIDED
