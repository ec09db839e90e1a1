"""Reads one mapping of a script key by key, and notes all that is wrong instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from voice_guide.exercise.problems import Notes, listed, nearest
from voice_guide.exercise.source import Mapping, Node, Scalar, Sequence
from voice_guide.exercise.steps import Position

E = TypeVar("E", bound=StrEnum)

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""Ids, names of answers, names of scripts."""

_DURATION = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)\s*m(?:in(?:utes?)?)?)?\s*(?:([0-9]+(?:\.[0-9]+)?)\s*s(?:ec(?:onds?)?)?)?"
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


Given = Mapped[str, str]
"""What the names of a part's own stand for."""

MOST_AGAIN = 2
"""Other words for a question: it is asked three times at most."""


def put_in(text: str, given: Given) -> str:
    """The text with those of its {names} replaced that have been given."""
    return _PLACEHOLDER.sub(lambda found: given.get(found[1], found[0]), text) if given else text


class Fields:
    """The entries of one mapping.

    Every reader returns None, and leaves a problem in `notes`, where it finds nothing that can be used.
    """

    def __init__(self, node: Mapping, known: tuple[str, ...], notes: Notes) -> None:
        self.at = node.at
        self._notes = notes
        self._keys: dict[str, Scalar] = {}
        self._values: dict[str, Node] = {}
        for key, value in node.entries:
            if notes.full:
                return
            if key.text not in known:
                fitting = f"what fits here: {listed(known, 'and')}"
                notes.add(
                    key.at, f'the key "{key.text}" is not known here', nearest(key.text, known, fitting)
                )
            elif key.text in self._keys:
                first = self._keys[key.text].at.line
                notes.add(
                    key.at, f'"{key.text}" stands here twice, first in line {first}', "keep one of them"
                )
            else:
                self._keys[key.text] = key
                self._values[key.text] = value

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def place(self, key: str) -> Position:
        """Where the key stands; where the mapping begins if it is missing."""
        return self._keys[key].at if key in self._keys else self.at

    def node(self, key: str, hint: str) -> Node | None:
        """The value of a key that must be there."""
        value = self._values.get(key)
        if value is None:
            self._notes.add(self.at, f'"{key}" is missing here', hint)
        elif isinstance(value, Scalar) and not value.text.strip():
            self._notes.add(self.place(key), f'there is nothing after "{key}:"', hint)
            return None
        return value

    def word(self, key: str, hint: str) -> Scalar | None:
        """A single value, not a list and not entries of its own."""
        value = self.node(key, hint)
        if value is None or isinstance(value, Scalar):
            return value
        if isinstance(value, Mapping) and value.braces:
            self._notes.add(
                value.at, "a text that begins with { needs quotation marks", f'as in {key}: "..."'
            )
        else:
            self._notes.add(value.at, f'"{key}" takes a single value here', hint)
        return None

    def text(
        self, key: str, names: tuple[str, ...], hint: str, given: Given = MappingProxyType({})
    ) -> str | None:
        """A text to be spoken: its white space made plain, its {names} among `names`, those in `given` put in."""
        value = self.word(key, hint)
        if value is None:
            return None
        for found in _PLACEHOLDER.findall(value.text):
            if found not in names:
                self._unknown_name(value.at, found, names)
        if "{" in (rest := _PLACEHOLDER.sub("", value.text)) or "}" in rest:
            self._notes.add(value.at, "a { or } has lost its other half", "write names like {speaker}")
        return " ".join(put_in(value.text, given).split())

    def texts(
        self, key: str, names: tuple[str, ...], hint: str, given: Given = MappingProxyType({})
    ) -> tuple[str, ...]:
        """One text, or a list of two at most."""
        value = self.node(key, hint)
        if not isinstance(value, Sequence):
            text = None if value is None else self.text(key, names, hint, given)
            return () if text is None else (text,)
        if len(value.items) > MOST_AGAIN:
            self._notes.add(
                value.at, f'"{key}" takes {MOST_AGAIN} texts at most', "later ones are never heard"
            )
        found = []
        for item in value.items:
            one = Fields(Mapping(item.at, ((Scalar(item.at, key), item),), braces=False), (key,), self._notes)
            found.append(one.text(key, names, hint, given))
        return tuple(text for text in found if text is not None)

    def _unknown_name(self, at: Position, found: str, names: tuple[str, ...]) -> None:
        if not names:
            self._notes.add(
                at, f"{{{found}}} cannot stand here", "titles and summaries are the same for everybody"
            )
            return
        if found in ("speaker", "listener"):
            hint = "move this step under - each: speaker, or use {first} and {second}"
            self._notes.add(at, f"{{{found}}} has a meaning only inside each", hint)
            return
        known = [f"{{{name}}}" for name in names]
        hint = nearest(f"{{{found}}}", known, f"there are {listed(known, 'and')}")
        self._notes.add(at, f"nobody is called {{{found}}}", hint)

    def one_of(self, key: str, kinds: type[E], hint: str) -> E | None:
        """One of the words of an enumeration."""
        value = self.word(key, hint)
        if value is None:
            return None
        try:
            return kinds(value.text)
        except ValueError:
            words = [kind.value for kind in kinds]
            self._notes.add(
                value.at, f'"{value.text}" is not a value of "{key}"', nearest(value.text, words, hint)
            )
            return None

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        hint = f"a whole number from {low} to {high}"
        value = self.word(key, hint)
        if value is None:
            return None
        number = int(value.text) if re.fullmatch(r"-?[0-9]{1,9}", value.text) else None
        if number is None or not low <= number <= high:
            self._notes.add(value.at, f'"{key}" cannot be "{value.text}"', hint)
            return None
        return number

    def duration(self, key: str, longest: float) -> float | None:
        """A time with its unit, such as `20s`, `2 min` or `1m30s`, in seconds; at most `longest`."""
        hint = "write it like 20s, 2 min or 1m30s"
        value = self.word(key, hint)
        if value is None:
            return None
        found = _DURATION.fullmatch(value.text.strip().lower()) if len(value.text) < 40 else None
        if found is None or not any(found.groups()):
            self._notes.add(value.at, f'"{value.text}" is not a length of time', hint)
            return None
        seconds = float(found[1] or 0) * 60 + float(found[2] or 0)
        if not 1 <= seconds <= longest:
            self._notes.add(
                value.at, f'"{value.text}" is too short or too long', f"from 1s to {longest / 60:g} min"
            )
            return None
        return seconds

    def name(self, key: str) -> str | None:
        """A name of small letters, digits and hyphens; a key that is not there is no problem."""
        if not self.has(key):
            return None
        hint = "small letters, digits and hyphens, as in their-fear"
        value = self.word(key, hint)
        if value is None:
            return None
        if not NAME.fullmatch(value.text):
            self._notes.add(value.at, f'"{value.text}" cannot be a name', hint)
            return None
        return value.text

    def list(self, key: str, hint: str) -> tuple[Node, ...]:
        """The members of a list that must have some."""
        value = self.node(key, hint)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or not value.items:
            self._notes.add(value.at, f'"{key}" needs a list here', hint)
            return ()
        return value.items

    def words(self, key: str, hint: str) -> tuple[Scalar, ...]:
        """The members of a list of single words; those that are no words become problems."""
        found = []
        for item in self.list(key, hint):
            if isinstance(item, Scalar) and item.text.strip():
                found.append(item)
            else:
                self._notes.add(item.at, f'"{key}" takes words only', hint)
        return tuple(found)
