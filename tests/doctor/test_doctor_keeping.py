"""What the doctor says of the disk, the keys and the evenings."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from voice_guide.doctor import keeping as doctor
from voice_guide.doctor.finding import Finding
from voice_guide.doctor.keeping import keeping
from voice_guide.home import Home
from voice_guide.journal.evening import State
from voice_guide.journal.listing import Listed
from voice_guide.journal.vault import create_vault


def told(home: Home) -> dict[str, Finding]:
    """By their names."""
    return {found.name: found for found in keeping(home)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A folder that is there."""
    root = tmp_path / "home"
    root.mkdir(mode=0o700)
    return Home(root)


def test_before_anything_is_set_up(tmp_path: Path) -> None:
    """Not even the folder is there, which is no trouble, and it is not made."""
    found = told(Home(tmp_path / "later" / "home"))
    assert list(found) == ["disk", "vault", "evenings"]
    assert all(each.well for each in found.values())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told before an evening finds it."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * 2**20))
    found = told(home)["disk"]
    assert not found.well
    assert "Make room" in found.mend


def test_who_can_open_the_record(home: Home) -> None:
    """No passphrase is a choice, and said plainly; names are not told."""
    create_vault(home.vault, ("Ana", "Ben"), None)
    found = told(home)["vault"]
    assert found.well
    assert "whoever uses this computer can open it" in found.said
    assert found.facts == {"mode": "none"}
    assert "Ana" not in repr(found)


def test_a_damaged_vault(home: Home) -> None:
    """With the mend of its own error."""
    home.vault.write_text("{")
    found = told(home)["vault"]
    assert not found.well
    assert found.mend


def test_an_evening_that_cannot_be_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is counted, and named as such."""
    home.sessions.mkdir()
    lost = Listed("2026-11-30-2000-abcd", State.UNREADABLE, False, 0, None, ())
    monkeypatch.setattr(doctor, "list_evenings", lambda _: (lost,))
    found = told(home)["evenings"]
    assert not found.well
    assert found.facts["unreadable"] == 1
    assert "sessions" in found.mend
