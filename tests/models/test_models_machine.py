"""Which transcriber a machine gets."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from voice_guide.models import machine
from voice_guide.models.machine import LARGE, REFERENCE_GFLOPS, SMALL, Machine, choose_transcriber

REFERENCE = Machine(cores=2, memory=16 * 2**30, gflops=REFERENCE_GFLOPS)


def test_the_reference_machine_gets_base() -> None:
    """Its real-time factor is the measured one."""
    assert REFERENCE.base_real_time_factor == pytest.approx(machine.BASE_REAL_TIME_FACTOR)
    assert choose_transcriber(REFERENCE) == LARGE


@pytest.mark.parametrize(
    "poorer",
    [
        replace(REFERENCE, cores=1),
        replace(REFERENCE, memory=2**30),
        replace(REFERENCE, gflops=REFERENCE_GFLOPS * 0.4),
        replace(REFERENCE, gflops=0.0),
    ],
    ids=["one core", "little memory", "slow", "cannot be measured"],
)
def test_each_want_alone_means_the_small_one(poorer: Machine) -> None:
    """Cores, memory and speed all have to do."""
    assert choose_transcriber(poorer) == SMALL


def test_this_machine_can_be_measured() -> None:
    """Figures of a real machine: at least a core, some memory, and more than 0.1 GFLOP/s."""
    here = machine.this_machine()
    assert here.cores >= 1
    assert here.memory > 100e6
    assert 0.1 < here.gflops < 100_000


def test_a_machine_that_cannot_be_measured_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without numpy, or none at all, gives 0 and no error."""
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert machine.measure_gflops() == 0.0
