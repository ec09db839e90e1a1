"""What the doctor says of the machine: which models follow from its speed, and why."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from voice_guide import models
from voice_guide.doctor import machine as doctor
from voice_guide.doctor.finding import Finding
from voice_guide.errors import ModelError
from voice_guide.models.machine import Machine

GIB = 2**30
STRONG = Machine(cores=4, memory=8 * GIB, gflops=150.0)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The machine and its models, to be changed; all models are there."""
    given: dict[str, object] = {"machine": STRONG, "missing": (), "second": "base", "echo": True}

    def find(role: str, language: str) -> SimpleNamespace:
        assert language == "en"
        missing = given["missing"]
        assert isinstance(missing, tuple)
        if role in missing:
            raise ModelError(f"The {role} is not installed.", "run voice-guide models fetch")
        return SimpleNamespace(name=f"the {role}", folder=Path("nowhere"))

    def second(language: str) -> SimpleNamespace | None:
        assert language == "en"
        return SimpleNamespace(name=given["second"]) if given["second"] else None

    monkeypatch.setattr(models, "find", find)
    monkeypatch.setattr(models, "second_model", second)
    monkeypatch.setattr(doctor, "this_machine", lambda: given["machine"])
    monkeypatch.setattr(doctor, "suppressor_installed", lambda: given["echo"])
    return given


def findings() -> dict[str, Finding]:
    """By their names."""
    return {found.name: found for found in doctor.machine("en")}


def test_a_strong_machine(told: dict[str, object]) -> None:
    """All is well, and each choice has its reason."""
    assert told["machine"] is STRONG
    found = findings()
    assert list(found) == [
        "speed",
        "transcriber",
        "second_pass",
        "voice",
        "turn",
        "speaker",
        "echo_cancellation",
    ]
    assert all(each.well and not each.mend for each in found.values())
    assert "0.04 s for one second" in found["speed"].said
    assert "carries base" in found["transcriber"].said
    assert found["transcriber"].facts == {"in_use": "the transcriber", "fits": "base"}


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        (Machine(cores=1, memory=8 * GIB, gflops=150.0), "base wants 2 cores"),
        (Machine(cores=4, memory=GIB, gflops=150.0), "base wants 2 GB"),
        (Machine(cores=4, memory=8 * GIB, gflops=30.0), "0.1 s for one second at most"),
    ],
)
def test_a_weak_machine_is_told_why(told: dict[str, object], weak: Machine, why: str) -> None:
    """The smaller transcriber is no trouble, and has its reason."""
    told["machine"] = weak
    found = findings()["transcriber"]
    assert found.well
    assert why in found.said
    assert found.facts["fits"] == "tiny.en"


def test_no_second_pass_is_told_why(told: dict[str, object]) -> None:
    """Too slow, or nothing to hear again with."""
    told["second"] = ""
    assert "no larger transcriber" in findings()["second_pass"].said
    told["machine"] = Machine(cores=4, memory=8 * GIB, gflops=10.0)
    assert "0.3 s for one second at most" in findings()["second_pass"].said


@pytest.mark.parametrize("role", ["transcriber", "voice", "turn", "speaker"])
def test_a_model_that_is_missing_has_its_mend(told: dict[str, object], role: str) -> None:
    """The same command brings all of them."""
    told["missing"] = (role,)
    found = findings()[role]
    assert not found.well
    assert "models fetch" in found.mend


def test_without_echo_cancellation(told: dict[str, object]) -> None:
    """What is lost, and how to have it."""
    told["echo"] = False
    found = findings()["echo_cancellation"]
    assert not found.well
    assert "Keys and my pauses remain" in found.said


def test_a_machine_that_cannot_be_measured(told: dict[str, object]) -> None:
    """Says so."""
    told["machine"] = Machine(cores=2, memory=8 * GIB, gflops=0.0)
    assert not findings()["speed"].well
