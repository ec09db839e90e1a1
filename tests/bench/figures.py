"""Figures: what was measured, beside its yardstick, and on which machine."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the report."""

    what: str
    values: Sequence[float]
    unit: str
    aim: str = ""

    def __str__(self) -> str:
        middle, high = (float(np.quantile(self.values, q)) for q in (0.5, 0.95))
        digits = 1 if middle < 20 else 0
        if self.unit == "s":
            digits = 2
        spread = f"{min(self.values):.{digits}f} to {max(self.values):.{digits}f}"
        row = f"  {self.what:60} {middle:7.{digits}f} {self.unit:3}"
        if len(self.values) > 1:
            row += f" p95 {high:6.{digits}f}  ({spread}, n={len(self.values)})"
        return row + (f"  aim: {self.aim}" if self.aim else "")


def machine() -> str:
    """Processor, cores, kernel and Python; no names."""
    kernel = platform.release().split("-")[0]
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        named = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model += f", {named[0].partition(':')[2].strip()}" if named else ""
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {kernel}, "
        f"Python {platform.python_version()}; load {load:.1f} at the start"
    )


def say(line: object = "") -> None:
    """Print a line now, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
