"""The program itself, with a clock at the machine's decisions and at the loudspeaker.

    python -m tests.bench.probe REPORT [--yes] ARGUMENTS...

Runs `voice-guide ARGUMENTS` in this process and writes what it measured to REPORT at the end. With `--yes` the
transcriber is one that understands "Yes." in no time, and of each prompt only the beginning is played, so that
many turns fit into minutes; all the work that leads to its first sample is done as ever.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from voice_guide.sound import Samples

PLAYED_SECONDS = 0.5
"""What is left of a prompt with `--yes`."""


@dataclass
class Report:
    """Moments are those of the monotonic clock, which all processes share."""

    decided: list[tuple[int, float]] = field(default_factory=list)
    """Prompts that follow the end of a turn: number, and when the machine was asked what to do."""
    handed: list[tuple[int, float]] = field(default_factory=list)
    """Sounds but tones: number, and when the stream had taken the first sample."""
    underflows: int = 0

    def waits(self) -> list[float]:
        """From each decision to its prompt's first sample, in milliseconds."""
        taken = dict(reversed(self.handed))  # the first time that each was handed
        return [1000 * (taken[number] - at) for number, at in self.decided if number in taken]


def read(path: Path) -> Report:
    """What a probe has written."""
    return Report(**json.loads(path.read_text()))


def watch_speaker(report: Report, play_only: float | None = None) -> None:
    """Have every loudspeaker of this process tell when it hands a sound over."""
    from voice_guide.audio.playlist import Playlist

    write, add = Playlist._write, Playlist.add

    def timed(self: Playlist, out: Samples, at: int) -> int:
        id, first = self._queue[0][0], self._offset == 0
        written = write(self, out, at)
        if first and id > 0:
            report.handed.append((id, time.monotonic()))
        return written

    def cut(self: Playlist, id: int, samples: Samples) -> None:
        add(self, id, samples if play_only is None else samples[: round(48_000 * play_only)])

    Playlist._write = timed  # type: ignore[method-assign]  # a probe is put where the sample goes
    Playlist.add = cut  # type: ignore[method-assign]


def _watch_machine(report: Report) -> None:
    from voice_guide import runner
    from voice_guide.session.effects import Speak, Tell
    from voice_guide.session.machine import advance

    def timed(session: Any, event: Any) -> Any:
        began = time.monotonic()
        after, effects = advance(session, event)
        ends = any(isinstance(e, Tell) and _ends_turn(e) for e in effects)
        prompts = [e.prompt for e in effects if isinstance(e, Speak)]
        if ends and prompts:
            report.decided.append((prompts[0], began))
        return after, effects

    vars(runner)["advance"] = timed


def _ends_turn(tell: Any) -> bool:
    return tell.name == "turn_ended" or (tell.name == "heard" and bool(tell.fields["final"]))


@dataclass(frozen=True)
class _Yes:
    """What the transcriber of `--yes` says."""

    text: str = "Yes."
    speech: bool = True
    hinted: str = ""
    doubtful: bool = False


class _AlwaysYes:
    """Understands "Yes." in no time."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def warm_up(self) -> None:
        """Nothing to warm."""

    def spot(self, samples: Samples) -> _Yes:
        """Yes."""
        del samples
        return _Yes()

    def transcribe(self, samples: Samples, clear: float = 1.0) -> _Yes:
        """Yes."""
        del samples, clear
        return _Yes()


def main(arguments: list[str]) -> int:
    """Run the command line and report."""
    path, report = Path(arguments.pop(0)), Report()
    yes = arguments[0] == "--yes"
    watch_speaker(report, PLAYED_SECONDS if yes else None)
    if yes:
        arguments.pop(0)
        from voice_guide.hearing import whisper

        whisper.Whisper = _AlwaysYes  # type: ignore[misc,assignment]
        _watch_machine(report)
    try:
        from voice_guide.cli.main import run
        from voice_guide.privacy.seal import seal

        seal()  # as the program does before anything else
        return run(arguments)
    finally:
        path.write_text(json.dumps(asdict(report)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
