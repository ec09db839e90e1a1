"""A program in a terminal window: what it writes, and what is typed into it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 120.0
"""Seconds after which what should be seen never will be."""

_LOOK = 0.005
"""Seconds between two looks at another process."""

_SHELL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp("sh", ["sh", "-c", sys.argv[1]])
"""

KEYS = {"^C": b"\x03", "^D": b"\x04"}
ESCAPE = "^["
"""How a terminal shows it."""

PROMPT = "\r\n> "
"""The program's own mark for a line to be typed; a transcript shows it once."""

CLOSES = "(the terminal closes)"


class Window:
    """A shell that runs one line, in a window of 80 columns and 24 rows."""

    def __init__(self, line: str, folder: Path, env: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._shell = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _SHELL, line],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=dict(env),
            start_new_session=True,
        )
        os.close(slave)
        self._ends = time.monotonic() + PATIENCE
        self._over = False
        self.text = ""
        """What has come since somebody typed."""

    @property
    def shown(self) -> str:
        """What has come since somebody typed, without the mark for the next line."""
        return self.text.removesuffix(PROMPT)

    def until_it_asks(self, question: str) -> bool:
        """Wait for this line without an end, and for somebody who reads what is typed; False if they never come."""
        while not self._shows(question) or not self._reads():
            if not self._read(_LOOK if self._shows(question) else PATIENCE):
                return False
        return True

    def type(self, marked: str) -> str:
        """Type a line as the transcript has it; gives it back with the mark that it deserves."""
        line = marked[2:]
        if line == CLOSES:
            os.close(self._master)
            self._master, self._over, self.text = -1, True, ""
            return marked
        self.text = ""
        os.write(self._master, KEYS.get(line, line.replace(ESCAPE, "\x1b").encode() + b"\n"))
        echo = "" if line == "^D" else line
        while "\n" not in self.text and self._read():
            pass
        shown = self.text.startswith(echo + "\r\n")
        self.text = self.text.removeprefix(echo if shown else "").removeprefix("\r\n")
        return f"{'>' if shown else '*'} {line}".rstrip()

    def close(self) -> str:
        """Let it come to its end; how it ended, in brackets, or an empty text if all is well."""
        while self._read():
            pass
        try:
            code = self._shell.wait(max(0.0, self._ends - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._shell.pid, signal.SIGKILL)
            self._shell.wait()
            return "[does not end]"
        finally:
            if self._master >= 0:
                os.close(self._master)
        if code < 0:
            return f"[ended by {signal.Signals(-code).name}]"
        return f"[exit code {code}]" if code else ""

    def _shows(self, question: str) -> bool:
        return self.shown.rpartition("\n")[2].rstrip() == question

    def _reads(self) -> bool:
        """Whether it sleeps, and has written nothing since: Python loses a Ctrl-C that comes just before it reads."""
        state = Path(f"/proc/{self._shell.pid}/stat")
        if state.exists():
            sleeps = state.read_text().rpartition(") ")[2].startswith("S")
        else:
            look = subprocess.run(
                ["ps", "-o", "state=", "-p", str(self._shell.pid)], capture_output=True, check=False
            )
            sleeps = look.stdout.startswith((b"S", b"I"))
        return sleeps and not select.select([self._master], [], [], 0)[0]

    def _read(self, longest: float = PATIENCE) -> bool:
        """Take what comes in so many seconds; False if nothing ever will."""
        left = self._ends - time.monotonic()
        if self._over or left <= 0:
            return False
        if not select.select([self._master], [], [], min(left, longest))[0]:
            return longest < left
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the last program that wrote here has ended
            data = b""
        self._over = not data
        self.text += data.decode("utf-8", errors="replace")
        return not self._over
