"""What a sealed process can still do: `python -m tests.privacy.tries` seals itself and prints its answers as JSON."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from voice_guide.privacy import seal
from voice_guide.privacy.bpf import X86_64

WAYS = (
    "by Python",
    "by a native library",
    "from a thread",
    "from an older thread",
    "in a child",
    "in a grandchild",
)

Answers = dict[str, str]

_MOST = 46
"""Families that Linux has (AF_MAX)."""

_CHILD = "import sys; sys.path[:0] = ['.']; from tests.privacy.tries import native, told; told(native())"


def native() -> Answers:
    """Each family, by the C library."""
    return {_name(family): _word(seal.answer_to_socket(family)) for family in range(1, _MOST)}


def by_python() -> Answers:
    """Each family, by Python."""
    found = {}
    for family in range(1, _MOST):
        try:
            socket.socket(family, socket.SOCK_DGRAM).close()
            found[_name(family)] = "made"
        except OSError as error:
            found[_name(family)] = _word(error.errno or 0)
    return found


def _name(family: int) -> str:
    try:
        return socket.AddressFamily(family).name
    except ValueError:
        return str(family)


def _word(number: int) -> str:
    return errno.errorcode[number] if number else "made"


class Thread(threading.Thread):
    """A thread that tries each family, once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()
        self.found: Answers = {}
        self.start()

    def run(self) -> None:
        """Wait, and try."""
        self.may.wait()
        self.found = native()

    def answers(self) -> Answers:
        """What it found."""
        self.may.set()
        self.join()
        return self.found


def calls() -> Answers:
    """Ways to a socket that are no socket(2)."""
    trace, write = (101, 311) if seal.this_machine() is X86_64 else (117, 271)
    numbers = {"io_uring_setup": 425, "ptrace": trace, "process_vm_writev": write, "pidfd_getfd": 438}
    return {name: _word(seal.answer_to_call(number)) for name, number in numbers.items()}


def names() -> Answers:
    """Is a name resolved?"""
    found = {}
    try:
        socket.getaddrinfo("localhost", 80)
        found["python"] = "found"
    except OSError as error:
        found["python"] = type(error).__name__
    for name, host in (("glibc", b"voice-guide.invalid"), ("glibc, localhost", b"localhost")):
        entry = ctypes.CDLL(None).gethostbyname(host)
        found[name] = "found" if entry else "not found"
    return found


def _child(*more: str) -> Answers:
    done = subprocess.run([*more, sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True)
    answers: Answers = json.loads(done.stdout)
    return answers


def _status() -> Answers:
    told = Path("/proc/self/status").read_text().splitlines()
    lines = dict(line.split(":\t") for line in told if ":\t" in line)
    return {key: lines.get(key, "") for key in ("NoNewPrivs", "Seccomp", "Seccomp_filters")}


def everything() -> dict[str, Any]:
    """Seal, and try all of it."""
    before = seal.how_closed()
    older = Thread()
    seal.seal()
    seal.seal()
    status = _status()
    return {
        "before": before,
        "after": seal.how_closed(),
        "filters": status.pop("Seccomp_filters"),
        "status": status,
        "by Python": by_python(),
        "by a native library": native(),
        "from a thread": Thread().answers(),
        "from an older thread": older.answers(),
        "in a child": _child(),
        "in a grandchild": _child("sh", "-c", '"$@"', "sh"),
        "calls": calls(),
        "names": names(),
    }


def inherited(sock: str, pipe: str) -> Answers:
    """What is left of descriptors that somebody else opened."""
    seal.seal()
    found = {}
    for name, number in (("socket", int(sock)), ("pipe", int(pipe))):
        try:
            os.fstat(number)
            found[name] = "open"
        except OSError:
            found[name] = "closed"
    return found


def refused() -> Answers:
    """A kernel that takes no filter: a number of a call that there is not."""
    from dataclasses import replace

    machine = replace(seal.this_machine(), seccomp=9999)
    seal.this_machine = lambda: machine  # in a process of its own
    seal.seal()
    return {"closed": seal.how_closed(), "why": str(seal.why_open())}


def told(found: object) -> None:
    """As JSON."""
    print(json.dumps(found))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["inherited", sock, pipe]:
            told(inherited(sock, pipe))
        case ["refused"]:
            told(refused())
        case ["open names"]:
            told(names())
        case ["names"]:
            seal.seal()
            told(names())
        case _:
            told(everything())
