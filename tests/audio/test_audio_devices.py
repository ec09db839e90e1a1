"""Devices are found by name, listed one a line, and PortAudio's chatter stays off the terminal."""

from __future__ import annotations

import argparse
import atexit
import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from tests.fake_portaudio import FakePortAudio, PortAudioError
from voice_guide.audio.devices import (
    abandon,
    devices,
    find_input,
    find_output,
    has_input,
    hushed_drivers,
    portaudio,
    quiet_stderr,
    refresh,
    same_input,
    same_output,
)
from voice_guide.cli.devices import add_parser
from voice_guide.errors import DeviceError

KNOWN = {
    "HDA Intel: HDMI 0": (0, 8),
    "USB PnP Sound Device: Audio": (1, 0),
    "Jabra SPEAK 410": (1, 2),
    "default": (32, 32),
}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """Four devices; the last is the default for both directions."""
    return FakePortAudio(KNOWN).install(monkeypatch)


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, "default"),
        ("Jabra SPEAK 410", "Jabra SPEAK 410"),
        ("jabra", "Jabra SPEAK 410"),
        ("usb", "USB PnP Sound Device: Audio"),
        ("jabra speek 401", "Jabra SPEAK 410"),
    ],
)
def test_nearest_name(name: str | None, expected: str) -> None:
    """No name is the default; else the whole name, a part of it, or one with a slip."""
    assert find_input(name).name == expected


@pytest.mark.usefixtures("found")
def test_only_of_the_right_direction() -> None:
    """A loudspeaker is not found as a microphone, nor the other way round."""
    with pytest.raises(DeviceError, match=r"There is no microphone named hdmi\. \(voice-guide devices"):
        find_input("hdmi")
    with pytest.raises(DeviceError, match="There is no loudspeaker named usb"):
        find_output("usb")
    assert find_output("hdmi").outputs == 8


def test_the_whole_name_before_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """`default` means that device, not an earlier one that has the word in its name."""
    FakePortAudio({"sysdefault": (1, 1), "default": (1, 1)}).install(monkeypatch)
    assert find_input("default").index == 1


def test_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system names no default, the first one is taken."""
    fake = FakePortAudio(KNOWN).install(monkeypatch)
    fake.default.device = (-1, -1)
    assert find_input().name == "USB PnP Sound Device: Audio"


def test_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any device it says so."""
    FakePortAudio({}).install(monkeypatch)
    assert not has_input()
    with pytest.raises(DeviceError, match=r"^There is no microphone\. \(plug one in"):
        find_input()


def test_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loudspeaker alone is no microphone."""
    FakePortAudio({"speaker": (0, 2)}).install(monkeypatch)
    assert not has_input()


def test_no_portaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing library is a device error that says what to install."""
    import builtins

    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DeviceError, match="sudo apt install libportaudio2"):
        portaudio()
    assert not has_input()


def test_the_same_device_on_another_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plugged in again it has another number; the very name goes first."""
    known = {
        "USB Audio: #0 (hw:2,0)": (1, 2),
        "USB Audio: #0 (hw:3,0)": (1, 2),
        "USB Audio Pro (hw:1,0)": (1, 2),
    }
    FakePortAudio(known).install(monkeypatch)
    assert same_input("USB Audio: #0 (hw:3,0)").index == 1
    assert same_output("USB Audio: #0 (hw:1,0)").index == 0


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("name", ["Jabra", "Jabra SPEAK 510", "HDA Intel: HDMI 0"])
def test_never_a_similar_one(name: str) -> None:
    """A part of a name, another model, or a loudspeaker is not the microphone that was there before."""
    with pytest.raises(
        DeviceError, match=rf"There is no microphone named {name}\. \(voice-guide devices lists"
    ):
        same_input(name)


class Restarted(FakePortAudio):
    """It can be started anew, or refuses."""

    def __init__(self) -> None:
        super().__init__(KNOWN)
        self._initialized = 1
        self.refuses = False
        self.calls: list[str] = []

    def _terminate(self) -> None:
        self._initialized -= 1
        self.calls.append("terminate")

    def _initialize(self) -> None:
        if self.refuses:
            raise PortAudioError("Host error")
        self._initialized += 1
        self.calls.append("initialize")

    def query_devices(self) -> list[dict[str, object]]:
        """Nothing is known before the start."""
        if not self._initialized:
            raise PortAudioError("PortAudio not initialized")
        return super().query_devices()


def test_refused_to_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a device error, for the list as well; the next attempt ends nothing twice."""
    fake = Restarted()
    fake.install(monkeypatch)
    fake.refuses = True
    for ask in (refresh, devices):
        with pytest.raises(
            DeviceError, match=r"^The sound system does not answer\. \(look at the system's sound"
        ):
            ask()
    fake.refuses = False
    refresh()
    assert fake.calls == ["terminate", "initialize"]
    assert len(devices()) == len(KNOWN)


