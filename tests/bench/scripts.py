"""Loading and checking 1,000 scripts, as long as the shipped ones and each of them different.

python -m tests.bench.scripts [COUNT]; needs no models. The yardstick is PyYAML on the same texts, in the same run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import yaml

from tests.bench.figures import Figure, machine, say
from voice_guide.exercise.check import lint
from voice_guide.exercise.load import load
from voice_guide.languages import language
from voice_guide.share import share_folder


def texts(count: int) -> list[str]:
    """So many scripts, each with words of its own."""
    known = [path.read_text(encoding="utf-8") for path in sorted(share_folder("scripts").glob("*.yaml"))]
    return [f'{known[n % len(known)]}  - say: "This is number {n}."\n' for n in range(count)]


def timed(work: Callable[[str], object], scripts: list[str]) -> list[float]:
    """Milliseconds for each."""
    found = []
    for text in scripts:
        began = time.perf_counter()
        work(text)
        found.append(1000 * (time.perf_counter() - began))
    return found


def main(count: int) -> None:
    """Print the figures."""
    say(machine())
    scripts, english = texts(count), language("en")
    folder = share_folder("scripts")

    def part(name: str) -> str:
        return (folder / f"{name}.yaml").read_text(encoding="utf-8")

    def load_and_check(text: str) -> None:
        lint(load(text, "s.yaml", part), english)

    ours = timed(load_and_check, scripts)
    fast = timed(lambda text: yaml.load(text, Loader=yaml.CSafeLoader), scripts)
    slow = timed(yaml.safe_load, scripts)
    say(Figure(f"{count} scripts, loaded and checked", [sum(ours) / 1000], "s", "5 s for 1,000"))
    say(Figure("one of them", ours, "ms", "50 ms"))
    say(Figure("yardstick: PyYAML with libyaml, one of them", fast, "ms"))
    say(Figure("yardstick: PyYAML without it, one of them", slow, "ms"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
