"""One exercise, spoken through the real models in the simulated room, and what is to be seen in its events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.english import COUPLE, unroll
from tests.evenings.guide import Guide, read_events
from tests.wer import Errors, errors
from voice_guide.exercise.flat import Question, Skip
from voice_guide.library import open_script

UNCLEAR = "[unclear"


@dataclass(frozen=True)
class Aloud:
    """A rehearsal that has been played."""

    name: str
    code: int
    output: str
    events: list[dict[str, Any]]

    @property
    def ending(self) -> str:
        """Why it ended."""
        return str(self.events[-1].get("reason", ""))

    @property
    def unasked(self) -> set[str]:
        """Questions that nobody can leave out (nothing leads past them), and that were not asked."""
        steps = unroll(open_script(self.name), ("Ana", "Ben")).steps
        spanned = {
            place
            for start, step in enumerate(steps)
            if isinstance(step, Skip)
            for place in range(start, step.target)
        }
        asked = {str(event["id"]) for event in self.events if event["event"] == "step"}
        certain = {
            step.id for place, step in enumerate(steps) if isinstance(step, Question) and place not in spanned
        }
        return certain - asked

    @property
    def heard(self) -> list[str]:
        """The final texts of the answers in words, without a short yes, no or number."""
        finals = [str(e["text"]) for e in self.events if e["event"] == "heard" and e.get("final")]
        return [text for text in finals if len(text.split()) > 3]

    @property
    def word_errors(self) -> Errors:
        """Against the nearest of the things that the invented couple says."""
        total = Errors()
        for text in self.heard:
            if not text.startswith(UNCLEAR):
                total += min((errors(said, text) for said in _SAID), key=lambda found: found.rate)
        return total


def _sentences() -> list[str]:
    tables = (COUPLE.short, COUPLE.open, COUPLE.timed, COUPLE.mirrors, COUPLE.landing, (COUPLE.together,))
    whole = [text for table in tables for lines in table for text in lines]
    acts = [COUPLE.consent, COUPLE.write, COUPLE.keep, COUPLE.nothing_missing]
    return [*whole, *acts]


_SAID = _sentences()


def played(name: str, folder: Path) -> Aloud:
    """Rehearse an exercise at fast pace."""
    events = folder / "events.jsonl"
    done = Guide(folder / "home").run("rehearse", name, "--audio", "--events", str(events))
    return Aloud(name, done.returncode, done.stdout + done.stderr, read_events(events))
