"""The guide's voice at setup: it says one thing after the other while somebody types, and falls silent at once."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from voice_guide.audio.ports import Speaker
from voice_guide.errors import VoiceGuideError
from voice_guide.sound import Sound

OVERDUE_AFTER = 3.0
"""Seconds after which a sound that has not ended never will."""


class SetupVoice:
    """Renders and plays in a thread of its own; the loudspeaker is opened when there is something to say.

    A loudspeaker or a voice that fails is no error but a `problem`.
    """

    def __init__(self, render: Callable[[str], list[Sound]], open_speaker: Callable[[], Speaker]) -> None:
        self._render = render
        self._open = open_speaker
        self._speaker: Speaker | None = None
        self._texts: queue.SimpleQueue[tuple[int, str] | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._turn = 0
        """Grows with each hush: what was said before it is not wanted any more."""
        self._waiting = 0
        """Texts that are not played yet."""
        self._unheard: set[int] = set()
        self._last = 0
        self._due = 0.0
        self.problem = ""
        """Why the last text was not heard, in a sentence; empty while all is well."""
        self._thread = threading.Thread(target=self._work, name="setup-voice", daemon=True)
        self._thread.start()

    def say(self, text: str) -> None:
        """Say this after all that is being said; returns at once."""
        with self._changed:
            self._waiting += 1
            self._texts.put((self._turn, text))

    def hush(self) -> None:
        """Fall silent, and forget what was still to be said."""
        with self._changed:
            self._turn += 1
            self._unheard.clear()
            if self._speaker is not None:
                self._speaker.fade()

    def wait(self) -> None:
        """Return when all has been heard, or never will be."""
        with self._changed:
            while self._waiting or self._unheard:
                if not self._waiting and self._given_up():
                    self._unheard.clear()
                    self.problem = self.problem or "The loudspeaker plays nothing."
                self._changed.wait(0.1)

    def play(self, sounds: list[Sound]) -> None:
        """Play what is sound already, after all that is being said; returns at once."""
        self.wait()
        with self._changed:
            self._play(sounds)

    def let_go(self) -> None:
        """Close the loudspeaker; the next text opens one anew."""
        self.hush()
        with self._changed:
            speaker, self._speaker = self._speaker, None
            self.problem = ""
        if speaker is not None:
            speaker.stop()

    def close(self) -> None:
        """Fall silent for good."""
        self.let_go()
        self._texts.put(None)
        self._thread.join()
        self.let_go()

    def _given_up(self) -> bool:
        failed = self._speaker is None or self._speaker.failure is not None
        return failed or time.monotonic() > self._due

    def _work(self) -> None:
        while (item := self._texts.get()) is not None:
            try:
                self._speak(*item)
            except Exception as error:  # noqa: BLE001 - whatever an engine or a driver raises, setup goes on
                self.problem = f"The guide's voice failed ({type(error).__name__})."
            finally:
                with self._changed:
                    self._waiting -= 1
                    self._changed.notify_all()

    def _speak(self, turn: int, text: str) -> None:
        sounds = self._rendered(text) if turn == self._turn else []
        with self._changed:
            if turn == self._turn:
                self._play(sounds)

    def _rendered(self, text: str) -> list[Sound]:
        try:
            return self._render(text)
        except VoiceGuideError as error:
            self.problem = in_words(error)
            return []

    def _play(self, sounds: list[Sound]) -> None:
        if not sounds:
            return
        try:
            speaker = self._started()
        except VoiceGuideError as error:
            self.problem = in_words(error)
            return
        self.problem = ""
        for sound in sounds:
            self._last += 1
            self._unheard.add(self._last)
            self._due = max(self._due, time.monotonic() + OVERDUE_AFTER) + sound.seconds
            speaker.play(self._last, sound)

    def _started(self) -> Speaker:
        if self._speaker is not None and self._speaker.failure is None:
            return self._speaker
        if self._speaker is not None:
            self._speaker.stop()
            self._speaker = None
        speaker = self._open()
        speaker.start(self._ended)
        self._speaker = speaker
        return speaker

    def _ended(self, id: int) -> None:
        # PortAudio's thread: it must not wait, and `wait` looks ten times a second.
        self._unheard.discard(id)


def in_words(error: VoiceGuideError) -> str:
    """An error as it is said aloud: the sentence, and the hint as another."""
    hint = f"{error.hint[:1].upper()}{error.hint[1:].rstrip('.')}." if error.hint else ""
    return f"{error.message.rstrip('.')}. {hint}".strip()
