"""Disks that fail: nothing is lost in silence, and no struck word comes back."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.journal.journal_help import ANSWERS, INFO, Faults, a_vault, read, record, said, texts_of, the_key
from voice_guide.errors import StorageError
from voice_guide.journal import folder, frames
from voice_guide.journal.disk import ATTEMPTS
from voice_guide.journal.evening import State, Strike
from voice_guide.journal.folder import evenings_in, rewrite_path, segment_path
from voice_guide.journal.frames import BLOCK, Flag
from voice_guide.journal.header import Header
from voice_guide.journal.settle import settle
from voice_guide.journal.store import Recorder, put_in_place
from voice_guide.journal.vault_file import Vault, read_vault


def files(root: Path) -> list[str]:
    """The names of all files of all evenings, without their random letters."""
    return sorted(path.name.partition(".")[2] for path in (root / "sessions").iterdir())


def the_vault(root: Path) -> Vault:
    """The couple's vault."""
    return read_vault(root / "vault.json")


def started(root: Path, faults: Faults) -> Recorder:
    """An evening with its first answer kept."""
    return record(root, a_vault(root), ANSWERS[:1], kept=None, disk=faults.disk)


def test_a_failed_write_is_tried_again_with_the_same_bytes(tmp_path: Path) -> None:
    """The same frame goes to the same place, and the record stays in one segment."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.fail_next_writes(ATTEMPTS - 1)
    recorder.append(said(2, ANSWERS[1]))
    recorder.close(True, "finished")
    tries = faults.writes[-1 - ATTEMPTS : -1]
    assert len(set(tries)) == 1
    assert files(tmp_path) == ["vgr"]


def test_a_write_that_goes_on_failing_opens_a_new_segment(tmp_path: Path) -> None:
    """The line goes to a second file, and both read as one whole evening."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.fail_next_writes(ATTEMPTS)
    assert recorder.append(said(2, ANSWERS[1])) == 2
    recorder.append(said(3, ANSWERS[2]))
    recorder.close(True, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert files(tmp_path) == ["1.vgr", "vgr"]
    assert texts_of(evening) == ANSWERS
    assert (evening.state, evening.damaged, evening.torn) == (State.KEPT, 0, False)


def test_a_failed_sync_is_never_tried_again(tmp_path: Path) -> None:
    """After it the old file is left alone; the line is written again in a new segment, and read once."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    old = segment_path(tmp_path / "sessions", recorder.id)
    faults.fail_next_sync()
    recorder.append(said(2, ANSWERS[1]))
    size = old.stat().st_size
    recorder.append(said(3, ANSWERS[2]))
    recorder.close(False, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert old.stat().st_size == size
    assert [line.seq for line in evening.lines] == [1, 2, 3]
    assert (evening.state, evening.damaged) == (State.UNDECIDED, 0)


def test_a_change_in_an_earlier_segment_is_noticed(tmp_path: Path) -> None:
    """The hash in the next header covers what was acknowledged, and only that."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.fail_next_sync()
    recorder.append(said(2, ANSWERS[1]))
    recorder.close(True, "finished")
    first = segment_path(tmp_path / "sessions", recorder.id)
    raw = first.read_bytes()
    vault = the_vault(tmp_path)
    first.write_bytes(raw[:-BLOCK])
    assert read(tmp_path, vault, recorder.id).damaged == 0
    first.write_bytes(raw[: 2 * BLOCK] + bytes(BLOCK) + raw[3 * BLOCK :])
    assert read(tmp_path, vault, recorder.id).damaged == 1
    first.write_bytes(raw[: -2 * BLOCK])
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.damaged) == (ANSWERS[1:2], 1)
    first.unlink()
    assert read(tmp_path, vault, recorder.id).damaged == 1


