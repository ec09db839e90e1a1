"""Lines on their way: in order, all of them, and nobody waits for a stream that takes none."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest

from tests.screen.tty import PATIENCE
from voice_guide.screen.outlet import Outlet

EVENING = """
import sys
from voice_guide.screen.outlet import Outlet
with Outlet(sys.stdout) as outlet:
    for _ in range(3000):
        outlet.line("x" * 60)
sys.exit(143)
"""
"""More lines than any pipe holds, and an exit code."""


def test_all_lines_in_order() -> None:
    """By the time it is left, they are there."""
    stream = io.StringIO()
    with Outlet(stream) as outlet:
        for number in range(100):
            outlet.line(str(number))
    assert stream.getvalue() == "".join(f"{number}\n" for number in range(100))


def test_a_stream_that_takes_nothing_keeps_nobody_waiting() -> None:
    """A pipe that is full: lines can be given, and the outlet can be left."""
    read, write = os.pipe()
    with os.fdopen(write, "w") as stream:
        with Outlet(stream) as outlet:
            for _ in range(200):
                outlet.line("x" * 1000)
        received = os.read(read, 65536)
        os.set_blocking(read, False)
        while outlet._thread.is_alive():  # reading lets it end
            try:
                received += os.read(read, 65536)
            except BlockingIOError:
                outlet._thread.join(0.01)
    os.close(read)
    assert received.startswith(b"x" * 1000 + b"\n")


def test_a_stream_that_was_closed_ends_it_quietly() -> None:
    """Whoever read has gone."""
    stream = io.StringIO()
    stream.close()
    with Outlet(stream) as outlet:
        outlet.line("nobody reads this")
    assert not outlet._thread.is_alive()


def test_what_was_printed_before_stands_before() -> None:
    """Also where the stream still held it."""
    read, write = os.pipe()
    with os.fdopen(write, "w", encoding="utf-8") as stream:
        stream.write("first\n")
        with Outlet(stream) as outlet:
            outlet.line("second")
    with os.fdopen(read, encoding="utf-8") as received:
        assert received.read() == "first\nsecond\n"


def test_a_letter_that_the_stream_lacks_becomes_a_question_mark() -> None:
    """In its own encoding, as everywhere."""
    read, write = os.pipe()
    with os.fdopen(write, "w", encoding="latin-1") as stream, Outlet(stream) as outlet:
        outlet.line("Zo\u00eb, \u4f60")
    with os.fdopen(read, "rb") as received:
        assert received.read() == b"Zo\xeb, ?\n"


def test_a_descriptor_that_does_not_block_gets_all_of_it() -> None:
    """Another program may have set the terminal so; nothing is lost, and nobody waits."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    with os.fdopen(write, "w") as stream, Outlet(stream) as outlet:
        for _ in range(200):
            outlet.line("x" * 1000)
        received = b""
        while len(received) < 200 * 1001 and select.select([read], [], [], PATIENCE)[0]:
            received += os.read(read, 65536)
    os.close(read)
    assert received == (b"x" * 1000 + b"\n") * 200


@pytest.fixture(params=["a pipe that nobody reads", "a terminal that was stopped"])
def stopped(request: pytest.FixtureRequest) -> Iterator[int]:
    """A descriptor that takes a little, or nothing."""
    read, write = os.pipe() if "pipe" in request.param else pty.openpty()
    if os.isatty(write):
        termios.tcflow(write, termios.TCOOFF)  # Ctrl-S
    yield write
    os.close(read)
    os.close(write)


def test_a_program_whose_output_is_stopped_still_ends(stopped: int) -> None:
    """With its exit code: the interpreter, which flushes its stream at the very end, waits for nobody."""
    program = subprocess.Popen(
        [sys.executable, "-c", EVENING],
        stdout=stopped,
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # else the stream has no lock of that kind
    )
    try:
        assert program.wait(PATIENCE) == 143
    finally:
        program.kill()
        program.wait()
