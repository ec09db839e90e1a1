"""Disks that are full or refuse to be written to, and an evening that is to leave nothing on any."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evenings.live import CONSENTS, UNLIMITED, Live, start_short, write_short
from tests.room import Room

pytestmark = [pytest.mark.devices, pytest.mark.models]

LONG = "heron " * 300


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room."""
    with Room() as one:
        yield one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A data folder on a disk of 64 KB."""
    home = tmp_path / "home"
    home.mkdir()
    if os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", home], check=False
    ).returncode:
        pytest.skip("this system does not let root mount a small disk")
    yield home
    subprocess.run(["umount", "--lazy", home], check=True)


def test_full_disk(room: Room, small_disk: Path, tmp_path: Path) -> None:
    """It says once that it cannot write any more, and goes on; what was written before is readable."""
    assert small_disk.is_mount()
    with start_short(room, tmp_path, UNLIMITED) as evening:
        evening.answer(*CONSENTS)
        evening.until("listening", answer="timed")
        kept = 0
        while not evening.happened("failed"):
            evening.type(LONG)
            kept += evening.either("kept", "failed")["event"] == "kept"
        assert kept > 3
        evening.type("That's all.")
        evening.until("prompt", text="I can't write any more tonight. What was written is safe.")
        evening.until("listening", who="Ben", answer="timed")
        evening.type("That it was quiet. That's all.")
        evening.until("timer", left=6.0)
        evening.type("pass")
        evening.answer("pass", "pass")
        assert evening.ended() == 0
        record = evening.record()
    assert record["state"] == "interrupted"
    assert [line["text"].split() for line in record["lines"]] == [LONG.split()] * kept


def test_read_only_disk(room: Room, small_disk: Path, tmp_path: Path) -> None:
    """It is told before anybody is asked anything, with what to do."""
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with start_short(room, tmp_path, cold=True) as evening:
        assert evening.refused() == 5
        assert evening.errors == (
            f"voice-guide: The folder {small_disk}/sessions cannot be made private: read-only file system.\n"
            "  the disk is read-only; choose another folder with VOICE_GUIDE_HOME\n"
        )
        assert evening.lines == []


def test_without_setup_nothing_is_left(room: Room, tmp_path: Path) -> None:
    """An evening of two who only gave their names: not a file more than before, wherever programs leave them."""
    write_short(tmp_path)
    house = tmp_path / "house"
    own = {"HOME": "", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "XDG_DATA_HOME": ".local/share"}
    own |= {"XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".local/state"}
    env = {name: str(house / place) for name, place in own.items()}
    for place in env.values():
        Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
    before = tree(house)
    more = {"VOICE_GUIDE_HOME": None, "PULSE_COOKIE": str(tmp_path / "cookie")}  # which is PulseAudio's own
    with Live(room, tmp_path, "start", "./short.yaml", tty=True, cold=True, env={**env, **more}) as evening:
        assert evening.tty is not None
        evening.tty.until("The name of one of you:")
        evening.tty.press("Zoe\r")
        evening.tty.until("And the name of the other:")
        evening.tty.press("Max\r")
        evening.answer("yes", "yes")
        evening.until("prompt", text="Nothing is kept tonight, because nothing has been set up for it.")
        evening.until("listening", who="Zoe", answer="open")
        evening.type("A heron.")
        evening.press("d")
        evening.until("listening", who="Max", answer="open")
        evening.type("That it was quiet.")
        evening.press("d")
        evening.until("timer", left=6.0)
        evening.press("p")
        for _ in range(2):
            evening.until("listening", answer="short")
            evening.press("p")
        assert evening.ended() == 0
        assert evening.told[-1]["reason"] == "completed"
        assert not evening.happened("kept")
        assert not evening.home.exists()
    assert tree(house) == before


def tree(folder: Path) -> set[Path]:
    """All that is in it."""
    return set(folder.rglob("*"))
