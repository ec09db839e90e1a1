"""Whether streams hang where they belong, by what `pactl` tells; a small program stands in for it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.audio.test_audio_lifeline import QUICK, System
from voice_guide.audio import moves, pactl
from voice_guide.audio.lifeline import Lifeline, Revival
from voice_guide.audio.moves import Moves
from voice_guide.audio.pactl import Node, Streams

WAIT = 5.0

PACTL = """#!/bin/sh
cd "$PACTL_FOLDER" || exit 1
[ -e server ] || exit 1
case "$1" in
subscribe) echo $$ > pid.new; mv pid.new pid; exec cat events ;;
list) cat server; if [ -e later ]; then mv later server; fi; echo >> asked ;;
esac
"""

DEVICES = """Sink #0
\tName: loudspeaker
\tMonitor Source: loudspeaker.monitor

Sink #1
\tName: boombox

Sink #2
\tName: auto_null

Source #0
\tName: loudspeaker.monitor
\tMonitor of Sink: loudspeaker

Source #1
\tName: microphone
\tMonitor of Sink: n/a
\tProperties:
\t\tapplication.process.id = "{process}"

Source #2
\tName: headset
\tMonitor of Sink: n/a

Sink Input #7
\tSink: 2
\tProperties:
\t\tapplication.process.id = "1{process}"

Source Output #8
\tDriver: module-remap-source.c
\tSource: 0

Client #12
\tProperties:
\t\tapplication.process.id = "{process}"
"""

STREAM = """
{kind} #{number}
\tClient: 12
\t{device}: {place}
\tProperties:
\t\tmedia.name = "Source: 9"
\t\tapplication.process.id = "{process}"
"""

SINKS, SOURCES = ("loudspeaker", "boombox", "auto_null"), ("loudspeaker.monitor", "microphone", "headset")


def listing(source: str | None, sink: str | None, process: int | None = None) -> str:
    """As `pactl list` prints it when the streams of a process, or of this one, hang there."""
    process = process or os.getpid()
    text = DEVICES.format(process=process)
    if source is not None:
        place = SOURCES.index(source)
        text += STREAM.format(kind="Source Output", number=3, device="Source", place=place, process=process)
    if sink is not None:
        text += STREAM.format(
            kind="Sink Input", number=3, device="Sink", place=SINKS.index(sink), process=process
        )
    return text


class Server:
    """A sound server as `pactl` knows it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        os.mkfifo(folder / "events")
        # For reading as well: it opens at once, and `cat` waits for more.
        self._events = os.open(folder / "events", os.O_RDWR)
        self.put("microphone", "loudspeaker")

    def put(self, source: str | None, sink: str | None) -> None:
        """This process's streams hang there."""
        (self._folder / "new").write_text(listing(source, sink))
        (self._folder / "new").replace(self._folder / "server")

    def put_later(self, source: str | None, sink: str | None) -> None:
        """They hang there as soon as somebody has asked once more."""
        (self._folder / "new").write_text(listing(source, sink))
        (self._folder / "new").replace(self._folder / "later")

    def die(self) -> None:
        """It answers no more, and whoever listens is let go."""
        (self._folder / "server").unlink()
        os.kill(self.listener(), signal.SIGKILL)
        (self._folder / "pid").unlink()

    def tell(self, *events: str) -> None:
        """Something happens, all at once."""
        os.write(self._events, "".join(f"Event {event} #5\n" for event in events).encode())

    def asked(self) -> int:
        """How often it was asked where things are."""
        path = self._folder / "asked"
        return len(path.read_text()) if path.exists() else 0

    def listener(self) -> int:
        """The process that waits for events."""
        path = self._folder / "pid"
        assert until(path.exists)
        return int(path.read_text())

    def close(self) -> None:
        """It is over."""
        os.close(self._events)