def run(capsys: pytest.CaptureFixture[str]) -> str:
    """What `voice-guide devices` prints."""
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    args = parser.parse_args(["devices"])
    assert args.run(args) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("found")
def test_command_lists(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each direction of each device."""
    assert run(capsys).splitlines() == [
        "out  HDA Intel: HDMI 0  ALSA  8 channels  48000 Hz",
        "in   USB PnP Sound Device: Audio  ALSA  1 channel  48000 Hz",
        "in   Jabra SPEAK 410  ALSA  1 channel  48000 Hz",
        "out  Jabra SPEAK 410  ALSA  2 channels  48000 Hz",
        "in   default  ALSA  32 channels  48000 Hz  default",
        "out  default  ALSA  32 channels  48000 Hz  default",
    ]


def test_command_prints_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No device, no line."""
    FakePortAudio({}).install(monkeypatch)
    assert run(capsys) == ""


def test_chatter_is_swallowed(capfd: pytest.CaptureFixture[str]) -> None:
    """What C code writes to descriptor 2 is gone, and what follows is not."""
    with quiet_stderr():
        os.write(2, b"ALSA lib: unknown PCM\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_stderr_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    """Even when the block raises."""
    with pytest.raises(ValueError, match="within"), quiet_stderr():
        raise ValueError("within")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_two_threads_swallow(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever leaves first leaves it swallowed, whoever leaves last restores it."""
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with quiet_stderr():
            inside.set()
            leave.wait(5)

    thread = threading.Thread(target=other)
    with quiet_stderr():
        thread.start()
        assert inside.wait(5)
    os.write(2, b"within the other\n")
    leave.set()
    thread.join()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_abandoned(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a thread hangs inside PortAudio it is not closed at exit, and errors are read on the terminal again."""
    inside, leave = threading.Event(), threading.Event()
    forgotten: list[object] = []
    sounddevice = SimpleNamespace(_exit_handler=lambda: None)
    monkeypatch.setitem(sys.modules, "sounddevice", sounddevice)
    monkeypatch.setattr(atexit, "unregister", forgotten.append)

    def hang() -> None:
        with quiet_stderr():
            inside.set()
            leave.wait(5)

    thread = threading.Thread(target=hang)
    thread.start()
    assert inside.wait(5)
    abandon()
    assert forgotten == [sounddevice._exit_handler]
    os.write(2, b"seen\n")
    leave.set()
    thread.join()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "seen\nafter\n"


@pytest.mark.parametrize("loaded", [{}, {"sounddevice": SimpleNamespace()}])
def test_abandoned_before_it_was_loaded(loaded: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it imported for that: whoever hangs may do so in the middle of the import."""
    monkeypatch.setattr(sys, "modules", {**sys.modules, "sounddevice": None, **loaded})
    abandon()


def test_only_python_is_heard_all_evening(capfd: pytest.CaptureFixture[str]) -> None:
    """Drivers are swallowed, also by name of a short swallower within; our own lines are not."""
    with hushed_drivers():
        with quiet_stderr():
            pass
        os.write(2, b"Expression 'r' failed\n")
        print("ours", file=sys.stderr)
    print("after", file=sys.stderr)
    assert capfd.readouterr().err == "ours\nafter\n"


def test_import_is_light() -> None:
    """The command line may import the adapters without starting PortAudio."""
    program = (
        "import sys, voice_guide.cli.devices, voice_guide.audio.microphone, voice_guide.audio.speaker;"
        "sys.exit('sounddevice' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
