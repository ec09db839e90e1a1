"""What is remembered between evenings, in the clear and without a word of anybody: who begins next, what was
done, and where an interrupted evening stands. It can be switched off at setup.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from voice_guide.errors import StorageError
from voice_guide.exercise.flat import Program
from voice_guide.session.effects import Tell
from voice_guide.settings import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Where an evening was interrupted."""

    exercise: str
    """Its name, or the path of its file."""
    script_hash: str
    step: str
    """The id of the step that was not finished."""
    starter: str
    """The partner who began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is remembered."""

    begins: str = ""
    """The partner who begins next; empty before the first evening."""
    done: tuple[str, ...] = ()
    """Names of the exercises that were done to the end, each once, the latest last."""
    interrupted: Bookmark | None = None


def read_history(path: Path) -> History:
    """What the file holds; a missing or damaged one is an empty history, since nothing in it is worth an evening."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        begins, done, mark = (found[each.name] for each in fields(History))
        read = History(
            begins=begins, done=tuple(done), interrupted=Bookmark(**mark) if mark is not None else None
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return History()
    kept = (read.begins, *read.done, *(astuple(read.interrupted) if read.interrupted else ()))
    return read if isinstance(done, list) and all(isinstance(text, str) for text in kept) else History()


def forget_history(path: Path) -> None:
    """Remove what was remembered before it was switched off; a disk that refuses keeps it, and nobody reads it."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def write_history(path: Path, history: History) -> None:
    """Write it, whole or not at all, for its owner alone. Raises StorageError."""
    replace_file(path, json.dumps(asdict(history), indent=1) + "\n")


class HistoryKeeper:
    """Follows an evening (a `screen.listener.Listener`) and keeps its history up to date, step by step.

    A disk that refuses is no reason to trouble the evening: it costs the bookmark, until it takes one again.
    """

    def __init__(self, path: Path, history: History) -> None:
        self._path = path
        self._history = history
        self._own: frozenset[str] = frozenset()
        self._mark: Bookmark | None = None
        self._other = ""

    def begin(self, program: Program, name: str, script_hash: str, own: frozenset[str]) -> None:
        """This exercise begins; `own` are the ids of its own steps, the frame's left out."""
        self._own = own
        starter, self._other = program.partners
        self._mark = Bookmark(exercise=name, script_hash=script_hash, step="", starter=starter)

    def __call__(self, at: float, tell: Tell) -> None:
        """Note what concerns the history."""
        del at
        if self._mark is None:
            return
        if tell.name == "step":
            self._at(str(tell.fields["id"]))
        elif tell.name == "finished" and tell.fields["reason"] == "stopped" and self._begun:
            self._done(self._history.done)

    @property
    def _begun(self) -> bool:
        return self._history.interrupted is not None and self._history.interrupted == self._mark

    def _at(self, step: str) -> None:
        assert self._mark is not None  # asked before
        if step in self._own:
            self._mark = replace(self._mark, step=step)
            # The other one begins next, unless this very evening is gone on with.
            self._write(replace(self._history, begins=self._other, interrupted=self._mark))
        elif self._begun:  # the landing: the exercise itself is over
            name = self._mark.exercise
            self._done((*(other for other in self._history.done if other != name), name))

    def _done(self, done: tuple[str, ...]) -> None:
        self._write(History(begins=self._other, done=done))
        self._mark = None

    def _write(self, history: History) -> None:
        self._history = history
        with contextlib.suppress(StorageError):
            write_history(self._path, history)
