"""Where the whole program is measured: a room of virtual devices, a home of its own, and tiny.en."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.slow import Slow
from tests.room import Room
from voice_guide import models
from voice_guide.audio.resample import resample
from voice_guide.sound import RATE, Sound
from voice_guide.speaking.piper import PiperVoice

PARTNERS = "Ana,Ben"
EXERCISE = "what-im-afraid-of"
ROOT = Path(__file__).parents[2]

_PATIENCE = 240.0
"""Seconds for what takes ten at most on a fast machine."""


_LOOK_EVERY = 0.1
"""Seconds; whoever looks takes time from what is measured."""


class Failed(Exception):
    """What was to be measured ended before it could be."""


class Lab:
    """`with lab(slow) as lab:`; `slow` holds back what is measured, and nothing else."""

    def __init__(self, room: Room, folder: Path, slow: Slow | None) -> None:
        self.room = room
        self.folder = folder
        self.slow = slow
        self._voice = PiperVoice(models.find("voice").folder)
        self._said: dict[str, Sound] = {}
        self._models = _only_tiny(folder / "models")

    def env(self, home: Path) -> dict[str, str]:
        """The environment of a guide that lives in `home`; compiled Python is kept as on any machine."""
        env = {key: value for key, value in self.room.env.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {
            **env,
            "VOICE_GUIDE_HOME": str(home),
            "VOICE_GUIDE_MODELS": str(self._models),
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "PYTHONPATH": str(ROOT),
        }

    @contextmanager
    def running(
        self, command: Sequence[str], home: Path, *, slow: bool = True, **how: Any
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run what is measured while the block lasts, its output in a file; then end it, kindly."""
        whole = self.slow.around(command) if self.slow and slow else list(command)
        with (self.folder / "output").open("wb") as output:
            given = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, **how}
            process = subprocess.Popen(whole, env=self.env(home), cwd=self.folder, **given)
            try:
                yield process
            finally:
                process.terminate()
                try:
                    process.wait(60)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def await_(
        self,
        done: Callable[[], bool],
        process: subprocess.Popen[bytes],
        what: str,
        *,
        within: float = _PATIENCE,
    ) -> None:
        """Wait until something is done by a process that lives. Raises Failed."""
        until = time.monotonic() + within
        while not done():
            if process.poll() is not None or time.monotonic() > until:
                raise self._failed(f"{what} did not happen", process)
            time.sleep(_LOOK_EVERY)

    def await_end(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Wait until the process has ended well. Raises Failed."""
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise self._failed(f"no end came within {seconds:.0f} s", process) from None
        if code:
            raise self._failed("it ended badly", process)

    def _failed(self, what: str, process: subprocess.Popen[bytes]) -> Failed:
        return Failed(f"{what} (exit code {process.poll()}):\n{self.output()[-2000:]}")

    def questions(self, process: subprocess.Popen[bytes], told: Path) -> Iterator[dict[str, Any]]:
        """Each question, as soon as its answer is listened for. Raises Failed where none comes."""
        seen = 0

        def asked() -> bool:
            return len(_listening(told)) > seen

        while True:
            self.await_(asked, process, "the next question")
            seen += 1
            yield _listening(told)[seen - 1]

    def warm_home(self) -> Path:
        """A home whose prompts of the shipped exercise have all been rendered, at full speed."""
        home = self.folder / "warm"
        if not home.is_dir():
            with self.running(guide("start", EXERCISE, "--partners", PARTNERS), home, slow=False) as process:
                self.await_quiet(home, process)
        return home

    def await_quiet(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        """Wait until nothing is rendered any more. Raises Failed."""
        self.await_(_settled(home / "cache" / "prompts"), process, "rendering all prompts")

    def voice(self, text: str) -> Sound:
        """Somebody says this, clearly."""
        if text not in self._said:
            spoken = self._voice.synthesize(text)
            self._said[text] = resample(spoken, RATE)
        return self._said[text]

    def output(self) -> str:
        """What the process of the moment has printed so far."""
        return (self.folder / "output").read_text(errors="replace")


@contextmanager
def lab(slow: Slow | None) -> Iterator[Lab]:
    """A laboratory, and nothing left of it afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Room() as room:
        yield Lab(room, Path(folder), slow)


def guide(*arguments: str) -> list[str]:
    """The command that people type."""
    return [str(Path(sys.executable).with_name("voice-guide")), *arguments]


def python(module: str, *arguments: str) -> list[str]:
    """A module of this folder, as a process of its own."""
    return [sys.executable, "-m", f"tests.bench.{module}", *arguments]


def events(path: Path) -> list[dict[str, Any]]:
    """All that `--events` has told so far."""
    if not path.exists():
        return []
    lines = path.read_text().split("\n")[:-1]  # behind the last newline stands half a line, or nothing
    return [json.loads(line) for line in lines]


def _listening(told: Path) -> list[dict[str, Any]]:
    return [event for event in events(told) if event["event"] == "listening"]


def missing() -> str:
    """What this machine lacks for these measurements, in a sentence, or an empty text."""
    programs = [name for name in ("pulseaudio", "pactl", "pacat", "parec") if shutil.which(name) is None]
    if programs:
        return f"{', '.join(programs)} is not installed (Debian: pulseaudio, pulseaudio-utils)"
    return "" if Path("/proc/self/smaps_rollup").is_file() else "this needs Linux"


def _only_tiny(home: Path) -> Path:
    """A folder of models in which tiny.en is the transcriber."""
    home.mkdir()
    for name in ("tiny.en", *(models.find(role).name for role in ("voice", "vad", "turn", "speaker"))):
        (home / name).symlink_to(models.find(name).folder, target_is_directory=True)
    (home / "choice.json").write_text(json.dumps({"transcriber": "tiny.en"}))
    return home


def _settled(folder: Path, seconds: float = 8.0) -> Callable[[], bool]:
    """Has this folder files, and no new ones for so long?"""
    last = [0, time.monotonic()]

    def settled() -> bool:
        count = len(os.listdir(folder)) if folder.is_dir() else 0
        if count != last[0]:
            last[:] = [count, time.monotonic()]
        return count > 0 and time.monotonic() - last[1] > seconds

    return settled
