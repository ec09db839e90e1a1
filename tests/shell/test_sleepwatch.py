"""A computer that slept, or a program that was stopped, notices it; a slow machine and a set clock are neither."""

from __future__ import annotations

import time

import pytest

from voice_guide.clock import Sleepwatch, boottime


class Machine:
    """A computer whose time is made by hand."""

    def __init__(self) -> None:
        self.awake = 50.0
        self.asleep = 7.0

    def boottime(self) -> float:
        """Goes on while it sleeps."""
        return self.awake + self.asleep

    def monotonic(self) -> float:
        """Stands still while it sleeps."""
        return self.awake


@pytest.fixture
def machine() -> Machine:
    """A computer."""
    return Machine()


@pytest.fixture
def watch(machine: Machine) -> Sleepwatch:
    """It watches."""
    return Sleepwatch(machine.boottime, machine.monotonic)


def test_an_ordinary_wait(machine: Machine, watch: Sleepwatch) -> None:
    """Neither a wait that was cut short nor a late one is a sleep."""
    for passed in (0.0, 0.05, 0.1, 2.0):
        watch.waiting(0.1)
        machine.awake += passed
        assert watch.woke() == 0.0


def test_suspended_while_waiting(machine: Machine, watch: Sleepwatch) -> None:
    """The seconds of an hour's sleep, told once."""
    watch.waiting(0.1)
    machine.awake += 0.1
    machine.asleep += 3600
    assert watch.woke() == pytest.approx(3600)
    watch.waiting(0.1)
    machine.awake += 0.1
    assert watch.woke() == 0.0


def test_suspended_while_busy(machine: Machine, watch: Sleepwatch) -> None:
    """A sleep between two waits shows at the next one."""
    watch.waiting(0.1)
    watch.woke()
    machine.asleep += 60
    watch.waiting(0.1)
    assert watch.woke() == pytest.approx(60)


def test_stopped(machine: Machine, watch: Sleepwatch) -> None:
    """SIGSTOP and SIGCONT: the computer was awake, this program was not."""
    watch.waiting(0.1)
    machine.awake += 10.1
    assert watch.woke() == pytest.approx(10.0)


def test_a_slow_handler_is_no_sleep(machine: Machine, watch: Sleepwatch) -> None:
    """Ten seconds of work between two waits."""
    watch.waiting(0.1)
    watch.woke()
    machine.awake += 10.0
    watch.waiting(0.1)
    machine.awake += 0.1
    assert watch.woke() == 0.0


def test_the_real_clocks_agree() -> None:
    """The boot clock of this system never stands behind the monotonic one's pace."""
    before = boottime() - time.monotonic()
    watch = Sleepwatch()
    watch.waiting(0.0)
    assert watch.woke() == 0.0
    after = time.monotonic()  # read first: whatever holds this test up between the two only adds
    assert boottime() - after >= before - 0.01
