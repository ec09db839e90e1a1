"""From the decision that a turn is over to the first sample of the next prompt, handed to the open stream."""

from __future__ import annotations

import shutil
import time
from itertools import cycle, islice

from tests.bench.figures import Figure
from tests.bench.lab import EXERCISE, PARTNERS, Lab, python
from tests.bench.probe import read
from tests.english import unroll
from voice_guide.exercise.flat import Line, Question
from voice_guide.library import open_script

_REACTION = 0.3
"""Seconds from the listening tone to the yes."""

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
    with lab.running(measured, home) as process:
        for _ in islice(lab.questions(process, told), turns):
            time.sleep(_REACTION)  # people take a moment
            lab.room.play_into_room(lab.voice("Yes, please."))
    waits = read(report).waits()
    bare = lab.folder / "bare.json"
    with lab.running(python("bare", "play", str(bare), str(len(waits))), home) as process:
        lab.await_end(process, 60 + turns)
    aim = "p95 300 ms" if lab.slow else "p95 60 ms"
    return [
        Figure("end of turn to the first sample of the next prompt", waits, "ms", aim),
        Figure("yardstick: play() of a ready array", read(bare).waits(), "ms"),
    ]


def exercise(turns: int) -> str:
    """A script that asks so many questions for a yes or no, in the words of the shipped exercise."""
    first, second = PARTNERS.split(",")
    program = unroll(open_script(EXERCISE), (first, second))
    texts = [step.text for step in program.steps if isinstance(step, Line | Question)]
    asks = "".join(_ask(text) for text in islice(cycle(texts), turns))
    return f"title: Many turns\nsummary: For measuring.\nminutes: 5\ndepth: 1\nsteps:\n{asks}"


def _ask(text: str) -> str:
    return f'  - ask: "{text}"\n    of: both\n    answer: yes-no\n'
