"""A living room of virtual devices: a loudspeaker, a microphone, and a room in which sound is played.

The room is a PulseAudio daemon of its own, in a folder of its own; programs that get `Room.env` find its
loudspeaker and microphone as the default devices, through ALSA, as on any machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np
import pytest

from tests.recordings import decode
from voice_guide.sound import RATE, Sound

ROOM_RATE = 48_000
START_SECONDS = 10.0

# Without norewinds a sink may hold 2 s until somebody asks for less, and its monitor is as late.
MODULES = """
load-module module-null-sink sink_name=loudspeaker rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name=room rate={rate} channels=2 norewinds=1
load-module module-remap-source source_name=microphone master=room.monitor channels=2 remix=yes
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
set-default-sink loudspeaker
set-default-source microphone
"""

# Alone in its file, so that no device of the machine that runs the tests is seen.
ALSA = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


class Room:
    """`with Room() as room:`; `leak` is the level at which the room hears its loudspeaker, in dB, or None."""

    def __init__(self, leak: float | None = None) -> None:
        self._leak = leak
        self._folder = Path()
        self._daemon: subprocess.Popen[bytes] | None = None
        self.env: dict[str, str] = {}
        """The environment in which this room is all there is."""

    def __enter__(self) -> Room:
        for program in ("pulseaudio", "pactl", "pacat", "parec"):
            if shutil.which(program) is None:
                pytest.skip(f"{program} is not installed (Debian: pulseaudio, pulseaudio-utils)")
        self._folder = Path(tempfile.mkdtemp(prefix="room-"))  # short: a socket's path has 108 bytes
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def daemon_id(self) -> int | None:
        """The daemon's process id while it runs."""
        return self._daemon.pid if self._daemon else None

    def close(self) -> None:
        """End the daemon, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """End the daemon: every device of the room is gone."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def play_into_room(self, what: Sound | Path) -> None:
        """Play a sound or a recording (wav, flac, ...) where the microphone hears it, to its end."""
        sound = what if isinstance(what, Sound) else Sound(decode(what), RATE)
        command = ["pacat", "--playback", "--device=room", *_format(sound.rate), "--latency-msec=200"]
        subprocess.run(command, input=sound.samples.astype("<f4").tobytes(), env=self.env, check=True)

    @contextmanager
    def record_loudspeaker(self) -> Iterator[Recording]:
        """Record what leaves the loudspeaker while the block runs."""
        with self._record("loudspeaker.monitor") as recording:
            yield recording

    @contextmanager
    def record_microphone(self) -> Iterator[Recording]:
        """Record what reaches the microphone while the block runs."""
        with self._record("microphone") as recording:
            yield recording

    @contextmanager
    def _record(self, source: str) -> Iterator[Recording]:
        command = ["parec", f"--device={source}", *_format(ROOM_RATE), "--latency-msec=5"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=self.env) as recorder:
            assert recorder.stdout is not None
            recording = Recording(recorder.stdout)
            try:
                recording.wait_until_running()
                yield recording
                time.sleep(0.1)  # for what is still on its way through the daemon
            finally:
                recorder.terminate()
                recording.finish()

    def _start(self) -> None:
        folder = self._folder
        socket = folder / "native"
        (folder / "modules.pa").write_text(MODULES.format(rate=ROOM_RATE, socket=socket))
        (folder / "asound.conf").write_text(ALSA)
        private = dict.fromkeys(
            ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"),
            str(folder),
        )
        self.env = {
            **os.environ,
            **private,
            "PULSE_SERVER": f"unix:{socket}",
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        command = "pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --realtime=no"
        options = ["--high-priority=yes", "--disable-shm=yes", f"--file={folder / 'modules.pa'}"]
        with (folder / "log").open("wb") as log:
            self._daemon = subprocess.Popen(
                [*command.split(), *options], env=self.env, stdout=log, stderr=log
            )
        self._await()
        if self._leak is not None:
            self._pactl(
                "load-module", "module-loopback", "source=loudspeaker.monitor", "sink=room", "latency_msec=30"
            )
            self._pactl("set-sink-input-volume", self._only_sink_input(), f"{self._leak}dB")

    def _await(self) -> None:
        until = time.monotonic() + START_SECONDS
        while subprocess.run(["pactl", "info"], env=self.env, capture_output=True, check=False).returncode:
            assert self._daemon is not None
            if self._daemon.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PulseAudio does not start: {(self._folder / 'log').read_text()}")
            time.sleep(0.05)

    def _pactl(self, *command: str) -> str:
        done = subprocess.run(["pactl", *command], env=self.env, check=True, capture_output=True, text=True)
        return done.stdout

    def _only_sink_input(self) -> str:
        return self._pactl("list", "short", "sink-inputs").split()[0]


class Recording:
    """What a recorder has heard, and when."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._chunks: list[tuple[float, bytes]] = []
        self._running = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while chunk := os.read(self._pipe.fileno(), 65_536):
            self._chunks.append((time.monotonic(), chunk))
            self._running.set()

    def wait_until_running(self) -> None:
        """Return when the first samples have come."""
        assert self._running.wait(START_SECONDS), "the room's recorder hears nothing"

    def finish(self) -> None:
        """Wait for the last samples."""
        self._thread.join(START_SECONDS)

    @property
    def sound(self) -> Sound:
        """All that was heard so far, mono, at `ROOM_RATE`."""
        heard = b"".join(chunk for _, chunk in self._chunks)
        return Sound(np.frombuffer(heard, "<f4").astype(np.float32), ROOM_RATE)

    @property
    def began(self) -> float:
        """When the first sample was heard, in seconds of the monotonic clock; right to about 10 ms.

        Each chunk arrives late, by more or less: the least late one tells.
        """
        count, moments = 0, []
        for at, chunk in self._chunks:
            count += len(chunk) // 4
            moments.append(at - count / ROOM_RATE)
        return min(moments)

    def spans(self, level: float = 1e-3, gap: float = 0.1) -> list[tuple[float, float]]:
        """Begin and end of all that is louder than `level`, monotonic seconds; gaps up to `gap` s count."""
        (loud,) = np.nonzero(np.abs(self.sound.samples) > level)
        if not len(loud):
            return []
        (breaks,) = np.nonzero(np.diff(loud) > gap * ROOM_RATE)
        begins, ends = [loud[0], *loud[breaks + 1]], [*loud[breaks], loud[-1]]
        began = self.began
        return [(began + b / ROOM_RATE, began + e / ROOM_RATE) for b, e in zip(begins, ends, strict=True)]


def _format(rate: int) -> list[str]:
    return ["--raw", "--format=float32le", f"--rate={rate}", "--channels=1"]
