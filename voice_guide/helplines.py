"""Help lines: whom one can call, by country, from a file that the couple may replace by their own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.problems import nearest
from voice_guide.home import Home, storage_error
from voice_guide.setup.countries import name_of
from voice_guide.share import share_folder

ELSEWHERE = "ZZ"
"""Stands for every country that has no lines of its own."""

_HINT = "mend it, or delete the file to have the lines that come with Voice Guide"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """Somebody whom one can call."""

    country: str
    """Two letters; `ELSEWHERE` for all others."""
    name: str
    call: str = ""
    """A number, and how to use it."""
    site: str = ""
    hours: str = ""
    about: str = ""

    @property
    def place(self) -> str:
        """The country by name."""
        return "Other countries" if self.country == ELSEWHERE else name_of(self.country)

    @property
    def remark(self) -> str:
        """What it is for, and when."""
        return ", ".join(part for part in (self.about, self.hours) if part)


_FIELDS = tuple(each.name for each in fields(HelpLine) if each.name != "country")


def help_lines(home: Home, country: str = "") -> tuple[HelpLine, ...]:
    """The lines of a country (two letters); without one, or where nothing fits, those of all countries.

    The couple's own file takes the place of the one that comes with the program, whole. Raises StorageError,
    with the line where their file is wrong, and UsageError for what is no country.
    """
    wanted = country.strip().upper()
    if wanted and not re.fullmatch("[A-Z]{2}", wanted):
        raise UsageError(f"{country} is no country in two letters.", "as in --country IE")
    try:
        found = _read(home.help_lines)
    except FileNotFoundError:
        found = _read(share_folder("scripts") / "safety" / "help-lines.toml")
    for code in (wanted, ELSEWHERE) if wanted else ():
        if own := tuple(line for line in found if line.country == code):
            return own
    return found


def _read(path: Path) -> tuple[HelpLine, ...]:
    """The lines in a file. Raises StorageError, and FileNotFoundError if there is none."""
    try:
        source = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    try:
        text = source.decode("utf-8")
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        at = source.count(b"\n", 0, error.start) + 1
        raise _wrong(path, at, "this is not plain text in UTF-8") from error
    except ValueError as error:  # TOMLDecodeError is one, and so is what Python says of an endless number
        place = re.search(r"at line (\d+)", str(error))
        at = int(place[1]) if place else len(text.splitlines())
        raise _wrong(path, at, "this cannot be read as TOML") from error
    lines = [line for code, entries in found.items() for line in _of_country(path, text, code, entries)]
    if not lines:
        raise _wrong(path, 1, "there is no help line in it")
    return tuple(lines)


def _of_country(path: Path, text: str, code: str, entries: Any) -> Iterable[HelpLine]:
    headers = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.match(rf"\s*\[*\s*{re.escape(code)}\b", line)
    ] or [1]
    if not re.fullmatch("[A-Z]{2}", code) or not isinstance(entries, list):
        raise _wrong(path, headers[0], "a line begins with its country, as in [[IE]]")
    for number, entry in enumerate(entries):
        why = _complaint(entry)
        if why:
            raise _wrong(path, headers[min(number, len(headers) - 1)], why)
        yield HelpLine(country=code, **entry)


def _complaint(entry: Any) -> str:
    """Why this is no help line, or an empty text."""
    if not isinstance(entry, dict):
        return "a line begins with its country, as in [[IE]]"
    for key, value in entry.items():
        if key not in _FIELDS:
            return f"a line has no {key} ({nearest(key, _FIELDS, 'it has ' + ', '.join(_FIELDS))})"
        if not isinstance(value, str) or not value.isprintable():
            return f"{key} has to be a text on one line, in double quotes"
    if not entry.get("name") or not (entry.get("call") or entry.get("site")):
        return "a line needs a name, and a number (call) or a site"
    return ""


def _wrong(path: Path, line: int, why: str) -> StorageError:
    return StorageError(f"{path}:{line}: {why}.", _HINT)
