"""PulseAudio, or PipeWire in its place, moves a stream whose device is gone to one that is left, without a word.

The guide would then hear only itself, or speak where nobody sits. `pactl` tells of it (tried with version 16.1).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable

from voice_guide.audio import pactl
from voice_guide.audio.places import Place
from voice_guide.forks import close_here, open_here_only

MICROPHONE, LOUDSPEAKER = "microphone", "loudspeaker"

BURST = 0.2
"""Seconds from an event to a look, since one change makes many events."""

_LATER = 0.8
"""Seconds from there to a second look when a device went: PipeWire may take its time, and does not tell."""

_AGAIN = 1.0
_END = 1.0

_CONCERNS_US = re.compile(rb"'(new|change)' on (source-output|sink-input) |'(new|remove)' on (source|sink) ")
_GONE = re.compile(rb"'remove' on (source|sink) ")

# `pactl` does not end when nobody reads it any more; `read` ends with us, however we end.
_SUBSCRIBE = '"$0" subscribe & exec >&-; read -r _; kill -KILL $!'


class Moves:
    """Tells `moved("microphone")` or `moved("loudspeaker")` when its stream no longer hangs where it belongs.

    It belongs to the device that was chosen by name, as the settings keep it. Where the choice was the system's
    own, it may be moved to any other, but to none that only hears or pretends to be a loudspeaker. Without
    `pactl` or a server that answers, nothing is ever told. Nothing here raises.
    """

    def __init__(self, microphone: str = "", loudspeaker: str = "") -> None:
        self._places = {MICROPHONE: Place.of(microphone), LOUDSPEAKER: Place.of(loudspeaker)}
        self._moved: Callable[[str], None] = lambda _: None
        self._started = False
        self._over = threading.Event()
        self._lock = threading.Lock()
        """Guards the thread and its child."""
        self._looking = threading.Lock()
        """One look after the other: none tells what a later one has found to be otherwise."""
        self._thread: threading.Thread | None = None
        self._watching = self._again = False
        """Whether the thread goes on, and whether it is to do so once more where it would end."""
        self._child: _Child | None = None

    def start(self, moved: Callable[[str], None]) -> None:
        """Begin, once both streams are open; returns at once.

        `moved` is called from another thread, once until `right_place` says yes again. It must not wait.
        """
        self._moved, self._started = moved, True
        self._follow()

    def right_place(self) -> bool:
        """Do both streams hang where they belong? Yes where nobody can tell. Takes 2 s if the server hangs."""
        self._follow()  # with a server that died, its watch has ended
        with self._looking:
            right = self._look() is not False
            if right:
                for place in self._places.values():
                    place.told = False
            return right

    def tell_anew(self) -> None:
        """Tell of each stream that hangs elsewhere now, also if that was told before: it may have been forgotten."""
        with self._looking:
            for place in self._places.values():
                place.told = False
            self._look()

    def stop(self) -> None:
        """Nothing is told from now on."""
        self._over.set()
        with self._lock:
            thread, child = self._thread, self._child
            if child is not None:
                child.end()
        if thread is not None:
            thread.join(_END)

    def _follow(self) -> None:
        with self._lock:
            if not self._started or self._over.is_set():
                return
            if self._watching and self._thread and self._thread.is_alive():
                self._again = True  # it may have found no server just before there was one
                return
            thread = threading.Thread(target=self._watch_on, name="moves", daemon=True)
            with contextlib.suppress(RuntimeError):  # no thread can be had: then without
                thread.start()
                self._thread, self._watching = thread, True

    def _watch_on(self) -> None:
        while (self._watch() or self._wanted()) and not self._over.wait(_AGAIN):
            pass

    def _wanted(self) -> bool:
        """Did anybody ask for it meanwhile?"""
        with self._lock:
            self._watching, self._again = self._again, False
            return self._watching

    def _watch(self) -> bool:
        """Follow the server until it ends; was there one?"""
        with self._lock:
            child = None if self._over.is_set() else _Child.born()
            self._child = child
        if child is None:
            return False
        try:
            self._over.wait(BURST)  # until the child listens
            answered = self._seen()
            while events := child.read():
                self._weigh(events, child)
        finally:
            with self._lock:
                self._child = None
                child.bury()
        return answered

    def _weigh(self, events: bytes, child: _Child) -> None:
        if not _CONCERNS_US.search(events):
            return
        self._over.wait(BURST)
        events += child.rest()
        self._seen()
        if _GONE.search(events) and not self._over.wait(_LATER):
            self._seen()

    def _seen(self) -> bool:
        """Look; was there an answer?"""
        with self._looking:
            return self._look() is not None

    def _look(self) -> bool | None:
        """See where both streams are, and tell what is new; are both right, as far as anybody knows?"""
        found = None if self._over.is_set() else pactl.streams(os.getpid())
        if found is None or self._over.is_set():
            return None
        right = True
        for what, nodes in ((MICROPHONE, found.sources), (LOUDSPEAKER, found.sinks)):
            place = self._places[what]
            if not place.right(nodes):
                right = False
                if not place.told:
                    place.told = True
                    self._moved(what)
        return right


class _Child:
    """`pactl subscribe`: a line for everything that happens to the server's devices and streams."""

    def __init__(self, process: subprocess.Popen[bytes], leash: int) -> None:
        self._process = process
        self._leash: int | None = leash
        assert process.stdout is not None
        self._events = process.stdout.fileno()

    @classmethod
    def born(cls) -> _Child | None:
        """One that ends with us; None if there is no `pactl`, or no process to be had."""
        program, shell = shutil.which("pactl"), shutil.which("sh")
        if program is None or shell is None:
            return None
        try:
            held, leash = os.pipe()
        except OSError:
            return None
        open_here_only(leash)
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed script
                [shell, "-c", _SUBSCRIBE, program],
                env=pactl.environ(),
                stdin=held,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us: the goodbye is still to come
            )
        except OSError:
            close_here(leash)
            return None
        finally:
            os.close(held)
        return cls(process, leash)

    def read(self) -> bytes:
        """What happened, as soon as something does; nothing once it has ended."""
        return os.read(self._events, 1 << 20)

    def rest(self) -> bytes:
        """What else has happened by now."""
        os.set_blocking(self._events, False)
        try:
            return self.read()
        except BlockingIOError:
            return b""
        finally:
            os.set_blocking(self._events, True)

    def end(self) -> None:
        """It ends now, and `read` with it."""
        leash, self._leash = self._leash, None
        if leash is not None:
            close_here(leash)
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Leave nothing of it behind."""
        self.end()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
