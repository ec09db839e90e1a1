"""The thin shell of setup: performs what the conversation asks for, and gives back what is typed and found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from voice_guide.settings import Settings
from voice_guide.setup.conversation import answer, begin, learn
from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Ask, Effect, Look, Measure, Play, Say, Transcribe, What, Write
from voice_guide.setup.findings import Finding, Looked, Played, Reading, Understood, Written

Keep = Callable[[Draft], Written]
"""Writes down what was chosen, all of it or nothing."""


class Instruments(Protocol):
    """What speaks and listens (setup.equipment)."""

    def tune(self, settings: Settings) -> None:
        """Speak and listen as these settings say from now on."""

    def say(self, text: str) -> None:
        """Begin to say it; returns at once."""

    def hush(self) -> None:
        """Fall silent."""

    def look(self) -> Looked:
        """What is plugged in now."""

    def play(self, text: str) -> Played:
        """Say it to its end."""

    def measure(self, what: What, text: str) -> Reading:
        """Listen for a few seconds."""

    def transcribe(self) -> Understood:
        """The words of the last sentence."""


class Terminal(Protocol):
    """Where lines are shown and typed."""

    def show(self, line: str) -> None:
        """Print a line."""

    def read(self, *, secret: bool) -> str:
        """The next line, without its end; a secret one is not echoed. Raises UsageError at the end of input."""


def converse(draft: Draft, instruments: Instruments, terminal: Terminal, keep: Keep) -> Draft:
    """Ask everything, and have it kept at the end; gives what was chosen. Raises UsageError at the end of input."""
    state, effects = begin(draft)
    while True:
        instruments.tune(state.draft.settings)
        finding = None
        for effect in effects:
            is_end = isinstance(effect, Write)
            finding = keep(state.draft) if is_end else _perform(effect, instruments, terminal)
        if finding is not None:
            state, effects = learn(state, finding)
        elif state.over:
            return state.draft
        else:
            line = terminal.read(secret=state.question.secret)
            instruments.hush()
            state, effects = answer(state, line)


def _tell(line: Say, instruments: Instruments, terminal: Terminal) -> None:
    if line.shown:
        terminal.show(line.shown)
    if line.aloud:
        instruments.say(line.aloud)


def _perform(effect: Effect, instruments: Instruments, terminal: Terminal) -> Finding | None:
    match effect:
        case Say():
            _tell(effect, instruments, terminal)
        case Look():
            return instruments.look()
        case Play(text=text):
            return instruments.play(text)
        case Measure(what=what, text=text):
            return instruments.measure(what, text)
        case Transcribe():
            return instruments.transcribe()
        case Ask() | Write():
            pass  # the loop reads once all is said, and has the draft kept
    return None
