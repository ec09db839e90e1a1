"""What a couple chose at setup: frozen settings in one small TOML file."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from voice_guide.errors import StorageError
from voice_guide.home import storage_error
from voice_guide.names import folded
from voice_guide.session.voice import FASTEST, LOUDEST, SLOWEST, SOFTEST

PATIENCES: dict[str, float | None] = {"x1": 1.0, "x2": 2.0, "x4": 4.0, "when I say": None}
"""Each partner's patience, as it stands in the file, and the factor on every silence."""

_KINDS = {str: "a text in quotes", float: "a number", bool: "true or false"}
_PLACE = re.compile(r"line \d+, column \d+|end of document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be chosen; whoever chose nothing has these."""

    first: str = ""
    """A partner's name, as it is written."""
    second: str = ""
    first_sounds: str = ""
    """How it is spelled for the voice, where that differs."""
    second_sounds: str = ""
    microphone: str = ""
    """A device by name; empty is the system's own choice."""
    loudspeaker: str = ""
    first_patience: str = "x1"
    """A key of `PATIENCES`."""
    second_patience: str = "x1"
    speed: float = 1.0
    """Of the voice: 1.0 is 145 words a minute."""
    loudness: float = 0.0
    """Decibels."""
    captions: bool = False
    """Show on the screen what was understood."""
    language: str = "en"
    country: str = ""
    """Two letters, for the help lines; empty shows those of all countries."""
    remember: bool = True
    """Keep (in the clear, without a word) who begins next, what was done, and where an evening was interrupted."""

    @property
    def partners(self) -> tuple[str, str] | None:
        """The two names, once they are known."""
        return (self.first, self.second) if self.first and self.second else None

    @property
    def patience(self) -> tuple[float | None, float | None]:
        """The factors of the first and the second partner."""
        return PATIENCES[self.first_patience], PATIENCES[self.second_patience]


def read_settings(path: Path) -> Settings | None:
    """The settings in this file, or None if there was no setup. Raises StorageError."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = _PLACE.search(str(error))  # the rest of the message may hold what the file holds
        raise _wrong(path, f"it is no TOML{f' ({place[0]})' if place else ''}") from None
    return _checked(found, path)


def write_settings(path: Path, settings: Settings) -> None:
    """Write them, whole or not at all, for their owner alone. Raises StorageError."""
    lines = [f"{each.name} = {_toml(getattr(settings, each.name))}" for each in fields(Settings)]
    text = (
        "# Voice Guide: what you chose at setup. `voice-guide setup` asks again.\n" + "\n".join(lines) + "\n"
    )
    replace_file(path, text)


def replace_file(path: Path, text: str) -> None:
    """Put `text` in the place of a file, synced, for its owner alone (0600). Raises StorageError."""
    with _beside(path, text) as written:
        written.replace(path)


def try_file(path: Path, text: str) -> None:
    """Do all that `replace_file` does, but leave the file as it is. Raises StorageError."""
    with _beside(path, text):
        pass


@contextlib.contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """`text` in a new file beside `path`, which is gone afterwards if nobody has moved it."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(f"{path} cannot be written", error) from error


def _toml(value: str | float | bool) -> str:
    # JSON's strings, numbers and booleans are TOML's as well, but for DEL and for halves of characters.
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked(found: dict[str, Any], path: Path) -> Settings:
    known = {each.name: type(each.default) for each in fields(Settings)}
    for name, value in found.items():
        if name not in known:
            raise _wrong(path, f"nothing is named {name} there")
        right = isinstance(value, known[name]) or (known[name] is float and type(value) is int)
        if not right or (known[name] is not bool and isinstance(value, bool)):
            raise _wrong(path, f"{name} has to be {_KINDS[known[name]]}")
    settings = Settings(**found)
    if settings.first and folded(settings.first) == folded(settings.second):
        raise _wrong(path, "both partners have the same name")
    if not {settings.first_patience, settings.second_patience} <= set(PATIENCES):
        raise _wrong(path, f"patience is one of {', '.join(PATIENCES)}")
    if not SLOWEST <= settings.speed <= FASTEST:
        raise _wrong(path, f"speed lies between {SLOWEST} and {FASTEST}")
    if not SOFTEST <= settings.loudness <= LOUDEST:
        raise _wrong(path, f"loudness lies between {SOFTEST:.0f} and {LOUDEST:.0f}")
    return replace(settings, speed=float(settings.speed), loudness=float(settings.loudness))


def _wrong(path: Path, why: str) -> StorageError:
    return StorageError(f"{path} is not right: {why}.", "voice-guide setup writes it anew")
