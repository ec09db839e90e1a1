"""A TOML table from which every key is taken once: what is wrong in the manifest is named with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from voice_guide.errors import ModelError


def refuse(where: str, what: str) -> NoReturn:
    """Raise a ModelError that names the place in models.toml."""
    raise ModelError(f"models.toml: {where} {what}.", "Correct the file, or install Voice Guide again.")


class Table:
    """A TOML table from which every key is taken once, with its type; keys left over are mistakes."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        if not isinstance(values, dict):
            refuse(where, "is not a table")
        self.where = where
        self._values = dict(values)

    def names(self) -> tuple[str, ...]:
        """The keys that are left."""
        return tuple(self._values)

    def text(self, key: str, pattern: re.Pattern[str] | None = None, default: str | None = None) -> str:
        """A text that has the pattern. Raises ModelError, as the others do."""
        value: str = self._take(key, str, default)
        if pattern and not pattern.match(value):
            refuse(self.where, f"has a {key} that cannot be right: {value!r}")
        return value

    def size(self, key: str) -> int:
        """A number of bytes above 0."""
        value: int = self._take(key, int)
        if value <= 0:
            refuse(self.where, f"has a {key} that is not above 0")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that has some."""
        values: list[str] = self._take(key, list)
        if not values or not all(isinstance(value, str) for value in values):
            refuse(self.where, f"has a {key} that is not a list of texts")
        return tuple(values)

    def tables(self, key: str) -> list[Table]:
        """A list of tables that has some."""
        values: list[Mapping[str, Any]] = self._take(key, list)
        if not values:
            refuse(self.where, f"has no {key}")
        return [Table(f"{key} {number} of {self.where}", value) for number, value in enumerate(values, 1)]

    def table(self, key: str) -> Table:
        """A table inside."""
        return Table(f"{key} of {self.where}", self._take(key, dict))

    def leave(self, key: str) -> None:
        """Pass over a key that is read elsewhere."""
        self._values.pop(key, None)

    def done(self) -> None:
        """Refuse what is left."""
        if self._values:
            refuse(self.where, f"has an unknown key: {min(self._values)}")

    def _take(self, key: str, kind: type, default: object = None) -> Any:
        value = self._values.pop(key, default)
        if value is None:
            refuse(self.where, f"has no {key}")
        if type(value) is not kind:
            refuse(self.where, f"has a {key} of the wrong type")
        return value
