"""`voice-guide list | read | check`: the exercises on paper, without an evening."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

from voice_guide.cli.couple import partners
from voice_guide.cli.speaking import add_language, chosen_language
from voice_guide.errors import ExitCode, VoiceGuideError
from voice_guide.exercise.check import lint, parts_in
from voice_guide.exercise.flat import RECALLED, FlatStep, Line, Program, Question, Quiet, Skip, Who
from voice_guide.exercise.load import ENGLISH
from voice_guide.exercise.parallel import differences
from voice_guide.exercise.problems import Problem, ScriptErrors, listed
from voice_guide.exercise.schema import schema
from voice_guide.exercise.steps import AnswerKind, Exercise, Position
from voice_guide.languages import known_languages, language
from voice_guide.library import (
    all_parts,
    all_scripts,
    new_script,
    open_script,
    own_scripts,
    program_of,
    scripts,
    shipped,
)
from voice_guide.session.frame import framed

_KINDS = {
    AnswerKind.YES_NO: "yes or no",
    AnswerKind.NUMBER: "a number",
    AnswerKind.SHORT: "a short answer",
    AnswerKind.OPEN: "an open answer",
    AnswerKind.TIMED: "as long as it takes",
    AnswerKind.NONE: "nothing is waited for",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands; each sets `run`, which takes the arguments and returns the exit code."""
    listing = subparsers.add_parser("list", help="the exercises, and your own")
    add_language(listing)
    listing.set_defaults(run=run_list)
    reading = subparsers.add_parser("read", help="every line of an exercise, as it will be spoken")
    reading.add_argument("name", metavar="NAME", help="an exercise, or FILE.yaml")
    reading.add_argument("--partners", metavar="Ana,Ben", type=partners, default=("Ana", "Ben"))
    add_language(reading)
    reading.set_defaults(run=run_read)
    checking = subparsers.add_parser("check", help="what is wrong with a script, and where")
    checking.add_argument("names", nargs="*", metavar="FILE", help="default: all, your own too")
    checking.add_argument(
        "--schema", action="store_true", help="print the JSON Schema for editors, and check nothing"
    )
    checking.set_defaults(run=run_check)
    new = subparsers.add_parser("new", help="begin an exercise of your own, from a template")
    new.add_argument("name", metavar="NAME", help="small letters, digits and hyphens, as in our-walk")
    new.set_defaults(run=run_new)


def run_list(args: argparse.Namespace) -> int:
    """One line for each exercise: name, minutes, depth, title and summary; one's own are marked.

    One that cannot be used is named on the error output, and costs no other its line.
    """
    spoken = chosen_language(args)
    names, own = all_scripts(spoken), own_scripts(spoken)
    widest = max((len(name) for name in names), default=0)
    code = ExitCode.WELL
    for name in names:
        try:
            it = open_script(name, spoken)
        except VoiceGuideError:
            print(f"voice-guide: {name} cannot be used (voice-guide check {name} says why).", file=sys.stderr)
            code = ExitCode.WRONG
            continue
        yours = "  (yours)" if name in own else ""
        _print(f"{name:{widest}}  {it.minutes:3} min  depth {it.depth}  {it.title} - {it.summary}{yours}")
    return code


def run_read(args: argparse.Namespace) -> int:
    """Every step of one exercise in order, with its id in front."""
    program = framed(program_of(open_script(args.name, chosen_language(args)), args.partners), protected=True)
    for line in render(program):
        _print(line)
    return ExitCode.WELL


def run_check(args: argparse.Namespace) -> int:
    """All problems, one a line; WRONG if any of them keeps a script from being used."""
    if args.schema:
        print(schema_text(), end="")
        return ExitCode.WELL
    found: dict[Problem, None] = {}  # in order, and those of a shared part once
    used: set[tuple[str, str]] = set()
    for name, spoken in [(name, ENGLISH) for name in args.names] or _every_script():
        try:
            exercise = open_script(name, spoken)
        except ScriptErrors as errors:
            found |= dict.fromkeys(errors.problems)
            continue
        used |= {(exercise.language, part) for part in parts_in(exercise)}
        found |= dict.fromkeys((*lint(exercise, language(exercise.language)), *_against_original(exercise)))
    if not args.names:
        found |= dict.fromkeys(_unused(used))
    for problem in found:
        _print(str(problem))
    return ExitCode.WELL if all(problem.warning for problem in found) else ExitCode.WRONG


def _every_script() -> Iterable[tuple[str, str]]:
    """All of all languages; an own one once."""
    names = ((name, spoken) for spoken in known_languages() for name in all_scripts(spoken))
    return dict.fromkeys(names)


def _against_original(exercise: Exercise) -> tuple[Problem, ...]:
    """What a translation does otherwise than its original, if that is among ours."""
    if exercise.language == ENGLISH or exercise.name not in scripts():
        return ()
    return differences(open_script(str(shipped(ENGLISH) / f"{exercise.name}.yaml")), exercise)


def _unused(used: set[tuple[str, str]]) -> Iterable[Problem]:
    """Parts that no exercise includes: forgotten, or misspelled somewhere."""
    for path, name in all_parts().items():
        spoken = next((code for code in known_languages() if path.parent == shipped(code) / "parts"), "")
        if not any(part == name and spoken in ("", code) for code, part in used):
            yield Problem(
                Position(str(path), 1, 1), "no exercise includes this part", "remove it", warning=True
            )


def schema_text() -> str:
    """The JSON Schema as it stands in scripts/exercise.schema.json."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def run_new(args: argparse.Namespace) -> int:
    """Write a template into the couple's own folder; never over something that is there."""
    path = new_script(args.name)
    _print(f"{path}")
    _print(
        f"Write in it with any editor; voice-guide check {args.name} finds what is wrong, and read shows it as heard."
    )
    return ExitCode.WELL


def render(program: Program) -> list[str]:
    """The lines of a program as they are heard; what is not spoken stands in brackets or is indented."""
    return [line for step in program.steps for line in _lines(step, program)]


def _lines(step: FlatStep, program: Program) -> Iterable[str]:
    match step:
        case Line():
            yield f"{step.id}  {step.text.replace(RECALLED, '[those words]')}"
        case Quiet():
            yield f"{step.id}  [silence, {_length(step.seconds)}]"
        case Skip():
            on = program.steps[step.target].id if step.target < len(program.steps) else "the end"
            wanted = step.equals if not isinstance(step.equals, bool) else "yes" if step.equals else "no"
            unless = f" unless {step.key} is {wanted}" if step.key else ""
            yield f"{step.id}  [goes on at {on}{unless}]"
        case Question():
            yield f"{step.id}  {step.text}"
            yield f"    [{_whom(step.who, program)}: {_kind(step)}]"
            for text in step.again:
                yield f"    again: {text}"
            if step.help:
                yield f"    help: {step.help}"


def _whom(who: Who, program: Program) -> str:
    first, second = program.partners
    return {Who.FIRST: first, Who.SECOND: second, Who.BOTH: f"{first} and {second}"}[who]


def _kind(question: Question) -> str:
    if question.answer is AnswerKind.CHOICE:
        return listed(question.choices)
    if question.seconds is not None:
        return _length(question.seconds)
    kind = _KINDS[question.answer]
    kind += f" from {question.low}" if question.low is not None else ""
    return kind + (f" to {question.high}" if question.high is not None else "")


def _length(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
