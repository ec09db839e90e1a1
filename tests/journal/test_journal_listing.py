"""The list of evenings, without any key."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journal.journal_help import INFO, a_vault, record
from voice_guide.errors import ExitCode, UsageError
from voice_guide.home import Home
from voice_guide.journal import frames
from voice_guide.journal.evening import State
from voice_guide.journal.folder import moment_of, new_id, segment_path
from voice_guide.journal.listing import expire_undecided, find_evening, list_evenings
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault_file import read_vault


def named(home: Home, id: str, kept: bool | None = True) -> Path:
    """An evening whose file is renamed to `id`."""
    vault = read_vault(home.vault) if home.vault.exists() else a_vault(home.root)
    recorder = record(home.root, vault, kept=kept)
    recorder.abandon()
    return segment_path(home.sessions, recorder.id).rename(segment_path(home.sessions, id))


def test_nothing_is_listed_where_nothing_is(tmp_path: Path) -> None:
    """A home without evenings gives none."""
    assert list_evenings(Home(tmp_path)) == ()


def test_an_evening_shows_what_it_may(tmp_path: Path) -> None:
    """Id, state, size, rehearsal and vault are known without a key."""
    home, vault = Home(tmp_path), a_vault(tmp_path)
    recorder = Recorder.create(home.sessions, vault.public, INFO, rehearsal=True)
    recorder.close(False, "finished")
    (listed,) = list_evenings(home)
    assert (listed.id, listed.state, listed.rehearsal) == (recorder.id, State.UNDECIDED, True)
    assert (listed.vault, listed.size) == (vault.id, 4 * frames.BLOCK)
    assert listed.moment == datetime(2026, 11, 23, 20, 41)


def test_ids_sort_by_time(tmp_path: Path) -> None:
    """The newest evening is last; within a minute, the file that was changed last."""
    home = Home(tmp_path)
    for changed, id in enumerate(("2026-11-23-2041-zzzz", "2026-11-23-2041-aaaa", "2025-01-01-0000-mmmm")):
        os.utime(named(home, id), (changed, changed))
    assert [one.id[-4:] for one in list_evenings(home)] == ["mmmm", "zzzz", "aaaa"]
    assert find_evening(home, "last").id == "2026-11-23-2041-aaaa"


def test_ids_are_dates_and_letters() -> None:
    """A new id tells its minute, and two of them differ."""
    moment = datetime(2026, 11, 23, 20, 41, tzinfo=UTC)
    first, second = new_id(moment), new_id(moment)
    assert first != second
    assert moment_of(first) == moment.replace(tzinfo=None)
    assert moment_of("2026-99-99-9999-aaaa") is None


def test_a_prefix_is_enough(tmp_path: Path) -> None:
    """An id may be shortened while it is the only one; several and none are usage errors with a hint."""
    home = Home(tmp_path)
    for id in ("2026-11-23-2041-k7qa", "2026-11-24-0900-abcd"):
        named(home, id)
    assert find_evening(home, "2026-11-24").id == "2026-11-24-0900-abcd"
    with pytest.raises(UsageError, match="2 evenings begin with 2026"):
        find_evening(home, "2026")
    with pytest.raises(
        UsageError, match=r"no evening 2026-11-23-2041-k7qb.*did you mean 2026-11-23-2041-k7qa"
    ) as e:
        find_evening(home, "2026-11-23-2041-k7qb")
    assert e.value.exit_code is ExitCode.USAGE


def test_the_last_of_none_is_unknown(tmp_path: Path) -> None:
    """`last` without an evening says that there is none."""
    with pytest.raises(UsageError, match="no evenings yet"):
        find_evening(Home(tmp_path), "last")


def test_undecided_and_interrupted_evenings_go_after_seven_days(tmp_path: Path) -> None:
    """Kept ones stay for ever, others go once they are older than a week, by the date in their name."""
    home = Home(tmp_path)
    old = "2026-11-15-2359-"
    for letters, kept in (("kept", True), ("unde", False), ("inte", None)):
        named(home, old + letters, kept)
    named(home, "2026-11-16-1201-youn", None)
    gone = expire_undecided(home, datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert sorted(gone) == [old + "inte", old + "unde"]
    assert [one.id[-4:] for one in list_evenings(home)] == ["kept", "youn"]
    assert expire_undecided(home, datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) == ()


def test_what_a_newer_version_wrote_is_left_alone(tmp_path: Path) -> None:
    """A record of an unknown format is listed as unreadable, and never expires."""
    home = Home(tmp_path)
    path = named(home, "2020-01-01-0000-aaaa", None)
    path.write_bytes(frames.clear_frame(b'{"format":"voice-guide-record-9"}') * 2)
    assert [one.state for one in list_evenings(home)] == [State.UNREADABLE]
    assert expire_undecided(home, datetime(2026, 11, 23, tzinfo=UTC)) == ()


def test_other_files_are_none_of_our_business(tmp_path: Path) -> None:
    """What is not named like an evening is neither listed nor deleted."""
    home = Home(tmp_path)
    home.sessions.mkdir()
    (home.sessions / "notes.vgr").write_text("mine")
    assert list_evenings(home) == ()
