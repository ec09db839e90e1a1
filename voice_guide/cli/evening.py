"""`start` and `rehearse`: an evening with two people, or without."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.cli.passphrases import add_passphrase_file, read_passphrases
from voice_guide.cli.scripts import partners
from voice_guide.errors import DeviceError, ExitCode, UsageError
from voice_guide.exercise.program import unroll
from voice_guide.exercise.steps import Exercise
from voice_guide.home import data_home
from voice_guide.journal.listing import expire_undecided
from voice_guide.library import open_script, scripts
from voice_guide.screen.eventlog import EventLog
from voice_guide.screen.listener import Listener
from voice_guide.screen.plain import PlainScreen

if TYPE_CHECKING:
    from voice_guide.notebook import Shelf

_REHEARSING = ("Ana", "Ben")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the two commands."""
    start = subparsers.add_parser("start", help="begin an evening")
    start.add_argument("name", nargs="?", metavar="NAME or FILE.yaml", help="which exercise")
    start.add_argument(
        "--or-rehearse",
        action="store_true",
        help="without a microphone or loudspeaker, show a rehearsal instead",
    )
    _add_common(start)
    start.set_defaults(run=run_start)
    rehearse = subparsers.add_parser("rehearse", help="play an evening without people")
    rehearse.add_argument("name", metavar="NAME or FILE.yaml")
    how = rehearse.add_mutually_exclusive_group(required=True)
    how.add_argument("--text", action="store_true", help="on paper, in a second; keeps nothing")
    how.add_argument(
        "--audio", action="store_true", help="spoken into a simulated room, with the real models"
    )
    rehearse.add_argument(
        "--pace", choices=("fast", "real"), default="fast", help="for --audio (default: fast)"
    )
    rehearse.add_argument("--answers", type=Path, metavar="FILE", help="what the two say (YAML)")
    _add_common(rehearse)
    rehearse.set_defaults(run=run_rehearse)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partners", type=partners, metavar="Ana,Ben", help="the two names")
    parser.add_argument("--events", type=Path, metavar="FILE", help="write what happens as JSON Lines")
    parser.add_argument("--plain", action="store_true", help="plain lines (the only view for now)")
    add_passphrase_file(parser)


def run_start(args: argparse.Namespace) -> int:
    """An evening with two people at this machine's microphone and loudspeaker."""
    from voice_guide import wiring

    exercise = open_script(args.name or _first())
    try:
        devices = wiring.open_devices()
    except DeviceError as error:
        if not args.or_rehearse:
            raise
        print(f"{error.message} So here is a rehearsal, with the real models and two voices:\n")
        args.audio, args.pace, args.answers = True, "fast", None
        return _rehearse(exercise, args)
    shelf = _shelf(args)
    expire_undecided(shelf.home, datetime.now())  # as the guide has said: seven days
    names = _partners(args.partners, shelf)
    with _listeners(args.events, captions=False) as listeners:
        return wiring.real_evening(exercise, names, devices, shelf, listeners)


def _partners(given: tuple[str, str] | None, shelf: Shelf) -> tuple[str, str]:
    """The two names; whose words are sealed for somebody else is not left to chance."""
    couple = shelf.partners()
    if given and couple and {n.casefold() for n in given} != {n.casefold() for n in couple}:
        raise UsageError(
            f"The record here belongs to {couple[0]} and {couple[1]}.",
            "leave out --partners, or keep another couple's evenings in another VOICE_GUIDE_HOME",
        )
    return given or couple or _ask_names()


def _shelf(args: argparse.Namespace, *, rehearsal: bool = False) -> Shelf:
    from voice_guide.notebook import Shelf

    phrases = read_passphrases(args.passphrase_file) if args.passphrase_file else None
    return Shelf(data_home(), phrases, rehearsal)


def run_rehearse(args: argparse.Namespace) -> int:
    """An evening without people."""
    return _rehearse(open_script(args.name), args)


def _rehearse(exercise: Exercise, args: argparse.Namespace) -> int:
    from voice_guide.rehearsal.answers import Couple, read_answers, refuse_unknown_steps
    from voice_guide.session.frame import framed

    names = args.partners or _REHEARSING
    entries = read_answers(args.answers, names) if args.answers else []
    refuse_unknown_steps(entries, framed(unroll(exercise, names), protected=True))
    if not args.audio:
        from voice_guide.rehearsal.paper import Paper

        program = framed(unroll(exercise, names), protected=True)
        with _listeners(args.events, captions=True) as listeners:
            Paper(program, Couple(program, entries), listeners).run()
        return int(ExitCode.WELL)
    from voice_guide import wiring

    shelf = _shelf(args, rehearsal=True)
    with _listeners(args.events, captions=True) as listeners:
        return wiring.rehearsed_evening(exercise, names, entries, shelf, args.pace, listeners)


@contextlib.contextmanager
def _listeners(events: Path | None, *, captions: bool) -> Iterator[list[Listener]]:
    """The screen, and the event log if one was asked for."""
    screen: Listener = PlainScreen(_show, captions=captions)
    if events is None:
        yield [screen]
        return
    with EventLog(events) as log:
        print(
            f"voice-guide: {events} will hold your words in the clear, for this user alone.", file=sys.stderr
        )
        yield [log, screen]
    if log.problem:
        print(f"voice-guide: {log.problem}", file=sys.stderr)


def _show(line: str) -> None:
    print(line, flush=True)


def _first() -> str:
    names = scripts()
    if not names:
        raise UsageError(
            "There is no exercise to start.", "the folder scripts/ came with the program; is it gone?"
        )
    return names[0]


def _ask_names() -> tuple[str, str]:
    """Ask for the two names on the terminal."""
    if not sys.stdin.isatty():
        raise UsageError("Who are you?", "name the two partners with --partners Ana,Ben")
    first = input("The name of one of you: ")
    second = input("And the name of the other: ")
    try:
        return partners(f"{first},{second}")
    except argparse.ArgumentTypeError as error:
        raise UsageError("These names do not work.", str(error)) from None
