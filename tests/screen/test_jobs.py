"""The live view as a job of a shell: Ctrl-Z, signals, and the chatter of libraries."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.screen.tty import Tty

ENTERED = "\x1b[?1049h"
LEFT = "\x1b[?1049l"


@pytest.fixture
def job() -> Iterator[Tty]:
    """The view has begun, in the foreground of a shell of its own."""
    with started("live", "front") as (tty, _):
        tty.until("Listening.")
        yield tty


@contextlib.contextmanager
def started(kind: str, place: str) -> Iterator[tuple[Tty, int]]:
    """A terminal, and the shell in it by its number, which has begun an evening."""
    with Tty() as tty:
        shell = subprocess.Popen(
            [sys.executable, "-m", "tests.screen.child", "shell", kind, place],
            stdin=tty.slave, stdout=tty.slave, stderr=tty.slave, start_new_session=True,
            env=os.environ | {"TERM": "xterm"},
        )  # fmt: skip
        try:
            yield tty, shell.pid
        finally:
            for job in re.findall(r"job (\d+)\.", tty.raw):
                _end(int(job))
            shell.kill()
            shell.wait()


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def the_job(tty: Tty) -> int:
    """The process that shows the view."""
    found = re.search(r"job (\d+)\.", tty.raw)
    assert found is not None
    return int(found[1])


def after(tty: Tty) -> str:
    """What came after the view was left for the last time."""
    return tty.raw.rsplit(LEFT, 1)[1]


def test_chatter_does_not_reach_the_view_and_python_s_words_come_after_it(job: Tty) -> None:
    """A library writes to descriptor 2 past everybody; what Python says is not lost."""
    assert job.rows[1].startswith("  Eye Level")
    job.press("s")
    job.until("ended with 0, usual: True.", raw=True)
    assert "ALSA" not in job.raw
    assert "What Python says." not in job.raw.split(LEFT)[0]
    assert after(job).startswith("What Python says.\r\n")


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(job: Tty) -> None:
    """Seen and typed as before it began; then all is drawn again, and keys are keys."""
    for _ in range(2):
        job.press("\x1a")
        job.until("stopped, usual: True.", raw=True)
        assert "stopped" in after(job)
        job.raw = ""
        job.wipe()
        job.press("\n")
        job.until(ENTERED, raw=True)
        job.until("Listening. Take your time.")
    job.press("s")
    job.until("ended with 0, usual: True.", raw=True)


def test_a_stop_from_outside_is_survived(job: Tty) -> None:
    """SIGSTOP cannot be prepared for; once it goes on, the view takes the terminal as its own again."""
    os.kill(the_job(job), signal.SIGSTOP)
    job.until("stopped, usual: False.", raw=True)
    job.raw = ""
    job.wipe()
    job.press("\n")
    job.until("Listening. Take your time.")
    job.press("s")
    job.until("ended with 0, usual: True.", raw=True)


def test_a_signal_that_unwinds_leaves_the_terminal_as_it_was(job: Tty) -> None:
    """SIGTERM, as the caller handles it."""
    os.kill(the_job(job), signal.SIGTERM)
    job.until("ended with 143, usual: True.", raw=True)
    assert LEFT in job.raw


def test_ctrl_backslash_dumps_no_core_over_the_view(job: Tty) -> None:
    """It would leave the terminal in ruins; here it is a key like others."""
    job.press("\x1c")
    job.press("s")
    job.until("ended with 0, usual: True.", raw=True)


@pytest.mark.parametrize(("kind", "stop"), [("live", "s"), ("plain", "stop\n")])
def test_a_job_that_begins_behind_leaves_the_shell_its_terminal(kind: str, stop: str) -> None:
    """What is typed into the shell stops nothing and is the shell's; in front, the terminal is the evening's."""
    with started(kind, "behind") as (tty, shell):
        tty.until("beat 1.", raw=True)
        tty.press("ls\n")
        tty.until("beat 4.", raw=True)
        assert ENTERED not in tty.raw
        os.kill(shell, signal.SIGUSR1)
        tty.until("the shell reads ls, usual: True.", raw=True)
        if kind == "live":
            tty.until("Listening. Take your time.")
        tty.press(stop)
        tty.until("ended with 0, usual: True.", raw=True)
