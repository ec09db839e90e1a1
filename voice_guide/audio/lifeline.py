"""The microphone and the loudspeaker of a whole evening: they can die, and are found again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from voice_guide.audio.devices import abandon, refresh
from voice_guide.audio.ports import Block, Microphone, Speaker, Tally
from voice_guide.sound import RATE, Sound, silence

PROBE = -1
"""The id of the silence that is played to see whether a loudspeaker plays at all; nobody is told of its end."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long each thing may take, in seconds."""

    first_block: float = 1.5
    """From opening a microphone to its first block."""
    first_sound: float = 3.0
    """From opening a loudspeaker to the end of a short silence; Bluetooth alone may take 2 s."""
    again: float = 1.0
    """From one attempt to the next."""
    end: float = 3.0
    """For closing at the evening's end: a sound server that hangs must not keep the couple."""


@dataclass(frozen=True, slots=True)
class Revival:
    """Both devices, found again and running; their rates may be others than before.

    Blocks of the new microphone follow this, and none of the old one does.
    """

    microphone: Microphone
    speaker: Speaker
    seconds: float
    """How long it took."""


class Lifeline:
    """Opens both devices, and opens them anew until they work. Raises DeviceError if one is missing.

    PortAudio sees a device that was plugged in only when it starts anew, which kills every stream: both are
    always reopened, even if only one was lost. `right_place` tells whether what was opened is what was lost: a
    sound server may lead to whatever is left (audio.moves). `revived` is called after the news of it: what
    happened between the two was wiped by them.
    """

    def __init__(
        self,
        open_microphone: Callable[[], Microphone],
        open_speaker: Callable[[], Speaker],
        refresh: Callable[[], None] = refresh,
        waits: Waits | None = None,
        right_place: Callable[[], bool] = lambda: True,
        revived: Callable[[], None] = lambda: None,
    ) -> None:
        self._open_microphone = open_microphone
        self._open_speaker = open_speaker
        self._refresh = refresh
        self._waits = waits or Waits()
        self._right_place = right_place
        self._revived = revived
        self._deliver: Callable[[Block], None] = _nobody
        self._ended: Callable[[int], None] = _nobody
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._over = threading.Event()
        self._looking = False
        self._search: threading.Thread | None = None
        self._used: list[tuple[Microphone, Speaker]] = [(open_microphone(), open_speaker())]

    @property
    def microphone(self) -> Microphone:
        """The present one."""
        return self._used[-1][0]

    @property
    def speaker(self) -> Speaker:
        """The present one."""
        return self._used[-1][1]

    @property
    def searching(self) -> bool:
        """Is it looking for the devices just now?"""
        return self._looking

    @property
    def tally(self) -> Tally:
        """All losses so far. Simulated devices lose nothing, and count nothing."""
        return Tally(
            overflows=sum(getattr(one, "overflows", 0) for one, _ in self._used),
            lost_seconds=sum(getattr(one, "lost", 0) / one.rate for one, _ in self._used),
            underflows=sum(getattr(one, "underflows", 0) for _, one in self._used),
            revivals=len(self._used) - 1,
        )

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Open both streams, as each device's own `start` does. Raises DeviceError; `reopen` may follow then."""
        self._deliver, self._ended = deliver, ended
        with self._starting:
            if not self._over.is_set():
                self.speaker.start(ended)
                self.microphone.start(deliver)

    def lost(self) -> Exception | None:
        """Why a stream ended by itself, if one did. A device that only falls silent has no such manners."""
        return None if self.searching else self.microphone.failure or self.speaker.failure

    def reopen(self, found: Callable[[Revival], None]) -> None:
        """Close both and look for them from now on, in a thread that calls `found` once, when both work.

        Returns at once. Nothing happens if it is looking already.
        """
        with self._lock:
            if self._over.is_set() or self._looking:
                return
            before = self._search
            self._search = threading.Thread(
                target=self._look, args=[found, before], name="lifeline", daemon=True
            )
            self._search.start()
            self._looking = True

    def stop(self) -> None:
        """End the search and close both streams; what hangs is left behind after a while."""
        with self._lock:
            self._over.set()
        closing = threading.Thread(target=self._close, name="closing", daemon=True)
        closing.start()
        closing.join(self._waits.end)
        if closing.is_alive():
            abandon()

    def _close(self) -> None:
        if self._search is not None:
            self._search.join()
        with self._starting:  # in another thread, and after a signal it may still do so
            _stop(*self._used[-1])

    def _look(self, found: Callable[[Revival], None], before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # what it has found may be lost again before it has done its last step
        began = time.monotonic()
        gate = None
        try:
            _stop(*self._used[-1])
            gate = self._search_on()
        finally:
            with self._lock:
                self._looking = False  # before it is told: whoever hears of it may ask anew at once
        if gate is not None:
            found(Revival(self.microphone, self.speaker, seconds=time.monotonic() - began))
            gate.open = True
            self._revived()

    def _search_on(self) -> _Gate | None:
        """Until both work, or the evening is over; what holds the new blocks back."""
        while not self._over.is_set():
            gate = _Gate(self._deliver)
            pair = self._attempt(gate)
            if pair is not None:
                self._used.append(pair)
                return gate
            self._over.wait(self._waits.again)
        return None

    def _attempt(self, gate: _Gate) -> tuple[Microphone, Speaker] | None:
        bell = _Bell(self._ended)
        opened: list[Microphone | Speaker] = []
        try:
            self._refresh()
            speaker, microphone = self._open_speaker(), self._open_microphone()
            opened = [speaker, microphone]
            speaker.start(bell)
            microphone.start(gate)
            speaker.play(PROBE, Sound(silence(0.02, RATE), RATE))
            if (
                self._comes(gate.came, self._waits.first_block)
                and self._comes(bell.rang, self._waits.first_sound)
                and self._right_place()
            ):
                return microphone, speaker
        except Exception:  # noqa: BLE001, S110 - whatever a driver raises, the next attempt may do better
            pass
        _stop(*opened)
        return None

    def _comes(self, event: threading.Event, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not event.wait(0.02):
            if self._over.is_set() or time.monotonic() > until:
                return False
        return True


class _Gate:
    """Lets blocks through when it is open; before, it tells only that one came."""

    def __init__(self, deliver: Callable[[Block], None]) -> None:
        self._deliver = deliver
        self.came = threading.Event()
        self.open = False

    def __call__(self, block: Block) -> None:
        self.came.set()
        if self.open:
            self._deliver(block)


class _Bell:
    """Tells of all sounds that end but the probe, which rings it."""

    def __init__(self, ended: Callable[[int], None]) -> None:
        self._ended = ended
        self.rang = threading.Event()

    def __call__(self, id: int) -> None:
        if id == PROBE:
            self.rang.set()
        else:
            self._ended(id)


def _stop(*opened: Microphone | Speaker) -> None:
    for device in opened:
        device.stop()


def _nobody(_: object) -> None:
    """Before the start nobody listens."""
