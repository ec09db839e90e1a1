"""The command line's one entry: which command, and what an error looks like."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

from voice_guide import __version__
from voice_guide.cli.streams import handed_over, tell
from voice_guide.errors import ExitCode, VoiceGuideError
from voice_guide.home import storage_error


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; an error is a sentence and a hint on stderr."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that the terminal lacks becomes a question mark: an encoding error would quote words.
        sys.stdout.reconfigure(errors="replace")
    try:
        code = _command(arguments)
    except SystemExit as ended:  # argparse has printed help, or what is wrong with the command line
        raise SystemExit(handed_over(int(ended.code or 0))) from None
    return handed_over(code)


def _command(arguments: Sequence[str]) -> int:
    args = parser(arguments[:1]).parse_args(arguments)
    try:
        return int(args.run(args))
    except VoiceGuideError as error:
        return tell(error)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # whoever read our output has gone (`| head`)
        return int(ExitCode.WELL)
    except OSError as error:
        # A disk or a device that refuses where nobody expected it is no reason for a traceback.
        return tell(storage_error("The computer refused something", error))


_MODULES = (
    "setup",
    "start",
    "rehearse",
    "scripts",
    "safety",
    "records",
    "keys",
    "models",
    "devices",
    "doctor",
)
"""In the order of the help."""

_ALONE = ("setup", "start", "rehearse", "safety")
"""Commands whose module knows no other: whoever wants an evening need not wait for the rest to be read."""


def parser(wanted: Sequence[str] = ()) -> argparse.ArgumentParser:
    """All commands, or the one that is wanted; help texts are part of the program's voice: plain sentences."""
    top = argparse.ArgumentParser(
        prog="voice-guide",
        description="Leads two partners through an exercise by voice. Nothing that you say leaves this machine.",
    )
    top.add_argument("--version", action="version", version=f"voice-guide {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in wanted if wanted and wanted[0] in _ALONE else _MODULES:
        importlib.import_module(f"voice_guide.cli.{name}").add_parser(commands)
    return top
