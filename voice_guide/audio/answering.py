"""What is asked of PortAudio at the start: in another thread, for a sound server that hangs lets it wait for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from voice_guide.audio.devices import abandon, no_answer

ANSWER = 10.0
"""Seconds in which a sound system answers; a Bluetooth loudspeaker may take several to wake up."""

T = TypeVar("T")


class Attempt(Generic[T]):
    """Something that is done in another thread, which nobody has to wait for."""

    def __init__(self, do: Callable[[], T]) -> None:
        self._do = do
        self._done: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="sound-system", daemon=True)

    def begin(self) -> None:
        """Do it from now on."""
        self._thread.start()

    def over(self, within: float = 0.0) -> bool:
        """Is it done? Waits so many seconds for it; signals are heard meanwhile."""
        if self._thread.is_alive():
            self._thread.join(within)
        return bool(self._done) or self._error is not None

    def result(self) -> T:
        """What came of it, once it is over. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._done[0]

    def _run(self) -> None:
        try:
            self._done.append(self._do())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error


def in_time(do: Callable[[], T]) -> T:
    """Do it, and give what came of it. Raises DeviceError if there is no answer in time, and what `do` raises."""
    attempt = Attempt(do)
    try:
        attempt.begin()
        if not attempt.over(within=ANSWER):
            raise no_answer()
        return attempt.result()
    finally:
        if not attempt.over():  # also after Ctrl-C
            abandon()
