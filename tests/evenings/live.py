"""An evening that runs: `voice-guide start` in a room of virtual devices, led by a test as a couple would.

Two people type on a terminal or a pipe, press keys, or speak into the room. A test waits for what the event file
tells, never for time to pass. Most prompts are cut short by a key that means nothing else, as anybody may do.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from tests.room import Room
from tests.screen.tty import Tty
from voice_guide import models
from voice_guide.audio.resample import resample
from voice_guide.home import Home, make_private_folder
from voice_guide.settings import Settings, write_settings
from voice_guide.sound import RATE, Sound, silence
from voice_guide.speaking.piper import PiperVoice

Told = dict[str, Any]

LONGEST = 90.0
"""Seconds after which what is waited for will never come."""
PARTNERS = "Ana,Ben"
CONSENTS = ("yes", "yes", "yes", "yes")
"""Both want to do this, and both want it written down."""
REACTION = 0.4
"""Seconds before anybody speaks."""
NEUTRAL = "z"
"""A key that means nothing but: be silent."""

SHORT = """\
title: A short one
summary: One question for each.
minutes: 5
depth: 1
steps:
  - each: speaker
    id: day
    steps:
      - id: tell
        ask: "{speaker}, what stays with you from today?"
        of: speaker
        answer: open
"""
UNLIMITED = SHORT.replace("answer: open", "answer: timed\n        minutes: no limit")
"""Silence ends no answer, however slow the machine is that runs the test."""


class Live:
    """`with Live(room, folder, "start", ...) as evening:`; it is ended in any case.

    `tty` gives it a terminal of 80 x 24 and the live screen, else it has pipes and `--plain`. `before` starts it, such
    as strace; `env` adds to the environment, and takes from it what is None. `cold` is without the prompts that other
    evenings have rendered.
    """

    def __init__(
        self,
        room: Room,
        folder: Path,
        *arguments: str,
        tty: bool = False,
        cold: bool = False,
        before: tuple[str, ...] = (),
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.home = folder / "home"
        if not cold:
            _warm(self.home)
        self.env = _environment(room, self.home, env or {})
        self.told: list[Told] = []
        """All events so far."""
        self.tty = Tty() if tty else None
        self._file = folder / "events.jsonl"
        self._file.unlink(missing_ok=True)
        self._read = 0
        self._seen = 0
        self._output = folder / "output"
        self._errors = folder / "errors"
        self._before = before
        self._process = self._start(arguments)

    def _start(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "voice_guide", *arguments, "--events", str(self._file)]
        command = [*self._before, *program]
        if self.tty is not None:
            # The first terminal that a session's leader opens is its own: closing it is a SIGHUP.
            terminal = ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', os.ttyname(self.tty.slave)]
            return subprocess.Popen(
                [*terminal, *command], env=self.env, cwd=self.folder, start_new_session=True
            )
        with self._output.open("wb") as output, self._errors.open("wb") as errors:
            return subprocess.Popen(
                [*command, "--plain"], env=self.env, cwd=self.folder, stdin=subprocess.PIPE, stdout=output,
                stderr=errors,
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self.tty is not None:
            self.tty.__exit__(kind, error, trace)

    @property
    def number(self) -> int:
        """Its process number."""
        return self._process.pid

    # --- what they do

    def type(self, line: str) -> None:
        """Type a line and press Enter; on a terminal Enter opens the line first."""
        if self.tty is not None:
            self.tty.press(f"\r{line}\r")
            return
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def press(self, key: str) -> None:
        """Press a key; on a pipe an empty line is one."""
        if self.tty is not None:
            self.tty.press(key)
        else:
            self.type("")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def sleep(self, seconds: float) -> None:
        """The program is stopped for so long while it waits, as by a computer that sleeps."""
        ends, state = time.monotonic() + LONGEST, Path(f"/proc/{self._process.pid}/stat")
        # In the midst of its work it would not know that it was stopped, and no computer falls asleep there.
        while state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "S":
            assert time.monotonic() < ends, "it never waits"
            time.sleep(0.001)  # another process is being watched
        self.signal(signal.SIGSTOP)
        time.sleep(seconds)  # this is what is tested
        self.signal(signal.SIGCONT)

    # --- what happens

    def until(self, name: str, *, hurry: bool = True, **fields: object) -> Told:
        """Wait for the next event of this name and fields; `hurry` cuts the guide's other words short."""
        return self._await({name}, fields, hurry=hurry)

    def either(self, *names: str, hurry: bool = True) -> Told:
        """Wait for the next event of one of these names."""
        return self._await(set(names), {}, hurry=hurry)

    def _await(self, names: set[str], fields: Mapping[str, object], *, hurry: bool) -> Told:
        wanted = f"{' or '.join(names)} {fields or ''}"
        ends = time.monotonic() + LONGEST
        while True:
            for told in self._more():
                if told["event"] in names and fields.items() <= told.items():
                    return told
                if hurry and told["event"] == "prompt":
                    self.press(NEUTRAL)
            assert self._process.poll() is None, f"it ended before {wanted}:\n{self.seen}"
            assert time.monotonic() < ends, f"no {wanted} came after {self.told[-3:]}:\n{self.seen}"
            time.sleep(0.01)  # another process is being watched

    def answer(self, *lines: str) -> None:
        """Type an answer to each of the next questions."""
        for line in lines:
            self.until("listening")
            self.type(line)

    def ended(self) -> int:
        """Wait for the end; the exit code, or the signal as a negative number."""
        ends = time.monotonic() + LONGEST
        while self._process.poll() is None:
            assert time.monotonic() < ends, f"it does not end after {self.told[-3:]}:\n{self.seen}"
            for told in self._more():
                if told["event"] == "prompt":
                    self.press(NEUTRAL)
            time.sleep(0.01)  # another process is being watched
        list(self._more())
        return self._process.returncode

    def refused(self) -> int:
        """Wait for the end of a program that is not to begin an evening; the exit code."""
        ends = time.monotonic() + LONGEST
        while self._process.poll() is None:
            assert not list(self._more()), f"it begins:\n{self.seen}"
            assert time.monotonic() < ends, f"it does not end:\n{self.seen}"
            time.sleep(0.01)  # another process is being watched
        return self._process.returncode

    def happened(self, *names: str) -> list[Told]:
        """The events of these names."""
        return [told for told in self.told if told["event"] in names]

    def _more(self) -> Iterator[Told]:
        """The events that nobody has looked at yet, one by one."""
        if self.tty is not None and self.tty.master >= 0:
            self.tty.read()
        if self._file.exists():
            with self._file.open("rb") as file:
                file.seek(self._read)
                whole, newline, _ = file.read().rpartition(b"\n")
            self._read += len(whole) + len(newline)
            self.told += [json.loads(line) for line in whole.splitlines()]
        while self._seen < len(self.told):
            self._seen += 1
            yield self.told[self._seen - 1]

    # --- what is left of it

    @property
    def lines(self) -> list[str]:
        """What was printed."""
        return self._output.read_text().splitlines()

    @property
    def errors(self) -> str:
        """What was printed as an error, without the warning that goes with --events."""
        warning = f"voice-guide: {self._file} will hold your words in the clear, for this user alone.\n"
        return self._errors.read_text().replace(warning, "")

    @property
    def seen(self) -> str:
        """All that a failed test may want to show."""
        if self.tty is not None:
            return "\n".join(self.tty.rows)
        return self._output.read_text() + self._errors.read_text()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same data."""
        command = [sys.executable, "-m", "voice_guide", *arguments]
        return subprocess.run(
            command,
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )

    def record(self) -> Told:
        """The last evening, read back."""
        done = self.run("export", "last", "--format", "json")
        assert done.returncode == 0, done.stderr
        found: Told = json.loads(done.stdout)
        return found

    def words(self) -> list[tuple[str, str]]:
        """Who said what, as the record has it."""
        return [(line["who"], line["text"]) for line in self.record()["lines"]]


def write_short(folder: Path, text: str = SHORT) -> Path:
    """An exercise of one question each, `short.yaml` in the folder in which the evening is begun."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "short.yaml"
    path.write_text(text)
    return path


