"""Scripts on disk: by name, by file, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.exercise.steps import Include, Say
from voice_guide.library import (
    all_scripts,
    lasting_name,
    open_script,
    own_scripts,
    script_hash,
    scripts,
)

SCRIPT = "title: T\nsummary: S\nminutes: 5\ndepth: 1\nsteps:\n  - include: parts/opening\n"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The couple's own folder; not yet there."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "scripts"


def test_the_shipped_scripts_are_found_by_name() -> None:
    """Names are those of the files, in alphabetical order; parts are no scripts."""
    names = scripts()
    assert "what-im-afraid-of" in names
    assert names == sorted(names)
    assert open_script("what-im-afraid-of").name == "what-im-afraid-of"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("what-im-afraidof", 'There is no exercise named "what-im-afraidof".'),
        ("nowhere/what-im-afraid.yaml", "There is no file nowhere/what-im-afraid.yaml."),
    ],
)
def test_an_unknown_name_brings_the_nearest_one(name: str, message: str) -> None:
    """A name with a slip is a usage error, and its hint the name that was probably meant."""
    with pytest.raises(UsageError) as caught:
        open_script(name)
    assert (caught.value.message, caught.value.hint) == (message, "did you mean what-im-afraid-of?")


def test_an_exercise_of_another_language_is_named() -> None:
    """Whoever was set up in Spanish is told that there is one in English, and how to have it."""
    with pytest.raises(UsageError) as caught:
        open_script("vibrant", "es")
    assert caught.value.hint == "it is there in another language: --language en"
    assert open_script("eye-level", "es").title == "A la misma altura"


def test_own_exercises_are_listed_in_their_language(own: Path) -> None:
    """By what stands in their head; one of the name of ours takes its place in its own language only."""
    own.mkdir(parents=True)
    (own / "paseo.yaml").write_text(SCRIPT.replace("depth: 1", "depth: 1\nlanguage: es"))
    (own / "walk.yaml").write_text(SCRIPT)
    assert "paseo" in all_scripts("es")
    assert "paseo" not in all_scripts()
    assert own_scripts("es") == ["paseo"]
    assert own_scripts() == ["paseo", "walk"]
    opening = open_script("paseo", "es").steps[0]
    assert isinstance(opening, Include)
    first = opening.steps[0]
    assert isinstance(first, Say)
    assert first.text == "Busquen una postura cómoda, frente a frente."


def test_a_language_without_tables_is_told_with_its_place(tmp_path: Path) -> None:
    """The guide could neither speak nor understand it."""
    path = tmp_path / "promenade.yaml"
    path.write_text(SCRIPT.replace("depth: 1", "depth: 1\nlanguage: fr"))
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "opening.yaml").write_text("steps:\n  - say: Bonjour.\n")
    with pytest.raises(ScriptErrors) as caught:
        open_script(str(path))
    assert str(caught.value) == f"{path}:1:1: the language fr is not known (there are en and es)"


def test_a_name_like_no_other_leads_to_the_list() -> None:
    """No far-fetched guess."""
    with pytest.raises(UsageError) as caught:
        open_script("qqqq")
    assert caught.value.hint == "voice-guide list shows those there are"


def test_a_file_uses_shipped_parts_unless_it_brings_its_own(tmp_path: Path) -> None:
    """A therapist's script may include the shared opening, or replace it."""
    path = tmp_path / "mine.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    shipped = open_script(str(path)).steps[0]
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "opening.yaml").write_text("steps:\n  - say: My own.\n", encoding="utf-8")
    own = open_script(str(path)).steps[0]
    assert isinstance(shipped, Include)
    assert isinstance(own, Include)
    assert len(shipped.steps) > 1
    assert isinstance(own.steps[0], Say)
    assert own.steps[0].text == "My own."


def test_a_missing_part_brings_the_nearest_one(tmp_path: Path) -> None:
    """The problem stands where the script includes it."""
    path = tmp_path / "mine.yaml"
    path.write_text(SCRIPT.replace("opening", "openning"), encoding="utf-8")
    with pytest.raises(ScriptErrors) as caught:
        open_script(str(path))
    assert str(caught.value) == f"{path}:6:14: there is no part parts/openning (did you mean parts/opening?)"


def test_a_file_that_is_no_text_is_told_so(tmp_path: Path) -> None:
    """A picture, or a text in another encoding."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00t")
    with pytest.raises(ScriptErrors) as caught:
        open_script(str(path))
    assert str(caught.value) == f"{path}:1:1: this is not plain text in UTF-8 (save it as UTF-8 text)"


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A gigabyte with the wrong ending must not fill the memory."""
    path = tmp_path / "mine.yaml"
    path.write_text("# " + "ä" * 300_000, encoding="utf-8")
    with pytest.raises(ScriptErrors, match="larger than 256 KB"):
        open_script(str(path))


