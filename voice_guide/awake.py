"""Holds off sleep and a blank screen during an evening: nobody touches the computer, and it is not idle."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

from voice_guide.forks import close_here, end, open_here_only

_WHO, _WHY = "Voice Guide", "An evening is being led by voice."

NOTICE = "This computer may fall asleep: I could not ask it to stay awake."

_END_SECONDS = 1.0

# Each runs `cat`, which ends with its input, however we end; what it says back tells that the hold has begun.
_INHIBITORS = (
    ("systemd-inhibit", "--what=idle:sleep", f"--who={_WHO}", f"--why={_WHY}", "--mode=block", "cat"),
    (
        "gnome-session-inhibit",
        "--app-id",
        "voice-guide",
        "--reason",
        _WHY,
        "--inhibit",
        "idle:suspend",
        "cat",
    ),
    ("kde-inhibit", "--power", "--screenSaver", "cat"),
    # Whoever came in from another machine may not hold off sleep, but idleness, which is what usually leads to it.
    ("systemd-inhibit", "--what=idle", f"--who={_WHO}", f"--why={_WHY}", "--mode=block", "cat"),
)


class Awake:
    """What became of the wish to stay awake; look at it whenever there is time."""

    def __init__(self) -> None:
        self.held_by = ""
        """The program that holds sleep off, once one does."""
        self.notice = ""
        """A sentence for the screen, once it is known that none does."""
        self._decided = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._leash: int | None = None
        self._thread = threading.Thread(target=self._try_all, name="awake", daemon=True)

    def decided(self, seconds: float) -> bool:
        """Wait for at most `seconds` until it is known whether one does."""
        return self._decided.wait(seconds)

    def start(self) -> None:
        """Begin to ask; returns at once, and never raises."""
        with contextlib.suppress(RuntimeError):  # no thread can be had: then without
            self._thread.start()

    def stop(self) -> None:
        """Let the computer sleep again."""
        self._over.set()
        with self._lock:
            child, self._child = self._child, None
            leash, self._leash = self._leash, None
        if leash is not None:
            close_here(leash)
        if child is not None:
            end(child, _END_SECONDS)  # its input has ended, and it may not mind that

    def _try_all(self) -> None:
        hold = self._hold_mac if sys.platform == "darwin" else self._hold_linux
        try:
            if not hold() and not self._over.is_set():
                self.notice = NOTICE
        finally:
            self._decided.set()

    def _hold_mac(self) -> bool:
        # Display, idle and system sleep, for as long as our process lives.
        child = self._begin(("caffeinate", "-dis", "-w", str(os.getpid())), None, None)
        self.held_by = "caffeinate" if child else ""
        return bool(child)

    def _hold_linux(self) -> bool:
        for command in _INHIBITORS:
            if self._over.is_set():
                break
            if self._holds(command):
                self.held_by = command[0]
                return True
        return False

    def _holds(self, command: tuple[str, ...]) -> bool:
        """Start it; is `cat` there to answer, or was the hold refused?"""
        begin, leash = os.pipe()
        answer, said = os.pipe()
        open_here_only(leash)
        os.write(leash, b"\n")  # a pipe holds it until cat is there; later `stop` may have closed the leash
        child = self._begin(command, begin, said, leash)
        for descriptor in (begin, said):
            os.close(descriptor)
        if child is None:
            close_here(leash)
            os.close(answer)
            return False
        echoed = bool(os.read(answer, 1))  # nothing, if it ended without cat
        os.close(answer)
        if not echoed:
            self._forget(child)
        return echoed

    def _begin(
        self, command: tuple[str, ...], stdin: int | None, stdout: int | None, leash: int | None = None
    ) -> subprocess.Popen[bytes] | None:
        program = shutil.which(command[0])
        if program is None:
            return None
        with self._lock:
            if self._over.is_set():
                return None
            try:
                child = subprocess.Popen(  # noqa: S603 - one of the constants above, and no shell
                    [program, *command[1:]],
                    stdin=subprocess.DEVNULL if stdin is None else stdin,
                    stdout=subprocess.DEVNULL if stdout is None else stdout,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for us: the goodbye is still to come
                )
            except OSError:
                return None
            self._child, self._leash = child, leash
            return child

    def _forget(self, child: subprocess.Popen[bytes]) -> None:
        with self._lock:
            mine = self._child is child
            leash = self._leash
            if mine:
                self._child = self._leash = None
        if mine:
            if leash is not None:
                close_here(leash)
            end(child, _END_SECONDS)


@contextlib.contextmanager
def keeping_awake() -> Iterator[Awake]:
    """Hold off sleep while the block runs, if the system lets us; never raises, and delays nothing."""
    awake = Awake()
    awake.start()
    try:
        yield awake
    finally:
        awake.stop()