def start_short(room: Room, folder: Path, text: str = SHORT, **how: Any) -> Live:
    """An evening with the short exercise, whose record is kept if both say so."""
    write_short(folder, text)
    return Live(room, folder, "start", "./short.yaml", "--partners", PARTNERS, **how)


def set_up(folder: Path, **chosen: Any) -> Home:
    """The couple has been through setup, and has chosen this."""
    home = Home(folder / "home")
    make_private_folder(home.root)
    write_settings(home.settings, Settings(first="Ana", second="Ben", **chosen))
    return home


@functools.cache
def spoken(text: str) -> Sound:
    """A sentence in Piper's voice, after the moment that people take."""
    said = resample(_voice().synthesize(text, 1.0), RATE)
    return Sound(np.concatenate([silence(REACTION, RATE), said.samples]), RATE)


@functools.cache
def _voice() -> PiperVoice:
    return PiperVoice(models.find("voice").folder)


def _warm(home: Path) -> None:
    """Rendering all that the guide may say would keep both cores busy for a while, in each of these tests."""
    make_private_folder(home)
    cache = home / "cache"
    if not cache.is_symlink():
        cache.symlink_to(_prompts())


@functools.cache
def _prompts() -> Path:
    """The prompts of all these tests."""
    folder = Path(tempfile.mkdtemp(prefix="prompts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _environment(room: Room, home: Path, more: Mapping[str, str | None]) -> dict[str, str]:
    own = {
        "VOICE_GUIDE_HOME": str(home),
        "VOICE_GUIDE_MODELS": str(models.models_home()),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    return {name: value for name, value in {**room.env, **own, **more}.items() if value is not None}
