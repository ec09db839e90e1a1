"""Loudspeakers and microphones in words that people know, and how to make PortAudio use the one they chose.

Through PulseAudio (or PipeWire in its place) PortAudio sees one device only, "pulse" or "default", that leads to
all of them; `pactl` tells which there are. Which of them a stream goes to is read from PULSE_SINK and PULSE_SOURCE
whenever a stream is opened, also after PortAudio has started; a name that is gone then fails to open, and no other
device takes its place (tried with PulseAudio 16.1).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from voice_guide.audio import pactl
from voice_guide.audio.devices import Device, devices, refresh
from voice_guide.errors import DeviceError

if TYPE_CHECKING:
    from voice_guide.settings import Settings

THROUGH_PULSE = "pulse:"
"""Before the name of a sink or source, in the settings; other names are PortAudio's own."""


class Kind(StrEnum):
    """What is worth knowing of a device before it is chosen."""

    PLAIN = "plain"
    BLUETOOTH = "bluetooth"
    NETWORK = "network"
    HDMI = "hdmi"
    MONITOR = "monitor"
    """A "microphone" that hears what this computer plays."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A loudspeaker or a microphone that can be chosen."""

    id: str
    """As the settings keep it; empty for the system's own choice."""
    name: str
    """For people."""
    kind: Kind = Kind.PLAIN
    muted: bool = False
    """Switched off in the system's sound settings."""


class Outlets(NamedTuple):
    """What there is; where there is anything, the system's own choice comes first."""

    loudspeakers: tuple[Outlet, ...] = ()
    microphones: tuple[Outlet, ...] = ()


class Route(NamedTuple):
    """The names that PortAudioMicrophone and PortAudioSpeaker take."""

    microphone: str | None = None
    loudspeaker: str | None = None


def outlets(*, anew: bool = False) -> Outlets:
    """All that can be chosen now. Raises DeviceError if PortAudio is missing.

    `anew` starts PortAudio again, so that it sees what was plugged in since; every open stream dies of it.
    """
    if anew:
        refresh()
    found = devices()
    server = pactl.server() if _entrance(found) else None
    if server is None:
        return Outlets(_of_portaudio(found, "outputs"), _of_portaudio(found, "inputs"))
    remote = not server.local
    # PortAudio sees 32 inputs and outputs whether there is one or none: what PulseAudio says counts.
    return Outlets(
        _of_pulse(pactl.sinks(), server.default_sink, remote=remote),
        _of_pulse(pactl.sources(), server.default_source, remote=remote),
    )


def prepare(settings: Settings, environ: MutableMapping[str, str] | None = None) -> Route:
    """Direct all streams that are opened from now on to the chosen devices, and name those for PortAudio.

    Call it before a microphone or loudspeaker is made; PortAudio may have started already. Raises DeviceError if
    a device of PulseAudio was chosen and PortAudio cannot reach PulseAudio any more.
    """
    environ = os.environ if environ is None else environ
    _refuse_pretence(settings)
    return Route(
        _through(settings.microphone, "PULSE_SOURCE", environ),
        _through(settings.loudspeaker, "PULSE_SINK", environ),
    )


def _refuse_pretence(settings: Settings) -> None:
    """Where no microphone is plugged in, the server's own choice is what its loudspeaker plays. Raises DeviceError."""
    server = pactl.server() if not settings.microphone else None
    if server is None or server.default_source != f"{server.default_sink}.monitor":
        return
    if _entrance(devices()) is not None:  # else PortAudio goes past the server, and has its own choice
        raise DeviceError("There is no microphone.", "plug one in, or look at the system's sound settings")


def _through(chosen: str, variable: str, environ: MutableMapping[str, str]) -> str | None:
    if not chosen.startswith(THROUGH_PULSE):
        return chosen or None
    environ[variable] = chosen.removeprefix(THROUGH_PULSE)
    entrance = _entrance(devices())
    if entrance is None:
        raise DeviceError(
            f"The sound server that leads to {environ[variable]} cannot be reached.",
            "voice-guide setup shows what can be chosen now",
        )
    return entrance


