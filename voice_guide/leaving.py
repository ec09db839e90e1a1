"""How the program ends where an engine is still at work on what nobody waits for any more."""

from __future__ import annotations

import os
import threading

ENGINES = "engines"
"""The name of the thread in which engines work."""


def leave(code: int) -> int:
    """Give back the exit code, for the interpreter to end with; where an engine still works, end with it at once.

    Call it when all that was printed has left. The interpreter's end would take the engines' libraries apart while
    a thread is inside them: CTranslate2 dies of that (SIGSEGV, tried), and the exit code with it.
    """
    if any(thread.name == ENGINES for thread in threading.enumerate()):
        os._exit(code)
    return code
