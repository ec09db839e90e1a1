"""Lines that a second pass heard better: they take the place of the first ones, and no crash costs a word."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.journal.journal_help import ANSWERS, INFO, Faults, a_vault, read, record, said, texts_of
from voice_guide.errors import StorageError
from voice_guide.journal import open_record
from voice_guide.journal.evening import State
from voice_guide.journal.folder import evenings_in
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault import create_vault

BETTER = "I am afraid of her own words"


def test_better_words_take_the_place_of_the_first(tmp_path: Path) -> None:
    """Number, time and speaker stay; the line says that its words have changed, and how sure each of them is."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    assert recorder.improve(1, BETTER, (90, 80, 99, 70, 60, 50, 40))
    recorder.abandon()
    line, second, _ = read(tmp_path, vault, recorder.id).lines
    assert (line.seq, line.who, line.at, line.text) == (1, "Ana", 30.0, BETTER)
    assert (line.again, line.sure) == (True, (90, 80, 99, 70, 60, 50, 40))
    assert (second.again, second.sure) == (False, ())


def test_the_same_words_are_only_surer(tmp_path: Path) -> None:
    """A line that was heard well says nothing of having been heard again."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, ANSWERS[1:2], kept=None)
    assert recorder.improve(1, ANSWERS[1], (90, 80, 99, 70))
    recorder.abandon()
    (line,) = read(tmp_path, vault, recorder.id).lines
    assert (line.text, line.again, line.sure) == (ANSWERS[1], False, (90, 80, 99, 70))


@pytest.mark.parametrize(("kept", "state"), [(True, State.KEPT), (False, State.UNDECIDED)])
def test_it_may_come_after_the_end(tmp_path: Path, kept: bool, state: State) -> None:
    """The evening stays what it was; nothing else may follow its end."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    recorder.close(kept, "finished")
    assert recorder.improve(1, BETTER)
    for late in (
        lambda: recorder.append(said(4, "late")),
        lambda: recorder.strike([1]),
        lambda: recorder.close(True, ""),
    ):
        with pytest.raises(RuntimeError):
            late()
    recorder.abandon()
    evening = read(tmp_path, vault, recorder.id)
    assert (evening.state, texts_of(evening)) == (state, (BETTER, *ANSWERS[1:]))
    assert (evening.damaged, evening.torn, evening.unsettled) == (0, False, False)


def test_a_crash_behind_the_end_keeps_the_first_words(tmp_path: Path) -> None:
    """Half a frame behind the end is no damage: every line is there, as the guide heard it."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    recorder.close(True, "finished")
    recorder.improve(1, BETTER)
    recorder.abandon()
    (path,) = evenings_in(tmp_path / "sessions")[recorder.id]
    path.write_bytes(path.read_bytes()[:-100])
    evening = read(tmp_path, vault, recorder.id)
    assert (evening.state, texts_of(evening), evening.torn) == (State.KEPT, ANSWERS, False)


def test_struck_words_stay_struck(tmp_path: Path) -> None:
    """What the second pass says of a line that is gone changes nothing; a strike takes the better words along."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    assert recorder.improve(2, "of being a heavy burden")
    recorder.strike([1, 2])
    assert not recorder.improve(1, BETTER)
    recorder.close(True, "finished")
    recorder.abandon()
    assert texts_of(read(tmp_path, vault, recorder.id)) == (ANSWERS[2],)
    assert not recorder.improve(3, "after the last")


def test_a_disk_that_refuses_leaves_the_first_words(tmp_path: Path) -> None:
    """It is told, and the line can be read as it was."""
    vault, faults = a_vault(tmp_path), Faults()
    recorder = Recorder.create(tmp_path / "sessions", vault.public, INFO, disk=faults.disk)
    recorder.append(said(1, ANSWERS[0]))
    recorder.close(True, "finished")
    faults.broken = True
    with pytest.raises(StorageError):
        recorder.improve(1, BETTER)
    recorder.abandon()
    evening = read(tmp_path, vault, recorder.id)
    assert (evening.state, texts_of(evening)) == (State.KEPT, ANSWERS[:1])


def test_it_can_be_read_without_the_program(tmp_path: Path) -> None:
    """The stand-alone script shows the better words, once."""
    vault = create_vault(tmp_path / "vault.json", ("Ana", "Ben"), None)
    recorder = record(tmp_path, vault, kept=None)
    recorder.close(True, "finished")
    recorder.improve(1, BETTER)
    recorder.abandon()
    paths = evenings_in(tmp_path / "sessions")[recorder.id]
    command = [sys.executable, open_record.__file__, str(vault.path), *map(str, paths)]
    shown = run(command, capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == [f"Ana: {BETTER}", f"Ben: {ANSWERS[1]}", f"Ana: {ANSWERS[2]}"]
