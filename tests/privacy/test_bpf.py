"""The filter, instruction by instruction, for both processors; whether the kernel keeps it is another test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.bpf_machine import answer
from voice_guide.privacy.bpf import AARCH64, AF_UNIX, ALLOW, MACHINES, X86_64, Machine, packed, program

REFUSED, DENIED = 0x50001, 0x5000D
"""EPERM, EACCES"""
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
I386, ARM, X32 = 0x40000003, 0x40000028, 0x40000000

NUMBERS = {
    "x86-64": {
        "read": 0, "ioctl": 16, "socket": 41, "connect": 42, "socketpair": 53, "execve": 59, "ptrace": 101,
        "add_key": 248, "request_key": 249, "keyctl": 250, "process_vm_writev": 311, "seccomp": 317,
        "io_uring_setup": 425, "io_uring_enter": 426,
        "io_uring_register": 427, "pidfd_getfd": 438,
    },
    "aarch64": {
        "ioctl": 29, "read": 63, "ptrace": 117, "socket": 198, "socketpair": 199, "connect": 203, "execve": 221,
        "add_key": 217, "request_key": 218, "keyctl": 219, "process_vm_writev": 271, "seccomp": 277,
        "io_uring_setup": 425, "io_uring_enter": 426,
        "io_uring_register": 427, "pidfd_getfd": 438,
    },
}  # fmt: skip
"""Of asm/unistd_64.h and asm-generic/unistd.h, written down a second time: a slip of the finger shows."""

WAYS_ROUND = (
    "ptrace", "process_vm_writev", "io_uring_setup", "io_uring_enter", "io_uring_register", "pidfd_getfd", "add_key",
    "request_key", "keyctl",
)  # fmt: skip

both = pytest.mark.parametrize("machine", MACHINES, ids=lambda each: each.name)


@both
def test_only_unix_sockets_are_made(machine: Machine) -> None:
    """One at a time or as a pair."""
    for call in ("socket", "socketpair"):
        number = NUMBERS[machine.name][call]
        for family in range(64):
            wanted = ALLOW if family == AF_UNIX else DENIED
            assert answer(program(machine), number, machine.audit, family) == wanted, (call, family)


@both
@pytest.mark.parametrize("call", WAYS_ROUND)
def test_the_ways_round_are_closed(machine: Machine, call: str) -> None:
    """A ring makes sockets without a call, and an unsealed process of ours could be made to."""
    assert answer(program(machine), NUMBERS[machine.name][call], machine.audit, 0) == REFUSED


@both
def test_nothing_is_typed_into_the_terminal(machine: Machine) -> None:
    """A shell that waits there would run it; all other commands of ioctl are left."""
    number = NUMBERS[machine.name]["ioctl"]
    for command in range(0x5400, 0x5480):
        wanted = REFUSED if command in (TIOCSTI, TIOCLINUX) else ALLOW
        assert answer(program(machine), number, machine.audit, 0, command) == wanted
        assert answer(program(machine), number, machine.audit, 0, command | 1 << 32) == wanted


@both
@pytest.mark.parametrize("call", ["read", "connect", "execve", "seccomp"])
def test_all_else_goes_on(machine: Machine, call: str) -> None:
    """Sound needs connect, and a child may seal itself once more."""
    assert answer(program(machine), NUMBERS[machine.name][call], machine.audit, 2) == ALLOW


@both
@pytest.mark.parametrize("architecture", [I386, ARM, 0, X86_64.audit ^ AARCH64.audit])
def test_programs_of_another_processor_do_nothing(machine: Machine, architecture: int) -> None:
    """Their calls have other numbers: what looks like a harmless one may be a socket."""
    for number in (0, 41, 102, 198, 281, 359):
        assert answer(program(machine), number, architecture, AF_UNIX) == REFUSED


@given(st.integers(0, 0x3FFFFFFF), st.integers(0, 2**64 - 1))
def test_x32_does_nothing(number: int, argument: int) -> None:
    """Its calls come under the name of x86-64."""
    assert answer(program(X86_64), number | X32, X86_64.audit, argument) == REFUSED


@given(st.sampled_from(MACHINES), st.integers(0, 0x3FFFFFFF) | st.integers(0, 500), st.integers(0, 2**64 - 1))
def test_for_any_call_the_answer_is_the_rule(machine: Machine, number: int, argument: int) -> None:
    """Sockets by the lower half of their family, which is all that the kernel looks at; the rest by its number."""
    names = {value: name for name, value in NUMBERS[machine.name].items()}
    name = names.get(number, "")
    wanted = ALLOW
    if name in WAYS_ROUND:
        wanted = REFUSED
    elif name in ("socket", "socketpair"):
        wanted = ALLOW if argument & 0xFFFFFFFF == AF_UNIX else DENIED
    assert answer(program(machine), number, machine.audit, argument) == wanted


@both
def test_it_fits_the_kernel(machine: Machine) -> None:
    """Eight bytes each, few, and every jump forward and inside."""
    instructions = program(machine)
    assert len(packed(instructions)) == 8 * len(instructions) < 8 * 64
    for place, (code, if_true, if_false, _) in enumerate(instructions):
        if code not in (0x20, 0x06):
            assert place + 1 + max(if_true, if_false) < len(instructions)
    assert instructions[-1].code == 0x06
