"""Where everything lies, and that nobody else looks into it."""

from __future__ import annotations

import errno
import stat
import sys
from pathlib import Path

import pytest

from voice_guide.errors import ExitCode, StorageError, UsageError
from voice_guide.home import Home, data_home, make_private_folder, storage_error, where_home_is


def mode(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


def test_the_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VOICE_GUIDE_HOME is the whole data folder, made for its owner alone."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "a" / "b"))
    home = data_home()
    assert home == Home(tmp_path / "a" / "b")
    assert (mode(home.root), mode(home.sessions)) == (0o700, 0o700)
    assert home.vault == home.root / "vault.json"
    assert home.rehearsal_vault == home.root / "rehearsal" / "vault.json"


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize(("xdg", "used"), [("", False), ("relative/path", False), ("{tmp}/data", True)])
def test_the_usual_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, xdg: str, used: bool
) -> None:
    """Linux follows XDG where it is set to an absolute path, macOS has its own place."""
    monkeypatch.delenv("VOICE_GUIDE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", xdg.format(tmp=tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    linux = tmp_path / "data" if used else tmp_path / ".local" / "share"
    base = tmp_path / "Library" / "Application Support" if platform == "darwin" else linux
    assert data_home().root == base / "voice-guide"


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    """A folder that others could read is corrected, not only complained about."""
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    make_private_folder(folder)
    assert mode(folder) == 0o700


def test_a_file_in_the_way_is_a_storage_error(tmp_path: Path) -> None:
    """What cannot be a folder is said in one sentence with a hint, exit code 5."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be made private") as failed:
        make_private_folder(tmp_path / "file" / "home")
    assert failed.value.exit_code is ExitCode.STORAGE
    assert failed.value.hint


@pytest.mark.parametrize(
    ("number", "hint"),
    [(errno.ENOSPC, "free some space"), (errno.EROFS, "VOICE_GUIDE_HOME"), (errno.EBADF, "look whether")],
)
def test_each_reason_has_a_hint(number: int, hint: str) -> None:
    """A full disk, a read-only one and any other trouble say what to do."""
    assert hint in storage_error("It failed", OSError(number, "x")).hint


def test_a_read_only_place_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be made names the reason and the way out."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match=r"read-only file system.*VOICE_GUIDE_HOME"):
        make_private_folder(tmp_path / "new")


@pytest.mark.parametrize("chosen", [None, "~/guide"])
def test_a_user_without_a_home_is_told_what_to_do(
    chosen: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither HOME nor an entry of the system's, as in some containers."""

    def nobody(number: int) -> None:
        raise KeyError(number)

    for name in ("HOME", "XDG_DATA_HOME", "VOICE_GUIDE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    if chosen:
        monkeypatch.setenv("VOICE_GUIDE_HOME", chosen)
    with pytest.raises(UsageError) as failed:
        where_home_is()
    assert failed.value.message == "This user has no home folder."
    assert failed.value.hint == "name a folder in full with VOICE_GUIDE_HOME"


def test_a_home_of_somebody_who_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user is named; no folder of that name is made here."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", "~nobody-of-that-name/guide")
    with pytest.raises(UsageError, match="There is no home folder of a user nobody-of-that-name"):
        data_home()
