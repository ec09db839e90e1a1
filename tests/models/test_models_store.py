"""The models folder: where it is, what is found in it, what is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.models_fakes import BODY, CONFIG, a_model, digest, install
from voice_guide.errors import ModelError, UsageError
from voice_guide.models import find, installed, models_home, store, verify
from voice_guide.models.manifest import Model, ModelFile, Role
from voice_guide.models.store import read_choice, write_choice, write_receipt

MODELS = (a_model(), a_model("other"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder, and a manifest of two transcribers."""
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path))
    monkeypatch.setattr(store, "manifest", lambda: MODELS)
    return tmp_path


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """VOICE_GUIDE_MODELS wins over VOICE_GUIDE_HOME, that over XDG_DATA_HOME, that over the home folder."""
    monkeypatch.setenv("HOME", "/somebody")
    for name in ("VOICE_GUIDE_MODELS", "VOICE_GUIDE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert models_home() == Path("/somebody/.local/share/voice-guide/models")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert models_home() == Path("/data/voice-guide/models")
    monkeypatch.setenv("VOICE_GUIDE_HOME", "/guide")
    assert models_home() == Path("/guide/models")
    monkeypatch.setenv("VOICE_GUIDE_MODELS", "~/models")
    assert models_home() == Path("/somebody/models")


def test_a_home_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the variable that was wrong, in which another folder can be named."""
    for name in ("VOICE_GUIDE_HOME", "VOICE_GUIDE_MODELS"):
        monkeypatch.setenv(name, "~nobody-of-that-name/x")
        with pytest.raises(UsageError) as failed:
            models_home()
        assert failed.value.hint == f"name a folder in full with {name}"


def test_finds_a_model_by_name_and_by_role(home: Path) -> None:
    """A model in place is found under both; engines get its folder and main file."""
    folder = install(MODELS[0], home)
    assert find("small") == find(Role.TRANSCRIBER) == find("transcriber")
    assert find("small").folder == folder
    assert find("small").main == folder / "model.bin"


def test_a_missing_model_comes_with_the_way_to_get_it(home: Path) -> None:
    """The error names the command."""
    with pytest.raises(ModelError) as caught:
        find("small")
    assert str(caught.value) == "The model small is not installed. (Run: voice-guide models fetch small)"
    with pytest.raises(ModelError) as caught:
        find(Role.TRANSCRIBER)
    assert str(caught.value) == "A transcriber is not installed. (Run: voice-guide models fetch)"
    assert not list(home.iterdir())


def test_a_file_cut_short_is_not_found(home: Path) -> None:
    """Sizes are checked at every start."""
    folder = install(MODELS[0], home)
    (folder / "model.bin").write_bytes(BODY[:-1])
    with pytest.raises(ModelError, match="The model small is damaged"):
        find("small")
    with pytest.raises(ModelError, match="A transcriber is damaged"):
        find("transcriber")


def test_the_choice_decides_between_two(home: Path) -> None:
    """Without a choice the manifest's order counts; a chosen model that is gone is an error, not another."""
    install(MODELS[0], home)
    other = install(MODELS[1], home)
    assert find("transcriber").name == "small"
    write_choice({"transcriber": "other"})
    assert find("transcriber").name == "other"
    (other / "config.json").unlink()
    with pytest.raises(ModelError, match="The transcriber other is damaged"):
        find("transcriber")


def test_a_choice_that_cannot_be_read_is_none(home: Path) -> None:
    """A damaged choice is made again, not stumbled over."""
    (home / "choice.json").write_text("[")
    assert read_choice() == {}
    (home / "choice.json").write_text("[]")
    assert read_choice() == {}


def test_verify_tells_each_kind_of_damage(home: Path) -> None:
    """Missing, of another size, of the same size with other bytes: each is said."""
    folder = install(MODELS[0], home)
    assert [damage for _, damage in verify()] == [""]
    (folder / "model.bin").write_bytes(BODY[:-1] + b"x")
    assert [damage for _, damage in verify(["small"])] == ["model.bin has the wrong hash"]
    (folder / "model.bin").write_bytes(b"x")
    assert [damage for _, damage in verify()] == [f"model.bin has 1 bytes instead of {len(BODY)}"]
    (folder / "model.bin").unlink()
    assert [damage for _, damage in verify()] == ["model.bin is missing"]
    with pytest.raises(ModelError, match="The model other is not installed"):
        verify(["other"])


def test_a_model_by_name_lives_by_its_receipt(home: Path) -> None:
    """What the manifest does not know is found, and verified, by what was recorded at its download."""
    model = Model(
        "large", Role.VOICE, ("en",), "MIT", "x/large", (ModelFile("a.onnx", 18, digest(CONFIG)),), ()
    )
    folder = home / "large"
    folder.mkdir()
    (folder / "a.onnx").write_bytes(CONFIG)
    assert installed() == ()
    write_receipt(model, folder, "hub: x/large")
    assert [(entry.name, entry.pinned) for entry in installed()] == [("large", False)]
    assert find("voice").main == folder / "a.onnx"
    (folder / "a.onnx").write_bytes(CONFIG[::-1])
    assert [damage for _, damage in verify()] == ["a.onnx has the wrong hash"]


@pytest.mark.parametrize("receipt", ["", "{}", '{"files": [{}]}', "[]"])
def test_a_receipt_that_cannot_be_read_is_none(home: Path, receipt: str) -> None:
    """Such a folder counts as not installed."""
    (home / "large").mkdir()
    (home / "large" / "receipt.json").write_text(receipt)
    assert installed() == ()


@pytest.mark.parametrize("name", ["../small", "", ".partial-small", "a/b"])
def test_a_name_never_leaves_the_folder(home: Path, name: str) -> None:
    """Names with slashes or leading dots are unknown."""
    install(MODELS[0], home)
    with pytest.raises(ModelError, match="is not installed"):
        find(name)
