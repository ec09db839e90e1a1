"""Devices in words: what PulseAudio and PortAudio tell of them, and where streams are sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fake_portaudio import FakePortAudio
from voice_guide.audio import naming, pactl
from voice_guide.audio.naming import Kind, Outlet, Route, kind_of, outlets, prepare
from voice_guide.errors import DeviceError
from voice_guide.settings import Settings

INFO = """Server String: /run/user/1000/pulse/native
Is Local: {local}
Server Name: PulseAudio (on PipeWire 0.3.65)
Default Sink: {sink}
Default Source: mic
"""

SINK = """Sink #{number}
\tState: RUNNING
\tName: {name}
\tDescription: {description}
\tDriver: {driver}
\tMute: {mute}
\tMonitor Source: {name}.monitor
\tFlags: HARDWARE {flags}
\tProperties:
\t\tdevice.api = "{api}"
\t\tmedia.class = "Audio/Sink"
\tPorts:
\t\tanalog-output: Analog (type: Analog, priority: 9900, availability unknown)
\tActive Port: {port}
"""


def sink(name: str, description: str = "", **told: str) -> str:
    """As `pactl list sinks` prints one."""
    usual = {"driver": "PipeWire", "mute": "no", "flags": "", "api": "alsa", "port": "analog-output"}
    return SINK.format(number=7, name=name, description=description or name, **(usual | told))


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, ...], str]:
    """What `pactl` prints, by its words; nothing unless a test says so."""
    told: dict[tuple[str, ...], str] = {}
    monkeypatch.setattr(pactl, "_ask", lambda *what: told.get(what, ""))
    return told


@pytest.fixture
def pulse(ask: dict[tuple[str, ...], str], monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, ...], str]:
    """A machine with PulseAudio, as Debian sets it up."""
    FakePortAudio({"HDA Intel: ALC (hw:0,0)": (2, 2), "pulse": (32, 32), "default": (32, 32)}).install(
        monkeypatch
    )
    ask[("info",)] = INFO.format(local="yes", sink="builtin")
    ask[("list", "sinks")] = sink("builtin", "Built-in Audio")
    return ask


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (sink("alsa_output.pci-0000_00_1f.3.analog-stereo"), Kind.PLAIN),
        (sink("bluez_output.00_11.1", "Soundbox", api="bluez5"), Kind.BLUETOOTH),
        (sink("headset", driver="module-bluez5-device.c"), Kind.BLUETOOTH),
        (sink("raop_sink.Kitchen.local", "Kitchen"), Kind.NETWORK),
        (sink("tunnel.attic.local.sink"), Kind.NETWORK),
        (sink("attic", driver="module-tunnel.c"), Kind.NETWORK),
        (sink("attic", flags="NETWORK LATENCY"), Kind.NETWORK),
        (sink("alsa_output.pci-0000_01_00.1.hdmi-stereo"), Kind.HDMI),
        (sink("alsa_output.pro-output-3", port="hdmi-output-0"), Kind.HDMI),
        (sink("builtin", "My network tunnel, by Bluetooth"), Kind.PLAIN),
    ],
)
def test_kinds(told: str, kind: Kind, pulse: dict[tuple[str, ...], str]) -> None:
    """By driver, flags and inner name; what somebody called a device says nothing."""
    pulse[("list", "sinks")] = told
    (node,) = pactl.sinks()
    assert kind_of(node) is kind
    assert outlets().loudspeakers[1].kind is kind


def test_the_list_of_a_sound_server(pulse: dict[tuple[str, ...], str]) -> None:
    """The system's own choice first, monitors last, muted ones marked, two of the same make told apart."""
    pulse[("list", "sinks")] += sink("other", "Built-in Audio") + sink("auto_null", "Dummy Output")
    pulse[("list", "sources")] = (
        "Source #0\n\tName: builtin.monitor\n\tDescription: Monitor of Built-in\n\tMonitor of Sink: builtin\n"
        "Source #1\n\tName: mic\n\tDescription: Café\x07 mic\n\tMute: yes\n\tMonitor of Sink: n/a\n"
    )
    found = outlets()
    assert found.loudspeakers == (
        Outlet("", "What this computer uses (now Built-in Audio (builtin))"),
        Outlet("pulse:builtin", "Built-in Audio (builtin)"),
        Outlet("pulse:other", "Built-in Audio (other)"),
    )
    assert found.microphones == (
        Outlet("", "What this computer uses (now Café mic)", muted=True),
        Outlet("pulse:mic", "Café mic", muted=True),
        Outlet("pulse:builtin.monitor", "Monitor of Built-in", Kind.MONITOR),
    )


