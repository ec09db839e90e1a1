"""`voice-guide models list | fetch | verify`."""

from __future__ import annotations

import argparse
import signal
import sys
from types import FrameType
from typing import TextIO

from voice_guide.cli.speaking import chosen_language
from voice_guide.errors import ExitCode, ModelError
from voice_guide.models import find, installed, models_home, verify
from voice_guide.models.fetch import fetch, use
from voice_guide.models.manifest import Role, manifest
from voice_guide.models.store import FETCH_HINT, Installed, as_installed

BAR = 30
"""Characters of a full progress bar."""

STEPS = 4
"""Lines that tell the progress of one download where there is no terminal."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands; each sets `run`, which takes the arguments and returns the exit code."""
    models = subparsers.add_parser("models", help="list, fetch or verify the models")
    actions = models.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="what there is, where it comes from, and its hash")
    listing.set_defaults(run=run_list)
    fetching = actions.add_parser("fetch", help="bring models here; the only command that uses the network")
    fetching.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="default: those this machine needs; also any size of faster-whisper (small.en) or Piper voice "
        "(en_US-lessac-medium)",
    )
    fetching.add_argument(
        "--language", metavar="CODE", help="those for a language, such as es (default: yours)"
    )
    fetching.add_argument("--use", action="store_true", help="from now on use the models named")
    fetching.set_defaults(run=run_fetch)
    verifying = actions.add_parser("verify", help="hash every file again")
    verifying.add_argument("names", nargs="*", metavar="NAME", help="default: all that are installed")
    verifying.set_defaults(run=run_verify)


def run_list(_: argparse.Namespace) -> int:
    """One line for each model: those of the manifest, and those fetched by name."""
    there = {entry.name: entry for entry in installed()}
    known = [as_installed(model, models_home() / model.name, pinned=True) for model in manifest()]
    entries = {entry.name: entry for entry in known} | there
    in_use = _in_use()
    rows = [_row(entry, entry.name in there, entry.name in in_use) for entry in entries.values()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
    return ExitCode.WELL


def run_fetch(args: argparse.Namespace) -> int:
    """Fetch what is missing; each model says when it is there."""
    signal.signal(signal.SIGTERM, _terminate)  # as Ctrl-C: what is half done is removed on the way out
    try:
        fetched = fetch(args.names, ProgressView(sys.stderr), language=chosen_language(args))
        for name in args.names if args.use else ():
            use(name)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; nothing was half-installed, and the next fetch starts clean.\n")
        return ExitCode.INTERRUPTED
    if not fetched:
        sys.stdout.write("All models are here.\n")
    return ExitCode.WELL


def run_verify(args: argparse.Namespace) -> int:
    """One line for each installed model; WRONG if any is damaged. Raises ModelError if there is none."""
    results = verify(args.names)
    if not results:
        raise ModelError("No model is installed.", FETCH_HINT)
    for entry, damage in results:
        verdict = f"damaged: {damage}. {FETCH_HINT} {entry.name}" if damage else _well(entry)
        sys.stdout.write(f"{entry.name}: {verdict}\n")
    return ExitCode.WRONG if any(damage for _, damage in results) else ExitCode.WELL


class ProgressView:
    """A progress bar on a terminal, a few lines elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._live = out.isatty()
        self._last = ("", -1)
        self._bar_open = False

    def say(self, line: str) -> None:
        """Show one line, below the bar if there is one."""
        if self._bar_open:
            self._out.write("\n")
            self._bar_open = False
        self._out.write(line + "\n")
        self._out.flush()

    def progress(self, name: str, done: int, total: int) -> None:
        """Show how many of `total` bytes have arrived; numbers past the end count as the end."""
        share = min(done / total, 1.0) if total else 1.0
        step = int(share * (100 if self._live else STEPS))
        if (name, step) == self._last:
            return
        self._last = (name, step)
        figures = f"{name}: {min(done, total) / 1e6:.0f} of {total / 1e6:.0f} MB"
        if self._live:
            filled = int(share * BAR)
            self._out.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {figures} ")
            self._bar_open = True
        else:
            self._out.write(figures + "\n")
        self._out.flush()


def _terminate(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _in_use() -> set[str]:
    names = set()
    for role in Role:
        try:
            names.add(find(role).name)
        except ModelError:
            continue  # nothing of this role is installed yet
    return names


def _row(entry: Installed, there: bool, used: bool) -> tuple[str, ...]:
    state = "missing" if not there else "damaged" if not entry.complete else "in use" if used else "installed"
    first_use = "" if entry.pinned else " (as first downloaded)"
    return (
        entry.name,
        entry.role.value,
        ",".join(entry.languages),
        f"{sum(file.bytes for file in entry.files) / 1e6:.0f} MB",
        entry.licence,
        state,
        entry.origin,
        f"sha256:{entry.files[0].sha256}{first_use}",
    )


def _well(entry: Installed) -> str:
    return "well" if entry.pinned else "as it was first downloaded"
