"""The program that the kernel runs at each system call of ours: no socket but AF_UNIX, and no way around that.

Classic BPF over `struct seccomp_data` (linux/seccomp.h): the number of the call at offset 0, the architecture at 4, the
arguments from 16 on, eight bytes each. Assembled here, since libseccomp's Python binding is not packaged for every
Python that we run on; tests run it instruction by instruction, for both architectures.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

AF_UNIX = 1

ALLOW = 0x7FFF0000
"""SECCOMP_RET_ALLOW"""
EPERM, EACCES = 1, 13
_ERRNO = 0x00050000
"""SECCOMP_RET_ERRNO: the call fails with the number in the low half, and nothing else happens."""

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
"""BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_JMP|BPF_JGE|BPF_K, BPF_RET|BPF_K (linux/bpf_common.h)"""
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24
_X32 = 0x40000000
"""__X32_SYSCALL_BIT: calls of x32 programs come under the same architecture, with other numbers."""


_TYPING = (0x5412, 0x541C)
"""TIOCSTI, TIOCLINUX (asm-generic/ioctls.h)"""


class Instruction(NamedTuple):
    """`struct sock_filter`: jumps are counted from the next instruction on."""

    code: int
    if_true: int
    if_false: int
    k: int


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of processor, with the numbers of the calls that matter (linux/audit.h, asm/unistd.h)."""

    name: str
    elf: int
    """e_machine in the header of its programs."""
    audit: int
    seccomp: int
    """The call that sets a filter."""
    sockets: tuple[int, ...]
    """socket, socketpair: the first argument is the family."""
    forbidden: tuple[int, ...]
    """io_uring_setup, _enter, _register (a ring makes sockets without a call); ptrace, process_vm_writev, pidfd_getfd
    (so would another process of ours that is not sealed); add_key, request_key, keyctl (the kernel resolves names)."""
    ioctl: int
    """Two of its commands type into the terminal, and the shell that waits there would run what was typed."""
    x32: bool = False


X86_64 = Machine(
    name="x86-64",
    elf=62,
    audit=0xC000003E,
    seccomp=317,
    sockets=(41, 53),
    forbidden=(425, 426, 427, 101, 311, 438, 248, 249, 250),
    ioctl=16,
    x32=True,
)
AARCH64 = Machine(
    name="aarch64",
    elf=183,
    audit=0xC00000B7,
    seccomp=277,
    sockets=(198, 199),
    forbidden=(425, 426, 427, 117, 271, 438, 217, 218, 219),
    ioctl=29,
)
MACHINES = (X86_64, AARCH64)


def program(machine: Machine) -> tuple[Instruction, ...]:
    """The filter for a kind of processor; every call of another architecture (a 32-bit program) is refused."""
    refusals = [(_EQUAL, number, "refused") for number in machine.forbidden]
    x32 = [(_AT_LEAST, _X32, "refused")] if machine.x32 else []
    sockets = [(_EQUAL, number, "family") for number in machine.sockets]
    lines: list[tuple[int, int, str]] = [
        (_LOAD, _ARCHITECTURE, ""),
        (_EQUAL, machine.audit, "next or refused"),
        (_LOAD, _NUMBER, ""),
        *x32,
        *sockets,
        (_EQUAL, machine.ioctl, "command"),
        *refusals,
        (_RETURN, ALLOW, ""),
        # The kernel takes the family as an int: the upper half of the argument is nothing to it.
        (_LOAD, _FIRST_ARGUMENT, "family:"),
        (_EQUAL, AF_UNIX, "allowed"),
        (_RETURN, _ERRNO | EACCES, ""),
        (_LOAD, _SECOND_ARGUMENT, "command:"),
        *((_EQUAL, command, "refused") for command in _TYPING),
        (_RETURN, ALLOW, "allowed:"),
        (_RETURN, _ERRNO | EPERM, "refused:"),
    ]
    places = {label[:-1]: place for place, (_, _, label) in enumerate(lines) if label.endswith(":")}
    return tuple(_assembled(place, line, places) for place, line in enumerate(lines))


def _assembled(place: int, line: tuple[int, int, str], places: dict[str, int]) -> Instruction:
    code, k, label = line
    if code in (_LOAD, _RETURN):
        return Instruction(code, 0, 0, k)
    if label == "next or refused":
        return Instruction(code, 0, places["refused"] - place - 1, k)
    return Instruction(code, places[label] - place - 1, 0, k)


def packed(instructions: Sequence[Instruction]) -> bytes:
    """As the kernel takes it: 8 bytes each, little-endian on both processors."""
    return b"".join(struct.pack("<HBBI", *each) for each in instructions)