def test_a_disk_that_takes_nothing_is_said_and_survived(tmp_path: Path) -> None:
    """Each line that is not kept is an error; when there is room again, a new segment goes on."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.broken = True
    for turn in (2, 3):
        with pytest.raises(StorageError, match=r"no space left.*free some space") as failed:
            recorder.append(said(turn, "heron words"))
        assert "heron" not in str(failed.value) + repr(failed.value.__cause__)
    assert files(tmp_path) == ["vgr"]
    faults.broken = False
    assert recorder.append(said(4, "afterwards")) == 4
    recorder.close(True, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert texts_of(evening) == (ANSWERS[0], "afterwards")
    assert (evening.damaged, evening.state) == (0, State.KEPT)


def test_no_number_is_used_twice_with_one_key(tmp_path: Path) -> None:
    """Whatever fails, two different frames never carry the same number after the same header."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    kept = 1
    for turn in range(2, 12):
        faults.fail_next_writes(turn % (2 * ATTEMPTS + 1))
        if turn % 2:
            faults.fail_next_sync()
        with contextlib.suppress(StorageError):
            recorder.append(said(turn, f"answer {turn}"))
            kept += 1
    faults.failing_writes.clear()
    faults.failing_syncs.clear()
    recorder.close(True, "finished")
    seen: dict[tuple[bytes, int], set[bytes]] = {}
    header = b""
    for _, data in faults.writes:
        for frame in frames.scan(data).frames:
            if frame.flags & Flag.HEADER:
                header = frame.raw
            seen.setdefault((header, frame.seq), set()).add(frame.raw)
    assert all(len(found) == 1 for found in seen.values())
    assert len({header for header, _ in seen}) > 2
    assert len(read(tmp_path, the_vault(tmp_path), recorder.id).lines) == kept < 11


def test_a_record_that_cannot_begin_leaves_no_file(tmp_path: Path) -> None:
    """If the first sync fails there is an error with a hint, and nothing on disk."""
    with pytest.raises(StorageError, match="could not be begun"):
        Recorder.create(tmp_path / "sessions", a_vault(tmp_path).public, INFO, disk=Faults(broken=True).disk)
    assert files(tmp_path) == []


