"""Couples of different tempers for rehearsals on paper: what an evening is like with people who are not easy."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from voice_guide.exercise.flat import Program, Purpose, Question
from voice_guide.exercise.sentences import estimated_seconds
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.tables import Invented
from voice_guide.rehearsal.answers import Couple, Entry, Reply

_WORDS = (AnswerKind.SHORT, AnswerKind.OPEN, AnswerKind.TIMED)
_NEEDED = (Purpose.CONSENT, Purpose.WRITE)
"""Without a yes to these there is no evening to show."""


class Temper(StrEnum):
    """How a couple behaves."""

    QUIET = "quiet"
    """Long silences before few words."""
    TALKATIVE = "talkative"
    """Many words, and over the time."""
    INTERRUPTING = "interrupting"
    """A command before nearly every answer."""
    PASSING = "passing"
    """Passes whatever can be passed."""
    DISTRESSED = "distressed"
    """Halting words, tears, a break, and a stop long before the end."""


def tempered(temper: Temper, program: Program, words: Invented, entries: Iterable[Entry] = ()) -> Couple:
    """Such a couple; what `entries` say comes first."""
    return _COUPLES[temper](program, words, entries)


class _Quiet(Couple):
    """Thinks for half a minute, and says a few words."""

    def _usual(self, question: Question, who: str) -> Reply:
        if question.answer not in _WORDS:
            return Reply(text=super()._usual(question, who).text, after=4.0)
        self._count += 1
        few = self._words.few
        return Reply(text=few[self._count % len(few)], after=70.0 if self._count % 3 == 0 else 30.0)


class _Talkative(Couple):
    """Three times as much as is asked for; a timed turn goes on past its chime."""

    _OVER = 40.0  # seconds

    def _usual(self, question: Question, who: str) -> Reply:
        if question.answer not in _WORDS:
            return Reply(text=super()._usual(question, who).text, after=0.4)
        wanted = (question.seconds or 0.0) + self._OVER
        said: list[str] = []
        while sum(estimated_seconds(text) for text in said) < wanted:
            said.append(super()._usual(question, who).text)
        return Reply(text=" ".join(said), after=0.4, breath=0.4)


class _Interrupting(Couple):
    """One command after the other, each once, before the answers of the exercise."""

    def _usual(self, question: Question, who: str) -> Reply:
        if (
            question.purpose is Purpose.EXERCISE
            and self._count < len(self._words.commands)
            and not self._interrupted
        ):
            self._count += 1
            self._interrupted = True
            return Reply(text=self._words.commands[self._count - 1])
        self._interrupted = False
        return super()._usual(question, who)


class _Passing(Couple):
    """No more than it takes for an evening to begin."""

    def _usual(self, question: Question, who: str) -> Reply:
        return (
            super()._usual(question, who) if question.purpose in _NEEDED else Reply(text=self._words.passes)
        )


class _Distressed(Couple):
    """Words with tears between them; a break, and then they stop."""

    def _usual(self, question: Question, who: str) -> Reply:
        if question.purpose is Purpose.DEEPER:
            return Reply(text=self._words.not_tonight, after=3.0)
        if question.answer not in _WORDS:
            return super()._usual(question, who)
        self._count += 1
        if self._count == self._middle:
            return Reply(text=self._words.needs_a_break, after=5.0)
        if self._count > self._late:
            return Reply(text=self._words.stops, after=8.0)
        return Reply(text=super()._usual(question, who).text, after=12.0, breath=4.0, tears=True)

    @property
    def _middle(self) -> int:
        return max(2, self._open // 5)

    @property
    def _late(self) -> int:
        return max(3, self._open // 3)

    @property
    def _open(self) -> int:
        steps = self._program.steps
        return sum(isinstance(step, Question) and step.answer in _WORDS for step in steps)


_COUPLES: dict[Temper, type[Couple]] = {
    Temper.QUIET: _Quiet,
    Temper.TALKATIVE: _Talkative,
    Temper.INTERRUPTING: _Interrupting,
    Temper.PASSING: _Passing,
    Temper.DISTRESSED: _Distressed,
}
