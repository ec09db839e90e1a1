"""What the kernel tells of a process and its children: processor time and memory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for each in found:
        with suppress(OSError):
            for children in (_PROC / str(each) / "task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
    return found


def processor_seconds(pid: int) -> float:
    """Processor time of the family so far, of all threads that have not ended."""
    return sum(_of_one(each) for each in family(pid))


def _of_one(pid: int) -> float:
    nanoseconds = 0
    for task in (_PROC / str(pid) / "task").glob("*/schedstat"):
        with suppress(OSError):  # a thread that has just ended
            nanoseconds += int(task.read_text().split()[0])
    if nanoseconds:
        return nanoseconds / 1e9
    with suppress(OSError):
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def memory(pid: int) -> tuple[float, float]:
    """PSS and RSS of the family now, in MB of 10^6 bytes; PSS counts what is shared in shares."""
    pss = rss = 0
    for each in family(pid):
        with suppress(OSError):
            for line in (_PROC / str(each) / "smaps_rollup").read_text().splitlines():
                name, _, rest = line.partition(":")
                if name == "Pss":
                    pss += int(rest.split()[0])
                elif name == "Rss":
                    rss += int(rest.split()[0])
    return pss * 1024 / 1e6, rss * 1024 / 1e6
