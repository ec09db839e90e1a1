"""`rehearse`: an evening without people, on paper or through the real models in a simulated room."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.cli.common import add_common, shelf_of, watching
from voice_guide.cli.speaking import chosen_language
from voice_guide.errors import ExitCode, UsageError
from voice_guide.exercise.steps import Exercise
from voice_guide.languages import invented
from voice_guide.library import open_script, program_of
from voice_guide.rehearsal.tempers import Temper, tempered

if TYPE_CHECKING:
    from voice_guide.exercise.flat import Program
    from voice_guide.rehearsal.answers import Entry
    from voice_guide.screen.listener import Listener

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
    rehearse.add_argument(
        "--listen", action="store_true", help="for --audio: through the loudspeaker, as long as it takes"
    )
    rehearse.add_argument("--answers", type=Path, metavar="FILE", help="what the two say (YAML)")
    rehearse.add_argument(
        "--as-couple", choices=[temper.value for temper in Temper], help="for --text: how the two behave"
    )
    add_common(rehearse)
    rehearse.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The whole evening; its exit code."""
    from voice_guide.rehearsal.answers import read_answers, refuse_unknown_steps
    from voice_guide.session.frame import framed

    if args.as_couple and args.audio:
        raise UsageError("--as-couple is for rehearsals on paper.", "use it with --text")
    if args.listen and not args.audio:
        raise UsageError("On paper there is nothing to listen to.", "use --listen with --audio")
    exercise = open_script(args.name, chosen_language(args))
    names = args.partners or _REHEARSING
    entries = read_answers(args.answers, names) if args.answers else []
    program = framed(program_of(exercise, names), protected=True)
    refuse_unknown_steps(entries, program)
    if args.audio:
        return aloud(exercise, args, entries, "aloud" if args.listen else args.pace)
    with watching(args.events) as listeners:
        _on_paper(program, args.as_couple, entries, listeners)
    return int(ExitCode.WELL)


def aloud(
    exercise: Exercise, args: argparse.Namespace, entries: Sequence[Entry] = (), pace: str = "fast"
) -> int:
    """Rehearse through the real models; of `args`, only what `add_common` has added counts."""
    from voice_guide import wiring

    shelf = shelf_of(args, rehearsal=True)
    with watching(args.events) as listeners:
        names = args.partners or _REHEARSING
        return wiring.rehearsed_evening(exercise, names, entries, shelf, pace, listeners)


def _on_paper(
    program: Program, temper: str | None, entries: Sequence[Entry], listeners: Sequence[Listener]
) -> None:
    from voice_guide.rehearsal.answers import Couple
    from voice_guide.rehearsal.paper import Paper

    words = invented(program.language.code)
    couple = tempered(Temper(temper), program, words, entries) if temper else Couple(program, words, entries)
    Paper(program, couple, listeners).run()
