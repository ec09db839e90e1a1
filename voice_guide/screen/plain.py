"""The evening as plain lines, for pipes and screen readers.

A screen reader's voice would be heard by the microphone: nothing is printed while the ears are open for an
answer. Whose turn it is and what is asked for stand beside the prompt; what happens in between is printed once
the guide speaks again. No line but a prompt is a command that stands alone: read aloud, it would be obeyed.
What is asked for meanwhile (`?`) comes once the evening is paused, which is up to the keyboard.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from voice_guide.screen import words
from voice_guide.screen.folding import fold
from voice_guide.screen.keys import WORDS
from voice_guide.screen.view import Activity, View
from voice_guide.session.effects import Tell

_CLOSING = frozenset({"prompt", "step", "finished", "paused", "off_record", "break", "stopping"})
"""Events at which the guide speaks, or no answer is awaited any more."""
_OPENING = frozenset({"listening", "resumed", "on_record", "turn_reopened", "talking"})


_DONE = "That is done."


class PlainScreen:
    """Prints a line for what matters; words of partners only where `captions` was asked for."""

    by_keys = False
    view: View | None = None
    """Nobody presses single keys here."""

    def __init__(self, show: Callable[[str], None], *, captions: bool) -> None:
        self._show = show
        self._seen = View(captions=captions)
        self._open = False
        self._waiting: list[str] = []
        self._lock = threading.Lock()  # the keyboard's thread asks for the keys

    def __call__(self, at: float, tell: Tell) -> None:
        """Print what this event means, or keep it until the ears are closed."""
        before, self._seen = self._seen, fold(self._seen, at, tell)
        if tell.name in _OPENING or self._seen.activity is Activity.SILENCE:
            self._open = True
        elif tell.name in _CLOSING:
            self._open = False
        self._print(self._lines(before, tell))

    def _lines(self, before: View, tell: Tell) -> list[str]:
        seen, name = self._seen, tell.name
        if name == "prompt":
            return [_prompt(seen, tell)]
        if name == "menu":
            return words.offers(seen)
        if name == "heard":
            whose = "both of you" if seen.who == "both" else seen.who
            return [f"{whose}: {seen.caption}"] if tell.fields.get("final") and seen.caption else []
        if name == "finished":
            return [words.ending(seen)]
        if name == "hearing_again":  # at the beginning and at the end: the rest is a screen's
            return (
                [words.hearing_again(seen)] if seen.again and not before.again else [_DONE] * (not seen.again)
            )
        return self._faults(before, name)

    def _faults(self, before: View, name: str) -> list[str]:
        """What went wrong, in the words of the other screen."""
        seen = self._seen
        if name == "failed":
            return [f"! {words.with_hint(seen.failure, seen.hint)}"]
        if name in ("struck", "microphone_back", "loudspeaker_back", "suspended", "new_voice"):
            return [seen.note]
        if name in ("microphone_lost", "loudspeaker_lost", "muted", "dropped", "echo_too_strong"):
            known = words.notices(before)
            return [f"! {line}" for line in words.notices(seen) if line not in known]
        return []

    def _print(self, lines: list[str]) -> None:
        """Now, or once the ears are closed; what waits already is not said twice."""
        with self._lock:
            self._waiting += [line for line in lines if line not in self._waiting]
            if self._open:
                return
            now, self._waiting = self._waiting, []
            with contextlib.suppress(OSError):  # whoever reads has gone; the evening goes on
                for line in now:
                    self._show(line)

    @property
    def aloud(self) -> bool:
        """A screen reader reads what is printed, and whoever listens would hear it."""
        return self._open

    def level(self, dbfs: float) -> None:
        """The microphone's level is not told here."""

    def show_keys(self) -> None:
        """What can be typed."""
        self._print([WORDS])

    def toggle_captions(self) -> None:
        """Captions are chosen when the program is started."""

    def typing_line(self, text: str | None, cursor: int | None = None) -> None:
        """The terminal itself shows what is typed."""

    def beside(self, leave: Callable[[], None], enter: Callable[[], None]) -> None:
        """Nothing here has to be restored."""


def _prompt(seen: View, tell: Tell) -> str:
    to = "" if seen.to == "both" else f", to {seen.to}"
    kind = tell.fields.get("answer")
    answer = words.ANSWERS.get(kind, "") if isinstance(kind, str) else ""
    whose = "both of you" if seen.to == "both" else seen.to
    return f"Guide{to}: {seen.prompt}" + (f" ({whose}: {answer})" if answer else "")
