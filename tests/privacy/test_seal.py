"""The seal as the kernel keeps it, tried in processes of their own: it cannot be taken off again."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.privacy import tries
from voice_guide.privacy import seal
from voice_guide.privacy.bpf import AARCH64, X86_64
from voice_guide.privacy.seal import Closed, SealError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's seal is Linux's")
pytestmark = linux


def tried(*arguments: str, **options: Any) -> dict[str, Any]:
    """What a sealed process found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.tries", *arguments],
        capture_output=True, text=True, check=False, timeout=60, **options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def sealed() -> dict[str, Any]:
    """Everything that is tried, once."""
    return tried()


@pytest.mark.parametrize("way", tries.WAYS)
def test_each_family_is_denied_in_each_way(sealed: dict[str, Any], way: str) -> None:
    """By Python, by a native library, from a thread, a thread that was there before, a child, a child's child."""
    answers: dict[str, str] = sealed[way]
    print(f"\nsocket(2) {way}:", " ".join(f"{family}={answer}" for family, answer in answers.items()))
    assert answers.pop("AF_UNIX") == "made"
    assert len(answers) > 20
    assert set(answers.values()) <= {"EACCES", "EPERM"}


def test_the_other_ways_are_denied(sealed: dict[str, Any]) -> None:
    """A ring, another process of ours, a socket of another program's."""
    assert set(sealed["calls"].values()) == {"EPERM"}
    assert set(sealed["calls"]) == {"io_uring_setup", "ptrace", "process_vm_writev", "pidfd_getfd"}


def test_the_kernel_says_so(sealed: dict[str, Any]) -> None:
    """In /proc/PID/status, for everybody to see: before and after."""
    assert sealed["before"] == Closed.NOT
    assert sealed["after"] == Closed.BY_KERNEL
    assert sealed["status"] == {"NoNewPrivs": "1", "Seccomp": "2"}


def test_no_name_is_resolved(sealed: dict[str, Any]) -> None:
    """By Python or glibc: nobody is asked, not even over AF_UNIX; what stands in a file is found."""
    assert sealed["names"] == {"python": "PermissionError", "glibc": "not found", "glibc, localhost": "found"}


def test_sealed_twice_is_sealed_once(sealed: dict[str, Any]) -> None:
    """Asked for a second time, it adds no second filter."""
    assert sealed["filters"] in ("1", "")


def test_an_inherited_connection_is_closed() -> None:
    """Whoever started us may have left one open; files and pipes stay."""
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    with ours, theirs:
        found = tried("inherited", str(theirs.fileno()), str(writing), pass_fds=(theirs.fileno(), writing))
    os.close(reading)
    os.close(writing)
    assert found == {"socket": "closed", "pipe": "open"}


@pytest.mark.parametrize(
    ("header", "machine"),
    [(b"\x7fELF" + bytes(14) + b"\x3e\x00", X86_64), (bytes(18) + b"\xb7\x00", AARCH64)],
)
def test_the_processor_is_that_of_our_own_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, header: bytes, machine: object
) -> None:
    """Not that of the kernel, which may be a larger one."""
    file = tmp_path / "exe"
    file.write_bytes(header)
    monkeypatch.setattr(seal, "_OURSELVES", file)
    assert seal.this_machine() is machine


def test_a_processor_without_a_filter_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """RISC-V, for one: an evening does not begin by itself there."""
    file = tmp_path / "exe"
    file.write_bytes(bytes(18) + b"\xf3\x00")
    monkeypatch.setattr(seal, "_OURSELVES", file)
    with pytest.raises(SealError, match="no seal for this processor"):
        seal.this_machine()
    monkeypatch.setattr(seal, "_OURSELVES", tmp_path / "none")
    with pytest.raises(SealError, match="built for"):
        seal.this_machine()


def test_a_kernel_that_refuses_is_told() -> None:
    """As in a container that forbids filters; nothing is believed that the kernel does not answer."""
    found = tried("refused")
    assert found["closed"] == Closed.NOT
    assert found["why"].startswith("The kernel refuses to close the network to me (")
    assert "--unsealed" in found["why"]


def test_this_very_process_is_open() -> None:
    """Else the tests above would show nothing."""
    assert seal.how_closed() is Closed.NOT
    assert seal.answer_to_socket(socket.AF_INET) in (0, errno.EAFNOSUPPORT)
    assert "start me as voice-guide" in str(seal.why_open())
