"""Whether the microphone and the loudspeaker of an evening still work, and whether anybody was awake to see."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from voice_guide.audio.answering import ANSWER, Attempt
from voice_guide.audio.devices import no_answer
from voice_guide.audio.ports import Tally
from voice_guide.errors import DeviceError
from voice_guide.inbox import DevicesBack, Item, Nothing, PlaybackEnded, SignalCame
from voice_guide.stage import Stage

LOST_AFTER = 1.5
"""Seconds without a block after which the microphone counts as gone."""

OPENING = 5.0
"""Seconds that it may take to send its first one: some need as long to wake up."""

MICROPHONE, LOUDSPEAKER = "microphone", "loudspeaker"


@dataclass(frozen=True, slots=True)
class Lost:
    """A device that is gone."""

    what: str
    error: DeviceError


class Links:
    """Opens both devices, watches them, has them found again, and closes them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._lost: set[str] = set()
        self._heard = False
        self._moved: set[str] = set()
        self._tally = Tally()
        self._early: deque[Item] = deque()
        """What came while both were being opened."""

    def open(self) -> None:
        """Open both; a signal that comes first is taken next instead. Raises DeviceError."""
        if self._stage.sleepwatch is None:  # where time is simulated nothing hangs
            self._start()
        elif not self._started_in_time():
            return
        self._stage.opened()
        self._stage.clock.alive()

    def _start(self) -> None:
        inbox = self._stage.inbox
        self._stage.lifeline.start(inbox.put, lambda id: inbox.put(PlaybackEnded(id)))

    def _started_in_time(self) -> bool:
        """Whether both are open before a signal comes. Raises DeviceError, also if the sound system hangs."""
        opening = Attempt(self._start)
        opening.begin()
        until = time.monotonic() + ANSWER
        while not opening.over(within=0.02):
            while not isinstance(item := self._stage.inbox.take(0.0), Nothing):
                self._early.append(item)
                if isinstance(item, SignalCame):
                    return False
            if time.monotonic() > until:
                raise no_answer()
        opening.result()
        return True

    def take(self, timeout: float) -> tuple[Item | Nothing, float]:
        """The next item, and for how many seconds the computer or the program slept before it came."""
        if self._early:
            return self._early.popleft(), 0.0
        watch = self._stage.sleepwatch
        if watch is None:
            return self._stage.inbox.take(timeout), 0.0
        watch.waiting(timeout)
        item = self._stage.inbox.take(timeout)
        slept = watch.woke()
        if slept:
            self._stage.clock.alive()  # the microphone was not silent: nobody listened
        return item, slept

    def heard(self) -> None:
        """A block has come."""
        self._heard = True

    def lost(self, *, overdue: bool, waited: bool) -> Lost | None:
        """A device that has gone; each is told once, until both are back.

        `overdue`: a prompt should have ended long ago. `waited`: the inbox was empty, so no block is on its way.
        """
        lost = self._gone(overdue=overdue, waited=waited)
        if lost is None or lost.what in self._lost:
            return None
        self._lost.add(lost.what)
        return lost

    def moved(self, what: str) -> None:
        """The sound server has led this device's stream elsewhere: to us it is gone."""
        self._moved.add(what)

    def search(self) -> None:
        """Look for both until they are there; `DevicesBack` comes through the inbox."""
        inbox = self._stage.inbox
        self._stage.lifeline.reopen(lambda found: inbox.put(DevicesBack(found.microphone, found.speaker)))

    def back(self) -> None:
        """Both work again."""
        self._lost.clear()
        self._moved.clear()
        self._stage.clock.alive()

    def losses(self) -> dict[str, dict[str, object]]:
        """What the drivers told of lost sound since this was last asked: things to tell, by name."""
        before, now = self._tally, self._stage.lifeline.tally
        self._tally = now
        told: dict[str, dict[str, object]] = {}
        if now is before or now == before:
            return told
        if now.lost_seconds != before.lost_seconds:
            told["dropped"] = {"seconds": round(now.lost_seconds - before.lost_seconds, 2)}
        if now.underflows != before.underflows:
            told["underflows"] = {"count": now.underflows}
        return told

    def _gone(self, *, overdue: bool, waited: bool) -> Lost | None:
        line = self._stage.lifeline
        for what, device in ((MICROPHONE, line.microphone), (LOUDSPEAKER, line.speaker)):
            failure = device.failure if what not in self._lost else None
            if isinstance(failure, DeviceError):
                return Lost(what, failure)
            if failure is not None:
                raise failure  # our own mistake, from the driver's thread
        for what in sorted(self._moved - self._lost):
            hint = "see that it is plugged in and chosen"
            return Lost(what, DeviceError(f"The {what} is gone.", hint))
        if overdue:
            hint = "see that it is plugged in and chosen"
            return Lost(LOUDSPEAKER, DeviceError("The loudspeaker plays nothing any more.", hint))
        if waited and self._stage.clock.silent_for() > (LOST_AFTER if self._heard else OPENING):
            hint = "see that it is plugged in and chosen; what was said so far is safe"
            return Lost(MICROPHONE, DeviceError("The microphone sends nothing any more.", hint))
        return None
