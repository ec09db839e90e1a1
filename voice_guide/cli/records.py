"""The commands around the private record: sessions, show, export, forget, keys."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.cli.passphrases import add_passphrase_file, couple_key
from voice_guide.errors import ExitCode, KeyProblem, StorageError, UsageError
from voice_guide.home import PRIVATE_FILE, Home, data_home, storage_error
from voice_guide.journal import export
from voice_guide.journal.evening import Evening
from voice_guide.journal.folder import forget
from voice_guide.journal.listing import Listed, expire_undecided, find_evening, list_evenings
from voice_guide.journal.read import open_evening
from voice_guide.journal.vault_file import Mode, Vault, read_vault

if TYPE_CHECKING:
    from voice_guide.journal.vault import CoupleKey

Subparsers = argparse._SubParsersAction  # argparse has no public name for it

_FORMATS: dict[str, Callable[[Evening], str]] = {"md": export.as_markdown, "json": export.as_json}


def add_parser(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    sessions = subparsers.add_parser("sessions", help="list the evenings on this machine")
    sessions.set_defaults(run=_sessions)
    show = subparsers.add_parser("show", help="show an evening's words")
    show.set_defaults(run=_show)
    out = subparsers.add_parser("export", help="write an evening's words in the clear")
    out.add_argument("--format", choices=sorted(_FORMATS), default="md")
    out.add_argument("--output", type=Path, metavar="FILE", help="write there (0600) instead of the terminal")
    out.set_defaults(run=_export)
    for parser in (show, out):
        parser.add_argument("id", metavar="ID", help="an evening, how its id begins, or: last")
    for parser in (sessions, show, out):
        add_passphrase_file(parser)
    _add_forget(subparsers)


def _add_forget(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "forget", help="delete an evening, or all; either partner may, without a key"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?", metavar="ID", help="an evening, how its id begins, or: last")
    what.add_argument("--all", action="store_true", help="every evening; the vault stays")
    parser.add_argument("--yes", action="store_true", help="do not ask again")
    parser.set_defaults(run=_forget)


def _sessions(args: argparse.Namespace) -> int:
    home = data_home()
    expire_undecided(home, datetime.now())
    opened: dict[str, tuple[Vault, CoupleKey] | None] = {}
    for listed in list_evenings(home):
        marks = [listed.id, f"{listed.state:11}"]
        if listed.rehearsal:
            marks.append("rehearsal")
        if listed.vault is not None:
            if listed.vault not in opened:
                opened[listed.vault] = _without_asking(home, listed.vault, args.passphrase_file)
            if keys := opened[listed.vault]:
                marks.append(export.title(_open(listed, *keys)))
        _print("  ".join(marks).rstrip() + "\n")
    return ExitCode.WELL


def _without_asking(home: Home, id: str, path: Path | None) -> tuple[Vault, CoupleKey] | None:
    vault = _vault(home, id)
    if vault is None or (vault.mode is Mode.EITHER and path is None):
        return None
    return vault, couple_key(vault, path)


def _show(args: argparse.Namespace) -> int:
    _print(export.as_text(_read(data_home(), args)))
    return ExitCode.WELL


def _export(args: argparse.Namespace) -> int:
    text = _FORMATS[args.format](_read(data_home(), args))
    if args.output is None:
        _print(text)
        return ExitCode.WELL
    try:
        # Not through a temporary file: no second copy of the words.
        fd = os.open(args.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, PRIVATE_FILE)
        with os.fdopen(fd, "w", encoding="utf-8", errors="replace") as file:
            os.fchmod(fd, PRIVATE_FILE)
            file.write(text)
    except OSError as error:
        raise storage_error(f"{args.output} could not be written", error) from None
    sys.stderr.write(f"{args.output} is in the clear: whoever can read it can read your words.\n")
    return ExitCode.WELL


def _forget(args: argparse.Namespace) -> int:
    home = data_home()
    ids = None if args.all else [find_evening(home, args.id).id]
    what = "every evening on this machine" if ids is None else f"the evening {ids[0]}"
    if not args.yes and not _sure(what):
        _print("Nothing was removed.\n")
        return ExitCode.WELL
    forget(home.sessions, ids)
    if args.all:
        _forget_history(home)
    _print("Removed. I can't bring it back. What you told each other is still yours.\n")
    return ExitCode.WELL


def _forget_history(home: Home) -> None:
    """Everything is everything: what was done, too, and where an evening was interrupted."""
    try:
        home.history.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(f"{home.history} cannot be removed", error) from error


def _read(home: Home, args: argparse.Namespace) -> Evening:
    listed = find_evening(home, args.id)
    if listed.vault is None:
        raise StorageError(
            f"The head of {listed.id} is unreadable: it cannot be opened.", "look for a backup"
        )
    vault = _vault(home, listed.vault)
    if vault is None:
        raise KeyProblem("This record belongs to another vault.", f"its vault must lie in {home.root}")
    return _open(listed, vault, couple_key(vault, args.passphrase_file))


def _open(listed: Listed, vault: Vault, key: CoupleKey) -> Evening:
    evening = open_evening(listed.paths, key)
    if evening.unsettled:
        from voice_guide.journal.settle import settle  # loads the crypto library

        # Struck words are not shown in any case: a disk that takes nothing is no reason to show nothing.
        with contextlib.suppress(StorageError):
            settle(listed.paths, key, vault.public)
    return evening


def _vault(home: Home, id: str) -> Vault | None:
    for path in (home.vault, home.rehearsal_vault):
        if path.exists() and (vault := read_vault(path)).id == id:
            return vault
    return None


def _sure(what: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody is there to ask whether {what} shall go.", "say --yes if it shall")
    return input(f"Delete {what}? It cannot be brought back. [y/N] ").strip().lower() in ("y", "yes")


def _print(text: str) -> None:
    # An encoding error would quote the words.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
