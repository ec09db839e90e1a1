"""How figures are taken and shown: a benchmark that lies is worse than none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.bench import processes
from tests.bench.figures import Figure
from tests.bench.probe import read
from tests.nightly.long_evening import Look, script, timed, trend
from voice_guide.library import open_script


def test_a_figure_is_shown_with_its_spread_and_its_aim() -> None:
    """Median, 95th percentile, the extremes, and how many there were."""
    shown = str(Figure("end of turn", [10.0, 30.0, 20.0], "ms", "p95 60 ms"))
    assert " ".join(shown.split()) == "end of turn 20 ms p95 29 (10 to 30, n=3) aim: p95 60 ms"


def test_one_value_has_no_spread() -> None:
    """A figure that was taken once does not pretend to more."""
    assert " ".join(str(Figure("memory", [332.4], "MB")).split()) == "memory 332 MB"


def test_a_wait_lasts_from_the_decision_to_its_own_prompt(tmp_path: Path) -> None:
    """Prompts that no turn's end led to, and those that were never handed over, are no waits."""
    report = {
        "decided": [[2, 1.0], [4, 5.0], [5, 6.0]],
        "handed": [[1, 0.5], [2, 1.025], [3, 2.0], [4, 5.05]],
    }
    (tmp_path / "report").write_text(json.dumps({**report, "underflows": 0}))
    assert read(tmp_path / "report").waits() == [pytest.approx(25.0), pytest.approx(50.0)]


def test_this_process_has_used_the_processor_and_memory() -> None:
    """Both are the kernel's figures, in seconds and in MB."""
    pss, rss = processes.memory(os.getpid())
    assert 5.0 < pss <= rss < 20_000.0
    before = processes.processor_seconds(os.getpid())
    sum(range(3_000_000))
    assert 0.0 < before < processes.processor_seconds(os.getpid())


def test_the_trend_is_that_of_the_evening_after_its_warm_up() -> None:
    """Loading models at the start is no growth, nor is one high moment; a steady leak is."""
    steady = [Look(m / 6, 100.0 if m < 60 else 300.0) for m in range(240)]
    peak = [Look(look.minutes, look.megabytes + (50.0 if i == 200 else 0.0)) for i, look in enumerate(steady)]
    leak = [Look(look.minutes, look.megabytes + 0.7 * look.minutes) for look in steady]
    assert trend(peak)[0] == 0.0
    assert trend(leak)[0] == pytest.approx(0.7)


@pytest.mark.parametrize("minutes", [3.0, 10.0, 40.0])
def test_the_long_evening_is_an_exercise(tmp_path: Path, minutes: float) -> None:
    """Whatever the length that is wished for, the script has no mistake, and its turns have room to talk."""
    file = tmp_path / "long.yaml"
    file.write_text(script(minutes))
    exercise = open_script(str(file))
    assert exercise.title == "A long evening"
    assert timed(minutes / 40) >= 0.5
