"""Kept lines in the hands of another process: each is answered once, or stays as it is."""

from __future__ import annotations

import queue
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from voice_guide.jobs import HeardAgain
from voice_guide.second_pass import desk as desks
from voice_guide.second_pass.desk import Desk
from voice_guide.sound import RATE, Samples, silence

SECOND: Samples = np.full(RATE, 0.5, dtype=np.float32)

_WIRED = """
import os, sys
from voice_guide.jobs import HeardAgain
from voice_guide.second_pass.wire import next_job, send_heard
jobs, answers = sys.stdin.buffer, sys.stdout.buffer
while (job := next_job(jobs)) is not None:
    {body}
"""

ECHO = (
    "text = f'{len(job.samples)} {job.clear:.1f} {os.getpid()} {job.afresh}'; "
    "send_heard(answers, HeardAgain(job.seq, text, (7,)))"
)
NONSENSE = r"answers.write(b'\x02\0\0\0((' ); answers.flush()"
DIES = "os._exit(1)"
NEVER = "jobs.read()"  # until its input ends


@contextmanager
def desk(body: str) -> Iterator[tuple[Desk, queue.SimpleQueue[HeardAgain]]]:
    """A desk whose process does this with each job."""
    inbox: queue.SimpleQueue[HeardAgain] = queue.SimpleQueue()
    found = Desk((sys.executable, "-c", textwrap.dedent(_WIRED.format(body=body))), inbox.put)
    try:
        yield found, inbox
    finally:
        process = found._process
        found.stop()
        assert process is None or process.wait(10) is not None
        assert not found._thread.is_alive()


def test_each_line_is_answered_in_order() -> None:
    """By one and the same process, and then nothing is left."""
    with desk(ECHO) as (one, inbox):
        for seq in (1, 2, 3):
            one.add(seq, SECOND[: seq * 100], 0.5)
        heard = [inbox.get(timeout=30) for _ in range(3)]
        assert [each.seq for each in heard] == [1, 2, 3]
        texts = [(each.text or "").split() for each in heard]
        assert [text[:2] for text in texts] == [["100", "0.5"], ["200", "0.5"], ["300", "0.5"]]
        assert len({text[2] for text in texts}) == 1
        assert one.left == 0


def test_no_process_before_the_first_line() -> None:
    """An evening that keeps nothing has none."""
    with desk(ECHO) as (one, _):
        assert one._process is None
        assert one.left == 0


def test_a_process_that_dies_is_started_anew() -> None:
    """Twice at most: the lines that it dies of stay as they are, and nobody waits for any."""
    with desk(DIES) as (one, inbox):
        one.add(1, SECOND, 1.0)
        assert inbox.get(timeout=30) == HeardAgain(1)
        one.add(2, SECOND, 1.0)
        assert one.left == 0


def test_a_process_that_talks_nonsense_costs_its_line_alone() -> None:
    """The thread goes on, so that nobody waits for ever at the end."""
    with desk(NONSENSE) as (one, inbox):
        one.add(1, SECOND, 1.0)
        assert inbox.get(timeout=30) == HeardAgain(1)
        assert one.left == 0


def test_what_waited_behind_a_line_that_kills_is_given_up() -> None:
    """Nothing is left, so that the evening can end."""
    with desk(DIES) as (one, inbox):
        one.add(1, SECOND, 1.0)
        one.add(2, SECOND, 1.0)
        assert inbox.get(timeout=30) == HeardAgain(1)
        assert one.left == 0


def test_dropped_lines_are_not_answered() -> None:
    """Neither one that waits nor the one at hand."""
    with desk(ECHO) as (one, inbox):
        with one._ready:  # the thread cannot take one yet
            one.add(1, SECOND, 1.0)
            one.add(2, SECOND, 1.0)
            one.drop([1])
        second = inbox.get(timeout=30)
        assert second.seq == 2
        assert (second.text or "").endswith("True")  # what was said before is forgotten
        one._at_hand = 3
        one.drop([3])
        assert one.left == 0


def test_the_end_does_not_wait() -> None:
    """A process that thinks for ever is ended at once; its line is not answered."""
    with desk(NEVER) as (one, inbox):
        one.add(1, SECOND, 1.0)
        while one._process is None:
            assert one._thread.is_alive()
        one.stop()
        assert inbox.empty()
        assert one.left == 0
        one.add(2, SECOND, 1.0)
        assert one.left == 0


def test_a_machine_that_falls_far_behind() -> None:
    """Half an hour of sound is held at most; later lines stay as they are."""
    with desk(NEVER) as (one, _):
        minutes = silence(60.0, RATE)
        for seq in range(40):
            one.add(seq, minutes, 1.0)
        assert 29 <= one.left <= 31  # one of them at hand
        assert one.left * 60 <= desks.MOST_SECONDS + 60
