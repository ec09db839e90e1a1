"""The event file: for its owner alone, one JSON object a line."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from voice_guide.errors import StorageError, UsageError
from voice_guide.screen.eventlog import EventLog
from voice_guide.session.effects import Tell


def test_one_object_a_line_with_its_time_and_name(tmp_path: Path) -> None:
    """`at` is rounded to milliseconds; the fields follow as they were told."""
    path = tmp_path / "events"
    with EventLog(path) as log:
        log(0.0, Tell(name="session_started", fields={"exercise": "one", "partners": ["Ana", "Ben"]}))
        log(1.23456, Tell(name="pause"))
        log(
            2.0,
            Tell(name="heard", fields={"text": 'a "word"\nand caf\u00e9 \u2028', "final": True, "turn": 3}),
        )
    lines = path.read_text("utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [
        {"at": 0.0, "event": "session_started", "exercise": "one", "partners": ["Ana", "Ben"]},
        {"at": 1.235, "event": "pause"},
        {"at": 2.0, "event": "heard", "text": 'a "word"\nand caf\u00e9 \u2028', "final": True, "turn": 3},
    ]
    assert list(json.loads(lines[2])) == ["at", "event", "text", "final", "turn"]


def test_each_event_can_be_read_at_once(tmp_path: Path) -> None:
    """Other programs follow the file while the evening goes on."""
    path = tmp_path / "events"
    with EventLog(path) as log:
        log(0.0, Tell(name="pause"))
        assert path.read_text() == '{"at": 0.0, "event": "pause"}\n'


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_only_its_owner_can_read_it(tmp_path: Path, umask: int) -> None:
    """Mode 0600, whatever the umask is and whatever lay there before."""
    path = tmp_path / "events"
    path.write_text("old")
    path.chmod(0o644)
    before = os.umask(umask)
    try:
        with EventLog(path):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == ""


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_refused_and_stays(tmp_path: Path, there: bool) -> None:
    """Whoever put it there gets no words through it; `/dev/stdout` is one, and is the whole system's."""
    target = tmp_path / "target"
    if there:
        target.write_text("mine")
    path = tmp_path / "events"
    path.symlink_to(target)
    with pytest.raises(UsageError) as caught:
        EventLog(path)
    assert caught.value.message == f"{path} cannot be written: it is a link."
    assert caught.value.hint == "choose another --events FILE"
    assert path.is_symlink()
    assert target.exists() is there
    assert not there or target.read_text() == "mine"


def test_what_is_no_file_is_refused_and_stays(tmp_path: Path) -> None:
    """A folder, a pipe with a name."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(UsageError) as caught:
            EventLog(path)
        assert caught.value.message == f"{path} cannot be written: it is no file."
        assert caught.value.hint == "choose another --events FILE"
        assert path.exists()


def test_whoever_holds_the_old_file_open_reads_no_new_words(tmp_path: Path) -> None:
    """It is made anew, not emptied."""
    path = tmp_path / "events"
    path.write_text("")
    with path.open() as old, EventLog(path) as log:
        log(0.0, Tell(name="pause"))
        assert old.read() == ""


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A missing folder, or a file in its place: one sentence and a hint."""
    with pytest.raises(StorageError) as caught:
        EventLog(tmp_path / "none" / "events")
    assert caught.value.message == f"The event file {tmp_path}/none/events cannot be written."
    assert caught.value.hint == "No such file or directory; choose another --events FILE"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError, match="cannot be written"):
        EventLog(tmp_path / "file" / "events")
