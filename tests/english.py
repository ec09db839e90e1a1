"""What the guide says and understands in English, for tests: the same functions, without naming the language."""

from __future__ import annotations

from functools import partial

from voice_guide.exercise import check, program
from voice_guide.exercise.flat import Program
from voice_guide.exercise.steps import Exercise
from voice_guide.language.phrases import ASIDES, OwnQuestion, Phrase
from voice_guide.language.tables import Words
from voice_guide.languages import invented, language
from voice_guide.session import answers, choosing, commands, consents, counting, progress, understanding
from voice_guide.session import menu as menus

ENGLISH = language("en")
COUPLE = invented("en")


class _Lines:
    """The guide's lines by the names of their phrases."""

    def __getattr__(self, name: str) -> str:
        return ENGLISH.says[Phrase[name]]

    @property
    def ASIDES(self) -> tuple[str, ...]:
        """Lines that may be needed at any moment."""
        return tuple(map(ENGLISH.line, ASIDES))


class _Wording:
    """The guide's own questions by their names."""

    def __getattr__(self, name: str) -> Words:
        return ENGLISH.asks[OwnQuestion[name]]


lines = _Lines()
wording = _Wording()


def unroll(exercise: Exercise, partners: tuple[str, str]) -> Program:
    """The exercise in English."""
    return program.unroll(exercise, partners, ENGLISH)


yes_or_no = partial(answers.yes_or_no, language=ENGLISH)
leave_us = partial(answers.leave_us, language=ENGLISH)
refused = partial(answers.refused, language=ENGLISH)
consent = partial(consents.consent, language=ENGLISH)
choice = partial(choosing.choice, language=ENGLISH)
spoken_command = partial(commands.spoken_command, language=ENGLISH)
meant_command = partial(commands.meant_command, language=ENGLISH)
without_tail = partial(commands.without_tail, language=ENGLISH)
understand = partial(understanding.understand, language=ENGLISH)
spoken_seconds = partial(progress.spoken_seconds, language=ENGLISH)
menu = partial(menus.menu, language=ENGLISH)
aliases_of = partial(menus.aliases_of, language=ENGLISH)
lint = partial(check.lint, language=ENGLISH)


def number(text: str, low: int | None = None, high: int | None = None) -> int | None:
    """The one number in a text."""
    return counting.number(text, ENGLISH, low, high)
