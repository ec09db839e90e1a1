"""What a YAML parser complains about, in the words of someone who writes exercises."""

from __future__ import annotations

import re
from typing import Protocol

import yaml

from voice_guide.exercise.problems import Problem
from voice_guide.exercise.steps import Position

_QUOTE = 'put the whole text in double quotes, as in say: "..."'


class Mark(Protocol):
    """A place in the text, as either of PyYAML's parsers tells it."""

    @property
    def line(self) -> int:
        """From 0."""

    @property
    def column(self) -> int:
        """From 0, in characters."""


def place(mark: Mark | None, path: str) -> Position:
    """The mark as a position; the beginning of the file if there is none."""
    return Position(path, mark.line + 1, mark.column + 1) if mark else Position(path, 1, 1)


def explain(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """The problem behind a parser's error; the wording of both of PyYAML's parsers is known."""
    at, start = place(error.problem_mark, path), place(error.context_mark, path)
    lines = text.split("\n")
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    before, here = line[: at.column - 1], line[at.column - 1 : at.column]
    what = error.problem or ""
    if "unexpected end of stream" in what:
        return Problem(start, "a quotation mark is opened here and never closed", "close it with the same")
    if "could not find expected ':'" in what:
        return Problem(start, "a colon is missing after the key on this line", "as in steps:")
    if "cannot start any token" in what:
        return Problem(at, *_odd_character(here))
    if "values are not allowed" in what and ":" not in before:
        hint = "is it indented like the keys above, and does a colon end the line above?"
        return Problem(at, "this key cannot stand here", hint)
    if "values are not allowed" in what:
        return Problem(at, "a colon stands in the middle of a text without quotation marks", _QUOTE)
    if "escape" in what:
        return Problem(at, "a backslash has a special meaning in double quotes", "leave it out")
    return Problem(at, *_misfit(before))


def _odd_character(character: str) -> tuple[str, str]:
    if character == "\t":
        return "this line is indented with a tab", "use spaces"
    return f"a text cannot begin with {character}", _QUOTE


def _misfit(before: str) -> tuple[str, str]:
    """Message and hint where something new was expected after `before`, the line so far."""
    if re.search(r":\s*\{", before):
        return "a text that begins with { needs quotation marks", _QUOTE
    if before.rstrip().endswith(('"', "'")):
        return "the text has ended at the quotation mark before this", 'inside "..." use only single quotes'
    if before.strip(" -"):
        return "this cannot stand here", _QUOTE
    hint = "steps of one list begin at the same column, and keys of one step, too"
    return "this line is not in line with those above it", hint
