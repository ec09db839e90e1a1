"""A quarter of one core: where the group is made, what is written into it, and that nothing of it stays."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.bench.slow import NoSlowness, Slow, quarter_core


class Kernel:
    """Files that look like the kernel's; a group has its limits from the beginning, as there."""

    def __init__(self, folder: Path, mounts: str, groups: str) -> None:
        self.proc = folder / "proc"
        self.proc.mkdir()
        (self.proc / "mountinfo").write_text(mounts)
        (self.proc / "cgroup").write_text(groups)


def born_with(monkeypatch: pytest.MonkeyPatch, *files: str) -> list[dict[str, str]]:
    """Have each new group come with these files; gives what stood in them when the group went."""
    went: list[dict[str, str]] = []
    make, remove = Path.mkdir, Path.rmdir

    def mkdir(self: Path, mode: int = 0o777) -> None:
        make(self, mode)
        for name in files:
            (self / name).write_text("")

    def rmdir(self: Path) -> None:
        went.append({name: (self / name).read_text() for name in files})
        for name in files:
            (self / name).unlink()
        remove(self)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    monkeypatch.setattr(Path, "rmdir", rmdir)
    return went


def mount(point: Path, kind: str, options: str, root: str = "/") -> str:
    """A line of mountinfo."""
    return f"32 31 0:29 {root} {point} rw,relatime shared:9 - {kind} {kind} rw,{options}\n"


def test_version_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below our own group of the processor's hierarchy, a period of 10 ms and a quota of 2.5 ms."""
    point = tmp_path / "cpu,cpuacct"
    (point / "mine").mkdir(parents=True)
    other = tmp_path / "memory"
    mounts = mount(other, "cgroup", "memory") + mount(point, "cgroup", "cpu,cpuacct")
    kernel = Kernel(tmp_path, mounts, "5:memory:/elsewhere\n3:cpu,cpuacct:/mine\n0::/\n")
    went = born_with(monkeypatch, "cpu.cfs_period_us", "cpu.cfs_quota_us")
    with quarter_core(kernel.proc) as slow:
        assert slow.folder.parent == point / "mine"
    assert went == [{"cpu.cfs_period_us": "10000", "cpu.cfs_quota_us": "2500"}]
    assert list((point / "mine").iterdir()) == []


def test_version_2_beside_our_own_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where our own group shares no processor out, its neighbour does."""
    point = tmp_path / "unified"
    (point / "user" / "shell").mkdir(parents=True)
    kernel = Kernel(tmp_path, mount(point, "cgroup2", "nsdelegate"), "0::/user/shell\n")
    went = born_with(monkeypatch, "cpu.max")
    with quarter_core(kernel.proc) as slow:
        assert slow.folder.parent == point / "user" / "shell"
    assert went == [{"cpu.max": "2500 10000"}]

    def refuse_own(self: Path, mode: int = 0o777) -> None:
        if self.parent.name == "shell":
            raise PermissionError(13, "Permission denied")
        make(self, mode)

    make = Path.mkdir
    monkeypatch.setattr(Path, "mkdir", refuse_own)
    with quarter_core(kernel.proc) as slow:
        assert slow.folder.parent == point / "user"


def test_a_machine_that_cannot_be_slowed_says_why(tmp_path: Path) -> None:
    """No group without a limit is left behind, and the reason is a sentence's end."""
    point = tmp_path / "unified"
    point.mkdir()
    kernel = Kernel(tmp_path, mount(point, "cgroup2", "nsdelegate"), "0::/\n")
    with (
        pytest.raises(
            NoSlowness, match=r"^the processor cannot be limited there \(No such file or directory\)$"
        ),
        quarter_core(kernel.proc),
    ):
        raise AssertionError("it is not limited")
    assert list(point.iterdir()) == []


def test_a_machine_without_groups_says_so(tmp_path: Path) -> None:
    """Nothing is mounted, so nothing is tried."""
    kernel = Kernel(tmp_path, "", "0::/\n")
    with (
        pytest.raises(NoSlowness, match=r"^there are no control groups for the processor$"),
        quarter_core(kernel.proc),
    ):
        raise AssertionError("it is not limited")


def test_the_command_enters_before_it_begins(tmp_path: Path) -> None:
    """The process that writes its number into the group is the one that becomes the command."""
    command = Slow(tmp_path).around(["/bin/sh", "-c", 'echo "$$ $0 $1"', "a b", "$HOME"])
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    number = (tmp_path / "cgroup.procs").read_text().strip()
    assert done.stdout == f"{number} a b $HOME\n"
