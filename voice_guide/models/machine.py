"""Which transcriber this machine can carry: measured once, at the first fetch."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LARGE = "base"
SMALL = "tiny.en"

BASE_REAL_TIME_FACTOR = 0.044
"""Seconds that base needs for one second of speech (int8, one thread, beam 5, fitted encoder window).

Measured on 50 LibriSpeech utterances on the reference machine: 0.346 s for 7.9 s.
"""

REFERENCE_GFLOPS = 150.0
"""float32 matrix product on one thread of that same machine, by `measure_gflops`."""

MOST_REAL_TIME_FACTOR = 0.1
"""base is chosen up to here: an answer of ten seconds is then text within a second.

Provisional: a matrix product only stands in for Whisper, and this was calibrated on one machine.
"""

MOST_FOR_SECOND_PASS = 0.3
"""Up to here base hears kept words again: in its full window, twice where that is unsure, it takes about three times
as long for a second of speech, and half of an evening is speech."""

LEAST_MEMORY = 2 * 2**30
"""Bytes available; everything together stays resident in about a quarter of it."""

LEAST_CORES = 2
"""One for the transcriber, one for the ears."""

_MEASURE = """
import time, numpy
side = 768
a = numpy.full((side, side), 0.5, dtype=numpy.float32)
best, end = 9.0, time.perf_counter() + 0.25
a @ a
while time.perf_counter() < end:
    began = time.perf_counter()
    a @ a
    best = min(best, time.perf_counter() - began)
print(2 * side**3 / best / 1e9)
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """What counts for the choice."""

    cores: int
    memory: int
    """Bytes available."""
    gflops: float
    """Of one thread, float32."""

    @property
    def base_real_time_factor(self) -> float:
        """What base would need here for one second of speech, estimated."""
        return BASE_REAL_TIME_FACTOR * REFERENCE_GFLOPS / max(self.gflops, 0.1)


def choose_transcriber(machine: Machine) -> str:
    """base where it answers in time, else tiny.en."""
    fits = machine.cores >= LEAST_CORES and machine.memory >= LEAST_MEMORY
    return LARGE if fits and machine.base_real_time_factor <= MOST_REAL_TIME_FACTOR else SMALL


def carries_second_pass(factor: float, memory: int) -> bool:
    """Whether a machine on which base takes `factor` seconds for one of speech can hear again with it."""
    return factor <= MOST_FOR_SECOND_PASS and memory >= LEAST_MEMORY


def choose_second(machine: Machine) -> str:
    """What to have besides, to hear kept words again: base where it is not the one that listens; else nothing."""
    carried = carries_second_pass(machine.base_real_time_factor, machine.memory)
    return LARGE if carried and choose_transcriber(machine) == SMALL else ""


def this_machine() -> Machine:
    """Measure this machine; takes about half a second."""
    return Machine(_cores(), available_memory(), measure_gflops())


def measure_gflops() -> float:
    """10^9 float32 operations a second of one thread, in a matrix product; 0.0 if it cannot be measured."""
    # In a process of its own: the libraries below numpy read their number of threads when they are loaded.
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, and the constant above
            [sys.executable, "-c", _MEASURE],
            env={**os.environ, **single},
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        return float(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0.0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available_memory() -> int:
    """Bytes that programs can have now without taking from others; 0 if nobody can tell."""
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        # macOS tells the whole memory only; it gives back what others can spare.
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    available = re.search(r"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE)
    return int(available[1]) * 1024 if available else 0
