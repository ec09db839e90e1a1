"""What a record holds: the evening, its lines, and the records that change them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of an evening."""

    KEPT = "kept"
    UNDECIDED = "undecided"
    """It came to its end, but not both have said keep."""
    INTERRUPTED = "interrupted"
    """It has no end: a power cut, a crash, or it still goes on."""
    UNREADABLE = "unreadable"
    """The disk does not give it, or a newer version wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningInfo:
    """What the evening was; the first sealed frame of each segment."""

    exercise: str
    """Name of its script, e.g. `what-im-afraid-of`."""
    title: str
    script_hash: str
    partners: tuple[str, str] = field(repr=False)
    started: str
    """Local date and time in ISO 8601, with the offset from UTC."""
    models: tuple[str, ...] = ()
    """The models that listened and spoke."""
    seal: str = ""
    """Whether the network was closed to the program, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a partner, on their way into the record; never words of the guide."""

    at: float
    """Seconds since the evening's start at which it was said."""
    turn: int
    step: str
    """Id of the question that it answers."""
    who: str
    """Name of the partner who spoke, or of both."""
    text: str = field(repr=False)
    mirrors: tuple[int, ...] = ()
    """Turns that this one says back or recalls; a strike of one of them takes this, too."""
    sure: tuple[int, ...] = ()
    """How sure the transcriber is of each word, 0 to 100, one for each word of the text; empty if nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine(Said):
    """A line of the record."""

    seq: int
    """Its number, unique in the evening and rising; gaps are left by strikes."""
    again: bool = False
    """Its words are those of the second pass, which heard something else than the guide did at first."""


@dataclass(frozen=True, slots=True)
class Strike:
    """These lines are not to be shown any more."""

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """Frames that were already unreadable when the segment was rewritten."""

    frames: int


@dataclass(frozen=True, slots=True)
class End:
    """The evening came to its end; the reason names no person."""

    reason: str


Record = EveningInfo | RecordLine | Strike | Lost | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """An opened record."""

    id: str
    state: State
    rehearsal: bool
    info: EveningInfo | None
    """None if its frame is damaged."""
    lines: tuple[RecordLine, ...]
    """In the order in which they were said, without struck ones."""
    end: End | None = None
    damaged: int = 0
    """Frames that cannot be read; each cost itself alone."""
    torn: bool = False
    """Whether it is interrupted, and the file ends inside a frame, as after a power cut."""
    unsettled: bool = False
    """Whether struck words still lie sealed on the disk, so that a rewrite is due."""


def struck_by(lines: Iterable[RecordLine], turns: Collection[int]) -> tuple[int, ...]:
    """Numbers of the lines that a strike of `turns` removes: theirs, and all that mirror them."""
    lines = tuple(lines)
    reached = set(turns)
    while more := {line.turn for line in lines if reached.intersection(line.mirrors)} - reached:
        reached |= more
    return tuple(line.seq for line in lines if line.turn in reached)


def encode(record: Record) -> bytes:
    """The record as it is sealed: JSON in UTF-8."""
    fields = {"type": _NAMES[type(record)], **asdict(record)}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair is no character, but can be typed; an error about it would quote the words.
    return text.encode("utf-8", "replace")


def decode(text: bytes) -> Record | None:
    """The record that was sealed; None if it makes no sense (an error would quote the words)."""
    try:
        fields = json.loads(text)
        return _READERS[fields.pop("type")](fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _info(fields: dict[str, Any]) -> EveningInfo:
    first, second = fields.pop("partners")
    return EveningInfo(partners=(first, second), models=tuple(fields.pop("models")), **fields)


def _line(fields: dict[str, Any]) -> RecordLine:
    mirrors = tuple(int(turn) for turn in fields.pop("mirrors"))
    sure = tuple(int(percent) for percent in fields.pop("sure", ()))
    return RecordLine(mirrors=mirrors, sure=sure, **fields)


_NAMES: dict[type[Record], str] = {
    EveningInfo: "evening",
    RecordLine: "line",
    Strike: "strike",
    Lost: "lost",
    End: "end",
}

_READERS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "evening": _info,
    "line": _line,
    "strike": lambda fields: Strike(tuple(int(seq) for seq in fields["seqs"])),
    "lost": lambda fields: Lost(int(fields["frames"])),
    "end": lambda fields: End(str(fields["reason"])),
}
