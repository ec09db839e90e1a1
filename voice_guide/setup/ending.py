"""The end of setup: all is written down, as often as it takes; a disk that refuses costs nobody their answers."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Effect, Say, Write
from voice_guide.setup.findings import Finding, Written
from voice_guide.setup.question import AGAIN, YES, Question, Taken, Unfit

_GIVE_UP = "To give up, hold Control and press C."


def _learn(draft: Draft, finding: Finding) -> Draft:
    return replace(draft, written=finding) if isinstance(finding, Written) else draft


def _refused(draft: Draft) -> tuple[Effect, ...]:
    return (
        Say(draft.written.problem),
        Say(
            "I still have your answers. Ctrl-C ends this, and leaves everything as it was.",
            "I still have your answers. Control C ends this, and leaves everything as it was.",
        ),
    )


def _take(draft: Draft, line: str) -> Taken:
    said = line.casefold()
    if said and said not in AGAIN and said not in YES:
        raise Unfit(f"Please type again, or press Enter. {_GIVE_UP}")
    return Taken(draft, to="write")


def _written(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return (Say("That is written down. voice-guide start begins an evening."),)


ROOM = (
    Question(id="write", before=lambda _: (Write(),), learn=_learn),
    Question(
        id="write/again",
        ask=lambda _: "Shall I try again?",
        stands=lambda _: "again",
        why=f"Until they are written down, your answers are only in memory. {_GIVE_UP}",
        take=_take,
        when=lambda draft: bool(draft.written.problem),
        before=_refused,
    ),
    Question(id="written", before=_written),
)
