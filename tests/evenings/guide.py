"""Runs `voice-guide` as its user would: another process, its own data folder, the models of this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_guide import models

LONGEST = 300.0


@dataclass(frozen=True)
class Guide:
    """The program with a data folder of its own."""

    home: Path

    @property
    def env(self) -> dict[str, str]:
        """The environment of the program."""
        more = {"VOICE_GUIDE_HOME": str(self.home), "VOICE_GUIDE_MODELS": str(models.models_home())}
        return {**os.environ, **more}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self._command(*arguments),
            env=self.env,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )

    def export(self) -> dict[str, Any]:
        """The last evening as JSON."""
        done = self.run("export", "last", "--format", "json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def interrupt(self, events: Path, wanted: str, number: signal.Signals, *arguments: str) -> int:
        """Run a command that writes `events`, send a signal as soon as a line holds `wanted`; the exit code."""
        with subprocess.Popen(
            self._command(*arguments, "--events", str(events)), env=self.env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            until = time.monotonic() + LONGEST
            while not (events.exists() and wanted in events.read_text()):
                assert process.poll() is None, f"it ended before {wanted}"
                assert time.monotonic() < until
                time.sleep(0.005)  # another process is being watched
            process.send_signal(number)
            return process.wait(60)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "voice_guide", *arguments]


def read_events(path: Path) -> list[dict[str, Any]]:
    """The events of a finished evening."""
    return [json.loads(line) for line in path.read_text().splitlines()]
