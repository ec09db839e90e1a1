"""All questions of setup, in their order."""

from __future__ import annotations

from voice_guide.setup import ending, keeping, loudspeaker, manner, microphone, names, patience
from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Effect, Say
from voice_guide.setup.question import Question


def _welcome(draft: Draft) -> tuple[Effect, ...]:
    return (
        Say("Welcome. I ask a few questions, once, and you type the answers."),
        Say(
            "What stands in brackets is what Enter means. A question mark explains, and back goes back.",
            "Enter takes what I name after the question. A question mark explains, and back goes back.",
        ),
        Say(
            "Ctrl-C ends this, and leaves everything as it was.",
            "Control C ends this, and leaves everything as it was.",
        ),
        *(Say(note) for note in draft.facts.notes),
    )


QUESTIONS: tuple[Question, ...] = (
    Question(id="welcome", before=_welcome),
    *names.ROOM,
    *loudspeaker.ROOM,
    *microphone.ROOM,
    *patience.ROOM,
    *manner.ROOM,
    *keeping.ROOM,
    *ending.ROOM,
)
"""The whole of setup; who changes an order changes it here."""
