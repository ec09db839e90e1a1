"""YAML text -> a tree of words, lists and entries that know their place; nothing is converted.

YAML's own conversions surprise people (`no` becomes false, `1:30` becomes 90), so every value stays the
text that stands in the file. What a script never needs and what could hurt is refused: anchors and
aliases (they can swell a small file), tags, deep nesting, hidden characters, big files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from voice_guide.exercise.complaints import explain, place
from voice_guide.exercise.problems import Problem, ScriptErrors
from voice_guide.exercise.steps import Position

LIMIT = 256 * 1024
"""Characters of the largest file that is read; a long script has 10,000."""

_DEEPEST = 20  # levels of nesting; each-when-steps needs 9
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    r"\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    r"\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]"  # not characters at all, or of nobody's writing
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it was built in: ten times faster


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a text, as it stands in the file, without its quotation marks."""

    at: Position
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list: `- one` on each line, or `[one, two]`."""

    at: Position
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries `key: value` in the order of the file; a key may still stand there twice."""

    at: Position
    entries: tuple[tuple[Scalar, Node], ...]
    braces: bool
    """True if written as `{key: value}`."""


Node = Scalar | Sequence | Mapping


def read(text: str, path: str) -> Node:
    """The tree of a YAML text; `path` is only for the positions.

    Raises ScriptErrors with the first thing that makes the text unreadable.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LIMIT:
        raise _error(Position(path, 1, 1), f"the file is larger than {LIMIT // 1024} KB", "split it in two")
    if hidden := _HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        raise _hidden(hidden[0], Position(path, line, column))
    try:
        return _Builder(text, path).document()
    except yaml.MarkedYAMLError as error:
        raise ScriptErrors((explain(error, text, path),)) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # e.g. an escape for a character beyond Unicode
        raise _error(Position(path, 1, 1), "this is not a text that YAML can read") from None


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node:
        """The only document of the text."""
        next(self._events)  # the stream's start
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise _error(Position(self._path, 1, 1), "the file is empty", "begin with title: and a title")
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _error(self._at(after), "a second document begins here", "remove the line of three dashes")
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        at = self._at(event)
        self._refuse(event, at, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = self._until(yaml.SequenceEndEvent)
            return Sequence(at, tuple(self._node(item, depth + 1) for item in items))
        if isinstance(event, yaml.MappingStartEvent):
            keys = self._until(yaml.MappingEndEvent)
            entries = [(self._key(key, depth), self._node(next(self._events), depth + 1)) for key in keys]
            return Mapping(at, tuple(entries), braces=bool(event.flow_style))
        text: str = event.value  # type: ignore[attr-defined]  # only scalars are left
        if hidden := _HIDDEN.search(text):  # written as an escape such as "\a"
            raise _hidden(hidden[0], at)
        return Scalar(at, text)

    def _key(self, event: yaml.Event, depth: int) -> Scalar:
        key = self._node(event, depth + 1)
        if not isinstance(key, Scalar):
            raise _error(key.at, "a key must be a single word", "put texts in double quotes")
        return key

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _refuse(self, event: yaml.Event, at: Position, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = "put the text in double quotes, or write it out again"
            raise _error(at, "& and * have no meaning in a script", hint)
        if getattr(event, "tag", None):
            raise _error(at, "! has no meaning in front of a value", "put the text in double quotes")
        if depth > _DEEPEST:
            raise _error(at, "the lists are nested too deep", "move some steps out of when or each")

    def _at(self, event: yaml.Event) -> Position:
        return place(event.start_mark, self._path)


def _error(at: Position, message: str, hint: str = "") -> ScriptErrors:
    return ScriptErrors((Problem(at, message, hint),))


def _hidden(character: str, at: Position) -> ScriptErrors:
    message = f"an invisible character stands here, U+{ord(character):04X}"
    return _error(at, message, "delete it and type the place again")
