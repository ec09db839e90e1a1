"""From the start of the process to the first sound, with every prompt in the cache."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.lab import EXERCISE, PARTNERS, Lab, guide, python
from tests.bench.probe import read

_START = ("start", EXERCISE, "--partners", PARTNERS)


def measure(lab: Lab, times: int) -> list[Figure]:
    """Guide and yardstick by turns; the first round is not counted."""
    home = lab.warm_home()
    report = lab.folder / "probe.json"
    spoken, handed, tone = [], [], []
    for _ in range(times + 1):
        began, heard = _heard(lab, guide(*_START), home)
        spoken.append(heard - began)
        began, _ = _heard(lab, python("probe", str(report), *_START), home)
        handed.append(read(report).handed[0][1] - began)
        began, heard = _heard(lab, python("bare", "tone"), home)
        tone.append(heard - began)
    return [
        Figure("process start to the first spoken sample, at the sink", spoken[1:], "s", "1.0 s"),
        Figure("process start to the first sample handed to the stream", handed[1:], "s"),
        Figure("yardstick: import sounddevice, open a stream, play a tone", tone[1:], "s"),
    ]


def _heard(lab: Lab, command: Sequence[str], home: Path) -> tuple[float, float]:
    """When the process began, and when the sink's monitor first gave more than silence."""
    with lab.room.record_loudspeaker() as recording:
        began = time.monotonic()
        with lab.running(command, home) as process:
            lab.await_(lambda: bool(recording.spans()), process, "the first sound")
            heard = recording.spans()[0][0]
    return began, heard
