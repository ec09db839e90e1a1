"""The scripts on disk: those that come with Voice Guide, and files of one's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.load import load
from voice_guide.exercise.problems import Problem, ScriptErrors, nearest
from voice_guide.exercise.program import unroll
from voice_guide.exercise.source import LIMIT
from voice_guide.exercise.steps import Exercise, Position
from voice_guide.share import share_folder


def scripts() -> list[str]:
    """Names of the scripts that come with Voice Guide, in alphabetical order."""
    return sorted(path.stem for path in share_folder("scripts").glob("*.yaml"))


def open_script(name_or_path: str) -> Exercise:
    """The exercise of that name, or in that file (whatever ends in .yaml, or holds a slash).

    A file of one's own may include parts from a folder `parts` beside it, and those of Voice Guide.
    Raises UsageError if there is none, StorageError if it cannot be read, ScriptErrors if it cannot be used.
    """
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml") or "/" in name_or_path:
        if not path.is_file():
            raise UsageError(f"There is no file {name_or_path}.", _hint(path.stem))
        shown = name_or_path
    else:
        if name_or_path not in scripts():
            raise UsageError(f'There is no exercise named "{name_or_path}".', _hint(name_or_path))
        path = share_folder("scripts") / f"{name_or_path}.yaml"
        shown = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
    folders = (path.parent, share_folder("scripts"))
    return load(_text(path, shown), shown, lambda part: _part(part, folders))


def script_hash(exercise: Exercise) -> str:
    """SHA-256, in hex, of all that the exercise says and does; comments and layout do not count.

    Two scripts with the same hash unroll to the same program, so a step's id means the same in both.
    """
    program = asdict(unroll(exercise, ("{first}", "{second}")))
    return hashlib.sha256(json.dumps(program, sort_keys=True).encode()).hexdigest()


def _hint(name: str) -> str:
    return nearest(name, scripts(), "voice-guide list shows those there are")


def _part(part: str, folders: Iterable[Path]) -> str:
    """Text of a part from the first folder that has it; the loader has made sure that its name is simple."""
    for folder in folders:
        path = folder / f"{part}.yaml"
        if path.is_file():
            return _text(path, f"{part}.yaml")
    known = {f"parts/{path.stem}" for folder in folders for path in (folder / "parts").glob("*.yaml")}
    hint = nearest(part, sorted(known), "parts lie in a folder named parts beside the script")
    raise UsageError(f"there is no part {part}", hint)


def _text(path: Path, shown: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LIMIT + 1)  # one more than is allowed tells that there is more
    except UnicodeDecodeError:
        problem = Problem(Position(shown, 1, 1), "this is not plain text in UTF-8", "save it as UTF-8 text")
        raise ScriptErrors((problem,)) from None
    except OSError as error:
        raise StorageError(f"{shown} cannot be read: {error.strerror}.", "May you read this file?") from None
