"""Lines on their way: in order, all of them, and nobody waits for a stream that takes none."""

from __future__ import annotations

import io
import os

from voice_guide.screen.outlet import Outlet


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