def _entrance(found: Iterable[Device]) -> str | None:
    """PortAudio's name for all that PulseAudio has, if it can be reached."""
    names = {device.name for device in found if device.api == "ALSA"}
    if "pulse" in names:
        return "pulse"
    # With PipeWire's own plugin "default" leads past PulseAudio's variables.
    return "default" if "default" in names and "pipewire" not in names else None


def _of_pulse(found: Iterable[pactl.Node], default: str, *, remote: bool) -> tuple[Outlet, ...]:
    known = [
        Outlet(
            THROUGH_PULSE + node.name,
            _tidy(node.description or node.name),
            Kind.NETWORK if remote and not node.monitor else kind_of(node),
            node.muted,
        )
        for node in found
        if node.name != _NOTHING
    ]
    known = _told_apart(known)
    known.sort(key=lambda one: one.kind is Kind.MONITOR)  # the last that anybody wants
    return _with_own_choice(known, THROUGH_PULSE + default)


def _told_apart(known: list[Outlet]) -> list[Outlet]:
    """Two of the same make are called by their inner names as well."""
    names = [one.name for one in known]
    return [
        replace(one, name=f"{one.name} ({one.id.removeprefix(THROUGH_PULSE)})")
        if names.count(one.name) > 1
        else one
        for one in known
    ]


def _with_own_choice(known: list[Outlet], default: str) -> tuple[Outlet, ...]:
    if not known:
        return ()
    now = next((one for one in known if one.id == default), Outlet("", ""))
    own = f"What this computer uses (now {now.name})" if now.name else "What this computer uses"
    return (replace(now, id="", name=own), *known)


_NOTHING = "auto_null"
"""The sink that PulseAudio makes up where there is no sound card."""

_NETWORK = re.compile(r"\b(raop|tunnel|airplay|rtp|roc|zeroconf|network)", re.IGNORECASE)
_BLUETOOTH = re.compile(r"bluez|bluetooth|airpods", re.IGNORECASE)
_HDMI = re.compile(r"hdmi|displayport|\bdp\b", re.IGNORECASE)


def kind_of(node: pactl.Node) -> Kind:
    """What a sink or source of PulseAudio is, by its driver, its flags, and its name."""
    if node.monitor:
        return Kind.MONITOR
    # Not the description: anybody may have called a device of theirs "network".
    told = " ".join((node.name, node.driver, node.api, node.bus)).replace("_", " ")
    if node.network or _NETWORK.search(told.replace("-", " ")):
        return Kind.NETWORK
    if _BLUETOOTH.search(told):
        return Kind.BLUETOOTH
    return Kind.HDMI if _HDMI.search(f"{node.name} {node.port}") else Kind.PLAIN


# What ALSA calls its own inner workings: each leads to a device that stands in the list as well.
_PLUGINS = re.compile(
    r"(default|sysdefault|front|rear|surround\d+|center_lfe|side|iec958|spdif|dmix|dsnoop|null|oss|jack|pulse|pipewire"
    r"|lavrate|samplerate|speex\w*|upmix|vdownmix|usbstream|hw|plughw)(:.*)?"
)
_PLACE = re.compile(r"\s*\((hw|plughw):[\d,]+\)|\s*:\s*-\s*(?=$|\()")


def _of_portaudio(found: Iterable[Device], direction: str) -> tuple[Outlet, ...]:
    """By PortAudio's own names, each once."""
    usable = [one for one in found if (one.outputs if direction == "outputs" else one.inputs)]
    if not usable:
        return ()
    named = {one.name: one for one in usable if not _PLUGINS.fullmatch(one.name)}
    default = next(
        (one for one in usable if (one.default_output if direction == "outputs" else one.default_input)), None
    )
    known = [Outlet(name, _human(name), _kind_by_name(name)) for name in named]
    own = _with_own_choice(known, default.name if default else "")
    return own or (Outlet("", "What this computer uses"),)


def _kind_by_name(name: str) -> Kind:
    if _BLUETOOTH.search(name):
        return Kind.BLUETOOTH
    if name.casefold().startswith("monitor of "):
        return Kind.MONITOR
    return Kind.HDMI if _HDMI.search(name) else Kind.PLAIN


def _human(name: str) -> str:
    """A name without the places that ALSA adds: "USB Audio: - (hw:1,0)" is "USB Audio"."""
    return _tidy(_PLACE.sub("", name).replace(": ", ", ")) or name


def _tidy(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(printable.split())
