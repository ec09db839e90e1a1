"""The live view in a terminal: told what happens, it draws on a thread of its own.

Whoever tells it something only folds a value and wakes that thread: a terminal that hangs costs the evening
nothing. It draws when something visible has changed, and not otherwise.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from types import TracebackType
from typing import Self, TextIO

from voice_guide.screen import words
from voice_guide.screen.cleaning import clean
from voice_guide.screen.drawing import Drawing
from voice_guide.screen.folding import fold
from voice_guide.screen.jobs import job_control
from voice_guide.screen.levels import Level
from voice_guide.screen.noise import Hushed
from voice_guide.screen.terminal import Terminal, in_front
from voice_guide.screen.view import View
from voice_guide.session.effects import Tell

_BETWEEN = 0.125
"""Seconds between two drawings at least, ..."""
_BETWEEN_KEYS = 0.03
"""... and while somebody types."""
_AWAY = 0.5
"""Seconds between two looks whether a job in the background has come to the front."""
_JOIN = 1.0


class _Place(Enum):
    """Where the program stands with its terminal."""

    HERE = auto()
    LEFT = auto()
    """Ctrl-Z was pressed."""
    BACK = auto()
    """It goes on, or has begun, perhaps in the background."""


class LiveScreen:
    """A listener that shows the evening; enter it in the main thread, before any device is opened."""

    by_keys = True
    aloud = False
    """Nobody has it read while it changes."""

    def __init__(
        self, stream: TextIO, *, captions: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._terminal = Terminal(stream.fileno())
        self._drawing = Drawing(stream.encoding or "ascii")
        self._clock = clock
        self._lock = threading.Lock()  # held for a fold, never while anything is written
        self._view = View(captions=captions)
        self._told = (clock(), 0.0)
        self._level = Level()
        self._woken_r, self._woken_w = os.pipe()
        os.set_blocking(self._woken_r, False)
        os.set_blocking(self._woken_w, False)
        self._over = self._anew = False
        self._place = _Place.HERE
        self._beside: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self._leaving = contextlib.ExitStack()
        self._painter = threading.Thread(target=self._paint, name="screen", daemon=True)
        self.drawn = 0
        """How often something was drawn."""

    # --- what the evening tells

    def __call__(self, at: float, tell: Tell) -> None:
        """Take one event."""
        self._told = (self._clock(), at)
        self._change(lambda view: fold(view, at, tell))

    def level(self, dbfs: float) -> None:
        """The microphone's level in a frame, decibels (full scale); called for every frame."""
        if self._level.feed(dbfs) and self._view.listening:
            self._wake()

    # --- what the hands ask for

    @property
    def view(self) -> View:
        """What is shown now."""
        return self._view

    @property
    def captions(self) -> bool:
        """Whether captions are on."""
        return self._view.captions

    @captions.setter
    def captions(self, on: bool) -> None:
        self._change(lambda view: view.with_captions(on))

    def toggle_captions(self) -> None:
        """Captions on or off."""
        self._change(lambda view: view.with_captions(not view.captions))

    def show_keys(self) -> None:
        """Show the keys, or show them no longer."""
        self._change(lambda view: replace(view, keys=not view.keys))

    def typing_line(self, text: str | None, cursor: int | None = None) -> None:
        """Show the line that is being typed, with the cursor after so many characters; None ends it."""
        # Cleaned, so that no typed or pasted character is obeyed; ends may be spaces here.
        shown = None if text is None else "".join(clean(c) or " " for c in text)
        place = len(shown or "") if cursor is None else cursor
        self._change(lambda view: replace(view, typed=shown, cursor=place))

    def beside(self, leave: Callable[[], None], enter: Callable[[], None]) -> None:
        """Have `leave` called before Ctrl-Z stops the program, and `enter` when it goes on."""
        self._beside.append((leave, enter))

    # --- coming and going

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as leaving:
            leaving.callback(self._close)
            leaving.enter_context(Hushed())  # its kept messages are printed on the restored screen
            leaving.callback(self._end)
            if in_front(self._terminal.fd):
                self._terminal.enter()
            else:  # a job that was started behind leaves the shell its terminal
                self._place = _Place.BACK
            self._painter.start()
            leaving.enter_context(job_control(self._go_away, self._come_back, self._resized))
            self._leaving = leaving.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.close()

    def _end(self) -> None:
        self._over = True
        self._wake()
        if self._painter.ident is not None:
            self._painter.join(_JOIN)
        last = "".join(f"{line}\n" for line in words.last_words(self._view))
        self._terminal.leave(self._drawing.encoded(last))

    def _close(self) -> None:
        if not self._painter.is_alive():  # one that hangs still uses them
            self._terminal.close()
            os.close(self._woken_r)
            os.close(self._woken_w)

    def _go_away(self) -> None:
        self._place = _Place.LEFT
        for leave, _ in self._beside:
            leave()
        self._terminal.leave()

    def _come_back(self) -> None:
        self._place = _Place.BACK  # after a mere SIGSTOP, too: the shell has set the terminal as it likes
        self._wake()

    def _resized(self) -> None:
        self._anew = True
        self._wake()

    # --- drawing

    def _change(self, change: Callable[[View], View]) -> None:
        with self._lock:
            view = change(self._view)
            changed = view != self._view
            self._view = view
        if changed:
            self._wake()

    def _wake(self) -> None:
        # A pipe and no Event: a signal handler may interrupt the main thread inside an Event's own lock.
        with contextlib.suppress(OSError):
            os.write(self._woken_w, b".")

    def _paint(self) -> None:
        while not self._over and not self._terminal.gone:
            self._draw()
            self._wait(_BETWEEN if self._view.typed is None else _BETWEEN_KEYS)

    def _draw(self) -> None:
        if not self._returned():
            return
        self._terminal.write()
        if self._terminal.busy:
            return
        if self._anew:
            self._anew = False
            self._drawing.forget()
        size = self._terminal.size(symbols=self._drawing.symbols)
        data = self._drawing.draw(self._view, self._level.step, self._now(), size)
        if data:
            self.drawn += 1
            self._terminal.write(data)

    def _returned(self) -> bool:
        """Whether the terminal is this program's; after a stop, the view begins anew as soon as it is."""
        if self._place is _Place.BACK and in_front(self._terminal.fd):
            for _, enter in self._beside:
                enter()
            self._terminal.enter()
            self._place, self._anew = _Place.HERE, True
        return self._place is _Place.HERE

    def _wait(self, least: float) -> None:
        """Until something visible may have changed, but so long at least; a closing view waits for nothing."""
        began = time.monotonic()
        writable = [self._terminal.fd] if self._terminal.busy else []
        select.select([self._woken_r], writable, [], self._next())
        while (left := began + least - time.monotonic()) > 0 and not self._over:
            time.sleep(min(left, _BETWEEN_KEYS))
        with contextlib.suppress(OSError):
            os.read(self._woken_r, 4096)

    def _next(self) -> float | None:
        """Seconds until the time left shows another number; None if no clock runs."""
        if self._place is not _Place.HERE:
            return _AWAY
        deadline = self._view.deadline
        if deadline is None or deadline <= self._now():
            return None
        return (deadline - self._now()) % 1.0 + 0.005

    def _now(self) -> float:
        """The evening's time."""
        told, at = self._told
        return at + self._clock() - told