class Watch:
    """Moves, and what they told."""

    def __init__(self, microphone: str = "", loudspeaker: str = "") -> None:
        self.told: queue.Queue[str] = queue.Queue()
        self.moves = Moves(microphone, loudspeaker)

    def start(self, server: Server) -> None:
        """Begin, and look for the first time."""
        before = server.asked()
        self.moves.start(self.told.put)
        assert until(lambda: server.asked() > before)

    def next(self) -> str:
        """What is told next."""
        return self.told.get(timeout=WAIT)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """One that runs; looks come quickly."""
    program = tmp_path / "bin" / "pactl"
    program.parent.mkdir()
    program.write_text(PACTL)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("PACTL_FOLDER", str(tmp_path))
    monkeypatch.setattr(moves, "BURST", 0.05)
    monkeypatch.setattr(moves, "_LATER", 0.05)
    monkeypatch.setattr(moves, "_AGAIN", 0.0)
    one = Server(tmp_path)
    yield one
    one.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Callable[..., Watch]]:
    """Begins to watch, and ends it in any case."""
    begun: list[Watch] = []

    def watch(**chosen: str) -> Watch:
        begun.append(Watch(**chosen))
        begun[-1].start(server)
        return begun[-1]

    yield watch
    for one in begun:
        one.moves.stop()


def until(true: Callable[[], object]) -> bool:
    """Wait for something that other processes do."""
    end = time.monotonic() + WAIT
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(true())


def ended(process: int) -> bool:
    """Is this process gone, or only waiting to be reaped by nobody?"""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.usefixtures("server")
def test_where_streams_hang() -> None:
    """Those of one process, whatever others have, and whatever names and headings say."""
    microphone, loudspeaker = Node(name="microphone"), Node(name="loudspeaker")
    assert pactl.streams(os.getpid()) == Streams((microphone,), (loudspeaker,))
    assert pactl.streams(int(f"1{os.getpid()}")) == Streams((), (Node(name="auto_null"),))
    assert pactl.streams(1) == Streams()


