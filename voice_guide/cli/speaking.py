"""Which language a command is about: the one that was asked for, else the couple's."""

from __future__ import annotations

import argparse

from voice_guide.exercise.load import ENGLISH
from voice_guide.home import where_home_is
from voice_guide.languages import language
from voice_guide.settings import read_settings


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option."""
    parser.add_argument("--language", metavar="CODE", help="two letters, such as es (default: as set up)")


def chosen_language(args: argparse.Namespace) -> str:
    """The code of the language. Raises UsageError for one that is not known, StorageError for broken settings."""
    asked: str | None = getattr(args, "language", None)
    if asked is None:
        settings = read_settings(where_home_is().settings)
        asked = settings.language if settings is not None else ENGLISH
    language(asked)  # who cannot speak it says so
    return asked
