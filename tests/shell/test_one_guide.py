"""A second guide for the same folder is refused, whatever ended the first; nothing in /tmp can be turned against us."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voice_guide import one_guide as module
from voice_guide.errors import ExitCode, UsageError
from voice_guide.one_guide import one_guide

HOLD = """
import os, sys
from pathlib import Path
from voice_guide.one_guide import one_guide
with one_guide(Path(sys.argv[1])):
    forked = "fork" in sys.argv
    number, child = os.getpid(), os.fork() if forked else 0
    if not child:  # a child tells it itself: it is there, then
        print(number, os.getpid() if forked else 0, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder of this test's own, in place of the user's."""
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    real = module._opened
    monkeypatch.setattr(
        module, "_opened", lambda path: None if str(path).startswith("/run/user") else real(path)
    )
    return folder


@contextmanager
def guide(home: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    """Another process that is the guide, its number, and that of its child."""
    command = [sys.executable, "-c", HOLD.replace("with one", PATCH + "with one", 1), str(home), *more]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        number, child = process.stdout.readline().split()
        try:
            yield process, int(number), int(child)
        finally:
            process.kill()


PATCH = """
from voice_guide import one_guide as module
real = module._opened
module._opened = lambda path: None if str(path).startswith("/run/user") else real(path)
"""


def refuse(home: Path) -> UsageError:
    """The error of a second guide."""
    with pytest.raises(UsageError) as told, one_guide(home):
        pass
    return told.value


def test_a_second_guide_is_refused(tmp_path: Path) -> None:
    """In one sentence, with the first one's number, as a mistake of usage."""
    with guide(tmp_path) as (_, number, _):
        error = refuse(tmp_path)
    assert error.message == "A guide is already running here."
    assert error.hint == f"end it first, or wait; its process number is {number}"
    assert error.exit_code is ExitCode.USAGE


def test_within_one_process_too(tmp_path: Path) -> None:
    """And a refusal takes nothing from the one that runs."""
    with one_guide(tmp_path):
        refuse(tmp_path)
        assert str(os.getpid()) in refuse(tmp_path).hint


def test_the_same_folder_by_another_name(tmp_path: Path) -> None:
    """A link to the folder is the folder; another folder is none of its business."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "link").symlink_to(home)
    with one_guide(home):
        refuse(tmp_path / "link")
        with one_guide(tmp_path / "other"):
            pass


def test_a_folder_behind_links_in_a_circle(tmp_path: Path) -> None:
    """Whoever opens it will tell of it; the lock stands for the name as it is."""
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    with one_guide(tmp_path / "one"):
        refuse(tmp_path / "one")


def test_nothing_stays_behind(tmp_path: Path, runtime: Path) -> None:
    """Neither in the runtime folder nor in the data folder, which need not exist."""
    with one_guide(tmp_path / "home"):
        assert len(list(runtime.iterdir())) == 1
        assert not (tmp_path / "home").exists()
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_let_go_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    """A guide that was killed stands in nobody's way."""
    with guide(tmp_path) as (process, _, _):
        process.send_signal(number)
        process.wait()
        with one_guide(tmp_path):
            pass


def test_a_child_that_outlives_the_guide(tmp_path: Path) -> None:
    """A fork does not keep the lock for its dead parent, nor does its end take it from a living one."""
    with guide(tmp_path, "fork") as (process, _, child):
        refuse(tmp_path)
        process.kill()
        process.wait()
        os.kill(child, 0)  # it lives
        with one_guide(tmp_path):
            pass
        assert process.stdin is not None
        os.kill(child, signal.SIGKILL)


def test_a_childs_end_changes_nothing(tmp_path: Path) -> None:
    """Even one that leaves the block as its parent will."""
    block = one_guide(tmp_path)
    block.__enter__()
    child = os.fork()
    if child == 0:
        block.__exit__(None, None, None)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    refuse(tmp_path)
    block.__exit__(None, None, None)
    with one_guide(tmp_path):
        pass


def test_the_file_that_was_taken_away(tmp_path: Path, runtime: Path) -> None:
    """Between open and lock its last holder unlinked it: a lock on that file would lock nothing."""
    real, locked = fcntl.flock, list[int]()

    def flock(descriptor: int, how: int) -> None:
        if not locked:
            next(runtime.iterdir()).unlink()
        locked.append(descriptor)
        real(descriptor, how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fcntl, "flock", flock)
        block = one_guide(tmp_path)
        block.__enter__()
    assert len(locked) == 2
    refuse(tmp_path)
    block.__exit__(None, None, None)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No runtime folder; a temporary folder that others write into."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "relative/is/ignored")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def own(shared: Path) -> Path:
    """The user's own folder in it."""
    return shared / f"voice-guide-{os.getuid()}"


def test_a_folder_of_ones_own(tmp_path: Path, shared: Path) -> None:
    """For the user alone; it holds the lock as well as another would."""
    with one_guide(tmp_path):
        assert own(shared).stat().st_mode & 0o777 == 0o700
        refuse(tmp_path)


@pytest.mark.parametrize("trick", ["link", "open to all", "a file"])
def test_tricks_in_a_shared_folder(tmp_path: Path, shared: Path, trick: str) -> None:
    """What others prepared there is not used and not touched; the evening goes on without a lock."""
    bait = tmp_path / "bait"
    bait.mkdir()
    match trick:
        case "link":
            own(shared).symlink_to(bait)
        case "open to all":
            own(shared).mkdir()
            own(shared).chmod(0o777)
        case _:
            own(shared).write_text("mine")
    with one_guide(tmp_path):
        assert list(bait.iterdir()) == []
    if trick == "open to all":
        assert list(own(shared).iterdir()) == []
    if trick == "a file":
        assert own(shared).read_text() == "mine"


def test_a_link_in_place_of_the_lock(tmp_path: Path, runtime: Path) -> None:
    """It is not followed: what it leads to keeps its words."""
    with one_guide(tmp_path):
        (name,) = os.listdir(runtime)
    victim = tmp_path / "victim"
    victim.write_text("words")
    (runtime / name).symlink_to(victim)
    with one_guide(tmp_path):
        pass
    assert victim.read_text() == "words"


def test_no_folder_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, an evening is led all the same."""
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with one_guide(tmp_path):
        pass
