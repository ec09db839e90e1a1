"""A machine for classic BPF, as far as a seccomp filter uses it: what a program answers to a system call."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from voice_guide.privacy.bpf import Instruction


def answer(
    program: Sequence[Instruction],
    number: int,
    architecture: int,
    first_argument: int,
    second_argument: int = 0,
) -> int:
    """Run it over `struct seccomp_data`; fails on whatever the kernel's own check would refuse to load."""
    data = struct.pack(
        "<IIQ6Q", number, architecture, 0x7F0000000000, first_argument, second_argument, *[0] * 4
    )
    accumulator, place, steps = 0, 0, 0
    while True:
        steps += 1
        assert steps <= len(program), "jumps only ever lead forward"
        code, if_true, if_false, k = program[place]
        place += 1
        match code:
            case 0x20:  # ld [k]
                assert k % 4 == 0 and k + 4 <= len(data)
                (accumulator,) = struct.unpack_from("<I", data, k)
            case 0x15:  # jeq #k
                place += if_true if accumulator == k else if_false
            case 0x35:  # jge #k
                place += if_true if accumulator >= k else if_false
            case 0x06:  # ret #k
                return k
            case _:
                raise AssertionError(f"no such instruction: {code:#x}")
