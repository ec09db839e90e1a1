"""Scripts on disk: by name, by file, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.exercise.steps import Include, Say
from voice_guide.library import open_script, script_hash, scripts

SCRIPT = "title: T\nsummary: S\nminutes: 5\ndepth: 1\nsteps:\n  - include: parts/opening\n"


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

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

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
