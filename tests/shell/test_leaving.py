"""The program's end: the exit code stands, whatever an engine is still doing."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, cast

import pytest

from voice_guide.leaving import ENGINES
from voice_guide.worker import Worker

PROGRAM = """
import atexit, sys, threading
from voice_guide.leaving import ENGINES, leave
if sys.argv[1] == "at work":
    threading.Thread(target=threading.Event().wait, name=ENGINES, daemon=True).start()
atexit.register(print, "taken apart", flush=True)
sys.exit(leave(7))
"""


@pytest.mark.parametrize(("engine", "printed"), [("at work", ""), ("done", "taken apart\n")])
def test_nothing_is_taken_apart_under_an_engine(engine: str, printed: str) -> None:
    """The interpreter's own end comes only where no engine is inside its library; the exit code is the same."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, engine], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, printed, "")


def test_the_worker_s_thread_is_known_by_its_name() -> None:
    """It is the one that is looked for."""
    worker = Worker(cast(Any, None), cast(Any, None), lambda _: None)
    assert worker._thread.name == ENGINES
