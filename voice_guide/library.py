"""The scripts on disk: those that come with Voice Guide, and files of one's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.fields import NAME
from voice_guide.exercise.flat import Program
from voice_guide.exercise.load import ENGLISH, language_in, load
from voice_guide.exercise.problems import Problem, ScriptErrors, listed, nearest
from voice_guide.exercise.program import unroll
from voice_guide.exercise.source import LIMIT
from voice_guide.exercise.steps import Exercise, Position
from voice_guide.home import data_home, storage_error, where_home_is
from voice_guide.languages import known_languages, language
from voice_guide.share import share_folder


def scripts(language: str = ENGLISH) -> list[str]:
    """Names of the scripts in this language that come with Voice Guide, in alphabetical order."""
    return sorted(path.stem for path in shipped(language).glob("*.yaml"))


def shipped(language: str) -> Path:
    """Where the scripts of a language lie, and their parts in `parts` below; there need not be any."""
    folder = share_folder("scripts")
    return folder if language == ENGLISH else folder / language


def own_scripts(language: str = "") -> list[str]:
    """Names of the exercises in the couple's own folder, in alphabetical order; empty if there is none.

    With a language, only those that are in it, or cannot be read.

    What other programs leave beside a file (`._mine.yaml`, `.#mine.yaml`) is no exercise. Raises StorageError.
    """
    folder = where_home_is().scripts
    try:
        return sorted(path.stem for path in folder.iterdir() if _is_own(path) and _is_in(path, language))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise storage_error(f"The folder {folder} cannot be read", error) from error


def all_scripts(language: str = ENGLISH) -> list[str]:
    """All names in a language, in alphabetical order. An own exercise of the same name takes the place of ours."""
    return sorted({*scripts(language), *own_scripts(language)})


def open_script(name_or_path: str, language: str = ENGLISH) -> Exercise:
    """The exercise of that name in that language, or in that file (whatever ends in .yaml, or holds a slash).

    A file of one's own may include parts from a folder `parts` beside it, and those of Voice Guide.
    Raises UsageError if there is none, StorageError if it cannot be read, ScriptErrors if it cannot be used.
    """
    path = Path(name_or_path)
    if _is_path(name_or_path):
        if not _is_file(path):
            raise UsageError(f"There is no file {name_or_path}.", _hint(path.stem, language))
        shown = name_or_path
    else:
        if name_or_path not in all_scripts(language):
            raise UsageError(f'There is no exercise named "{name_or_path}".', _hint(name_or_path, language))
        own = name_or_path in own_scripts(language)
        path = (where_home_is().scripts if own else shipped(language)) / f"{name_or_path}.yaml"
        shown = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
    text = _text(path, shown)
    folders = (path.parent, shipped(language_in(text)))
    exercise = load(text, shown, lambda part: _part(part, folders))
    if exercise.language not in known_languages():
        what, hint = (
            f"the language {exercise.language} is not known",
            f"there are {listed(known_languages(), 'and')}",
        )
        raise ScriptErrors((Problem(exercise.at, what, hint),))
    return exercise


def program_of(exercise: Exercise, partners: tuple[str, str]) -> Program:
    """The exercise as it runs for these two, in its own language. Raises what `languages.language` raises."""
    return unroll(exercise, partners, language(exercise.language))


def all_parts() -> dict[Path, str]:
    """The files of all parts that scripts can include, of every language, and the names of the parts."""
    found: dict[Path, str] = {}
    for folder in (*map(shipped, known_languages()), where_home_is().scripts):
        found |= {path: f"parts/{path.stem}" for path in sorted((folder / "parts").glob("*.yaml"))}
    return found


def new_script(name: str) -> Path:
    """A template of that name in the couple's own folder; where it lies.

    Raises UsageError for a name that is none or is taken, StorageError.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f'"{name}" cannot be a name.', "small letters, digits and hyphens, as in our-walk")
    folder = data_home().scripts
    path = folder / f"{name}.yaml"
    if name in all_scripts():
        raise UsageError(f"There is an exercise named {name} already.", "choose another name")
    share = share_folder("scripts")
    text = (share / "template" / "exercise.yaml").read_text(encoding="utf-8")
    title = name.replace("-", " ").capitalize()
    schema = (share / "exercise.schema.json").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("TITLE", title).replace("SCHEMA", str(schema)))
    except FileExistsError:
        raise UsageError(f"There is a file {path} already.", "choose another name") from None
    except OSError as error:
        raise storage_error(f"{path} cannot be written", error) from error
    return path


def lasting_name(name_or_path: str) -> str:
    """What opens the same script from another folder, too: a name as it is, a file by its whole path."""
    return str(Path(name_or_path).absolute()) if _is_path(name_or_path) else name_or_path


def script_hash(exercise: Exercise) -> str:
    """SHA-256, in hex, of all that the exercise says and does; comments and layout do not count.

    Two scripts with the same hash unroll to the same program, so a step's id means the same in both.
    """
    program = program_of(exercise, ("{first}", "{second}"))
    said = {each.name: getattr(program, each.name) for each in fields(program)} | {
        "language": exercise.language
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=asdict).encode()).hexdigest()


def _is_path(name_or_path: str) -> bool:
    return name_or_path.endswith((".yaml", ".yml")) or "/" in name_or_path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error


def _is_own(path: Path) -> bool:
    # Of `a.yaml.yaml` the name would be that of a file, wherever one happens to stand.
    return (
        path.suffix == ".yaml"
        and not path.name.startswith(".")
        and not _is_path(path.stem)
        and path.is_file()
    )


def _is_in(path: Path, language: str) -> bool:
    if not language:
        return True
    try:
        return language_in(path.read_text(encoding="utf-8")) == language
    except (OSError, UnicodeDecodeError):
        return True  # whoever opens it is told


def _hint(name: str, language: str) -> str:
    others = (code for code in known_languages() if code != language and name in scripts(code))
    if name not in all_scripts(language) and (there := next(others, "")):
        return f"it is there in another language: --language {there}"
    return nearest(name, all_scripts(language), "voice-guide list shows those there are")


def _part(part: str, folders: Iterable[Path]) -> str:
    """Text of a part from the first folder that has it; the loader has made sure that its name is simple."""
    for folder in folders:
        path = folder / f"{part}.yaml"
        if _is_file(path):
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
