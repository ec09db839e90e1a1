"""A program with a live screen and a keyboard, as a job of a small shell: `python -m tests.screen.child shell`.

The shell starts the other one in the foreground; when that is stopped, it says how it found the terminal, waits
for a line, and lets it go on.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import termios
import threading

from tests.screen.test_folding import LISTENING
from voice_guide.screen.keyboard import Keyboard
from voice_guide.screen.live import LiveScreen
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell


class Quitting:
    """The stop key ends the program, and no other key does anything."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def command(self, command: Command) -> None:
        """A command."""
        if command is Command.STOP:
            self.stopped.set()

    def any_key(self) -> None:
        """Another key."""

    def typing(self) -> None:
        """A letter."""

    def typed(self, text: str) -> None:
        """A line."""

    def gone(self) -> None:
        """The terminal is gone."""
        self.stopped.set()


def evening() -> None:
    """Show something, while a library chatters and Python warns."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    hands = Quitting()
    screen = LiveScreen(sys.stdout, captions=False)
    with screen, Keyboard(hands, screen):
        os.write(2, b"ALSA lib chatter\n")
        print("What Python says.", file=sys.stderr)
        for at, name, fields in LISTENING:
            screen(at, Tell(name=name, fields=fields))
        while not hands.stopped.wait(0.5):  # a lock that is waited for in vain is not left for a signal
            pass


def shell() -> None:
    """Run the evening as a job."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-m", "tests.screen.child", "evening"])  # noqa: S606 - our own
    print(f"job {job}.", flush=True)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        flags = termios.tcgetattr(0)[3]
        usual = bool(flags & termios.ECHO) and bool(flags & termios.ICANON)
        if not os.WIFSTOPPED(status):
            print(f"ended with {os.waitstatus_to_exitcode(status)}, usual: {usual}.", flush=True)
            return
        print(f"stopped, usual: {usual}.", flush=True)
        sys.stdin.readline()
        os.tcsetpgrp(0, job)
        os.kill(-job, signal.SIGCONT)


if __name__ == "__main__":
    {"shell": shell, "evening": evening}[sys.argv[1]]()
