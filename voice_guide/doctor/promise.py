"""The promise tried out: the kernel's own answers, from this process and a child of it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from voice_guide.audio import pactl
from voice_guide.audio.elsewhere import refuse_elsewhere
from voice_guide.doctor.finding import Finding, Part
from voice_guide.errors import DeviceError
from voice_guide.privacy.bpf import AF_UNIX, EACCES, EPERM
from voice_guide.privacy.quiet import QUIET_VARIABLES
from voice_guide.privacy.seal import (
    Closed,
    answer_to_call,
    answer_to_socket,
    how_closed,
    kernels_word,
    network_streams,
    why_open,
)

_FAMILIES = range(1, 46)
"""All that Linux has (linux/socket.h, AF_MAX)."""

_IO_URING_SETUP = 425
"""The same number on every processor."""

_REFUSED = {EACCES, EPERM}

_CHILD = (
    "import ctypes; libc = ctypes.CDLL(None, use_errno=True); "
    "print(*(0 if libc.socket(f, 2, 0) >= 0 else ctypes.get_errno() for f in {families}))"
)
"""What a program sees that we start and that knows nothing of us."""

_WIRELESS = ("bluez", "bluetooth")

_TRACES = (
    ".cache/Microsoft/DeveloperTools/.onnxruntime",
    ".cache/huggingface",
)  # fmt: skip
"""What libraries leave in a home where nothing keeps them from it."""


def promise(home: Path) -> Iterator[Finding]:
    """How the network is closed, and whether it is; `home` is the folder of the user."""
    yield _lock()
    if sys.platform.startswith("linux"):
        yield _streams()
        yield _sockets()
        yield _child()
        yield _rings()
    yield _names()
    yield _sound()
    yield _traces(home)


def _lock() -> Finding:
    closed = how_closed()
    privileges, filters = kernels_word()
    facts = {"closed": closed.name.lower(), "NoNewPrivs": privileges, "Seccomp": filters}
    see = f"To see it: grep -E 'NoNewPrivs|Seccomp' /proc/{os.getpid()}/status while I run."
    if closed is Closed.BY_KERNEL:
        said = "The kernel has closed the network to me, and to all that I start. I cannot open it again."
        return Finding(part=Part.PROMISE, name="lock", said=said, mend=see, facts=facts)
    if closed is Closed.BY_PYTHON:
        said = (
            "Python refuses network sockets. Libraries are on their honour: only Linux has a lock for them."
        )
        mend = "Unplug or switch off the network during an evening, if you want to be sure."
        return Finding(part=Part.PROMISE, name="lock", said=said, mend=mend, facts=facts)
    why = why_open()
    return Finding(part=Part.PROMISE, name="lock", said=why.message, well=False, mend=why.hint, facts=facts)


def _streams() -> Finding:
    names = ("input", "output", "errors")
    away = [names[number] for number in network_streams()]
    facts = {"network": away}
    if not away:
        said = "What I read and print goes to no network."
        return Finding(part=Part.PROMISE, name="streams", said=said, facts=facts)
    said = f"A network connection was given to me by whoever started me: {', '.join(away)}."
    mend = "Start me in a terminal of this machine."
    return Finding(part=Part.PROMISE, name="streams", said=said, well=False, mend=mend, facts=facts)


def _sockets() -> Finding:
    answers = {_family(number): answer_to_socket(number) for number in _FAMILIES}
    return _of_answers("sockets", "I asked the kernel for each kind of socket.", answers)


def _child() -> Finding:
    program = _CHILD.format(families=list(_FAMILIES))
    done = subprocess.run(  # noqa: S603 - our own interpreter, and the constant above
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False
    )
    told = [int(word) for word in done.stdout.split()]
    answers = dict(zip(map(_family, _FAMILIES), told, strict=False))
    return _of_answers("child", "A program that I started asked, too.", answers)


def _of_answers(name: str, asked: str, answers: dict[str, int]) -> Finding:
    words = {family: _word(answer) for family, answer in answers.items()}
    local = answers.pop(_family(AF_UNIX), None)
    made = [family for family, answer in answers.items() if answer not in _REFUSED]
    facts = {"answers": words}
    if made or not answers:
        said = f"{asked} These were not refused: {', '.join(made) or 'nobody knows'}."
        return Finding(part=Part.PROMISE, name=name, said=said, well=False, mend=_UNSEALED, facts=facts)
    said = f"{asked} {len(answers)} of {len(answers)} were refused; the local one, for sound, is "
    said += "open." if local == 0 else "refused as well."
    return Finding(part=Part.PROMISE, name=name, said=said, well=local == 0, facts=facts)


_UNSEALED = "Do not begin an evening with --unsealed unless the network is unplugged."


def _rings() -> Finding:
    answer = answer_to_call(_IO_URING_SETUP)
    facts = {"io_uring_setup": _word(answer)}
    if answer == EPERM:
        said = "The kernel's other way to a socket, io_uring, is closed."
        return Finding(part=Part.PROMISE, name="rings", said=said, facts=facts)
    said = "io_uring, the kernel's other way to a socket, is not closed."
    return Finding(part=Part.PROMISE, name="rings", said=said, well=False, mend=_UNSEALED, facts=facts)


def _names() -> Finding:
    import socket

    try:
        socket.getaddrinfo("localhost", 80)
        answer = "resolved"
    except OSError as error:
        answer = _word(error.errno or 0)
    facts = {"getaddrinfo": answer}
    if answer == "EACCES":
        said = "I resolve no names, not even this computer's own."
        return Finding(part=Part.PROMISE, name="names", said=said, facts=facts)
    said = "A name was looked up. A name can carry words to whoever resolves it."
    return Finding(part=Part.PROMISE, name="names", said=said, well=False, mend=_UNSEALED, facts=facts)


def _sound() -> Finding:
    """Where sound goes: a server elsewhere, or something wireless, is named."""
    try:
        refuse_elsewhere()
    except DeviceError as error:
        hint = error.hint[0].upper() + error.hint[1:]
        return Finding(
            part=Part.PROMISE, name="sound", said=error.message, well=False, mend=hint, facts={"local": False}
        )
    server = pactl.server()
    if server is None:
        said = "No sound server could be asked where sound goes: there is none, or no pactl."
        mend = "Where sound goes through ALSA alone, it goes to the devices of this machine."
        return Finding(part=Part.PROMISE, name="sound", said=said, mend=mend, facts={"local": None})
    nodes = (*pactl.sinks(), *pactl.sources())
    away = [node.description or node.name for node in nodes if node.network]
    air = [node.description or node.name for node in nodes if {node.api, node.bus} & set(_WIRELESS)]
    facts = {"local": server.local, "network": away, "wireless": air}
    if not server.local or away:
        said = f"Sound can leave this machine: {', '.join(away) or 'the sound server is another computer'}."
        mend = "Unset PULSE_SERVER, or choose another loudspeaker and microphone in voice-guide setup."
        return Finding(part=Part.PROMISE, name="sound", said=said, well=False, mend=mend, facts=facts)
    if air:
        said = f"Sound stays on this machine, but for what is wireless: {', '.join(air)}."
        mend = "It goes through the air, encrypted by its own protocol. A cable does not."
        return Finding(part=Part.PROMISE, name="sound", said=said, mend=mend, facts=facts)
    said = "No sound device here is on a network, or wireless."
    return Finding(part=Part.PROMISE, name="sound", said=said, facts=facts)


def _traces(home: Path) -> Finding:
    left = [trace for trace in _TRACES if (home / trace).exists()]
    on = [name for name, value in QUIET_VARIABLES.items() if os.environ.get(name) != value]
    facts = {"left": left, "switches": on or "off"}
    if left:
        said = f"In your home there is {' and '.join(left)}, which libraries leave behind that report on their use."
        mend = "Not by me: I switch that off. You can delete it; if it comes back, another program makes it."
        return Finding(part=Part.PROMISE, name="traces", said=said, mend=mend, facts=facts)
    said = "No library has left anything in your home that reports on its use."
    return Finding(part=Part.PROMISE, name="traces", said=said, facts=facts)


def _family(number: int) -> str:
    import socket

    try:
        return socket.AddressFamily(number).name
    except ValueError:
        return f"family {number}"


def _word(answer: int) -> str:
    return errno.errorcode.get(answer, str(answer)) if answer else "made"
