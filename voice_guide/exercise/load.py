"""YAML text -> a checked, typed exercise, or all of its problems at once.

The language is described in scripts/README.md. A script holds no code; a key that is not known is a
problem, never ignored.
"""

from __future__ import annotations

from pathlib import PurePath

from voice_guide.exercise import source
from voice_guide.exercise.fields import NAME, Fields
from voice_guide.exercise.parts import ReadPart
from voice_guide.exercise.problems import Notes, ScriptErrors
from voice_guide.exercise.reader import Reader, Scope
from voice_guide.exercise.source import Mapping, Node
from voice_guide.exercise.steps import Exercise

_HEADER = ("title", "summary", "minutes", "depth", "after", "steps")


def load(text: str, path: str, read_part: ReadPart) -> Exercise:
    """The exercise in a YAML text; its name is that of the file without the ending.

    `path` is what positions are printed with. Raises ScriptErrors, and nothing else, on any text.
    """
    notes = Notes()
    exercise = _header(source.read(text, path), path, Reader(notes, read_part))
    if notes.problems or exercise is None:
        own_first = sorted(
            notes.problems, key=lambda it: (it.at.path != path, it.at.path, it.at.line, it.at.column)
        )
        raise ScriptErrors(own_first)
    return exercise


def _header(node: Node, path: str, reader: Reader) -> Exercise | None:
    notes = reader.notes
    if not isinstance(node, Mapping):
        notes.add(node.at, "this is not yet a script", "begin with title: and a title")
        return None
    fields = Fields(node, _HEADER, notes)
    after = fields.words("after", "as in after: [eye-level]") if fields.has("after") else ()
    for script in after:
        if not NAME.fullmatch(script.text):
            notes.add(script.at, f'"{script.text}" is not the name of a script', "as in after: [eye-level]")
    return Exercise(
        name=PurePath(path).stem,
        title=fields.text("title", (), "the name of the exercise, as the guide says it") or "",
        summary=fields.text("summary", (), "one sentence that says what happens") or "",
        minutes=fields.whole("minutes", 1, 120) or 0,
        depth=fields.whole("depth", 1, 3) or 0,
        after=tuple(script.text for script in after),
        steps=reader.steps(fields, Scope()),
        at=fields.at,
    )
