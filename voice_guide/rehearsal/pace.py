"""How time passes in the simulated room: as fast as the engines allow, or as it does on a sofa."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from voice_guide.audio.virtual import VirtualRoom
from voice_guide.clock import Clock
from voice_guide.inbox import NOTHING, Inbox, Item, Nothing
from voice_guide.sound import FRAME_SECONDS


class FastPace:
    """The next 32 ms come only when the inbox is empty and the engines have nothing to do."""

    def __init__(self, room: VirtualRoom) -> None:
        self.inbox = _FastInbox(room, lambda: self.idle())
        self.clock = Clock(lambda: 0.0)  # blocks come whenever they are asked for
        self.idle: Callable[[], bool] = lambda: True
        """Whether nothing is being waited for; set when the worker exists."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass  # time stands still without anybody who asks for it


class _FastInbox:
    def __init__(self, room: VirtualRoom, idle: Callable[[], bool]) -> None:
        self._room = room
        self._idle = idle
        self._queue: queue.SimpleQueue[Item] = queue.SimpleQueue()

    def put(self, item: Item) -> None:
        """Add an item."""
        self._queue.put(item)

    def take(self, timeout: float) -> Item | Nothing:
        """The next item; time passes if there is none."""
        # Idle is asked before the queue: a result that is delivered in between is still found.
        idle = self._idle()
        try:
            return self._queue.get_nowait() if idle else self._queue.get(timeout=timeout)
        except queue.Empty:
            if idle:
                self._room.step()
            return NOTHING


class RealPace:
    """Steps the room in real time from a thread of its own."""

    def __init__(self, room: VirtualRoom) -> None:
        self._room = room
        self.inbox = Inbox()
        self.clock = Clock()
        self.idle: Callable[[], bool] = lambda: True
        """Real time asks nobody."""
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ending.is_set():
            self._room.step()
            due += FRAME_SECONDS
            self._ending.wait(max(0.0, due - time.monotonic()))
