"""Descriptors whose end means that this process has ended: no forked child may keep them open.

`exec` closes them (PEP 446), a bare fork does not: a child would hold a lock, or another program, for us.
"""

from __future__ import annotations

import os

_ours: set[int] = set()


def open_here_only(descriptor: int) -> None:
    """Close it in every child that is forked from now on."""
    _ours.add(descriptor)


def close_here(descriptor: int) -> None:
    """Close it; in a forked child it is closed already."""
    if descriptor in _ours:
        _ours.remove(descriptor)
        os.close(descriptor)


def _in_child() -> None:
    while _ours:
        os.close(_ours.pop())


os.register_at_fork(after_in_child=_in_child)
