"""10,000 texts that mean no good: how each family ends, its slowest text, and the most memory that it took.

python -m tests.bench.hostile [COUNT]; needs no models. Each family has a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections import Counter

from tests.bench.figures import machine, say
from tests.exercise.hostile import FAMILIES, hostile
from tests.exercise.test_hostile import outcome

MOST_SECONDS, MOST_MEMORY = 1.0, 200.0
"""The aims for each text; memory in MB, the interpreter's own included."""


def family_figures(family: str, count: int) -> tuple[Counter[str], float, int, float]:
    """How its texts end, the slowest one in seconds and its seed, and the peak of memory in MB."""
    ends: Counter[str] = Counter()
    slowest, which = 0.0, 0
    for seed in range(count):
        text = hostile(family, seed)
        began = time.perf_counter()
        try:
            ends[outcome(text)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            ends[f"{type(error).__name__} (seed {seed})"] += 1
        took = time.perf_counter() - began
        slowest, which = max((slowest, which), (took, seed))
    return ends, slowest, which, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> int:
    """Print a line for each family; 1 if one of them misses an aim."""
    say(machine())
    each, missed = -(-count // len(FAMILIES)), 0
    for family in FAMILIES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            ends, slowest, which, memory = pool.apply(family_figures, (family, each))
        told = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
        say(f"  {family:12} {told:34} slowest {slowest:5.2f} s (seed {which})  peak {memory:4.0f} MB")
        missed += slowest > MOST_SECONDS or memory > MOST_MEMORY or not set(ends) <= {"used", "refused"}
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
