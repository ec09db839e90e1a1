"""All figures of the running program: `make bench`, and `make bench SLOW=1` on a quarter of one core.

python -m tests.bench [--slow] [--times N] [start] [turnaround] [evening]
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable

from tests.bench import evening, start, turnaround
from tests.bench.figures import Figure, machine, say
from tests.bench.lab import Failed, Lab, lab, missing
from tests.bench.slow import NoSlowness, quarter_core
from voice_guide.privacy.quiet import hush

PARTS: dict[str, Callable[[Lab, int], list[Figure]]] = {
    "start": start.measure,
    "turnaround": turnaround.measure,
    "evening": evening.measure,
}


def main(arguments: list[str]) -> int:
    """Print the figures; 1 if one could not be measured."""
    hush()
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Figures of the whole program."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--slow", action="store_true", help="on a quarter of one core")
    parser.add_argument("--times", type=int, default=9, help="rounds of each measurement")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.parts if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]}")
    if lack := missing():
        say(f"Nothing was measured: {lack}.")
        return 0
    say(machine())
    with contextlib.ExitStack() as stack:
        slow = None
        if options.slow:
            try:
                slow = stack.enter_context(quarter_core())
            except NoSlowness as why:
                say(f"Nothing was measured on a quarter of one core: {why}.")
                return 0
            say("on a quarter of one core, period 10 ms")
        place = stack.enter_context(lab(slow))
        return _report(place, options.parts or list(PARTS), options.times)


def _report(place: Lab, parts: list[str], times: int) -> int:
    failed = 0
    for name in parts:
        say(f"{name}:")
        try:
            for figure in PARTS[name](place, times):
                say(figure)
        except Failed as why:
            say(f"  not measured: {why}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