def test_a_file_that_may_not_be_read_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the system says comes along."""
    path = tmp_path / "mine.yaml"
    path.write_text(SCRIPT, encoding="utf-8")

    opened = Path.open

    def refuse(this: Path, *how: Any, **more: Any) -> Any:
        if this == path:
            raise PermissionError(13, "Permission denied")
        return opened(this, *how, **more)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        open_script(str(path))


def test_the_hash_follows_what_is_said_and_nothing_else(tmp_path: Path) -> None:
    """Comments and layout leave it alone; a word of the script or of a part changes it."""
    path = tmp_path / "mine.yaml"

    def hashed(text: str) -> str:
        path.write_text(text, encoding="utf-8")
        return script_hash(open_script(str(path)))

    plain = hashed(SCRIPT)
    assert plain == hashed("# a comment\n" + SCRIPT.replace("depth: 1", "depth:   1"))
    assert plain != hashed(SCRIPT + "  - say: More.\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "opening.yaml").write_text("steps:\n  - say: My own.\n", encoding="utf-8")
    assert plain != hashed(SCRIPT)


def test_without_a_folder_of_one_s_own_there_are_ours(own: Path) -> None:
    """No folder is made by looking for it; a file in its place is no folder."""
    assert own_scripts() == []
    assert all_scripts() == scripts()
    assert not own.parent.exists()
    own.parent.mkdir()
    own.write_text("a file")
    assert own_scripts() == []


def test_one_s_own_stand_among_ours(own: Path) -> None:
    """By name, in alphabetical order; opened like ours, with the shared parts."""
    own.mkdir(parents=True)
    (own / "lake.yaml").write_text(SCRIPT.replace("title: T", "title: Lake"))
    assert own_scripts() == ["lake"]
    assert all_scripts() == sorted([*scripts(), "lake"])
    found = open_script("lake")
    assert (found.name, found.title) == ("lake", "Lake")


def test_one_s_own_takes_the_place_of_ours(own: Path) -> None:
    """Of the same name: once in the list, and it is the one that is opened."""
    own.mkdir(parents=True)
    (own / "eye-level.yaml").write_text(SCRIPT.replace("title: T", "title: Ours"))
    assert all_scripts() == scripts()
    assert open_script("eye-level").title == "Ours"


def test_one_s_own_parts_come_first(own: Path) -> None:
    """From the folder parts beside them."""
    (own / "parts").mkdir(parents=True)
    (own / "lake.yaml").write_text(SCRIPT)
    (own / "parts" / "opening.yaml").write_text("steps:\n  - say: My own.\n")
    (step,) = open_script("lake").steps
    assert isinstance(step, Include)
    assert isinstance(step.steps[0], Say)
    assert step.steps[0].text == "My own."


@pytest.mark.parametrize(
    "name", ["._lake.yaml", ".#lake.yaml", ".yaml", "lake.yaml~", "lake.yaml.yaml", "notes.txt", "lake"]
)
def test_what_is_left_beside_them_is_no_exercise(own: Path, name: str) -> None:
    """By editors, memory sticks and people."""
    own.mkdir(parents=True)
    (own / name).write_text(SCRIPT)
    (own / "folder.yaml").mkdir()
    (own / "gone.yaml").symlink_to(own / "nowhere")
    assert own_scripts() == []


def test_a_folder_that_may_not_be_read_says_why(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not as if there were none."""
    own.mkdir(parents=True)

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageError) as caught:
        own_scripts()
    assert caught.value.message == f"The folder {own} cannot be read: permission denied."


def test_a_broken_one_says_where(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a path that is short where it can be."""
    own.mkdir(parents=True)
    (own / "lake.yaml").write_text(SCRIPT.replace("depth: 1", "depth: 9"))
    monkeypatch.chdir(own)
    with pytest.raises(ScriptErrors, match=r'^lake\.yaml:4:8: "depth" cannot be "9"'):
        open_script("lake")
    monkeypatch.chdir("/")
    place = str(own / "lake.yaml").lstrip("/")
    with pytest.raises(ScriptErrors, match=f'^{place}:4:8: "depth" cannot be "9"'):
        open_script("lake")


def test_a_slip_in_the_name_of_one_s_own_brings_it(own: Path) -> None:
    """Hints know them as well."""
    own.mkdir(parents=True)
    (own / "lakeside.yaml").write_text(SCRIPT)
    with pytest.raises(UsageError) as caught:
        open_script("lakesid")
    assert caught.value.hint == "did you mean lakeside?"


def test_a_name_lasts_wherever_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file the whole path; a name is one everywhere."""
    monkeypatch.chdir(tmp_path)
    assert lasting_name("eye-level") == "eye-level"
    assert lasting_name("mine.yaml") == str(tmp_path / "mine.yaml")
    assert lasting_name("./mine") == str(tmp_path / "mine")
    assert lasting_name("/else/mine.yml") == "/else/mine.yml"
