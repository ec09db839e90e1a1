"""What passes between the program and the process that hears again: bytes in pipes, nothing on a disk."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import numpy.typing as npt

from voice_guide.jobs import HeardAgain
from voice_guide.sound import Samples

Int16 = npt.NDArray[np.int16]

_JOB = struct.Struct("<qf?I")  # number of the line, how clear its speech is, whether it stands alone, samples
_LENGTH = struct.Struct("<I")

_LOUDEST = 32767.0


@dataclass(frozen=True, slots=True)
class Job:
    """A line whose sound is to be heard again."""

    seq: int
    samples: Int16 = field(repr=False)
    """Mono at 16 kHz: half the memory of what the engines take, and more than a microphone gives."""
    clear: float = 1.0
    """Share of its speech in which the detector was sure."""
    afresh: bool = False
    """What was said before is to be forgotten: some of it was struck."""


def as_int16(samples: Samples) -> Int16:
    """Sound from -1 to 1 as it is held in memory."""
    found: Int16 = np.rint(np.clip(samples, -1.0, 1.0) * _LOUDEST).astype(np.int16)
    return found


def as_float(samples: Int16) -> Samples:
    """The same sound as the engines take it: float32 from -1 to 1."""
    found: Samples = samples.astype(np.float32) / np.float32(_LOUDEST)
    return found


def send_job(pipe: IO[bytes], job: Job) -> None:
    """Hand over a job. Raises OSError if nobody is there to take it."""
    pipe.write(
        _JOB.pack(job.seq, job.clear, job.afresh, len(job.samples)) + job.samples.astype("<i2").tobytes()
    )
    pipe.flush()


def next_job(pipe: IO[bytes]) -> Job | None:
    """The next job; None if no more will come."""
    head = pipe.read(_JOB.size)
    if len(head) < _JOB.size:
        return None
    seq, clear, afresh, count = _JOB.unpack(head)
    sound = pipe.read(2 * count)
    if len(sound) < 2 * count:
        return None
    return Job(seq, np.frombuffer(sound, dtype="<i2"), clear, afresh)


def send_heard(pipe: IO[bytes], heard: HeardAgain) -> None:
    """Hand back what was heard. Raises OSError."""
    text = json.dumps({"seq": heard.seq, "text": heard.text, "sure": heard.sure}).encode()
    pipe.write(_LENGTH.pack(len(text)) + text)
    pipe.flush()


def next_heard(pipe: IO[bytes]) -> HeardAgain | None:
    """What was heard next; None if the other side has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    text = pipe.read(length)
    if len(text) < length:
        return None
    found = json.loads(text)
    return HeardAgain(found["seq"], found["text"], tuple(found["sure"]))
