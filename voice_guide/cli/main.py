"""The command line's one entry: which command, and what an error looks like."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from voice_guide import __version__
from voice_guide.cli import devices, evening, keys, models, records, scripts
from voice_guide.errors import ExitCode, VoiceGuideError


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; an error is a sentence and a hint on stderr."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except VoiceGuideError as error:
        print(f"voice-guide: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); Python would complain once more at exit.
        sys.stderr.close()
        return int(ExitCode.WELL)


def parser() -> argparse.ArgumentParser:
    """All commands; help texts are part of the program's voice, so they are plain sentences."""
    top = argparse.ArgumentParser(
        prog="voice-guide",
        description="Leads two partners through an exercise by voice. Nothing that you say leaves this machine.",
    )
    top.add_argument("--version", action="version", version=f"voice-guide {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (evening, scripts, records, keys, models, devices):
        module.add_parser(commands)
    return top
