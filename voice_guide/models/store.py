"""The models folder: what is installed in it, and whether that is still what it should be."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_guide.errors import ModelError
from voice_guide.home import at_home
from voice_guide.models.manifest import ENGLISH, PLAIN_NAME, Model, ModelFile, Role, manifest, usual_models

RECEIPT = "receipt.json"
"""Written beside the files of a model: what was fetched, from where, with which hashes."""

CHOICE = "choice.json"
"""Which model is used for a role, where there are several."""

FETCH_HINT = "Run: voice-guide models fetch"


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this disk."""

    name: str
    role: Role
    languages: tuple[str, ...]
    licence: str
    origin: str
    folder: Path
    """Holds nothing but the files and the receipt; engines are given this, never a name."""
    files: tuple[ModelFile, ...]
    """As expected; the first one is the main file."""
    pinned: bool
    """True if the hashes come from the manifest, False if they were recorded at the first download."""

    @property
    def main(self) -> Path:
        """The file that an engine opens: a voice's `.onnx`, a transcriber's `model.bin`."""
        return self.folder / self.files[0].name

    @property
    def complete(self) -> bool:
        """Whether every file is there with its size; hashes are for `verify`."""
        return all(_size(self.folder / file.name) == file.bytes for file in self.files)


def models_home() -> Path:
    """The folder of all models; it need not exist yet.

    VOICE_GUIDE_MODELS, else `models` in VOICE_GUIDE_HOME, else `voice-guide/models` in the user's data.
    Raises UsageError if that cannot be known.
    """
    if chosen := os.environ.get("VOICE_GUIDE_MODELS"):
        return at_home(chosen, "VOICE_GUIDE_MODELS")
    if home := os.environ.get("VOICE_GUIDE_HOME"):
        return at_home(home) / "models"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return at_home(data, "VOICE_GUIDE_MODELS") / "voice-guide" / "models"


def find(role_or_name: str, language: str = ENGLISH) -> Installed:
    """The installed model of this name, or the one in use for this role and language; presence and sizes count.

    Raises ModelError if it is not installed or not complete.
    """
    if role_or_name in set(Role):
        return _of_role(Role(role_or_name), language)
    found = expected(role_or_name)
    if found is None or not found.folder.is_dir():
        raise ModelError(f"The model {role_or_name} is not installed.", f"{FETCH_HINT} {role_or_name}")
    if not found.complete:
        raise ModelError(f"The model {role_or_name} is damaged.", f"{FETCH_HINT} {role_or_name}")
    return found


def default_transcriber() -> str:
    """Name of the transcriber in use. Raises ModelError if none is installed."""
    return find(Role.TRANSCRIBER).name


def installed() -> tuple[Installed, ...]:
    """Every model that has a folder, complete or not: those of the manifest, then the others by name."""
    home = models_home()
    names = [model.name for model in manifest()]
    if home.is_dir():
        names += sorted(
            path.name for path in home.iterdir() if path.name not in names and (path / RECEIPT).is_file()
        )
    entries = (expected(name) for name in names)
    return tuple(entry for entry in entries if entry is not None and entry.folder.is_dir())


def expected(name: str) -> Installed | None:
    """What should be on the disk under this name: by the manifest, else by its receipt, else None."""
    if not PLAIN_NAME.match(name):
        return None
    folder = models_home() / name
    for model in manifest():
        if model.name == name:
            return as_installed(model, folder, pinned=True)
    return _read_receipt(folder)


def as_installed(model: Model, folder: Path, *, pinned: bool) -> Installed:
    """The entry that `model` makes once it lies in `folder`."""
    return Installed(
        model.name, model.role, model.languages, model.licence, model.origin, folder, model.files, pinned
    )


def verify(names: Sequence[str] = ()) -> tuple[tuple[Installed, str], ...]:
    """Hash every file again: pairs of a model and what is wrong with it, empty if nothing is.

    All installed models if no name is given. Raises ModelError for a name that is not installed.
    """
    entries = [_named(name) for name in names] if names else installed()
    return tuple((entry, _damage(entry)) for entry in entries)


def file_sha256(path: Path) -> str:
    """Hash of a file, lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_receipt(model: Model, folder: Path, source: str) -> None:
    """Leave in `folder` what was fetched, and from where. Every hash of `model` must be known by now."""
    receipt = {
        "name": model.name,
        "role": model.role.value,
        "languages": list(model.languages),
        "licence": model.licence,
        "origin": model.origin,
        "source": source,
        "files": [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in model.files],
    }
    write_synced(folder / RECEIPT, json.dumps(receipt, indent=2) + "\n")


def read_choice() -> dict[str, Any]:
    """What was chosen so far: role -> name, and how the transcriber was measured; empty if nothing was."""
    try:
        choice = json.loads((models_home() / CHOICE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # the choice is made again at the next fetch
    return choice if isinstance(choice, dict) else {}


def write_choice(choice: dict[str, Any]) -> None:
    """Remember a choice for the next evenings."""
    home = models_home()
    new = home / f".partial-{CHOICE}"
    write_synced(new, json.dumps(choice, indent=2) + "\n")
    new.replace(home / CHOICE)


def write_synced(path: Path, text: str) -> None:
    """Write a small text file that survives a power cut once this returns."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def name_for(role: Role, language: str) -> str:
    """The model to use for a role: what was chosen if it knows the language, else what the manifest has for it.

    Empty if neither says anything.
    """
    chosen = str(read_choice().get(role.value, ""))
    usual = usual_models(language).get(role, "")
    known = expected(chosen) if chosen else None
    if not usual or (known is not None and knows(known.languages, language)):
        return chosen
    return usual


def knows(languages: Sequence[str], language: str) -> bool:
    """Whether a model of these languages knows this one."""
    return language in languages or bool({"many", "any"} & set(languages))


def _of_role(role: Role, language: str) -> Installed:
    entries = [entry for entry in installed() if entry.role is role and knows(entry.languages, language)]
    wanted = name_for(role, language)
    for entry in entries:
        if entry.complete and entry.name == (wanted or entry.name):
            return entry
    if language != ENGLISH:  # another one that knows it is better than silence
        for entry in entries:
            if entry.complete:
                return entry
    named = f"The {role} {wanted}" if wanted else f"A {role}"
    if any(entry.name == (wanted or entry.name) for entry in entries):
        raise ModelError(f"{named} is damaged.", FETCH_HINT)
    hint = FETCH_HINT if language == ENGLISH else f"{FETCH_HINT} --language {language}"
    raise ModelError(f"{named} is not installed.", hint)


def _named(name: str) -> Installed:
    found = expected(name)
    if found is None or not found.folder.is_dir():
        raise ModelError(f"The model {name} is not installed.", f"{FETCH_HINT} {name}")
    return found


def _damage(entry: Installed) -> str:
    for file in entry.files:
        path = entry.folder / file.name
        size = _size(path)
        if size is None:
            return f"{file.name} is missing"
        if size != file.bytes:
            return f"{file.name} has {size} bytes instead of {file.bytes}"
        if file_sha256(path) != file.sha256:
            return f"{file.name} has the wrong hash"
    return ""


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _read_receipt(folder: Path) -> Installed | None:
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        files = tuple(ModelFile(file["name"], file["bytes"], file["sha256"]) for file in receipt["files"])
        return Installed(
            receipt["name"],
            Role(receipt["role"]),
            tuple(receipt["languages"]),
            receipt["licence"],
            receipt["origin"],
            folder,
            files,
            pinned=False,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no receipt, or one that nobody can read: not installed, and fetched anew
