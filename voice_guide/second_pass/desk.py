"""Hands kept lines to a process that hears them again, one at a time, and forgets each sound with its answer."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import IO, Protocol, cast

from voice_guide.forks import end
from voice_guide.jobs import HeardAgain
from voice_guide.second_pass.wire import Job, as_int16, next_heard, send_job
from voice_guide.sound import RATE, Samples

MOST_SECONDS = 1800.0
"""Sound that may wait, 58 MB; on a machine that falls so far behind, later lines stay as they are."""

ENDING = 3.0
"""Seconds for the process to end by itself."""

_SMALL = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_TRIM_THRESHOLD_": "1048576"}
"""For the C library: what is not needed any more goes back to the system. With base that is 149 MB instead of 207."""

_TRIES = 2
"""Processes that may die under it in an evening."""


class SecondPass(Protocol):
    """What the record's hand needs."""

    def add(self, seq: int, samples: Samples, clear: float) -> None:
        """Hear this line again: 16 kHz mono; `HeardAgain` follows, unless it is dropped."""

    def drop(self, seqs: Collection[int]) -> None:
        """Forget the sound of these lines; nothing more is said of them."""

    def clear(self) -> None:
        """Forget all of them."""

    @property
    def left(self) -> int:
        """Lines that have no answer yet."""

    def stop(self) -> None:
        """Forget everything, and end the process."""


class Desk:
    """The real one. The process starts with the first line, so that an evening that keeps nothing has none."""

    def __init__(self, command: Sequence[str], deliver: Callable[[HeardAgain], None]) -> None:
        self._command = tuple(command)
        self._deliver = deliver
        self._ready = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._at_hand: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._tries = _TRIES
        self._ending = False
        self._afresh = False
        """Something that the process knows was struck."""
        self._thread = threading.Thread(target=self._run, name="second pass", daemon=True)

    def add(self, seq: int, samples: Samples, clear: float) -> None:
        """Queue a line; where too much waits already, or the process died too often, it stays as it is."""
        with self._ready:
            held = sum(len(job.samples) for job in self._waiting) / RATE
            if self._ending or not self._tries or held + len(samples) / RATE > MOST_SECONDS:
                return
            self._waiting.append(Job(seq, as_int16(samples), clear))
            if not self._thread.is_alive():
                self._thread.start()
            self._ready.notify()

    def drop(self, seqs: Collection[int]) -> None:
        """Forget these; the one at hand is finished, and its answer dropped."""
        with self._ready:
            self._waiting = deque(job for job in self._waiting if job.seq not in seqs)
            self._afresh = True
            if self._at_hand in seqs:
                self._at_hand = None

    def clear(self) -> None:
        """Forget all."""
        with self._ready:
            self._waiting.clear()
            self._afresh = True
            self._at_hand = None

    @property
    def left(self) -> int:
        """Lines that wait, and the one at hand."""
        with self._ready:
            return len(self._waiting) + (self._at_hand is not None)

    def stop(self) -> None:
        """Forget everything; the process ends now, whatever it is at."""
        self.clear()
        with self._ready:
            self._ending = True
            process = self._process
            self._ready.notify()
        if process is not None:
            process.terminate()
        if self._thread.is_alive():
            self._thread.join(ENDING)

    def _run(self) -> None:
        while True:
            with self._ready:
                while not self._waiting and not self._ending:
                    self._ready.wait()
                if self._ending:
                    break
                job = replace(self._waiting.popleft(), afresh=self._afresh)
                self._afresh = False
                self._at_hand = job.seq
            heard = self._hear(job)
            with self._ready:
                wanted = self._at_hand == job.seq
                self._at_hand = None
                if wanted:
                    self._deliver(heard)
                    # Delivered under the lock: whoever sees that nothing is left finds the last answer.
        self._end_process()

    def _hear(self, job: Job) -> HeardAgain:
        while self._tries and not self._ending:
            # It died, or talks nonsense: a line without an answer must not keep the evening from its end.
            with contextlib.suppress(Exception):
                jobs, answers = self._pipes()
                send_job(jobs, job)
                if (heard := next_heard(answers)) is not None:
                    return heard
            self._tries -= 1
            self._end_process()
        with self._ready:  # it can do no more: what waits stays as it is
            self._waiting.clear()
        return HeardAgain(job.seq)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_SMALL},
                process_group=0,  # keys that end or stop the program are not for it
            )
            with self._ready:
                self._process = process
        if self._ending:
            raise BrokenPipeError  # nobody wants it any more
        pipes = self._process.stdin, self._process.stdout
        return cast(tuple[IO[bytes], IO[bytes]], pipes)  # both are pipes

    def _end_process(self) -> None:
        with self._ready:
            process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], pipe).close()
        end(process, ENDING)


def second_pass_command(folder: str, language: str, threads: int) -> tuple[str, ...]:
    """What starts the process; `-P` keeps it from importing anything of the folder that it is started in."""
    module = "voice_guide.second_pass.child"
    return (sys.executable, "-P", "-m", module, folder, language, str(threads))
