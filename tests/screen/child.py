"""A program with a screen and a keyboard, as a job of a small shell: `python -m tests.screen.child shell live front`.

The shell starts the other one in the foreground; when that is stopped, it says how it found the terminal, waits
for a line, and lets it go on. With `behind` it starts it in the background, and reads a line and brings it to the
front when it gets SIGUSR1; `plain` is without a view.
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
from voice_guide.screen.plain import PlainScreen
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
        if text == "stop":
            self.stopped.set()

    def gone(self) -> None:
        """The terminal is gone."""
        self.stopped.set()


def evening(kind: str, place: str) -> None:
    """Show something, while a library chatters and Python warns."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    hands = Quitting()
    if kind == "plain":
        with Keyboard(hands, PlainScreen(print, captions=False)):
            _last(hands, place)
        return
    screen = LiveScreen(sys.stdout, captions=False)
    with screen, Keyboard(hands, screen):
        os.write(2, b"ALSA lib chatter\n")
        print("What Python says.", file=sys.stderr)
        for at, name, fields in LISTENING:
            screen(at, Tell(name=name, fields=fields))
        _last(hands, place)


def _last(hands: Quitting, place: str) -> None:
    """Until it is stopped; from behind it says that it is still there."""
    beats = 0
    while not hands.stopped.wait(0.5):  # a lock that is waited for in vain is not left for a signal
        beats += 1
        if place == "behind" and os.tcgetpgrp(1) != os.getpgrp():
            os.write(1, b"beat %d.\r\n" % beats)


def shell(kind: str, place: str) -> None:
    """Run the evening as a job."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    wakes = {signal.SIGUSR1, signal.SIGCHLD}
    signal.pthread_sigmask(signal.SIG_BLOCK, wakes)
    job = os.fork()
    if job == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, wakes)
        os.setpgid(0, 0)
        if place == "front":
            os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        command = [sys.executable, "-m", "tests.screen.child", "evening", kind, place]
        os.execv(sys.executable, command)  # noqa: S606 - our own
    print(f"job {job}.", flush=True)
    if place == "behind" and signal.sigwait(wakes) == signal.SIGUSR1:
        usual = _usual()
        print(f"the shell reads {sys.stdin.readline().strip()}, usual: {usual}.", flush=True)
        os.tcsetpgrp(0, job)
    _look_after(job)


def _usual() -> bool:
    """Whether the terminal is as shells have it."""
    flags = termios.tcgetattr(0)[3]
    return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)


def _look_after(job: int) -> None:
    """Until it has ended."""
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        usual = _usual()
        if not os.WIFSTOPPED(status):
            print(f"ended with {os.waitstatus_to_exitcode(status)}, usual: {usual}.", flush=True)
            return
        print(f"stopped, usual: {usual}.", flush=True)
        sys.stdin.readline()
        os.tcsetpgrp(0, job)
        os.kill(-job, signal.SIGCONT)


if __name__ == "__main__":
    {"shell": shell, "evening": evening}[sys.argv[1]](*sys.argv[2:])
