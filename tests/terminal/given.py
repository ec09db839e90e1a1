"""What may stand around a transcript: devices, models, another guide."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from voice_guide.models.manifest import manifest
from voice_guide.one_guide import one_guide

ROOT = Path(__file__).parents[2]
MODELS = ("tiny.en", "joe", "silero")

_THROUGH_PULSE = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
"""Of ALSA: no device of this machine, and a sound server that is not there."""

Given = Callable[["Place"], AbstractContextManager[object]]


class Place:
    """A folder of its own, and the environment in which programs see it and nothing else."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "here"
        """Where commands are run; empty but for what a transcript puts there."""
        self.home = self.folder / "home"
        self.models = root / "models"
        self.guide = "voice_guide"
        """The module that is run as `voice-guide`."""
        self.through = ""
        """What runs it."""
        self._nothing = root / "around" / "nothing"
        self.folder.mkdir()

    @property
    def env(self) -> dict[str, str]:
        """No devices but those that are given, no settings of this user, no colours."""
        inherited = {
            name: os.environ[name] for name in ("TMPDIR", "XDG_RUNTIME_DIR") if name in os.environ
        }  # where the lock lies
        return inherited | {
            "PATH": f"{self._nothing.parent}:{os.defpath}",
            "HOME": str(self._nothing.parent),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "80",
            "LINES": "24",
            "NO_COLOR": "1",
            "PYTHONPATH": str(ROOT),
            "VOICE_GUIDE_HOME": str(self.home),
            "VOICE_GUIDE_MODELS": str(self.models),
            "ALSA_CONFIG_PATH": str(self._nothing),
            "PULSE_SERVER": f"unix:{self._nothing}",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }

    @property
    def stand_ins(self) -> list[tuple[re.Pattern[str], str]]:
        """What is different each time."""
        return [
            (re.compile(re.escape(str(self.home))), "{home}"),
            (re.compile(re.escape(str(self.models))), "{models}"),
            (re.compile(re.escape(str(self.folder))), "{folder}"),
            (re.compile(rf"\b{os.getpid()}\b"), "{number}"),
        ]

    def furnish(self, files: dict[str, str]) -> None:
        """Put in place what every transcript needs, and its own files."""
        around = self._nothing.parent
        around.mkdir()
        self._nothing.write_text(_THROUGH_PULSE)
        program = around / "voice-guide"
        program.write_text(f'#!/bin/sh\nexec {self.through}"{sys.executable}" -m {self.guide} "$@"\n')
        program.chmod(stat.S_IRWXU)
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def _devices(place: Place) -> AbstractContextManager[object]:
    """A microphone, a loudspeaker, and an evening that is over at once."""
    place.guide = "tests.terminal.guide"
    return nullcontext()


def _no_devices(place: Place) -> AbstractContextManager[object]:
    del place
    if sys.platform != "linux":
        pytest.skip("devices can be hidden from a program on Linux only")
    return nullcontext()


def _models(place: Place) -> AbstractContextManager[object]:
    """Files of the right names and sizes, with nothing in them."""
    for model in manifest():
        for file in model.files if model.name in MODELS else ():
            path = place.models / model.name / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            os.truncate(path, file.bytes or 0)
    return nullcontext()


def _half_a_voice(place: Place) -> AbstractContextManager[object]:
    _models(place)
    for path in (place.models / "joe").glob("*.onnx"):
        os.truncate(path, 1_000_000)
    return nullcontext()


def _a_locked_home(place: Place) -> AbstractContextManager[object]:
    """A data folder that may be read only; nothing is locked for the administrator, who gives up that right here."""
    place.home.mkdir(mode=0o500)
    if os.access(place.home, os.W_OK):
        without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        if not shutil.which("setpriv") or subprocess.run([*without, "true"], check=False).returncode:
            pytest.skip("nothing is locked for this user")
        place.through = " ".join(without) + " "
    return nullcontext()


@contextmanager
def _another_guide(place: Place) -> Iterator[None]:
    """One that runs for the same data folder."""
    with one_guide(place.home):
        yield


GIVEN: dict[str, Given] = {
    "devices": _devices,
    "no devices": _no_devices,
    "models": _models,
    "half a voice": _half_a_voice,
    "a locked home": _a_locked_home,
    "another guide": _another_guide,
}
