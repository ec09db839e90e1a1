"""The settings file: whole or not at all, for its owner alone, and strict about what it holds."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from voice_guide.errors import StorageError
from voice_guide.names import folded
from voice_guide.session.voice import FASTEST, LOUDEST, SLOWEST, SOFTEST
from voice_guide.settings import PATIENCES, Settings, read_settings, replace_file, write_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where they are kept; there is nothing yet."""
    return tmp_path / "settings.toml"


_words = st.text(max_size=20)


@st.composite
def any_settings(draw: st.DrawFn) -> Settings:
    """All that can be chosen."""
    first, second = draw(_words), draw(_words)
    assume(not first or folded(first) != folded(second))
    patience = st.sampled_from(sorted(PATIENCES))
    return Settings(
        first=first,
        second=second,
        first_sounds=draw(_words),
        microphone=draw(_words),
        first_patience=draw(patience),
        second_patience=draw(patience),
        speed=draw(st.floats(SLOWEST, FASTEST)),
        loudness=draw(st.floats(SOFTEST, LOUDEST)),
        captions=draw(st.booleans()),
        remember=draw(st.booleans()),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_settings())
def test_what_is_written_is_read(tmp_path: Path, chosen: Settings) -> None:
    """Any name, with quotes, line breaks or in any script, and any pace."""
    path = tmp_path / "settings.toml"
    write_settings(path, chosen)
    assert read_settings(path) == chosen


def test_half_a_character_becomes_a_question_mark(path: Path) -> None:
    """A terminal of another encoding may hand one over; it is no reason to lose all settings."""
    write_settings(path, Settings(first="Zo\udceb", second="\U0001f3a4\x7f"))
    assert read_settings(path) == Settings(first="Zo?", second="\U0001f3a4\x7f")


def test_without_a_setup_there_are_none(path: Path) -> None:
    """Not even usual ones: whoever asks knows that nothing was chosen."""
    assert read_settings(path) is None


def test_what_is_left_out_is_as_usual(path: Path) -> None:
    """An empty file is a setup in which nothing was changed; a whole number will do for a pace."""
    path.write_text("")
    assert read_settings(path) == Settings()
    path.write_text("speed = 1\nloudness = -3\n")
    found = read_settings(path)
    assert found == Settings(speed=1.0, loudness=-3.0)
    assert isinstance(found.speed, float)  # the name of a cached prompt has it


def test_it_is_toml_that_a_person_can_read(path: Path) -> None:
    """A comment says where it comes from; a line for each setting, and no more than 20."""
    write_settings(path, Settings(first="Zoë", second='"Ben"'))
    text = path.read_text("utf-8")
    assert text.startswith("# Voice Guide: what you chose at setup. `voice-guide setup` asks again.\n")
    assert set(tomllib.loads(text)) == {each.name for each in fields(Settings)}
    assert len(text.splitlines()) - 1 <= 20


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("first = Ana", "it is no TOML (line 1, column 9)"),
        ('captions = true\nsecond = "heron', "it is no TOML (end of document)"),
        ('sped = "fast"', "nothing is named sped there"),
        ("captions = 1", "captions has to be true or false"),
        ("first = true", "first has to be a text in quotes"),
        ("speed = true", "speed has to be a number"),
        ('speed = "fast"', "speed has to be a number"),
        ('first_patience = "x3"', "patience is one of x1, x2, x4, when I say"),
        ("speed = 2.0", "speed lies between 0.75 and 1.4"),
        ("speed = nan", "speed lies between 0.75 and 1.4"),
        (f"speed = 1{'0' * 400}", "speed lies between 0.75 and 1.4"),
        ("loudness = 40", "loudness lies between -18 and 12"),
        ("loudness = -inf", "loudness lies between -18 and 12"),
        ('first = "Ana"\nsecond = "ANA"', "both partners have the same name"),
        ('first = "Zo\u00eb"\nsecond = "Zoe\u0308"', "both partners have the same name"),
    ],
)
def test_what_is_wrong_is_told(path: Path, text: str, why: str) -> None:
    """In a sentence, with the way out; nothing that stands there is quoted but the name of a setting."""
    path.write_text(text, "utf-8")
    with pytest.raises(StorageError) as caught:
        read_settings(path)
    assert caught.value.message == f"{path} is not right: {why}."
    assert caught.value.hint == "voice-guide setup writes it anew"
    assert "heron" not in str(caught.value.__cause__)


def test_what_is_no_text_is_told(path: Path) -> None:
    """Bytes that are not UTF-8."""
    path.write_bytes(b'first = "\xff"')
    with pytest.raises(StorageError, match=r" is not right: it is no TOML\."):
        read_settings(path)


def test_what_cannot_be_read_is_told(path: Path) -> None:
    """A folder in its place; the system's own reason."""
    path.mkdir()
    with pytest.raises(StorageError) as caught:
        read_settings(path)
    assert caught.value.message == f"{path} cannot be read: is a directory."


def test_partners_are_known_once_there_are_two() -> None:
    """One name is none."""
    assert Settings().partners is None
    assert Settings(first="Ana").partners is None
    assert Settings(first="Ana", second="Ben").partners == ("Ana", "Ben")


def test_patience_is_a_factor() -> None:
    """Or None, for whoever ends their turns by saying so."""
    assert Settings().patience == (1.0, 1.0)
    assert Settings(first_patience="x4", second_patience="when I say").patience == (4.0, None)


def test_it_is_for_its_owner_alone(path: Path) -> None:
    """0600, also where the one before was open to others."""
    path.write_text("")
    path.chmod(0o644)
    write_settings(path, Settings())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("fails", ["write", "sync", "replace"])
def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """Whatever refuses: no half file, and nothing is left beside it."""
    replace_file(path, "before")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        if fails == "write":
            patched.setattr(tempfile, "mkstemp", full)
        elif fails == "sync":
            patched.setattr(os, "fsync", full)
        else:
            patched.setattr(Path, "replace", full)
        with pytest.raises(StorageError) as caught:
            replace_file(path, "after")
    assert caught.value.message == f"{path} cannot be written: no space left on device."
    assert path.read_text() == "before"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It is the caller who makes it."""
    with pytest.raises(StorageError, match="cannot be written: no such file or directory"):
        write_settings(tmp_path / "none" / "settings.toml", Settings())
