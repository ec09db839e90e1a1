"""The three streams of a program: there from the beginning, handed over at the end, and no reason for a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO

from voice_guide.errors import ExitCode, VoiceGuideError
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.home import storage_error

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def open_missing() -> None:
    """Open on the null device what was closed when we were started (`>&-`), before any file takes its number."""
    for number, (name, mode) in enumerate(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free, which is this one
        if getattr(sys, name) is None:
            stream = os.fdopen(number, mode, encoding="utf-8", errors="replace", closefd=False)
            setattr(sys, name, stream)


def tell(error: VoiceGuideError) -> int:
    """Print what happened and what to do, and give the exit code; of a script each problem with its place."""
    lines = [f"voice-guide: {error.message}", *([f"  {error.hint}"] if error.hint else [])]
    if isinstance(error, ScriptErrors):
        lines = [f"voice-guide: {error.message}:", *(f"  {problem}" for problem in error.problems)]
    with contextlib.suppress(OSError):  # nobody reads it; the exit code still tells
        print(*lines, sep="\n", file=sys.stderr)
    return int(error.exit_code)


def handed_over(code: int) -> int:
    """The exit code that stands once all that was printed has left: here, where a failure can still be told.

    The interpreter, which would do it at its very end, complains of a reader that has gone and ends with 120.
    """
    try:
        sys.stdout.flush()
    except KeyboardInterrupt:  # nobody wants to see the rest
        _drop(sys.stdout)
        code = int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # whoever read it has gone (`| head`), which is no error
        _drop(sys.stdout)
    except OSError as error:
        _drop(sys.stdout)
        if code != ExitCode.STORAGE:  # else it was told when it came up
            failed = tell(storage_error("What was to be printed could not be written", error))
            code = code or failed
    try:
        sys.stderr.flush()
    except OSError:
        _drop(sys.stderr)
    return code


def _drop(stream: TextIO) -> None:
    """Let what it still holds go nowhere: else the interpreter tries once more at its end."""
    with contextlib.suppress(OSError, ValueError):  # a stream in memory has no descriptor
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
