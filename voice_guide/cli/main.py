"""The command line's one entry: which command, and what an error looks like."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from voice_guide import __version__
from voice_guide.cli import devices, keys, models, records, rehearse, safety, scripts, setup, start
from voice_guide.errors import ExitCode, VoiceGuideError
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.home import storage_error


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; an error is a sentence and a hint on stderr."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that the terminal lacks becomes a question mark: an encoding error would quote words.
        sys.stdout.reconfigure(errors="replace")
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except VoiceGuideError as error:
        for line in _told(error):
            print(line, file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); Python would complain once more at exit.
        sys.stderr.close()
        return int(ExitCode.WELL)
    except OSError as error:
        # A disk or a device that refuses where nobody expected it is no reason for a traceback.
        for line in _told(storage_error("The computer refused something", error)):
            print(line, file=sys.stderr)
        return int(ExitCode.STORAGE)


def _told(error: VoiceGuideError) -> list[str]:
    """What happened, and what to do; of a script each problem with its place."""
    if isinstance(error, ScriptErrors):
        return [f"voice-guide: {error.message}:", *(f"  {problem}" for problem in error.problems)]
    return [f"voice-guide: {error.message}", *([f"  {error.hint}"] if error.hint else [])]


def parser() -> argparse.ArgumentParser:
    """All commands; help texts are part of the program's voice, so they are plain sentences."""
    top = argparse.ArgumentParser(
        prog="voice-guide",
        description="Leads two partners through an exercise by voice. Nothing that you say leaves this machine.",
    )
    top.add_argument("--version", action="version", version=f"voice-guide {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (setup, start, rehearse, scripts, safety, records, keys, models, devices):
        module.add_parser(commands)
    return top
