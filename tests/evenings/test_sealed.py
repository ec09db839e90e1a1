"""A whole evening on sound devices, sealed: watched by strace, and without any network at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evenings.live import CONSENTS, start_short
from tests.evenings.live import spoken as said_by_somebody
from tests.room import Room
from voice_guide.privacy.seal import Closed

pytestmark = [pytest.mark.devices, pytest.mark.models]

ALONE = {
    "bwrap": ("bwrap", "--unshare-net", "--dev-bind", "/", "/", "--die-with-parent"),
    "a namespace without an interface": ("unshare", "--net"),
}

THE_ROOMS_OWN = {"native", "modules.pa", "asound.conf", "log", "pulse", ".config", "cookie", ".pulse-cookie"}
"""What the sound server keeps in the home that it shares with the guide here."""

SOCKET = re.compile(r"(socket|socketpair|io_uring_setup)\((AF_\w+)?")


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room."""
    with Room(leak=-20.0) as one:
        yield one


def an_evening(room: Room, folder: Path, *before: str) -> None:
    """Typed and spoken, from the first consent to "kept"; what was said is in the record, and how it was sealed."""
    with start_short(room, folder, before=before) as evening:
        evening.answer(*CONSENTS)
        evening.until("listening", who="Ana")
        room.play_into_room(said_by_somebody("We walked along the river in the morning."))
        evening.until("kept")
        evening.type("done")
        evening.answer("That it was quiet. That's all.")
        evening.answer("pass", "pass", "keep", "keep")
        assert evening.ended() == 0
        record = evening.record()
        left = {path.name for path in Path(evening.env["HOME"]).iterdir()}
    assert left <= THE_ROOMS_OWN, "something of a library was left in the home of the user"
    assert record["state"] == "kept"
    assert record["seal"] == Closed.BY_KERNEL
    (first, text), (second, typed) = [(line["who"], line["text"]) for line in record["lines"]]
    assert (first, second, typed) == ("Ana", "Ben", "That it was quiet.")
    assert "river" in text


def test_strace_sees_no_socket_but_local_ones(room: Room, tmp_path: Path) -> None:
    """Sound goes through AF_UNIX; nothing else is attempted, by no process of the evening."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (Debian: strace)")
    trace = tmp_path / "trace"
    watch = ("strace", "-f", "-qq", "-e", "trace=socket,socketpair,io_uring_setup", "-o", str(trace))
    an_evening(room, tmp_path / "evening", *watch)
    calls = [found.groups() for line in trace.read_text().splitlines() if (found := SOCKET.search(line))]
    assert {family for _, family in calls} == {"AF_UNIX"}


@pytest.mark.parametrize("how", list(ALONE))
def test_without_any_network_nothing_changes(room: Room, tmp_path: Path, how: str) -> None:
    """Not even with this computer itself."""
    before = ALONE[how]
    if (
        shutil.which(before[0]) is None
        or subprocess.run([*before, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip(f"{before[0]} is not installed, or may make no namespace here")
    an_evening(room, tmp_path, *before)
