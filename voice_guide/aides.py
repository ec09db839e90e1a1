"""Models that help an evening, and that it does without: whether a turn sounds complete, and whose voice it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Generic, TypeVar

from voice_guide.exercise.flat import Who
from voice_guide.jobs import TurnModel, VoiceBook, Whose
from voice_guide.sound import Samples

T = TypeVar("T")


class Aides:
    """Loaded when they are first needed; whatever is wrong with one of them, it has nothing to say."""

    def __init__(
        self,
        load_turn_model: Callable[[], TurnModel | None] = lambda: None,
        load_voices: Callable[[], VoiceBook | None] = lambda: None,
    ) -> None:
        self._turn_model = _Late(load_turn_model)
        self._voices = _Late(load_voices)

    def complete(self, samples: Samples) -> float | None:
        """The probability that a turn is over; None if nobody can tell."""
        with contextlib.suppress(Exception):
            model = self._turn_model.get()
            return None if model is None else model.complete(samples)
        return None

    def learn(self, who: Who, samples: Samples) -> None:
        """This is a partner's voice."""
        with contextlib.suppress(Exception):
            voices = self._voices.get()
            if voices is not None:
                voices.learn(who, samples)

    def whose(self, samples: Samples) -> Whose | None:
        """Whose voice it is; None if nobody can tell."""
        with contextlib.suppress(Exception):
            # Nothing is known before it is learnt: nobody waits for the model then.
            voices = self._voices.get() if self._voices.loaded else None
            return None if voices is None else voices.whose(samples)
        return None


class _Late(Generic[T]):
    """Something that is loaded once, when it is first asked for, or never."""

    def __init__(self, load: Callable[[], T | None]) -> None:
        self._load = load
        self._found: T | None = None
        self.loaded = False

    def get(self) -> T | None:
        """None where there is none, or it cannot be loaded; what that raises is raised the first time."""
        if not self.loaded:
            self.loaded = True
            self._found = self._load()
        return self._found
