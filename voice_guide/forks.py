"""Children: how they end, and what none may keep open - descriptors whose end means that this process has ended.

`exec` closes them (PEP 446), a bare fork does not: a child would hold a lock, or another program, for us.
"""

from __future__ import annotations

import os
import subprocess

_ours: set[int] = set()


def open_here_only(descriptor: int) -> None:
    """Close it in every child that is forked from now on."""
    _ours.add(descriptor)


def close_here(descriptor: int) -> None:
    """Close it; in a forked child it is closed already."""
    if descriptor in _ours:
        _ours.remove(descriptor)
        os.close(descriptor)


def end(child: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask a child to end, and end it if it does not within so many seconds."""
    child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _in_child() -> None:
    while _ours:
        os.close(_ours.pop())


os.register_at_fork(after_in_child=_in_child)