def test_a_server_elsewhere(pulse: dict[tuple[str, ...], str]) -> None:
    """If the sound server itself is another machine, so is every loudspeaker."""
    pulse[("info",)] = INFO.format(local="no", sink="builtin")
    assert {one.kind for one in outlets().loudspeakers} == {Kind.NETWORK}


def test_a_server_without_a_sound_card(pulse: dict[tuple[str, ...], str]) -> None:
    """The sink that a server makes up is no loudspeaker, though PortAudio counts 32 outputs."""
    pulse[("list", "sinks")] = sink("auto_null", "Dummy Output")
    assert outlets() == ((), ())


@pytest.mark.usefixtures("ask")
def test_portaudio_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sound server: PortAudio's names without ALSA's places and plugins."""
    known = {
        "HDA Intel PCH: HDMI 0 (hw:0,3)": (0, 8),
        "USB Audio Device: - (hw:1,0)": (1, 2),
        "sysdefault": (128, 128),
        "surround51": (0, 6),
        "dmix": (0, 2),
        "default": (128, 128),
    }
    FakePortAudio(known).install(monkeypatch)
    found = outlets()
    assert found.loudspeakers == (
        Outlet("", "What this computer uses"),
        Outlet("HDA Intel PCH: HDMI 0 (hw:0,3)", "HDA Intel PCH, HDMI 0", Kind.HDMI),
        Outlet("USB Audio Device: - (hw:1,0)", "USB Audio Device"),
    )
    assert [one.name for one in found.microphones] == ["What this computer uses", "USB Audio Device"]


@pytest.mark.usefixtures("ask")
def test_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """No devices, no list."""
    FakePortAudio({}).install(monkeypatch)
    assert outlets() == ((), ())


def test_pipewire_without_its_pulse(ask: dict[tuple[str, ...], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ALSA leads to PipeWire past PulseAudio's variables, no sink is offered that could not be reached."""
    FakePortAudio({"USB Mic": (1, 0), "pipewire": (64, 64), "default": (64, 64)}).install(monkeypatch)
    ask[("info",)] = INFO.format(local="yes", sink="builtin")
    ask[("list", "sinks")] = sink("builtin")
    assert [one.id for one in outlets().loudspeakers] == [""]
    assert [one.id for one in outlets().microphones] == ["", "USB Mic"]


@pytest.mark.usefixtures("pulse")
def test_prepare() -> None:
    """A sink or source goes into PulseAudio's variables, and PortAudio gets the name that leads there."""
    environ: dict[str, str] = {}
    chosen = Settings(microphone="pulse:mic", loudspeaker="pulse:builtin")
    assert prepare(chosen, environ) == Route("pulse", "pulse")
    assert environ == {"PULSE_SOURCE": "mic", "PULSE_SINK": "builtin"}


def test_prepare_asks_portaudio_for_nothing_unless_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio's own names, and no choice at all, need no PortAudio and change no variable."""

    def refuse() -> None:
        raise AssertionError("PortAudio was asked")

    monkeypatch.setattr(naming, "devices", refuse)
    environ = {"PULSE_SINK": "mine"}
    assert prepare(Settings(), environ) == Route(None, None)
    assert prepare(Settings(microphone="USB Mic"), environ) == Route("USB Mic", None)
    assert environ == {"PULSE_SINK": "mine"}


@pytest.mark.usefixtures("ask")
def test_a_sound_server_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sink was chosen, and PortAudio knows no way to it any more: an error, not another loudspeaker."""
    FakePortAudio({"USB Mic": (1, 2)}).install(monkeypatch)
    with pytest.raises(DeviceError) as caught:
        prepare(Settings(loudspeaker="pulse:builtin"), {})
    assert caught.value.message == "The sound server that leads to builtin cannot be reached."


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("exit 1", False),
        ("exec sleep 60", False),
        ("printf '\\377\\n'", False),
        ('[ "$LC_ALL" = C.UTF-8 ] && printf "Is Local: yes\\nDefault Sink: x\\n"', True),
    ],
)
def test_a_pactl_that_misbehaves(
    script: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails, hangs or prints nonsense is the same as none; one that works is asked in English."""
    program = tmp_path / "pactl"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setattr(pactl, "_TIMEOUT", 0.5)
    assert (pactl.server() is not None) is found


def test_no_pactl(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program there is no sound server to ask."""
    monkeypatch.setenv("PATH", "")
    assert pactl.server() is None
    assert pactl.sinks() == pactl.sources() == ()
