"""When somebody in a rehearsal has to speak: read off the same events that everybody else sees."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.exercise.flat import Program, Question
from voice_guide.rehearsal.answers import Couple, Reply
from voice_guide.session.commands import spoken_command
from voice_guide.session.effects import Tell

_ASKED_AGAIN = 2.0
"""Seconds after which somebody answers who was thinking when the guide spoke again."""


class Cues:
    """Turns what is told into replies."""

    def __init__(self, program: Program, couple: Couple) -> None:
        self._questions = {step.id: step for step in program.steps if isinstance(step, Question)}
        self._language = program.language
        self._couple = couple
        self._step = ""
        self._replied: dict[int, Reply] = {}
        self._waiting = ""

    def reply(self, tell: Tell) -> tuple[str, Reply] | None:
        """Who says what now, if anybody says anything."""
        if tell.name == "step":
            self._step = str(tell.fields["id"])
        elif tell.name in ("paused", "off_record", "break"):
            self._waiting = self._couple.back(tell.name)
        elif tell.name == "prompt_ended" and self._waiting:
            text, self._waiting = self._waiting, ""
            return "both", Reply(text=text)
        elif tell.name == "listening":
            return self._answer(str(tell.fields["who"]), tell.fields["turn"])
        return None

    def _answer(self, who: str, turn: object) -> tuple[str, Reply]:
        """A new reply for a new turn, or after a command; else the same words once more."""
        assert isinstance(turn, int)  # the machine counts turns
        before = self._replied.get(turn)
        if before is None or spoken_command(before.text, self._language) is not None:
            before = self._couple.reply(self._questions[self._step], who)
        else:
            before = replace(before, after=min(before.after, _ASKED_AGAIN))
        self._replied[turn] = before
        return who, before
