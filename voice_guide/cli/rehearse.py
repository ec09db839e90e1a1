"""`rehearse`: an evening without people, on paper or through the real models in a simulated room."""

from __future__ import annotations

import argparse
from pathlib import Path

from voice_guide.cli.common import add_common, shelf_of, watching
from voice_guide.cli.speaking import chosen_language
from voice_guide.errors import ExitCode, UsageError
from voice_guide.exercise.steps import Exercise
from voice_guide.languages import invented
from voice_guide.library import open_script, program_of
from voice_guide.rehearsal.tempers import Temper, tempered

_REHEARSING = ("Ana", "Ben")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
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
    rehearse.add_argument(
        "--as-couple", choices=[temper.value for temper in Temper], help="for --text: how the two behave"
    )
    add_common(rehearse)
    rehearse.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The whole evening; its exit code."""
    return play(open_script(args.name, chosen_language(args)), args)


def play(exercise: Exercise, args: argparse.Namespace) -> int:
    """Rehearse one exercise."""
    from voice_guide.rehearsal.answers import Couple, read_answers, refuse_unknown_steps
    from voice_guide.session.frame import framed

    names = args.partners or _REHEARSING
    if args.as_couple and args.audio:
        raise UsageError("--as-couple is for rehearsals on paper.", "use it with --text")
    entries = read_answers(args.answers, names) if args.answers else []
    refuse_unknown_steps(entries, framed(program_of(exercise, names), protected=True))
    if not args.audio:
        from voice_guide.rehearsal.paper import Paper

        program = framed(program_of(exercise, names), protected=True)
        with watching(args.events) as listeners:
            words = invented(exercise.language)
            couple = (
                tempered(Temper(args.as_couple), program, words, entries)
                if args.as_couple
                else Couple(program, words, entries)
            )
            Paper(program, couple, listeners).run()
        return int(ExitCode.WELL)
    from voice_guide import wiring

    shelf = shelf_of(args, rehearsal=True)
    with watching(args.events) as listeners:
        return wiring.rehearsed_evening(exercise, names, entries, shelf, args.pace, listeners)
