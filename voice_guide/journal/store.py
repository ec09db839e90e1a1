"""Writing the record of an evening: each call is on disk when it returns."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from voice_guide.errors import StorageError
from voice_guide.home import make_private_folder, storage_error
from voice_guide.journal import folder
from voice_guide.journal.disk import REAL_DISK, Disk
from voice_guide.journal.evening import End, EveningInfo, Record, RecordLine, Said, Strike, struck_by
from voice_guide.journal.frames import Flag
from voice_guide.journal.header import Header
from voice_guide.journal.segment import Flagged, Segment
from voice_guide.journal.vault_file import PublicVault


class Recorder:
    """The record of one evening while it is written.

    It holds the evening's lines in memory, so that a strike can write the rest anew. That gives nothing away:
    whoever reads this process's memory finds the segment's key there in any case.
    """

    def __init__(
        self, sessions: Path, header: Header, vault: PublicVault, info: EveningInfo, disk: Disk
    ) -> None:
        self.id = header.evening
        self._sessions = sessions
        self._vault = vault
        self._info = info
        self._rehearsal = header.rehearsal
        self._disk = disk
        self._lines: list[RecordLine] = []
        self._doubtful: list[
            RecordLine
        ] = []  # not kept, as far as anyone was told; yet a strike must reach them
        self._next_seq = 1
        self._number = 0
        self._rewrite_due = False
        self._open = True
        self._ended = False
        first = Segment.create(self._path(0), header, vault, [(info, Flag.NONE)], disk)
        self._segment: Segment | None = first
        self._previous = first.acknowledged()

    @classmethod
    def create(
        cls,
        sessions: Path,
        vault: PublicVault,
        info: EveningInfo,
        *,
        rehearsal: bool = False,
        disk: Disk = REAL_DISK,
    ) -> Recorder:
        """Begin a record; its file (0600) is made now, not before. Raises StorageError, leaving none."""
        make_private_folder(sessions)
        while True:
            id = folder.new_id(datetime.fromisoformat(info.started))
            header = Header(evening=id, vault=vault.id, rehearsal=rehearsal)
            try:
                return cls(sessions, header, vault, info, disk)
            except FileExistsError:
                continue
            except OSError as error:
                raise storage_error("The record could not be begun", error) from error

    def append(self, said: Said) -> int:
        """Keep a line, and give its number. Raises StorageError if it is not on disk."""
        self._raise_if_closed()
        line = RecordLine(seq=self._next_seq, **asdict(said))
        self._next_seq += 1
        try:
            self._keep(line)
        except StorageError:
            self._doubtful.append(line)
            raise
        self._lines.append(line)
        return line.seq

    def improve(self, seq: int, text: str, sure: tuple[int, ...] = ()) -> bool:
        """Put what a second pass heard in a line's place, also after the end; whether the line was still there.

        Raises StorageError, and the line stays as it was.
        """
        place = next((i for i, line in enumerate(self._lines) if line.seq == seq), None)
        if place is None:
            return False
        line = self._lines[place]
        better = replace(line, text=text, sure=sure, again=line.again or text != line.text)
        self._keep(better)
        self._lines[place] = better
        return True

    def strike(self, turns: Collection[int]) -> tuple[int, ...]:
        """Remove the lines of these turns, and all that mirror them; gives the numbers of the lines removed.

        Every reader leaves them out from now on, and the segment is written anew without them; should that
        fail, it is tried again at the close, and when the record is next opened. Raises StorageError if the
        words stay readable.
        """
        self._raise_if_closed()
        struck = struck_by([*self._lines, *self._doubtful], turns)
        if not struck:
            return ()
        self._lines = [line for line in self._lines if line.seq not in struck]
        self._doubtful = [line for line in self._doubtful if line.seq not in struck]
        self._rewrite_due = True
        try:
            self._keep(Strike(struck))
        except StorageError:
            if not self._rewrite():
                raise
        else:
            self._rewrite()
        return struck

    def close(self, kept: bool, reason: str) -> None:
        """End the record; `kept`: both said keep; `reason` names no person. Raises StorageError.

        Only `improve` may follow, until `abandon`.
        """
        self._raise_if_closed()
        if self._rewrite_due:
            self._rewrite()
        self._keep(End(reason), Flag.FINAL | Flag.KEPT if kept else Flag.FINAL)
        self._ended = True

    def discard(self) -> None:
        """Delete the record with all its segments. Raises StorageError."""
        self.abandon()
        folder.forget(self._sessions, [self.id], self._disk)

    def abandon(self) -> None:
        """Let go of the file as it is; unless closed, it reads as interrupted. Can be called twice."""
        self._open = False
        self._lines.clear()
        self._doubtful.clear()
        if self._segment is not None:
            self._segment.close()
            self._segment = None

    def _raise_if_closed(self) -> None:
        if self._ended or not self._open:
            raise RuntimeError("the record is closed")

    def _keep(self, record: Record, flags: Flag = Flag.NONE) -> None:
        self._raise_if_gone()
        try:
            if self._segment is not None:
                self._segment.add(record, flags)
            else:
                self._go_on_with(record, flags)
        except ValueError:
            raise StorageError("That answer is too long for the record.", "say it in parts") from None
        except OSError:
            self._give_up_segment()
            self._go_on_with(record, flags)

    def _go_on_with(self, record: Record, flags: Flag) -> None:
        # Lines are on disk one by one: the one that failed is the only one to be written again.
        self._number += 1
        header = self._header(self._number)
        records: Sequence[Flagged] = [(self._info, Flag.NONE), (record, flags)]
        try:
            self._segment = Segment.create(self._path(self._number), header, self._vault, records, self._disk)
        except OSError as error:
            raise storage_error("The record could not be written", error) from error

    def _give_up_segment(self) -> None:
        if self._segment is not None:
            self._previous = self._segment.acknowledged()
            self._segment.close()
            self._segment = None

    def _rewrite(self) -> bool:
        """Write the evening anew as one segment, without struck lines; whether nothing of the old is left."""
        header = Header(
            evening=self.id, vault=self._vault.id, rehearsal=self._rehearsal, replaces=self._number
        )
        records: list[Flagged] = [(self._info, Flag.NONE), *((line, Flag.NONE) for line in self._lines)]
        try:
            self._raise_if_gone()
            fresh = put_in_place(self._sessions, header, self._vault, records, self._disk)
        except (OSError, StorageError):
            return False
        self._give_up_segment()
        self._segment = fresh
        try:
            self._disk.sync_folder(self._sessions)
            remove_replaced(self._sessions, header)
        except OSError:
            # After a power cut the old file may be back under this name: nothing more goes into the new one.
            self._give_up_segment()
            return False
        self._rewrite_due = False
        return True

    def _header(self, number: int) -> Header:
        return Header(
            evening=self.id,
            segment=number,
            vault=self._vault.id,
            rehearsal=self._rehearsal,
            previous=self._previous,
        )

    def _raise_if_gone(self) -> None:
        # Either partner may delete the evening from elsewhere while it goes on; nothing may bring it back.
        if not self._path(0).exists():
            raise StorageError(
                "The record of this evening is gone.", "it was deleted, or its disk was removed"
            )

    def _path(self, number: int) -> Path:
        return folder.segment_path(self._sessions, self.id, number)


def put_in_place(
    sessions: Path, header: Header, vault: PublicVault, records: Sequence[Flagged], disk: Disk
) -> Segment:
    """Put a whole evening, under a fresh key, over its first segment in one step; the folder is not synced.

    Raises OSError, and leaves the old one as it was.
    """
    temporary = folder.rewrite_path(sessions, header.evening)
    temporary.unlink(missing_ok=True)
    segment = Segment.create(temporary, header, vault, records, disk)
    try:
        temporary.replace(folder.segment_path(sessions, header.evening))
    except OSError:
        segment.close()
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return segment


def remove_replaced(sessions: Path, header: Header) -> None:
    """Delete the segments that a rewrite replaced. Raises OSError."""
    for number in range(1, header.replaces + 1):
        folder.segment_path(sessions, header.evening, number).unlink(missing_ok=True)
