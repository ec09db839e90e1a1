"""`voice-guide doctor`: what is well on this machine, what is not, and the mend beside it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from voice_guide.cli.speaking import add_language, chosen_language
from voice_guide.doctor.finding import Finding, Part
from voice_guide.errors import ExitCode, ModelError, StorageError
from voice_guide.home import where_home_is
from voice_guide.settings import Settings, read_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command; it sets `run`, which takes the arguments and returns the exit code."""
    parser = subparsers.add_parser("doctor", help="try out the promise, the devices and this machine")
    parser.add_argument("--json", action="store_true", help="for programs: an object a line")
    parser.add_argument("--silent", action="store_true", help="say nothing aloud; the echo is not measured")
    add_language(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look at everything; 1 if something is not well. Raises VoiceGuideError."""
    well = True
    show = _as_json if args.json else _Page().show
    somebody = sys.stdin.isatty() and not args.json and not args.silent
    for finding in _findings(chosen_language(args), aloud=not args.silent, ask=_ask if somebody else None):
        show(finding)
        well = well and finding.well
    return ExitCode.WELL if well else ExitCode.WRONG


def _ask() -> None:
    print("    Please say a sentence now, as you would to each other. I listen for six seconds.", flush=True)


def _findings(language: str, *, aloud: bool, ask: Callable[[], None] | None) -> Iterator[Finding]:
    from voice_guide.doctor.keeping import keeping
    from voice_guide.doctor.machine import machine
    from voice_guide.doctor.promise import promise

    home = where_home_is()
    yield from promise(Path.home())
    yield from _hearing(home.settings, language, aloud=aloud, ask=ask)
    yield from machine(language)
    yield from keeping(home)


def _hearing(
    settings_file: Path, language: str, *, aloud: bool, ask: Callable[[], None] | None
) -> Iterable[Finding]:
    from voice_guide import models
    from voice_guide.doctor.hearing import hearing
    from voice_guide.setup.equipment import Equipment
    from voice_guide.speaking.piper import PiperVoice

    try:
        settings = read_settings(settings_file) or Settings()
    except StorageError as error:
        yield Finding(part=Part.KEEPING, name="settings", said=error.message, well=False, mend=error.hint)
        settings = Settings()
    try:
        voice = PiperVoice(models.find("voice", language).folder)
    except ModelError:
        voice = None  # what is missing is told with the models
    equipment = Equipment(voice, None)
    try:
        yield from hearing(equipment, settings, aloud=aloud and voice is not None, ask=ask)
    finally:
        equipment.close()


def _as_json(finding: Finding) -> None:
    told = {
        "part": str(finding.part),
        "name": finding.name,
        "well": finding.well,
        "said": finding.said,
        "mend": finding.mend,
        "facts": dict(finding.facts),
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


class _Page:
    """Plain lines: a heading for each part, a mark before what is not well, and the mend below it."""

    def __init__(self) -> None:
        self._part: Part | None = None

    def show(self, finding: Finding) -> None:
        """Print it."""
        if finding.part is not self._part:
            heading = f"{finding.part}".capitalize()
            print(f"{heading}" if self._part is None else f"\n{heading}")
            self._part = finding.part
        lines = [f"  {'  ' if finding.well else '! '}{finding.said}"]
        if finding.mend:
            lines.append(f"      {finding.mend}")
        print(*(self._known(line) for line in lines), sep="\n", flush=True)

    @staticmethod
    def _known(line: str) -> str:
        encoding = sys.stdout.encoding or "utf-8"
        return line.encode(encoding, "replace").decode(encoding)
