"""A transcript: what stands around, what is typed, and exactly what is seen.

    # What this transcript holds, in a sentence or two.
    # Given: devices, models.
    $ voice-guide start
    The name of one of you:
    > Ana
    And the name of the other:
    > ^C
    [exit code 130]
    -- home/scripts/walk.yaml --
    title: A walk

`$` begins a command for a shell, in a folder of its own. `>` is a line that the terminal shows while it is typed, `*`
one that it does not; `^C`, `^D` and `(the terminal closes)` may be typed, too. A line in brackets tells how a command
ended, where it did not end well. Behind `-- NAME --` stands a file of that folder. {home} and the like stand for
what is different each time. Blanks at the end of a line do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_GIVEN = "# Given: "
_FILE = re.compile(r"-- (\S+) --")


@dataclass(slots=True)
class Command:
    """A line for the shell, and what is typed while it runs."""

    line: str
    typed: list[tuple[str, str]] = field(default_factory=list)
    """The line that asks for it, and what is typed then, with its mark."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as it stands in its file."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    files: dict[str, str]

    @property
    def about(self) -> str:
        """What it holds."""
        return " ".join(line[2:] for line in self.head if not line.startswith(_GIVEN))

    @property
    def given(self) -> list[str]:
        """What stands around, by the names of `tests.terminal.given`."""
        lines = [line for line in self.head if line.startswith(_GIVEN)]
        return [name for line in lines for name in line.removeprefix(_GIVEN).rstrip(".").split(", ")]

    @property
    def commands(self) -> list[Command]:
        """What is done, in order."""
        found: list[Command] = []
        before = ""
        for line in self.body:
            if line.startswith("$ "):
                found.append(Command(line.removeprefix("$ ")))
            elif line[:2] in ("> ", "* ") or line in (">", "*"):
                found[-1].typed.append((before, line))
            before = line
        return found


def read(path: Path) -> Transcript:
    """The transcript in this file."""
    head: list[str] = []
    body: list[str] = []
    files: dict[str, list[str]] = {}
    into = body
    for line in path.read_text("utf-8").splitlines():
        if file := _FILE.fullmatch(line):
            into = files.setdefault(file[1], [])
        elif line.startswith("# ") and not body and into is body:
            head.append(line)
        else:
            into.append(line)
    texts = {name: "\n".join(lines) + "\n" for name, lines in files.items()}
    return Transcript(tuple(head), tuple(body), texts)


def seen(text: str, stand_ins: Sequence[tuple[re.Pattern[str], str]]) -> list[str]:
    """The lines of what a terminal was sent, with what is different each time replaced."""
    for pattern, stand_in in stand_ins:
        text = pattern.sub(lambda _, name=stand_in: name, text)  # type: ignore[misc]  # mypy infers no default
    return [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