def test_a_stream_on_its_way(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it hangs on nothing, it is in no wrong place."""
    text = listing("headset", None).replace("\tSource: 2", f"\tSource: {2**32 - 1}")
    monkeypatch.setattr(pactl, "_ask", lambda *what: text if what == ("list",) else "")
    assert pactl.streams(os.getpid()) == Streams()
    assert server.asked() == 0


def test_no_server_tells_of_no_streams(server: Server, tmp_path: Path) -> None:
    """It is not known, which is another thing than none."""
    (tmp_path / "server").unlink()
    assert pactl.streams(os.getpid()) is None
    assert server.asked() == 0


@pytest.mark.parametrize(
    ("chosen", "first", "then", "lost"),
    [
        ("", "microphone", "loudspeaker.monitor", True),
        ("", "microphone", "headset", False),
        ("", "loudspeaker.monitor", "loudspeaker.monitor", False),
        ("", "loudspeaker.monitor", "microphone", False),
        ("pulse", "microphone", "headset", False),
        ("pulse", "microphone", "loudspeaker.monitor", True),
        ("pulse:microphone", "microphone", "headset", True),
        ("pulse:microphone", "microphone", "loudspeaker.monitor", True),
        ("pulse:microphone", "headset", "headset", True),
        ("pulse:loudspeaker.monitor", "loudspeaker.monitor", "loudspeaker.monitor", False),
        ("Somebody's headset", "headset", "microphone", True),
        ("Somebody's headset", "headset", "headset", False),
        ("USB Microphone (hw:1,0)", None, None, False),
    ],
)
def test_the_microphone(server: Server, chosen: str, first: str | None, then: str | None, lost: bool) -> None:
    """By name only the chosen one, else any that is real; one that hears the guide only if it was so from the start."""
    server.put(first, "loudspeaker")
    one = Moves(chosen)
    one.right_place()
    server.put(then, "loudspeaker")
    assert one.right_place() is not lost


@pytest.mark.parametrize(
    ("chosen", "then", "lost"),
    [
        ("", "boombox", False),
        ("", "auto_null", True),
        ("pulse:loudspeaker", "loudspeaker", False),
        ("pulse:loudspeaker", "boombox", True),
        ("pulse:loudspeaker", "auto_null", True),
        ("Somebody's loudspeaker", "boombox", True),
    ],
)
def test_the_loudspeaker(server: Server, chosen: str, then: str, lost: bool) -> None:
    """By name only the chosen one, else any that can be heard."""
    one = Moves(loudspeaker=chosen)
    assert one.right_place()
    server.put("microphone", then)
    assert one.right_place() is not lost


def test_a_move_is_told_once(server: Server, watch: Callable[..., Watch]) -> None:
    """Until the stream was found in its place again, whatever happens meanwhile; then the next one is."""
    one = watch(loudspeaker="pulse:loudspeaker")
    server.put("loudspeaker.monitor", "loudspeaker")
    server.tell("'change' on source-output")
    assert one.next() == "microphone"
    assert not one.moves.right_place()
    asked = server.asked()
    server.put(None, None)
    server.tell("'new' on source")
    assert until(lambda: server.asked() > asked)
    server.put("loudspeaker.monitor", "boombox")
    server.tell("'new' on source-output")
    assert one.next() == "loudspeaker"
    server.put("microphone", "loudspeaker")
    assert one.moves.right_place()
    assert one.told.empty()
    server.put("loudspeaker.monitor", "loudspeaker")
    server.tell("'remove' on source")
    assert one.next() == "microphone"


def test_what_was_told_is_told_anew(server: Server, watch: Callable[..., Watch]) -> None:
    """For whoever has forgotten it; a stream that is in its place is not spoken of."""
    one = watch(loudspeaker="pulse:loudspeaker")
    server.put("loudspeaker.monitor", "boombox")
    one.moves.right_place()
    assert {one.next(), one.next()} == {"microphone", "loudspeaker"}
    server.put("loudspeaker.monitor", "loudspeaker")
    one.moves.tell_anew()
    assert one.next() == "microphone"
    assert not one.moves.right_place()
    assert one.told.empty()


def test_a_burst_is_looked_at_once(
    server: Server, watch: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what concerns nobody here, not at all."""
    one = watch()
    monkeypatch.setattr(moves, "BURST", 0.2)
    server.tell("'change' on source-output", "'new' on sink-input", "'new' on source")
    assert until(lambda: server.asked() == 2)
    server.put("loudspeaker.monitor", "loudspeaker")
    server.tell("'new' on client", "'change' on sink", "'change' on source", "'remove' on sink-input")
    with pytest.raises(queue.Empty):
        one.told.get(timeout=0.4)
    server.tell("'change' on source-output")
    assert one.next() == "microphone"
    assert until(lambda: server.asked() == 3)


def test_a_move_that_comes_late(server: Server, watch: Callable[..., Watch]) -> None:
    """When a device went there is a second look, though nothing more is told."""
    one = watch()
    server.put_later("loudspeaker.monitor", "loudspeaker")
    server.tell("'remove' on source")
    assert one.next() == "microphone"
    assert server.asked() == 3


class Meanwhile(moves._Child):
    """A device goes while the burst is waited out."""

    def __init__(self) -> None: ...

    def rest(self) -> bytes:
        """That."""
        return b"Event 'remove' on source #5\n"


def test_what_comes_meanwhile_belongs_to_the_burst(server: Server) -> None:
    """A device that goes then is looked for twice as well, and nothing of it waits for the next look."""
    Watch().moves._weigh(b"Event 'change' on source-output #5\n", Meanwhile())
    assert server.asked() == 2


def test_the_rest_is_taken_without_waiting(server: Server) -> None:
    """If nothing else has happened, there is none; afterwards the listener is waited for as before."""
    child = moves._Child.born()
    assert child is not None
    server.listener()
    assert child.rest() == b""
    server.tell("'new' on client")
    assert child.read() == b"Event 'new' on client #5\n"
    child.bury()


def test_the_server_runs_again(server: Server, watch: Callable[..., Watch]) -> None:
    """Nothing is told while there is none; whoever reopens the devices is watched again."""
    one = watch()
    server.die()
    thread = one.moves._thread
    assert thread is not None
    thread.join(WAIT)
    assert not thread.is_alive()
    assert one.moves.right_place()
    server.put("microphone", "loudspeaker")
    assert one.moves.right_place()
    server.listener()
    server.put("loudspeaker.monitor", "loudspeaker")
    server.tell("'change' on source-output")
    assert one.next() == "microphone"


def test_whoever_asks_while_the_watch_is_ending(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is back just when its watch has found none: it is watched once more, not never again."""
    one = Watch().moves
    watched: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def no_server() -> bool:
        watched.put(True)
        if watched.qsize() == 1:
            assert one.right_place()  # the devices are there again
        return False

    monkeypatch.setattr(one, "_watch", no_server)
    one.start(lambda _: None)
    assert until(lambda: watched.qsize() == 2)
    assert one._thread is not None
    one._thread.join(WAIT)
    assert one.right_place()
    assert until(lambda: watched.qsize() == 3)
    assert server.asked() == 2
    one.stop()


def test_only_the_listener_died(server: Server, watch: Callable[..., Watch]) -> None:
    """Another takes its place by itself."""
    one = watch()
    server.put("loudspeaker.monitor", "loudspeaker")
    os.kill(server.listener(), signal.SIGKILL)
    assert one.next() == "microphone"


def test_nothing_is_left_behind(server: Server, watch: Callable[..., Watch]) -> None:
    """At the end the listener ends at once, nothing is told any more, and nothing begins again."""
    one = watch()
    listener = server.listener()
    one.moves.stop()
    assert until(lambda: ended(listener))
    server.put("loudspeaker.monitor", "loudspeaker")
    assert one.moves.right_place()
    one.moves.start(one.told.put)
    assert one.told.empty()
    assert one.moves._thread is not None
    one.moves._thread.join(WAIT)
    assert not one.moves._thread.is_alive()


def test_not_told_after_the_end(watch: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even what was asked before."""
    one = watch()

    def late(_: int) -> Streams:
        one.moves.stop()
        return Streams((Node(name="loudspeaker.monitor", monitor=True),))

    monkeypatch.setattr(pactl, "streams", late)
    assert one.moves.right_place()
    assert one.told.empty()


def test_the_end_is_certain(server: Server, watch: Callable[..., Watch]) -> None:
    """The listener ends, even if what should have ended it was killed."""
    one = watch()
    listener, child = server.listener(), one.moves._child
    assert child is not None
    os.kill(child._process.pid, signal.SIGKILL)
    one.moves.stop()
    assert until(lambda: ended(listener))


KILLED = """
import os, signal, time
from voice_guide.audio.moves import Moves
moves = Moves()
moves.start(print)
while not os.path.exists(os.environ["PACTL_FOLDER"] + "/pid"):
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_listener_ends_with_us(server: Server) -> None:
    """However we end."""
    subprocess.run([sys.executable, "-c", KILLED], check=False)
    listener = server.listener()
    assert until(lambda: ended(listener))


def test_without_pactl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is watched, every place is right, nothing is raised."""
    monkeypatch.setenv("PATH", str(tmp_path))
    one = Watch()
    one.moves.start(one.told.put)
    assert one.moves._thread is not None
    one.moves._thread.join(WAIT)
    assert one.moves.right_place()
    one.moves.stop()
    assert one.told.empty()


def test_without_descriptors_or_threads(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening goes on without being watched."""
    one = Watch()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    def no_thread(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    one.moves._watch_on()
    monkeypatch.setattr(os, "pipe", refuse)
    one.moves._watch_on()
    monkeypatch.setattr(threading.Thread, "start", no_thread)
    one.moves.start(one.told.put)
    one.moves.stop()
    assert one.told.empty()
    assert server.asked() == 0


def test_a_lifeline_waits_for_the_right_place() -> None:
    """Devices that work, but are others than were lost, are closed and sought again."""
    system, answers = System(), [False, False, True]
    found: queue.Queue[Revival] = queue.Queue()
    line = Lifeline(
        system.microphone, system.speaker, system.refresh, QUICK, right_place=lambda: answers.pop(0)
    )
    line.start(lambda _: None, lambda _: None)
    line.reopen(found.put)
    assert found.get(timeout=WAIT).microphone is line.microphone
    assert answers == []
    assert system.calls.count("refresh") == 3
    assert system.open == 2
    line.stop()


def test_a_move_between_the_right_place_and_the_news(server: Server, watch: Callable[..., Watch]) -> None:
    """The news of the revival wipes what was told before it: it is told again, not held for told."""
    system, one = System(), watch()
    told: queue.Queue[object] = queue.Queue()
    one.moves.start(told.put)

    def right_then_moved() -> bool:
        right = one.moves.right_place()
        server.put("loudspeaker.monitor", "loudspeaker")
        one.moves._seen()  # as when the server tells of it
        return right

    line = Lifeline(
        system.microphone,
        system.speaker,
        system.refresh,
        QUICK,
        right_place=right_then_moved,
        revived=one.moves.tell_anew,
    )
    line.start(lambda _: None, lambda _: None)
    line.reopen(told.put)
    order = [told.get(timeout=WAIT) for _ in range(3)]
    assert isinstance(order.pop(1), Revival)
    assert order == ["microphone", "microphone"]
    line.stop()