def test_a_strike_is_obeyed_before_the_rewrite(tmp_path: Path) -> None:
    """If the rewrite fails the tombstone alone hides the words; the close makes up for the rewrite."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    recorder.append(said(2, ANSWERS[1]))
    faults.failing_syncs.add(faults.syncs + 2)  # the tombstone's sync passes, the rewrite's does not
    assert recorder.strike({1}) == (1,)
    vault = the_vault(tmp_path)
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.unsettled) == (ANSWERS[1:2], True)
    assert files(tmp_path) == ["vgr"]
    recorder.close(True, "finished")
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.unsettled, evening.state) == (ANSWERS[1:2], False, State.KEPT)


def test_a_strike_that_reaches_no_disk_is_an_error(tmp_path: Path) -> None:
    """The couple has to know; a close that finds room again still removes the words."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.broken = True
    with pytest.raises(StorageError, match="could not be written"):
        recorder.strike({1})
    faults.broken = False
    recorder.close(True, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert (evening.lines, evening.unsettled) == ((), False)


def test_a_strike_reaches_what_was_called_lost(tmp_path: Path) -> None:
    """A line whose sync failed counts as not kept, but may lie on the disk: a strike removes it."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.failing_syncs |= {faults.syncs + 1, faults.syncs + 2}
    with pytest.raises(StorageError):
        recorder.append(said(2, "heron words"))
    vault = the_vault(tmp_path)
    assert "heron words" in texts_of(read(tmp_path, vault, recorder.id))
    assert recorder.strike({2}) == (2,)
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.unsettled) == (ANSWERS[:1], False)
    recorder.abandon()


def test_a_rewrite_joins_all_segments(tmp_path: Path) -> None:
    """A strike in an evening of several segments leaves one, and later trouble goes on from there."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.fail_next_sync()
    recorder.append(said(2, ANSWERS[1]))
    recorder.append(said(3, ANSWERS[2]))
    assert recorder.strike({1}) == (1,)
    assert files(tmp_path) == ["vgr"]
    faults.fail_next_sync()
    recorder.append(said(4, "more"))
    recorder.close(True, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert files(tmp_path) == ["2.vgr", "vgr"]
    assert texts_of(evening) == (*ANSWERS[1:], "more")
    assert (evening.damaged, evening.unsettled, evening.state) == (0, False, State.KEPT)


def test_a_rename_that_may_not_last_is_not_built_on(tmp_path: Path) -> None:
    """If the folder's sync fails after a rewrite, later lines go to a segment of their own."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    recorder.append(said(2, ANSWERS[1]))
    faults.failing_syncs.add(faults.syncs + 4)  # tombstone, new file, its folder, then the rename
    recorder.strike({1})
    recorder.append(said(3, ANSWERS[2]))
    assert files(tmp_path) == ["1.vgr", "vgr"]
    recorder.close(True, "finished")
    evening = read(tmp_path, the_vault(tmp_path), recorder.id)
    assert texts_of(evening) == ANSWERS[1:]
    assert (evening.damaged, evening.unsettled, files(tmp_path)) == (0, False, ["vgr"])


def crashed_strike(root: Path) -> Recorder:
    """An evening that died between the tombstone and the rewrite, with half a rewrite lying about."""
    faults = Faults()
    recorder = started(root, faults)
    faults.fail_next_sync()
    recorder.append(said(2, ANSWERS[1]))
    faults.failing_syncs.add(faults.syncs + 2)
    recorder.strike({1})
    recorder.abandon()
    rewrite_path(root / "sessions", recorder.id).write_bytes(b"half")
    return recorder


def test_a_strike_is_carried_out_when_the_record_is_next_opened(tmp_path: Path) -> None:
    """After a crash, settling writes the evening anew without the words; its state and id stay."""
    recorder = crashed_strike(tmp_path)
    vault = the_vault(tmp_path)
    assert read(tmp_path, vault, recorder.id).unsettled
    paths = evenings_in(tmp_path / "sessions")[recorder.id]
    assert settle(paths, the_key(vault), vault.public)
    evening = read(tmp_path, vault, recorder.id)
    assert files(tmp_path) == ["vgr"]
    assert (texts_of(evening), evening.unsettled, evening.info) == (ANSWERS[1:2], False, INFO)
    assert (evening.state, evening.id, evening.damaged) == (State.INTERRUPTED, recorder.id, 0)


def test_settling_keeps_the_count_of_what_was_lost(tmp_path: Path) -> None:
    """Damage stays shown after the damaged frames themselves are gone, and a kept evening stays kept."""
    recorder = record(tmp_path, a_vault(tmp_path), kept=None)
    recorder._keep(Strike((1,)))
    recorder.close(True, "finished")
    recorder.abandon()
    (path,) = paths = evenings_in(tmp_path / "sessions")[recorder.id]
    raw = bytearray(path.read_bytes())
    raw[4 * BLOCK + 100] ^= 1
    path.write_bytes(raw)
    vault = the_vault(tmp_path)
    assert settle(paths, the_key(vault), vault.public)
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.damaged, evening.unsettled) == (ANSWERS[2:], 1, False)
    assert evening.state is State.KEPT


def test_an_evening_that_is_still_written_is_not_settled(tmp_path: Path) -> None:
    """Opening the record from elsewhere does not pull the file away from under the recorder."""
    faults = Faults()
    recorder = started(tmp_path, faults)
    faults.failing_syncs.add(faults.syncs + 2)
    recorder.strike({1})
    vault = the_vault(tmp_path)
    assert not settle(evenings_in(tmp_path / "sessions")[recorder.id], the_key(vault), vault.public)
    recorder.append(said(2, ANSWERS[1]))
    recorder.close(True, "finished")
    assert texts_of(read(tmp_path, vault, recorder.id)) == ANSWERS[1:2]


def test_segments_that_a_rewrite_replaced_are_not_read(tmp_path: Path) -> None:
    """A crash between the rename and the deletion of old segments brings no struck word back."""
    recorder = crashed_strike(tmp_path)
    vault = the_vault(tmp_path)
    header = Header(evening=recorder.id, vault=vault.id, rehearsal=False, replaces=1)
    put_in_place(tmp_path / "sessions", header, vault.public, [(INFO, Flag.NONE)], Faults().disk).close()
    evening = read(tmp_path, vault, recorder.id)
    assert (evening.lines, evening.unsettled, evening.damaged) == ((), True, 0)


def test_forgetting_takes_half_written_files_too(tmp_path: Path) -> None:
    """Segments and half a rewrite go with the evening; other evenings stay."""
    recorder = crashed_strike(tmp_path)
    other = record(tmp_path, the_vault(tmp_path))
    folder.forget(tmp_path / "sessions", [recorder.id])
    assert list(evenings_in(tmp_path / "sessions")) == [other.id]
    assert files(tmp_path) == ["vgr"]


def test_a_folder_that_cannot_be_synced_is_said(tmp_path: Path) -> None:
    """Whether the evening is really gone is not claimed without the disk's word."""
    recorder = record(tmp_path, a_vault(tmp_path))
    with pytest.raises(StorageError, match="could not be deleted"):
        folder.forget(tmp_path / "sessions", [recorder.id], Faults(broken=True).disk)
