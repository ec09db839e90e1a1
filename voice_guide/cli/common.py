"""What the commands that lead an evening have in common: their options, and who follows it."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.cli.couple import partners
from voice_guide.cli.passphrases import add_passphrase_file, read_passphrases
from voice_guide.cli.speaking import add_language
from voice_guide.home import data_home
from voice_guide.screen.eventlog import EventLog
from voice_guide.screen.listener import Listener
from voice_guide.screen.paper import PaperScreen

if TYPE_CHECKING:
    from voice_guide.notebook import Shelf


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options of `start` and `rehearse`."""
    parser.add_argument("--partners", type=partners, metavar="Ana,Ben", help="the two names")
    parser.add_argument("--events", type=Path, metavar="FILE", help="write what happens as JSON Lines")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="plain lines, for pipes and screen readers; silent while it listens",
    )
    add_language(parser)
    add_passphrase_file(parser)


def shelf_of(args: argparse.Namespace, *, rehearsal: bool = False) -> Shelf:
    """Where a record would go; the data folder is made. Raises StorageError, UsageError."""
    from voice_guide.notebook import Shelf

    phrases = read_passphrases(args.passphrase_file) if args.passphrase_file else None
    return Shelf(data_home(), phrases, rehearsal)


@contextlib.contextmanager
def watching(events: Path | None) -> Iterator[list[Listener]]:
    """Those who follow a rehearsal: its lines on paper, and the event log if one was asked for."""
    with logging_to(events) as log:
        yield [*log, PaperScreen(show)]


@contextlib.contextmanager
def logging_to(events: Path | None) -> Iterator[list[Listener]]:
    """The event log, if one was asked for."""
    if events is None:
        yield []
        return
    with EventLog(events) as log:
        print(
            f"voice-guide: {events} will hold your words in the clear, for this user alone.", file=sys.stderr
        )
        yield [log]
    if log.problem:
        print(f"voice-guide: {log.problem}", file=sys.stderr)


def show(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)
