"""The promise tried out: what the doctor says where it is kept, and where it is not."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from voice_guide.audio import pactl
from voice_guide.audio.pactl import Node, Server
from voice_guide.doctor import promise as doctor
from voice_guide.doctor.finding import Finding
from voice_guide.privacy.seal import Closed

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's seal is Linux's")


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sound server is asked."""
    monkeypatch.setattr(pactl, "server", lambda: None)
    monkeypatch.delenv("PULSE_SERVER", raising=False)


def told(home: Path) -> dict[str, Finding]:
    """By their names."""
    return {found.name: found for found in doctor.promise(home)}


def doctors_word(home: Path, *before: str) -> dict[str, Any]:
    """Of the real program, for programs; devices may be missing here."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "voice_guide", "doctor", "--json", "--silent"],
        env={**os.environ, "HOME": str(home), "VOICE_GUIDE_HOME": str(home / "data")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-500:]
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


@linux
def test_the_real_program_keeps_it(tmp_path: Path) -> None:
    """Every socket is refused to it and to what it starts; nothing is left in the home of the user."""
    found = doctors_word(tmp_path)
    for name in ("lock", "streams", "sockets", "child", "rings", "names", "traces"):
        assert found[name]["well"], found[name]
    for name in ("sockets", "child"):
        answers = dict(found[name]["facts"]["answers"])
        assert answers.pop("AF_UNIX") == "made"
        assert set(answers.values()) == {"EACCES"}
    assert found["lock"]["facts"] == {"closed": "by_kernel", "NoNewPrivs": "1", "Seccomp": "2"}
    assert list(tmp_path.rglob("*.onnxruntime*")) == []


@linux
@pytest.mark.usefixtures("quiet")
def test_where_nothing_is_closed_everything_is_told(tmp_path: Path) -> None:
    """In this very process, which is not sealed."""
    found = told(tmp_path)
    assert not found["lock"].well
    assert not found["sockets"].well
    assert "AF_INET" in found["sockets"].said
    assert not found["child"].well
    assert not found["names"].well
    assert all(found[name].mend for name in ("lock", "sockets", "child", "names"))


@pytest.mark.usefixtures("quiet")
def test_another_system_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Python is closed there, and that is weaker."""
    monkeypatch.setattr(doctor, "how_closed", lambda: Closed.BY_PYTHON)
    monkeypatch.setattr(sys, "platform", "darwin")
    found = told(tmp_path)
    assert "on their honour" in found["lock"].said
    assert "Unplug" in found["lock"].mend
    assert not {"streams", "sockets", "child", "rings"} & set(found), "nobody looked"


@pytest.mark.usefixtures("quiet")
def test_a_ring_that_is_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the kernel answers than no."""
    monkeypatch.setattr(doctor, "answer_to_call", lambda _: errno.EFAULT)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not told(tmp_path)["rings"].well


@pytest.mark.parametrize(
    ("server", "sink", "well", "said"),
    [
        (Server(True, "desk", "mic"), Node(name="desk", api="alsa"), True, "No sound device"),
        (Server(True, "desk", "mic"), Node(name="buds", description="Buds", bus="bluetooth"), True, "Buds"),
        (Server(True, "desk", "mic"), Node(name="tv", description="TV", network=True), False, "TV"),
        (Server(False, "desk", "mic"), Node(name="desk"), False, "another computer"),
    ],
)
def test_where_sound_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server, sink: Node, well: bool, said: str
) -> None:
    """Through the air is named; to another machine is trouble."""
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setattr(pactl, "server", lambda: server)
    monkeypatch.setattr(pactl, "sinks", lambda: (sink,))
    monkeypatch.setattr(pactl, "sources", lambda: ())
    found = told(tmp_path)["sound"]
    assert found.well == well
    assert said in found.said


@pytest.mark.usefixtures("quiet")
def test_a_server_that_nobody_could_ask_is_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said as it is; one that the environment puts elsewhere is trouble, though it cannot be reached."""
    found = told(tmp_path)["sound"]
    assert found.facts == {"local": None}
    assert "could be asked" in found.said
    monkeypatch.setenv("PULSE_SERVER", "tcp:living-room")
    found = told(tmp_path)["sound"]
    assert not found.well
    assert "Unset PULSE_SERVER" in found.mend


@linux
def test_a_stream_that_is_a_connection_is_told() -> None:
    """Whoever started the program may read along there."""
    code = "from voice_guide.privacy.seal import network_streams; print(network_streams())"

    def told_with(stream: Any) -> str:
        done = subprocess.run([sys.executable, "-c", code], stdin=stream, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as ours,
    ):
        assert told_with(ours) == "(0,)\n"
    assert told_with(subprocess.DEVNULL) == "()\n"


@pytest.mark.usefixtures("quiet")
def test_traces_of_a_library_are_told(tmp_path: Path) -> None:
    """Where another program of the same user let it write."""
    (tmp_path / ".cache/Microsoft/DeveloperTools/.onnxruntime").mkdir(parents=True)
    found = told(tmp_path)["traces"]
    assert ".onnxruntime" in found.said
    assert "delete" in found.mend
