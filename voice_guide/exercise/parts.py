"""Parts that scripts share, such as `parts/opening`: a name, its text, its list of steps."""

from __future__ import annotations

import re
from collections.abc import Callable

from voice_guide.errors import VoiceGuideError
from voice_guide.exercise import source
from voice_guide.exercise.fields import Fields
from voice_guide.exercise.problems import Notes, ScriptErrors
from voice_guide.exercise.source import Mapping, Scalar
from voice_guide.exercise.steps import Position

ReadPart = Callable[[str], str]
"""Text of a part such as `parts/opening`; raises VoiceGuideError if there is none."""

_PART = re.compile(r"parts/[A-Za-z0-9][A-Za-z0-9_-]*")
_DEEPEST = 5  # parts within parts


class Parts:
    """The parts of one script, each read once."""

    def __init__(self, notes: Notes, read_part: ReadPart) -> None:
        self._notes = notes
        self._read_part = read_part
        self._parts: dict[str, Fields | None] = {}

    def open(self, name: Scalar, within: tuple[str, ...]) -> Fields | None:
        """The fields of a part, read once; `within` are the parts that are being read, the innermost last."""
        part, at = name.text, name.at
        if not _PART.fullmatch(part):
            self._notes.add(
                at, f'"{part}" cannot be the name of a part', "write it as include: parts/opening"
            )
        elif part in within:
            chain = " includes ".join((*within[within.index(part) :], part))
            self._notes.add(at, f"{part} would go on for ever: {chain}", "remove this line")
        elif len(within) >= _DEEPEST:
            self._notes.add(at, f"parts stand in parts more than {_DEEPEST} deep", "include it further up")
        else:
            if part not in self._parts:
                self._parts[part] = self._read(part, at)
            return self._parts[part]
        return None

    def _read(self, part: str, at: Position) -> Fields | None:
        try:
            node = source.read(self._read_part(part), f"{part}.yaml")
        except ScriptErrors as errors:
            self._notes.problems.extend(errors.problems)
            return None
        except VoiceGuideError as error:
            self._notes.add(at, error.message, error.hint)
            return None
        if isinstance(node, Mapping):
            return Fields(node, ("needs", "steps"), self._notes)
        self._notes.add(node.at, "this is not yet a part", "begin it with steps: and write its steps below")
        return None
