"""The schema for editors: what is checked in is what the code generates, and it knows all that the language has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exercise.test_cli_scripts import run
from voice_guide.cli.scripts import schema_text
from voice_guide.errors import UsageError
from voice_guide.exercise.schema import schema
from voice_guide.library import scripts
from voice_guide.share import share_folder


def test_the_schema_that_is_checked_in_is_up_to_date() -> None:
    """Else: voice-guide check --schema > scripts/exercise.schema.json"""
    assert (share_folder("scripts") / "exercise.schema.json").read_text(encoding="utf-8") == schema_text()


def test_check_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """And checks nothing."""
    assert run("check", "--schema") == 0
    assert capsys.readouterr().out == schema_text()


def test_every_key_has_a_form() -> None:
    """No key of the head or of a step is left without one, and none is known that the language does not have."""
    whole = schema()
    steps = whole["$defs"]["step"]["oneOf"]
    for mapping in (whole, *steps):
        assert set(mapping["required"]) <= set(mapping["properties"])
        assert all(mapping["properties"].values())
        assert mapping["additionalProperties"] is False


@pytest.mark.parametrize("name", scripts())
def test_each_script_tells_editors_of_it(name: str) -> None:
    """In its first line, relative to itself."""
    first = (share_folder("scripts") / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=exercise.schema.json"


def test_new_begins_an_exercise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one's own folder, ready to be started: it loads without a warning, and tells editors where the schema is."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    assert run("new", "our-walk") == 0
    path = tmp_path / "home" / "scripts" / "our-walk.yaml"
    assert str(path) in capsys.readouterr().out
    first, *_ = path.read_text(encoding="utf-8").splitlines()
    assert Path(first.partition("$schema=")[2]).is_file()
    assert run("check", "our-walk") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["our-walk", "eye-level", "Our Walk", "../x", ""])
def test_new_writes_over_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is taken, or is none."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    if name == "our-walk":
        assert run("new", name) == 0
    with pytest.raises(UsageError):
        run("new", name)
    assert len(list(tmp_path.rglob("*.yaml"))) == (name == "our-walk")


def test_a_part_that_nothing_includes_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When everything is checked; a misspelled name elsewhere may be why."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    part = tmp_path / "home" / "scripts" / "parts" / "lonely.yaml"
    part.parent.mkdir(parents=True)
    part.write_text("steps:\n  - say: Hello.\n", encoding="utf-8")
    assert run("check") == 0
    assert capsys.readouterr().out == f"{part}:1:1: warning: no exercise includes this part (remove it)\n"
