"""From the decision that a turn is over to the first sample of the next prompt, handed to the open stream."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from tests.bench.figures import Figure
from tests.bench.lab import EXERCISE, PARTNERS, Lab, events, python
from tests.bench.probe import read
from tests.room import ROOM_RATE
from voice_guide.audio.resample import resample
from voice_guide.exercise.program import unroll
from voice_guide.exercise.steps import Line, Question
from voice_guide.library import open_script
from voice_guide.sound import silence

_YES_EVERY = 2.6
"""Seconds: one yes, and more silence than ends a turn."""

_TURNS_A_ROUND = 7


def measure(lab: Lab, times: int) -> list[Figure]:
    """Many turns of yes and no, with the real prompts of the shipped exercise as questions."""
    script, home, report = (lab.folder / name for name in ("turns.yaml", "turns", "turns.json"))
    turns = times * _TURNS_A_ROUND
    script.write_text(exercise(turns))
    command = ["start", str(script), "--partners", PARTNERS]
    shutil.copytree(lab.warm_home() / "cache", home / "cache")
    told = lab.folder / "turns.jsonl"
    measured = python("probe", str(report), "--yes", *command, "--events", str(told))
    with _somebody_says_yes(lab), lab.running(measured, home) as process:
        lab.await_(lambda: _ended(told) >= turns, process, f"the end of {turns} turns", within=60 + 8 * turns)
    waits = read(report).waits()
    bare = lab.folder / "bare.json"
    with lab.running(python("bare", "play", str(bare), str(len(waits))), home) as process:
        lab.await_end(process, 60 + turns)
    aim = "p95 300 ms" if lab.slow else "p95 60 ms"
    return [
        Figure("end of turn to the first sample of the next prompt", waits, "ms", aim),
        Figure("yardstick: play() of a ready array", read(bare).waits(), "ms"),
    ]


def _ended(told: Path) -> int:
    return sum(event["event"] == "turn_ended" for event in events(told))


def exercise(turns: int) -> str:
    """A script that asks so many questions for a yes or no, in the words of the shipped exercise."""
    first, second = PARTNERS.split(",")
    program = unroll(open_script(EXERCISE), (first, second))
    texts = [step.text for step in program.steps if isinstance(step, Line | Question)]
    asks = "".join(_ask(text) for text in islice(cycle(texts), turns))
    return f"title: Many turns\nsummary: For measuring.\nminutes: 5\ndepth: 1\nsteps:\n{asks}"


def _ask(text: str) -> str:
    return f'  - ask: "{text}"\n    of: both\n    answer: yes-no\n'


@contextmanager
def _somebody_says_yes(lab: Lab) -> Iterator[None]:
    """A yes again and again, whatever the guide does: it hears those for which its ears are open."""
    yes = resample(lab.voice("Yes, please."), ROOM_RATE).samples
    turn = np.concatenate([yes, silence(_YES_EVERY - len(yes) / ROOM_RATE, ROOM_RATE)])
    sound = turn.astype("<f4").tobytes()
    raw = ["--raw", "--format=float32le", f"--rate={ROOM_RATE}", "--channels=1", "--latency-msec=500"]
    command = ["pacat", "--playback", "--device=room", *raw]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=lab.room.env) as mouth:
        feeder = threading.Thread(target=_feed, args=[mouth, sound], daemon=True)
        feeder.start()
        try:
            yield
        finally:
            mouth.kill()
            feeder.join()


def _feed(mouth: subprocess.Popen[bytes], sound: bytes) -> None:
    assert mouth.stdin is not None
    try:
        while True:
            mouth.stdin.write(sound)
            mouth.stdin.flush()
    except BrokenPipeError:
        mouth.stdin = None  # closed by its reader; there is nothing left to flush
