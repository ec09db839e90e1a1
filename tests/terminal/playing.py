"""Plays a transcript with the real program: `python -m tests.terminal.playing [--write] [NAME ...]`.

It shows what is seen, or writes it into the transcripts, to be read before it is believed.
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
from pathlib import Path

import pytest

from tests.terminal.given import GIVEN, Place
from tests.terminal.transcript import Command, Transcript, read, seen
from tests.terminal.window import Window

FOLDER = Path(__file__).parent
_ALONE = re.compile(r"voice-guide [^|;&]*|voice-guide")


def play(transcript: Transcript, folder: Path) -> list[str]:
    """The lines that are seen, and typed; `folder` is empty."""
    place = Place(folder)
    with contextlib.ExitStack() as around:
        for name in transcript.given:
            around.enter_context(GIVEN[name](place))
        place.furnish(transcript.files)
        return [line for command in transcript.commands for line in _run(command, place)]


def _run(command: Command, place: Place) -> list[str]:
    # Without a shell in between, so that signals and exit codes are the program's own.
    line = f"exec {command.line}" if _ALONE.fullmatch(command.line) else command.line
    window = Window(line, place.folder, place.env)
    lines = [f"$ {command.line}"]
    for question, typed in command.typed:
        if not window.until_it_asks(question):
            break
        lines += seen(window.shown, place.stand_ins)
        lines.append(window.type(typed))
    ending = window.close()
    *rest, last = seen(window.text, place.stand_ins)
    lines += [*rest, *([last, "[no end of line]"] if last else [])]
    return [*lines, *([ending] if ending else [])]


def main() -> None:
    """Show some of them, or all."""
    names = [name for name in sys.argv[1:] if name != "--write"]
    for path in sorted(FOLDER.glob("*.txt")):
        if names and path.stem not in names:
            continue
        transcript = read(path)
        with (
            tempfile.TemporaryDirectory(prefix="guide-") as folder,
            contextlib.suppress(pytest.skip.Exception),
        ):
            _show(path, transcript, Path(folder))


def _show(path: Path, transcript: Transcript, folder: Path) -> None:
    lines = play(transcript, folder)
    print(f"--- {path.stem}", *lines, sep="\n")
    if "--write" in sys.argv:
        files = [line for name, text in transcript.files.items() for line in (f"-- {name} --", text[:-1])]
        path.write_text("\n".join([*transcript.head, *lines, *files]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
