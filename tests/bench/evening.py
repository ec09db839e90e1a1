"""A short evening on tiny.en, up to a turn in which nobody speaks: what listening costs, and the memory of it all."""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import pty
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.figures import Figure
from tests.bench.lab import PARTNERS, Lab, guide, python
from voice_guide import models

WINDOW = 30.0
"""Seconds over which the use of the processor is taken."""

_SETTLE = 5.0
_SHARE = "%"  # of one core

# All that the models do in an evening has been done when the last question is asked; it waits for minutes.
SCRIPT = """
title: A quiet evening
summary: For measuring.
minutes: 5
depth: 1
steps:
  - ask: "What was good today?"
    of: both
    answer: short
  - ask: "And what else was good?"
    of: both
    answer: short
  - ask: "Take some minutes now. Nobody has to say anything."
    of: both
    answer: timed
    minutes: 9
"""

ANSWERS = ("We had breakfast in the sun, and nobody had to hurry.", "I liked it that you called me at noon.")


def measure(lab: Lab, times: int) -> list[Figure]:
    """The evening beside the bare loop; with the live screen as well."""
    windows = max(1, times // 3)
    use, memory = _evening(lab, "plain", windows)
    bare = _bare_loop(lab, windows)
    deaf = _bare_loop(lab, windows, "--deaf")
    middle = sorted(bare)[len(bare) // 2]
    figures = [Figure("processor, listening to silence, plain lines", use, _SHARE, f"{1.3 * middle:.1f} %")]
    memories = [Figure("memory of all processes, tiny.en (PSS)", [memory], "MB", "500 MB")]
    if importlib.util.find_spec("voice_guide.screen.live"):
        use, memory = _evening(lab, "live", windows)
        figures.append(Figure("the same with the live screen", use, _SHARE, f"{1.3 * middle:.1f} %"))
        memories.append(Figure("the same with the live screen", [memory], "MB", "500 MB"))
    return [
        *figures,
        Figure("yardstick: bare PortAudio (in and out), soxr, Silero", bare, _SHARE),
        Figure("the same without an output stream", deaf, _SHARE),
        *memories,
        Figure("yardstick: faster-whisper tiny.en, Piper, Silero", [_bare_engines(lab)], "MB"),
    ]


def _evening(lab: Lab, screen: str, windows: int) -> tuple[list[float], float]:
    """Processor use in each window, and the memory at the end. The prompts are rendered anew: Piper is loaded."""
    home, script, told = (lab.folder / f"{screen}{end}" for end in ("", ".yaml", ".jsonl"))
    script.write_text(SCRIPT)
    how = ["--plain"] if screen == "plain" else []
    command = guide("start", str(script), "--partners", PARTNERS, "--events", str(told), *how)
    with contextlib.ExitStack() as stack:
        given = stack.enter_context(_terminal()) if screen == "live" else dict[str, Any]()
        process = stack.enter_context(lab.running(command, home, **given))
        _talk(lab, process, told)
        lab.await_quiet(home, process)
        time.sleep(_SETTLE)
        use = [_share(process.pid) for _ in range(windows)]
        return use, processes.memory(process.pid)[0]


def _talk(lab: Lab, process: subprocess.Popen[bytes], told: Path) -> None:
    """Answer until the question that takes minutes."""
    answers = iter(ANSWERS)
    for question in lab.questions(process, told):
        if question["answer"] == "timed":
            return
        time.sleep(0.7)  # people take a moment
        lab.room.play_into_room(
            lab.voice("Yes, please." if question["answer"] == "yes-no" else next(answers))
        )


def _share(pid: int) -> float:
    """Per cent of one core over a window."""
    used, began = processes.processor_seconds(pid), time.monotonic()
    time.sleep(WINDOW)
    used = processes.processor_seconds(pid) - used
    return 100 * used / (time.monotonic() - began)


def _bare_loop(lab: Lab, windows: int, *how: str) -> list[float]:
    command = python("bare", "listen", str(models.find("silero").main), *how)
    with lab.running(command, lab.folder) as process:
        lab.await_(lambda: processes.processor_seconds(process.pid) > 0.1, process, "the bare loop")
        time.sleep(_SETTLE)
        return [_share(process.pid) for _ in range(windows)]


def _bare_engines(lab: Lab) -> float:
    found = models.find("tiny.en").folder, models.find("voice").main, models.find("silero").main
    with lab.running(python("bare", "engines", *map(str, found)), lab.folder) as process:
        lab.await_(lambda: "loaded" in lab.output(), process, "loading the engines")
        return processes.memory(process.pid)[0]


@contextlib.contextmanager
def _terminal() -> Iterator[dict[str, Any]]:
    """A terminal of 80 x 24 that somebody looks at."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    reader = threading.Thread(target=_look, args=[master], daemon=True)
    reader.start()
    try:
        yield {"stdin": slave, "stdout": slave}
    finally:
        os.close(slave)
        reader.join(5)
        os.close(master)


def _look(master: int) -> None:
    with contextlib.suppress(OSError):  # Linux says so when the last one has closed the other end
        while os.read(master, 65_536):
            pass
