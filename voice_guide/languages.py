"""The languages that the guide knows: read from the tables in scripts/languages/, one folder for each."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise import source
from voice_guide.exercise.problems import Notes, ScriptErrors, nearest
from voice_guide.exercise.source import Node, Scalar, Sequence
from voice_guide.exercise.steps import Position
from voice_guide.language.command import Command
from voice_guide.language.phrases import FIELDS, OWN_FIELDS, OwnQuestion, Phrase
from voice_guide.language.tables import (
    Answers,
    Choosing,
    Commands,
    Counting,
    Invented,
    Language,
    Offers,
    Words,
)
from voice_guide.session.speech import normal
from voice_guide.share import share_folder

FILES = ("guide.yaml", "answers.yaml", "commands.yaml")
"""The tables of a language; each holds some of its parts."""

T = TypeVar("T")

_BRACES = re.compile(r"\{([^{}]*)\}")
_TEMPLATES = ("keep", "discard")
_NEEDED = {"yes", "no", "minus"}
"""Tables without which nothing is understood."""
_SOME = ("keys",)
"""Tables that need not have an entry for each command."""

_TABLES = {
    "answers": Answers, "counting": Counting, "choosing": Choosing, "offers": Offers, "commands": Commands,
}  # fmt: skip


def known_languages() -> list[str]:
    """The codes of all languages that have tables, in alphabetical order."""
    return sorted(path.parent.name for path in _folder().glob("*/guide.yaml"))


@cache
def language(code: str) -> Language:
    """The language with this code. Raises UsageError if there is none, ScriptErrors if its tables are not right."""
    if code not in known_languages():
        hint = nearest(code, known_languages(), f"there are {', '.join(known_languages())}")
        raise UsageError(f"I do not know the language {code!r}.", hint)
    return read_language(code, {f"{code}/{name}": _text(_folder() / code / name) for name in FILES})


def read_language(code: str, texts: Mapping[str, str]) -> Language:
    """A language from the texts of its tables, by the paths to print. Raises ScriptErrors with all problems."""
    notes = Notes()
    parts: dict[str, Node] = {}
    for path, text in texts.items():
        node = source.read(text, path)
        for key, value in _entries(node, notes):
            parts[key.text] = value
    reader = _Reader(notes, parts)
    found = reader.language(code, next(iter(texts)))
    if notes.problems:
        raise _errors(notes)
    return found


@cache
def invented(code: str) -> Invented:
    """What people say in rehearsals in this language. Raises what `language` raises."""
    language(code)
    path = f"{code}/couple.yaml"
    notes = Notes()
    found = _Reader(notes, {}, str).table(Invented, source.read(_text(_folder() / path), path))
    if notes.problems:
        raise _errors(notes)
    return found


class _Reader:
    """Makes the tables out of the parts of a language, and notes what is wrong."""

    def __init__(self, notes: Notes, parts: dict[str, Node], form: Callable[[str], str] = normal) -> None:
        self._notes = notes
        self._form = form
        self._parts = parts

    def language(self, code: str, path: str) -> Language:
        """The whole of it; of no use if there are notes."""
        start = Position(path, 1, 1)
        wanted = ("name", "says", "asks", "depths", *_TABLES)
        for key in wanted:
            if key not in self._parts:
                self._notes.add(start, f'the table "{key}" is missing', "scripts/languages/en shows it")
                self._parts[key] = Scalar(start, "")
        for key in set(self._parts) - set(wanted):
            self._notes.add(self._parts[key].at, f'the table "{key}" is not known', nearest(key, wanted, ""))
        tables: dict[str, Any] = {key: self.table(kind, self._parts[key]) for key, kind in _TABLES.items()}
        return Language(
            code=code,
            name=self._word(self._parts["name"]),
            says=self._says(self._parts["says"]),
            asks=self._asks(self._parts["asks"]),
            depths=self._phrases(self._parts["depths"]),
            **tables,
        )

    def _says(self, node: Node) -> dict[Phrase, str]:
        found = {}
        for phrase, value in self._keyed(node, Phrase):
            found[phrase] = self._word(value)
            if {*_BRACES.findall(found[phrase])} != FIELDS.get(phrase, frozenset()):
                wanted = " ".join(f"{{{name}}}" for name in sorted(FIELDS.get(phrase, ())))
                self._notes.add(value.at, "the names in braces are not those of this line", wanted)
        return found

    def _asks(self, node: Node) -> dict[OwnQuestion, Words]:
        found = {}
        for question, value in self._keyed(node, OwnQuestion):
            texts = {key.text: self._word(text) for key, text in _entries(value, self._notes)}
            if set(texts) != {"text", "again", "help"}:
                self._notes.add(value.at, "a question has text, again and help", "each of them once")
                continue
            found[question] = Words(**texts)
            if not {*_BRACES.findall(" ".join(texts.values()))} <= OWN_FIELDS[question]:
                wanted = " ".join(f"{{{name}}}" for name in sorted(OWN_FIELDS[question]))
                self._notes.add(value.at, "a name in braces is not one of this question", wanted)
        return found

    def table(self, kind: type[T], node: Node) -> T:
        """One of the tables, by the names and the types of its fields."""
        given = {key.text: value for key, value in _entries(node, self._notes)}
        types = typing.get_type_hints(kind)
        assert is_dataclass(kind)
        keys = {field.name.replace("_", "-"): field.name for field in fields(kind)}
        for key in set(given) ^ set(keys):
            what = "is missing" if key in keys else "is not known"
            at = given[key].at if key in given else node.at
            self._notes.add(at, f'"{key}" {what} here', "" if key in keys else nearest(key, tuple(keys)))
        for key in _NEEDED & set(given):
            if types[key] is not str and not self._items(given[key]):
                self._notes.add(given[key].at, f'"{key}" needs at least one phrase', "")
        return kind(**{
            name: self._typed(types[name], given[key], key) if key in given else ()
            for key, name in keys.items()
        })  # fmt: skip

    def _typed(self, wanted: object, node: Node, key: str) -> object:
        """A value as the type of its field says."""
        raw, every = key in _TEMPLATES, key not in _SOME
        if wanted is str:
            return self._word(node)
        if wanted == frozenset[str]:
            return frozenset(self._phrases(node))
        if wanted == tuple[tuple[str, ...], ...]:
            return tuple(self._phrases(each) for each in self._items(node))
        if wanted == Mapping[str, int]:
            return {normal(key.text): self._number(value) for key, value in _entries(node, self._notes)}
        if wanted == Mapping[str, str]:
            return {normal(key.text): normal(self._word(value)) for key, value in _entries(node, self._notes)}
        if wanted == Mapping[Command, tuple[str, ...]]:
            return {
                command: self._phrases(value) for command, value in self._keyed(node, Command, every=every)
            }
        return self._phrases(node, str.lower if raw else None)

    def _keyed(self, node: Node, keys: type[Any], *, every: bool = True) -> Iterable[tuple[Any, Node]]:
        """The entries of a mapping that has keys of an enumeration, `every` one or some, and no other."""
        given = dict.fromkeys(each.value for each in keys)
        for key, value in _entries(node, self._notes):
            if key.text not in given:
                self._notes.add(
                    key.at, f'"{key.text}" is not known here', nearest(key.text, tuple(given), "")
                )
                continue
            given.pop(key.text)
            yield keys(key.text), value
        for missing in given if every else ():
            self._notes.add(node.at, f'"{missing}" is missing here', "")

    def _phrases(self, node: Node, form: Callable[[str], str] | None = None) -> tuple[str, ...]:
        form = form or self._form
        found: dict[str, None] = {}
        for item in self._items(node):
            phrase = form(self._word(item))
            if phrase:
                found[phrase] = None
            else:
                self._notes.add(item.at, "a phrase needs words", "remove it, or write it out")
        return tuple(found)

    def _items(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, Sequence):
            return node.items
        self._notes.add(node.at, "a list is wanted here", "as in [one, two]")
        return ()

    def _word(self, node: Node) -> str:
        if isinstance(node, Scalar):
            return " ".join(node.text.split())
        self._notes.add(node.at, "a single text is wanted here", "")
        return ""

    def _number(self, node: Node) -> int:
        word = self._word(node)
        if not word.isdecimal():
            self._notes.add(node.at, "a number is wanted here", "")
            return 0
        return int(word)


def _entries(node: Node, notes: Notes) -> tuple[tuple[Scalar, Node], ...]:
    if isinstance(node, source.Mapping):
        return node.entries
    notes.add(node.at, "entries are wanted here", "as in key: value")
    return ()


def _errors(notes: Notes) -> ScriptErrors:
    """All that is wrong, in the order of the files."""
    return ScriptErrors(sorted(notes.problems, key=lambda it: (it.at.path, it.at.line)))


def _folder() -> Path:
    return share_folder("scripts") / "languages"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.", "May you read this file?") from None
