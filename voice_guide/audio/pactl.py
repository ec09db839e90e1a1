"""What PulseAudio, or PipeWire in its place, tells of its devices through the program `pactl`.

Its plain text is read, not its JSON: version 16 writes "(null)" there for every name with an accent.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import NamedTuple

_TIMEOUT = 2.0
"""Seconds; a sound server that hangs must not hold up the evening."""

NOTHING = "auto_null"
"""The sink that a server makes up where there is no sound card."""


@dataclass(frozen=True, slots=True)
class Server:
    """The sound server."""

    local: bool
    """False if sound goes to another machine."""
    default_sink: str
    default_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A sink or a source."""

    name: str
    description: str = ""
    driver: str = ""
    muted: bool = False
    monitor: bool = False
    """It hears what a sink plays."""
    network: bool = False
    """The server itself says so."""
    api: str = ""
    bus: str = ""
    port: str = ""
    """The socket that is in use: `hdmi-output-0`, `analog-output-speaker`, ..."""


class Streams(NamedTuple):
    """What the streams of one process hang on; empty if it has none."""

    sources: tuple[Node, ...] = ()
    sinks: tuple[Node, ...] = ()


def server() -> Server | None:
    """The server, or None if there is none, or no `pactl`."""
    told = _fields(_ask("info").splitlines())
    if "Default Sink" not in told:
        return None
    return Server(told.get("Is Local") != "no", told["Default Sink"], told.get("Default Source", ""))


def sinks() -> tuple[Node, ...]:
    """Everything that can play."""
    return _nodes(_ask("list", "sinks"), "Sink #")


def sources() -> tuple[Node, ...]:
    """Everything that can be listened to."""
    return _nodes(_ask("list", "sources"), "Source #")


def streams(process: int) -> Streams | None:
    """Where the streams of a process hang; None if there is no server, or no `pactl`.

    Everything is asked at once, so that a device that comes or goes meanwhile puts no stream in a wrong place.
    """
    listed = _sections(_ask("list"))
    if not listed:
        return None
    return Streams(
        _used(listed, process, "Source Output #", "Source"), _used(listed, process, "Sink Input #", "Sink")
    )


def environ() -> dict[str, str]:
    """Ours, but English words, and any letter in a name."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def _ask(*what: str) -> str:
    """What pactl prints; nothing if it is missing, fails, or takes too long."""
    import subprocess  # not needed by whoever only opens what was chosen

    program = shutil.which("pactl")
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed words, no shell
            [program, *what],
            env=environ(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _nodes(text: str, heading: str) -> tuple[Node, ...]:
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith(heading):
            found.append([])
        elif found:
            found[-1].append(line)
    return tuple(node for node in map(_node, found) if node.name)


def _sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading, by the heading: `Sink #0`, `Source Output #2`, ..."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line[:1].strip():
            lines = found[line] = []
        else:
            lines.append(line)
    return found


def _used(listed: dict[str, list[str]], process: int, heading: str, device: str) -> tuple[Node, ...]:
    streams = [_fields(lines) for name, lines in listed.items() if name.startswith(heading)]
    places = [
        f"{device} #{told.get(device)}"
        for told in streams
        if told.get("application.process.id") == str(process)
    ]
    # A stream that is just being moved may hang on nothing.
    return tuple(_node(listed[place]) for place in places if place in listed)


def _node(lines: list[str]) -> Node:
    told = _fields(lines)
    flags = told.get("Flags", "").split()
    return Node(
        name=told.get("Name", ""),
        description=told.get("Description", ""),
        driver=told.get("Driver", ""),
        muted=told.get("Mute") == "yes",
        # Sinks name their own monitor, sources the sink that they hear.
        monitor=told.get("Monitor of Sink", "n/a") != "n/a",
        network="NETWORK" in flags,
        api=told.get("device.api", ""),
        bus=told.get("device.bus", ""),
        port=told.get("Active Port", ""),
    )


def _fields(lines: list[str]) -> dict[str, str]:
    """`Name: value` and `name = "value"`, the first of each; deeper lists are left out."""
    told: dict[str, str] = {}
    for line in lines:
        name, mark, value = line.strip().partition(" = " if line.startswith("\t\t") else ":")
        if mark and name not in told:
            told[name] = value.strip().strip('"')
    return told
