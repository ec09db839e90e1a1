"""A quarter of one core, through a control group: a stand-in for a small computer.

    python -m tests.bench.slow COMMAND...      e.g. python -m tests.bench.slow python -m tests.bench.turns

The group lies below our own; only what is measured runs in it, the sound server does not. The period is 10 ms,
because the usual one of 100 ms stops a process for 75 ms at a time, which no small computer does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PERIOD_US = 10_000
QUOTA_US = 2_500

_GONE_SECONDS = 5.0


class NoSlowness(Exception):
    """Why this machine cannot be slowed down, in a sentence."""


@dataclass(frozen=True, slots=True)
class Slow:
    """A control group that holds its processes to a quarter of one core."""

    folder: Path

    def around(self, command: Sequence[str]) -> list[str]:
        """The command, run inside; the shell that enters becomes the command."""
        return ["/bin/sh", "-c", 'echo $$ > "$0" && exec "$@"', str(self.folder / "cgroup.procs"), *command]

    def throttled_seconds(self) -> float:
        """How long its processes were held back so far."""
        for line in (self.folder / "cpu.stat").read_text().splitlines():
            name, value = line.split()
            if name in ("throttled_time", "throttled_usec"):
                return int(value) / (1e9 if name == "throttled_time" else 1e6)
        return 0.0


@contextmanager
def quarter_core(proc: Path = Path("/proc/self")) -> Iterator[Slow]:
    """Make the group, and take it away when its processes have ended. Raises NoSlowness."""
    folder = _made(proc)
    try:
        yield Slow(folder)
    finally:
        _remove(folder)


def _made(proc: Path) -> Path:
    problems = []
    for parent, version in _places(proc):
        folder = parent / f"voice-guide-bench-{os.getpid()}"
        try:
            folder.mkdir()
        except OSError as error:
            problems.append(f"no group can be made ({error.strerror})")
            continue
        try:
            _limit(folder, version)
        except OSError as error:
            folder.rmdir()
            problems.append(f"the processor cannot be limited there ({error.strerror})")
        else:
            return folder
    raise NoSlowness("; ".join(dict.fromkeys(problems)) or "there are no control groups for the processor")


def _limit(folder: Path, version: int) -> None:
    """Files of a group are never created: where one is missing, its controller is not at hand."""
    if version == 1:
        _write(folder / "cpu.cfs_period_us", str(PERIOD_US))
        _write(folder / "cpu.cfs_quota_us", str(QUOTA_US))
    else:
        _write(folder / "cpu.max", f"{QUOTA_US} {PERIOD_US}")


def _write(file: Path, text: str) -> None:
    with file.open("r+") as limit:
        limit.write(text)


def _places(proc: Path) -> Iterator[tuple[Path, int]]:
    """Where a group could be made, with the version of control groups there; our own group first."""
    mounts = list(_mounts(proc))
    for line in (proc / "cgroup").read_text().splitlines():
        number, controllers, path = line.split(":", 2)
        for root, point, kind, options in mounts:
            first = kind == "cgroup" and "cpu" in controllers.split(",") and "cpu" in options
            second = kind == "cgroup2" and number == "0" and not controllers
            if not (first or second) or not Path(path).is_relative_to(root):
                continue
            own = point / Path(path).relative_to(root)
            yield own, 1 if first else 2
            if second and own != point:
                # In version 2 a group that holds processes shares nothing out; its neighbours may be limited.
                yield own.parent, 2


def _mounts(proc: Path) -> Iterator[tuple[Path, Path, str, tuple[str, ...]]]:
    """Root, place, kind and options of every mounted hierarchy of groups; see proc(5)."""
    for line in (proc / "mountinfo").read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        if kind in ("cgroup", "cgroup2"):
            _, _, _, root, point, *_ = fields.split()
            yield Path(root), Path(point), kind, tuple(options.split(","))


def _remove(folder: Path) -> None:
    until = time.monotonic() + _GONE_SECONDS
    while True:
        try:
            folder.rmdir()
        except OSError:  # a process that has just ended is still counted
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    with quarter_core() as slow:
        sys.exit(subprocess.run(slow.around(sys.argv[1:]), check=False).returncode)
