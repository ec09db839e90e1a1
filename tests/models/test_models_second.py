"""Which model hears kept words again, and on which machines none does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.models.models_fakes import a_model, digest, install
from voice_guide.models import machine, second_model, store
from voice_guide.models.manifest import Model, ModelFile
from voice_guide.models.second import wanted_besides
from voice_guide.models.store import write_choice

SMALL = a_model()
LARGE_BODY = b"x" * 30_000
LARGE = replace(
    a_model("large"),
    files=(ModelFile("model.bin", len(LARGE_BODY), digest(LARGE_BODY)), *SMALL.files[1:]),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder on a machine with enough memory that needs 0.1 s for a second of speech."""
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path))
    monkeypatch.setattr(store, "manifest", lambda: (SMALL, LARGE))
    monkeypatch.setattr(machine, "available_memory", lambda: machine.LEAST_MEMORY)
    write_choice({"transcriber": "small", "base_real_time_factor": 0.1})
    return tmp_path


def put(model: Model, home: Path) -> None:
    """Install a model whose main file may be the large one."""
    folder = install(model, home)
    (folder / "model.bin").write_bytes(LARGE_BODY if model is LARGE else (folder / "model.bin").read_bytes())


def test_the_largest_one_hears_again(home: Path) -> None:
    """Be it the one that listens: it has more time then."""
    assert second_model("en") is None
    put(SMALL, home)
    found = second_model("en")
    assert found is not None
    assert found.name == "small"
    put(LARGE, home)
    found = second_model("en")
    assert found is not None
    assert found.name == "large"


def test_only_one_that_is_whole_and_knows_the_language(home: Path) -> None:
    """Half a model hears nothing, and an English one no Spanish."""
    put(SMALL, home)
    put(LARGE, home)
    (home / "large" / "model.bin").unlink()
    found = second_model("en")
    assert found is not None
    assert found.name == "small"
    assert second_model("es") is None


@pytest.mark.parametrize(
    ("factor", "memory", "carried"),
    [
        (0.3, machine.LEAST_MEMORY, True),
        (0.31, machine.LEAST_MEMORY, False),
        (0.3, machine.LEAST_MEMORY - 1, False),
        (None, machine.LEAST_MEMORY, True),
        ("fast", machine.LEAST_MEMORY, False),
    ],
)
def test_the_machine_has_to_carry_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, factor: object, memory: int, carried: bool
) -> None:
    """By what was measured when the models were chosen, and by the memory that is free now."""
    put(SMALL, home)
    monkeypatch.setattr(machine, "available_memory", lambda: memory)
    write_choice({"transcriber": "small"} | ({} if factor is None else {"base_real_time_factor": factor}))
    assert (second_model("en") is not None) is carried


@pytest.mark.parametrize(
    ("gflops", "memory", "besides"),
    [
        (150.0, machine.LEAST_MEMORY, ""),  # base listens itself
        (50.0, machine.LEAST_MEMORY, "base"),
        (50.0, machine.LEAST_MEMORY - 1, ""),
        (10.0, machine.LEAST_MEMORY, ""),  # too slow for it
    ],
)
def test_what_is_fetched_besides(gflops: float, memory: int, besides: str) -> None:
    """base, where tiny.en listens and the machine carries both."""
    assert machine.choose_second(machine.Machine(cores=2, memory=memory, gflops=gflops)) == besides


@pytest.mark.usefixtures("home")
def test_a_later_fetch_asks_for_nothing_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is settled with the transcriber: an evening without a network must not want for it one day later."""
    monkeypatch.setattr(machine, "available_memory", lambda: 64 * machine.LEAST_MEMORY)
    assert wanted_besides() == ()
    write_choice({"transcriber": "tiny.en", "second_pass": "base"})
    monkeypatch.setattr(machine, "available_memory", lambda: 0)
    assert wanted_besides() == ("base",)
