"""A long evening in real time: two people who talk, pause and are silent, for as long as they are asked to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.processes import memory
from tests.devices.evening import LEAK_DB, PARTNERS, Couple, Evening, _follow
from tests.room import Room
from voice_guide import models

ROUND_MINUTES = 10.0
"""One round for both partners takes about so long."""

SAMPLE_EVERY = 10.0
"""Seconds from one look at the memory to the next."""

WARM = 0.3
"""The part of the evening after which every model has been loaded and every kind of turn has been had."""

_BREATH = 2.5
"""Seconds between two stories of a timed turn."""


@dataclass(frozen=True, slots=True)
class Look:
    """The memory at one moment."""

    minutes: float
    """Since the guide began."""
    megabytes: float
    """PSS of all its processes."""


@dataclass
class LongEvening(Evening):
    """What happened, and what it took."""

    looks: list[Look] = field(default_factory=list)
    minutes: float = 0.0


class TalkativeCouple(Couple):
    """Uses its time: nobody skips a silence, and a timed turn is filled to its end."""

    def __init__(self, room: Room, evening: Evening) -> None:
        super().__init__(room, evening)
        self._until: dict[int, float] = {}

    def handle(self, event: dict[str, Any]) -> None:
        """Answer what is asked, and nothing else."""
        if event["event"] == "listening":
            self._talk(event["who"], event["answer"], event["turn"])

    def _talk(self, who: str, kind: str, turn: int) -> None:
        if kind != "timed":
            self._answer(who, kind, turn)
            return
        # Heard again after a command, the same turn goes on: no second story of so many minutes.
        until = self._until.setdefault(turn, time.monotonic() + 60 * self.timed_minutes - 15)
        while time.monotonic() < until:
            words, sound = next(self._answers["Ben" if who == "both" else who])
            self._evening.said[turn] = (who, words)
            self._play(sound)
            time.sleep(_BREATH)  # real people, real time

    timed_minutes = 3.0


def script(minutes: float) -> str:
    """An exercise that takes about so long with these two."""
    rounds = max(1, round(minutes / ROUND_MINUTES))
    scale = minutes / (rounds * ROUND_MINUTES)
    steps = "".join(_round(scale) for _ in range(rounds))
    return (
        "title: A long evening\nsummary: For measuring.\nminutes: 60\ndepth: 1\n"
        f"steps:\n  - include: parts/opening\n{steps}  - include: parts/closing\n"
    )


def _round(scale: float) -> str:
    return f"""  - each: speaker
    steps:
      - ask: "{{listener}}, what do you think has moved {{speaker}} lately?"
        of: listener
        answer: short
      - ask: "{{speaker}}, what is true for you? Take the time that you need."
        of: speaker
        answer: open
      - ask: "{{speaker}}, tell more about it. {{listener}} only listens."
        of: speaker
        answer: timed
        minutes: {timed(scale):.2f}
      - mirror: {{of: listener}}
      - say: "We can stay here for a moment. Nothing has to be said."
      - silence: {max(5, round(30 * scale))}s
"""


def timed(scale: float) -> float:
    """Minutes of the timed turns."""
    return max(0.5, 2.5 * scale)


def live(minutes: float) -> LongEvening:
    """Have such an evening; it is over when this returns."""
    evening = LongEvening()
    with tempfile.TemporaryDirectory(prefix="evening-") as folder, Room(leak=LEAK_DB) as room:
        evening.home = Path(folder) / "home"
        exercise, told, output = (Path(folder) / name for name in ("long.yaml", "events.jsonl", "output"))
        exercise.write_text(script(minutes))
        rounds = max(1, round(minutes / ROUND_MINUTES))
        couple = TalkativeCouple(room, evening)
        couple.timed_minutes = timed(minutes / (rounds * ROUND_MINUTES))
        env = {
            **room.env,
            "VOICE_GUIDE_HOME": str(evening.home),
            "VOICE_GUIDE_MODELS": str(models.models_home()),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        command = [sys.executable, "-m", "voice_guide", "start", str(exercise), "--plain"]
        command += ["--partners", ",".join(PARTNERS), "--events", str(told)]
        with output.open("w") as lines:
            began = time.monotonic()
            process = subprocess.Popen(
                command, env=env, stdout=lines, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL
            )
            watcher = threading.Thread(target=_watch, args=[process, evening.looks], daemon=True)
            watcher.start()
            try:
                for event in _follow(told, process):
                    evening.events.append(event)
                    couple.handle(event)
                evening.exit_code = process.wait(60)
            finally:
                process.terminate()
                watcher.join()
            if kept := os.environ.get("VOICE_GUIDE_NIGHTLY_EVENTS"):
                shutil.copy(told, kept)
            evening.minutes = (time.monotonic() - began) / 60
        evening.output = output.read_text()
    return evening


def _watch(process: subprocess.Popen[str], looks: list[Look]) -> None:
    began = time.monotonic()
    while process.poll() is None:
        megabytes, _ = memory(process.pid)
        if megabytes:
            looks.append(Look((time.monotonic() - began) / 60, megabytes))
        try:
            process.wait(SAMPLE_EVERY)
        except subprocess.TimeoutExpired:
            continue


def wished_minutes() -> float:
    """How long it is to take: 40 minutes, or what VOICE_GUIDE_NIGHTLY_MINUTES says."""
    return float(os.environ.get("VOICE_GUIDE_NIGHTLY_MINUTES") or 40)


def trend(looks: list[Look]) -> tuple[float, float]:
    """MB a minute after the warm-up (Theil and Sen: the median of all slopes), and how many minutes that is."""
    end = looks[-1].minutes
    warm = [look for look in looks if look.minutes > WARM * end]
    slopes = [
        (later.megabytes - look.megabytes) / (later.minutes - look.minutes)
        for i, look in enumerate(warm)
        for later in warm[i + 1 :]
    ]
    return float(np.median(slopes)), end - WARM * end


def summary(looks: list[Look]) -> str:
    """The median of each tenth of the evening."""
    tenths = np.array_split([look.megabytes for look in looks], 10)
    return " ".join(f"{np.median(tenth):.0f}" for tenth in tenths if len(tenth))
