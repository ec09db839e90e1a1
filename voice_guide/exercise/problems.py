"""What can be wrong with a script: problems with their place, all of a file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from voice_guide.errors import VoiceGuideError
from voice_guide.exercise.steps import Position


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a script; prints as `path:line:column: message (hint)`."""

    at: Position
    message: str
    hint: str = ""
    warning: bool = False
    """True if the script works all the same."""

    def __str__(self) -> str:
        mark = "warning: " if self.warning else ""
        return f"{self.at}: {mark}{self.message}" + (f" ({self.hint})" if self.hint else "")


class ScriptErrors(VoiceGuideError):
    """A script that cannot be used, with all its problems in the order of the file; prints one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'' if count == 1 else 's'} in the script")

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


MOST_PROBLEMS = 200
"""That are told of one script: a file with more was broken on its way, or is none of ours."""


@dataclass(slots=True)
class Notes:
    """The problems found so far while a script is read."""

    problems: list[Problem] = field(default_factory=list)
    _known: set[Problem] = field(default_factory=set)

    @property
    def full(self) -> bool:
        """Whether there are so many that whatever follows is not told any more."""
        return len(self.problems) > MOST_PROBLEMS

    def add(self, at: Position, message: str, hint: str = "") -> None:
        """Note a problem and let the reading go on."""
        problem = Problem(at, message, hint)
        if problem in self._known or self.full:  # a part that is included twice complains once
            return
        if len(self.problems) == MOST_PROBLEMS:
            problem = Problem(
                at, "from here on there are more problems than are told", "mend the others first"
            )
        self._known.add(problem)
        self.problems.append(problem)


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint: the known word that looks most like `word`, or else `otherwise`."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else otherwise


def listed(words: Iterable[str], last: str = "or") -> str:
    """The words in a row, as in `a, b or c`."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail
