"""Ctrl-Z, its way back, and a terminal that changes its size."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def job_control(
    leave: Callable[[], None], enter: Callable[[], None], resized: Callable[[], None]
) -> Iterator[None]:
    """Call `leave` before this program is stopped by Ctrl-Z, and `enter` when it goes on, however it was stopped.

    All are called from a signal handler in the main thread; elsewhere, nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stopped(number: int, frame: FrameType | None) -> None:
        del frame
        leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # here it stands still, until somebody lets it go on
        signal.signal(number, stopped)
        enter()

    def entered(number: int, frame: FrameType | None) -> None:
        del number, frame
        enter()

    def changed(number: int, frame: FrameType | None) -> None:
        del number, frame
        resized()

    before = {
        signal.SIGCONT: signal.signal(signal.SIGCONT, entered),
        signal.SIGWINCH: signal.signal(signal.SIGWINCH, changed),
    }
    if signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL:  # a shell without jobs ignores it, and so do we
        before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, stopped)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
