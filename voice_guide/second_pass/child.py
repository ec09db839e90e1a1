"""The process that hears again: it gives way to everything else, and what it hears stays in memory.

    python -P -m voice_guide.second_pass.child MODEL_FOLDER LANGUAGE THREADS

Jobs come through its input and answers go through its output (see `wire`); when the input ends, so does it. It is
nice before a model loads: CTranslate2's threads take the niceness that they are born with.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:  # numpy starts threads as well: nothing of ours is imported before it is time
    from voice_guide.hearing.whisper import Whisper
    from voice_guide.jobs import HeardAgain
    from voice_guide.second_pass.wire import Job

NICENESS = 10
"""A ninth of what the others get where they want all of a core; at 19 a busy machine would never come to its end."""

_CONTEXT = 2000
"""Letters of what was said before; more than the model takes."""


def main(arguments: list[str]) -> int:
    """Answer jobs until there are no more; gives the exit code."""
    folder, language, threads = arguments
    _step_back()
    from voice_guide.privacy.quiet import hush
    from voice_guide.privacy.seal import seal

    hush()
    seal()  # the lock is inherited, but not that no names are resolved
    jobs, answers = os.fdopen(0, "rb", closefd=False), _own_output()
    from voice_guide.hearing.whisper import Whisper

    whisper = Whisper(Path(folder), int(threads), language)
    with contextlib.suppress(BrokenPipeError):  # nobody wants to know any more
        serve(whisper, jobs, answers)
    return 0


def serve(whisper: Whisper, jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Hear one job after the other. Raises OSError if the answers go nowhere."""
    from voice_guide.jobs import HeardAgain
    from voice_guide.second_pass.wire import next_job, send_heard

    before = ""
    while (job := next_job(jobs)) is not None:
        before = "" if job.afresh else before[-_CONTEXT:]
        try:
            heard = hear(whisper, job, before)
        except Exception:  # noqa: BLE001 - whatever an engine raises, the line stays as it is
            heard = HeardAgain(job.seq)
        before = f"{before} {heard.text or ''}".strip()
        send_heard(answers, heard)


def hear(whisper: Whisper, job: Job, before: str) -> HeardAgain:
    """The words of one line, where they are sure; the guide's first words stay otherwise."""
    from voice_guide.jobs import HeardAgain
    from voice_guide.second_pass.wire import as_float

    found, sure = whisper.transcribe_surely(as_float(job.samples), job.clear, before)
    return HeardAgain(job.seq, found.text, sure) if found.text and found.sure else HeardAgain(job.seq)


def _step_back() -> None:
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    # Sound and words are in this memory: a crash must not put them on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for keys in (signal.SIGINT, signal.SIGTSTP):  # meant for the program that started us
        signal.signal(keys, signal.SIG_IGN)


def _own_output() -> IO[bytes]:
    """The pipe that answers go through; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    return answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
