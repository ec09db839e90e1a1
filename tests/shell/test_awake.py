"""Sleep is held off by whatever the system has for it, for exactly as long as we live; real processes throughout."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_guide.awake import NOTICE, Awake, keeping_awake

WAIT = 10.0

pytestmark = pytest.mark.skipif(
    sys.platform == "darwin", reason="caffeinate needs no leash; these are Linux's"
)

ACCEPT = """#!/bin/sh
exec 9>"$ALIVE"
echo "$0 $*" >>"$CALLS"
for last; do :; done
"$last"
"""
"""Grants the hold, and runs the last word of its command line, as systemd-inhibit does."""

STUBBORN = ACCEPT.replace("exec 9", "trap '' TERM\nexec 9")
REFUSE = """#!/bin/sh
echo "$0 $*" >>"$CALLS"
echo "Failed to inhibit: Access denied" >&2
exit 1
"""
HANG = """#!/bin/sh
exec 9>"$ALIVE"
echo "$0 $*" >>"$CALLS"
read nothing <"$NEVER"
"""


class Desk:
    """A computer whose only programs are those of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.alive = folder / "alive"
        self.calls = folder / "calls"
        self.env = {
            "PATH": str(folder),
            "ALIVE": str(self.alive),
            "CALLS": str(self.calls),
            "NEVER": str(folder / "never"),
        }
        for pipe in (self.alive, folder / "never"):
            os.mkfifo(pipe)
        cat = shutil.which("cat")
        assert cat is not None
        (folder / "cat").symlink_to(cat)
        self.reader = os.open(self.alive, os.O_RDONLY | os.O_NONBLOCK)

    def has(self, program: str, script: str) -> None:
        """This program is installed."""
        path = self.folder / program
        path.write_text(script)
        path.chmod(0o755)

    def called(self) -> list[str]:
        """Which programs were called, in order."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [Path(line.split()[0]).name for line in lines]

    def all_gone(self) -> bool:
        """Wait for the end of the programs that hold: the last one closes the pipe."""
        poll = select.poll()
        poll.register(self.reader, select.POLLHUP)
        return bool(poll.poll(WAIT * 1000))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """It runs Linux, and has nothing but cat."""
    monkeypatch.setattr(sys, "platform", "linux")
    one = Desk(tmp_path)
    for name, value in one.env.items():
        monkeypatch.setenv(name, value)
    yield one
    os.close(one.reader)


def test_held_while_the_block_runs(desk: Desk) -> None:
    """By systemd, for idleness and sleep, under our name; and let go of afterwards."""
    desk.has("systemd-inhibit", ACCEPT)
    with keeping_awake() as awake:
        assert awake.decided(WAIT)
        assert (awake.held_by, awake.notice) == ("systemd-inhibit", "")
    assert desk.all_gone()
    (line,) = desk.calls.read_text().splitlines()
    assert line.split(" ", 1)[1] == (
        "--what=idle:sleep --who=Voice Guide --why=An evening is being led by voice. --mode=block cat"
    )


@pytest.mark.parametrize("first", [REFUSE, None])
def test_the_desktops_own(desk: Desk, first: str | None) -> None:
    """Where systemd refuses or is missing, the desktop is asked."""
    if first:
        desk.has("systemd-inhibit", first)
    desk.has("gnome-session-inhibit", ACCEPT)
    with keeping_awake() as awake:
        assert awake.decided(WAIT)
        assert awake.held_by == "gnome-session-inhibit"
    assert desk.all_gone()


def test_idleness_alone(desk: Desk) -> None:
    """Whoever may not hold off sleep may hold off idleness."""
    desk.has("systemd-inhibit", ACCEPT.replace("exec 9", 'case "$1" in *sleep) exit 1;; esac\nexec 9', 1))
    with keeping_awake() as awake:
        assert awake.decided(WAIT)
        assert awake.held_by == "systemd-inhibit"
    assert "--what=idle " in desk.calls.read_text()


@pytest.mark.parametrize("script", [REFUSE, "no program at all", None])
def test_none(desk: Desk, script: str | None) -> None:
    """One quiet sentence, and no error."""
    if script:
        desk.has("systemd-inhibit", script)
    with keeping_awake() as awake:
        assert awake.decided(WAIT)
        assert awake.held_by == ""
        assert awake.notice == NOTICE == "This computer may fall asleep: I could not ask it to stay awake."


@pytest.mark.parametrize("script", [HANG, STUBBORN])
def test_one_that_does_not_answer(desk: Desk, script: str) -> None:
    """It delays neither the start nor the end, and is gone in the end."""
    desk.has("systemd-inhibit", script)
    with keeping_awake() as awake:
        while not desk.called():  # it is being started
            awake.decided(0.01)
        assert awake.notice == ""
    assert desk.all_gone()


def test_over_before_it_began(desk: Desk) -> None:
    """Ended at once: nothing is left running, and nobody is told anything."""
    desk.has("systemd-inhibit", ACCEPT)
    for _ in range(20):
        with keeping_awake() as awake:
            pass
        awake._thread.join(WAIT)
        assert not awake._thread.is_alive()
        assert awake.notice == ""


def test_an_error_within_goes_through(desk: Desk) -> None:
    """And the hold is let go of."""
    desk.has("systemd-inhibit", ACCEPT)
    with pytest.raises(ZeroDivisionError), keeping_awake() as awake:
        _ = awake.decided(WAIT) / 0
    assert desk.all_gone()


def test_macos(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own program watches our process, and is ended with the block."""
    monkeypatch.setattr(sys, "platform", "darwin")
    desk.has("caffeinate", HANG)
    with keeping_awake() as awake:
        assert awake.decided(WAIT)
        assert awake.held_by == "caffeinate"
        while not desk.called():  # another process is being watched
            awake.decided(0.01)
    assert desk.all_gone()
    assert desk.calls.read_text().split(" ", 1)[1] == f"-dis -w {os.getpid()}\n"


def test_no_thread_to_be_had(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    """Then without."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with keeping_awake() as awake:
        assert awake.held_by == ""
    assert desk.called() == []


PROGRAM = """
import os, sys
from voice_guide.awake import keeping_awake
with keeping_awake() as awake:
    awake.decided(10)
    forked = "fork" in sys.argv
    child = os.fork() if forked else 0
    if not child:  # a child tells it itself: it is there, then
        print(awake.held_by, os.getpid() if forked else 0, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("more", [[], ["fork"]])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_gone_with_us(desk: Desk, number: signal.Signals, more: list[str]) -> None:
    """However we die, the hold dies, even if a forked child of ours lives on."""
    desk.has("systemd-inhibit", ACCEPT)
    command = [sys.executable, "-c", PROGRAM, *more]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        held_by, child = process.stdout.readline().split()
        assert held_by == "systemd-inhibit"
        process.send_signal(number)
        process.wait(WAIT)
        assert desk.all_gone()
        if int(child):
            os.kill(int(child), signal.SIGKILL)


def test_ctrl_c_is_not_for_the_child(desk: Desk) -> None:
    """It has a session of its own: a goodbye may still be spoken while the computer stays awake."""
    desk.has("systemd-inhibit", ACCEPT)
    awake = Awake()
    awake.start()
    assert awake.decided(WAIT)
    assert awake._child is not None
    assert os.getsid(awake._child.pid) != os.getsid(0)
    awake.stop()
    awake.stop()
    assert desk.all_gone()
