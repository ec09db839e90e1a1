"""The seal: the kernel refuses this process, its threads and its children every socket but AF_UNIX, for good.

It is set before any engine is imported, and cannot be taken off. AF_UNIX is left, because sound needs it; what listens
at the other end could still reach a network for us, so names are not resolved either (see THREATS.md).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import sys
from enum import StrEnum
from pathlib import Path

from voice_guide.errors import ExitCode, VoiceGuideError
from voice_guide.privacy.bpf import AF_UNIX, EACCES, MACHINES, Machine, packed, program

_SOCK_DGRAM = 2
_NO_NEW_PRIVS = 38
"""PR_SET_NO_NEW_PRIVS: no program that we start gains a right that we lack; without it only root may set a filter."""
_GET_NO_NEW_PRIVS, _GET_SECCOMP, _FILTERED = 39, 21, 2
_SET_MODE_FILTER = 1
_ALL_THREADS, _SPEC_ALLOW = 1, 4
"""SECCOMP_FILTER_FLAG_TSYNC, and _SPEC_ALLOW: without it, older kernels slow the whole process down."""
_SOL_SOCKET, _SO_DOMAIN = 1, 39
_OURSELVES = Path("/proc/self/exe")
_ELF_MACHINE = slice(18, 20)


class Closed(StrEnum):
    """How the network is closed to this process, in the words of the record."""

    BY_KERNEL = "the kernel closed the network to the program"
    BY_PYTHON = "Python closed the network to the program, and libraries are on their honour"
    NOT = "the network was not closed to the program"


class SealError(VoiceGuideError):
    """The network cannot be closed to this process."""

    exit_code = ExitCode.SEAL


class _Filter(ctypes.Structure):
    """`struct sock_fprog`"""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


_CONTAINER = (
    "a container may forbid seccomp; --unsealed begins an evening all the same, and the record says so"
)

_closed = Closed.NOT
_why: SealError | None = None


def seal() -> None:
    """Close the network to this process and all that come from it, as far as that can be done: see `how_closed`."""
    global _closed, _why
    if _closed is not Closed.NOT:
        return
    sys.addaudithook(_watch)
    if not sys.platform.startswith("linux"):
        _closed = Closed.BY_PYTHON
        return
    _close_inherited()
    _resolve_no_names()
    try:
        _set_filter(this_machine())
        _closed = Closed.BY_KERNEL
    except SealError as error:
        _why = error


def how_closed() -> Closed:
    """How the network is closed to this process. No socket is tried to find out: `answer_to_socket` is the proof."""
    return _closed


def why_open() -> SealError:
    """Why the network is not closed to this process."""
    return _why or SealError(
        "The network was not closed to me.",
        "start me as voice-guide; --unsealed begins an evening all the same",
    )


def this_machine() -> Machine:
    """The processor that our own interpreter was built for. Raises SealError if there is no filter for it.

    Not what `uname -m` says: a 32-bit system may run on a 64-bit kernel.
    """
    try:
        with _OURSELVES.open("rb") as file:
            header = file.read(20)
    except OSError as error:
        raise SealError(f"I cannot see what this Python is built for ({error.strerror}).") from None
    elf = int.from_bytes(header[_ELF_MACHINE], "little")
    found = next((each for each in MACHINES if each.elf == elf), None)
    if found is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        raise SealError(
            "There is no seal for this processor.",
            "x86-64 and 64-bit ARM have one; a 64-bit system is needed",
        )
    return found


def _set_filter(machine: Machine) -> None:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
    except OSError:  # a Python without a C library that can be called
        raise SealError("This Python cannot call the kernel.", _CONTAINER) from None
    instructions = packed(program(machine))
    asked = _Filter(len(instructions) // 8, instructions)
    if _prctl(libc, _NO_NEW_PRIVS, 1) != 0:
        raise _refused()
    for flags in (_ALL_THREADS | _SPEC_ALLOW, _ALL_THREADS):
        ctypes.set_errno(0)
        done = libc.syscall(
            ctypes.c_long(machine.seccomp),
            ctypes.c_uint(_SET_MODE_FILTER),
            ctypes.c_uint(flags),
            ctypes.byref(asked),
        )
        if done == 0:
            break
    # Asked for, and not read in /proc: older kernels do not tell it there.
    if done != 0 or (_prctl(libc, _GET_NO_NEW_PRIVS), _prctl(libc, _GET_SECCOMP)) != (1, _FILTERED):
        raise _refused()


def _prctl(libc: ctypes.CDLL, what: int, argument: int = 0) -> int:
    done: int = libc.prctl(what, ctypes.c_ulong(argument), *[ctypes.c_ulong(0)] * 3)
    return done


def kernels_word() -> tuple[str, str]:
    """NoNewPrivs and Seccomp of this process, as the kernel tells them: ("1", "2") where a filter is set."""
    with contextlib.suppress(OSError):
        told = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace").splitlines()
        lines = dict(line.split(":\t", 1) for line in told if ":\t" in line)
        return lines.get("NoNewPrivs", ""), lines.get("Seccomp", "")
    return "", ""


def _refused() -> SealError:
    why = os.strerror(ctypes.get_errno()) if ctypes.get_errno() else "no reason was given"
    return SealError(f"The kernel refuses to close the network to me ({why}).", _CONTAINER)


def answer_to_socket(family: int) -> int:
    """The kernel's answer to socket(2): an errno, or 0 for a socket, which is closed at once."""
    libc = ctypes.CDLL(None, use_errno=True)
    number: int = libc.socket(family, _SOCK_DGRAM, 0)
    if number < 0:
        return ctypes.get_errno()
    os.close(number)
    return 0


def answer_to_call(number: int) -> int:
    """The kernel's answer to a system call whose arguments are all 0: an errno, or 0 if it did something."""
    libc = ctypes.CDLL(None, use_errno=True)
    done: int = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6)
    return ctypes.get_errno() if done < 0 else 0


def _close_inherited() -> None:
    """Sockets and rings that whoever started us left open; the three streams stay what they are."""
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc/self/fd"):
            number = int(name)
            with contextlib.suppress(OSError):
                ring = str(Path("/proc/self/fd", name).readlink()) == "anon_inode:[io_uring]"
                if number > 2 and (ring or stat.S_ISSOCK(os.fstat(number).st_mode)):
                    os.close(number)


def network_streams() -> tuple[int, ...]:
    """Those of the three streams that are connections to a network; whoever started us made them so."""
    if not sys.platform.startswith("linux"):
        return ()
    libc, found = ctypes.CDLL(None, use_errno=True), []
    for number in range(3):
        family, size = ctypes.c_int(AF_UNIX), ctypes.c_int(ctypes.sizeof(ctypes.c_int))
        libc.getsockopt(number, _SOL_SOCKET, _SO_DOMAIN, ctypes.byref(family), ctypes.byref(size))
        if family.value != AF_UNIX:
            found.append(number)
    return tuple(found)


def _resolve_no_names() -> None:
    """Tell glibc that host names are in a file: this process asks nobody for one, neither a server nor a broker."""
    with contextlib.suppress(OSError, AttributeError):  # another C library has no brokers
        ctypes.CDLL(None).__nss_configure_lookup(b"hosts", b"files")


_AS_GIVEN = -1
"""A socket that exists already, by its number."""

_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    made = arguments[1] if event == "socket.__new__" and len(arguments) > 1 else AF_UNIX
    if event in _NAMES or made not in (AF_UNIX, _AS_GIVEN):
        raise PermissionError(EACCES, "Voice Guide reaches no network")
