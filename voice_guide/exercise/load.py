"""YAML text -> a checked, typed exercise, or all of its problems at once.

The language is described in scripts/README.md. A script holds no code; a key that is not known is a
problem, never ignored.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from voice_guide.exercise import source
from voice_guide.exercise.fields import NAME, Fields
from voice_guide.exercise.manners import read_manner
from voice_guide.exercise.parts import ReadPart
from voice_guide.exercise.problems import Notes, ScriptErrors
from voice_guide.exercise.reader import Reader
from voice_guide.exercise.scope import Scope
from voice_guide.exercise.source import Mapping, Node
from voice_guide.exercise.steps import Exercise

HEADER = (
    "title",
    "summary",
    "minutes",
    "depth",
    "after",
    "record",
    "manner",
    "say-as",
    "language",
    "because",
    "steps",
)
"""The keys of a script's head."""

ENGLISH = "en"
"""The language of a script that names none."""


_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([a-z]{2})\b", re.MULTILINE)


def language_in(text: str) -> str:
    """The language of a script that has not been read yet: its parts are looked for among those of that language."""
    found = _LANGUAGE.search(text)
    return found[1] if found else ENGLISH


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
    fields = Fields(node, HEADER, notes)
    after = fields.words("after", "as in after: [eye-level]") if fields.has("after") else ()
    for script in after:
        if not NAME.fullmatch(script.text):
            notes.add(script.at, f'"{script.text}" is not the name of a script', "as in after: [eye-level]")
    title = fields.text("title", (), "the name of the exercise, as the guide says it")
    summary = fields.text("summary", (), "one sentence that says what happens")
    minutes, depth = fields.whole("minutes", 1, 120), fields.whole("depth", 1, 3)
    reader.waive(fields)
    return Exercise(
        name=PurePath(path).stem,
        title=title or "",
        summary=summary or "",
        minutes=minutes or 0,
        depth=depth or 0,
        language=_language(fields, notes),
        recorded=_recorded(fields, notes),
        after=tuple(script.text for script in after),
        steps=reader.steps(fields, Scope(depth=depth or 3)),
        manner=read_manner(fields, notes),
        sounds=_sounds(fields, notes),
        waived=frozenset(reader.waived),
        at=fields.at,
    )


def _language(fields: Fields, notes: Notes) -> str:
    """What the script is written in."""
    form = "two letters, as in language: es"
    value = fields.word("language", form) if fields.has("language") else None
    if value is not None and not re.fullmatch("[a-z]{2}", value.text):
        notes.add(value.at, f'"{value.text}" is not a language', form)
    return value.text if value is not None else ENGLISH


def _recorded(fields: Fields, notes: Notes) -> bool:
    """Whether words of this exercise may be written down, if both wish it."""
    form = "record: no, for an exercise of which nothing is ever written down"
    value = fields.word("record", form) if fields.has("record") else None
    if value is not None and value.text not in ("yes", "no"):
        notes.add(value.at, f'"{value.text}" is neither yes nor no', form)
    return value is None or value.text != "no"


def _sounds(fields: Fields, notes: Notes) -> tuple[tuple[str, str], ...]:
    """Words, and how they are spelled for the voice."""
    form = "as in say-as: {Derman: Dur-man}"
    value = fields.node("say-as", form) if fields.has("say-as") else None
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        notes.add(value.at, "say-as has an entry for each word", form)
        return ()
    keys = tuple(key.text for key, _ in value.entries)
    inside = Fields(value, keys, notes)
    found = ((key, inside.text(key, (), form)) for key in dict.fromkeys(keys))
    return tuple((key, text) for key, text in found if text is not None)
