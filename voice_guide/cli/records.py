"""The commands around the private record: sessions, show, export, forget, keys."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.errors import ExitCode, KeyProblem, StorageError, UsageError
from voice_guide.home import PRIVATE_FILE, Home, data_home, storage_error
from voice_guide.journal import export
from voice_guide.journal.evening import Evening
from voice_guide.journal.folder import forget
from voice_guide.journal.listing import Listed, find_evening, list_evenings
from voice_guide.journal.read import open_evening
from voice_guide.journal.vault_file import Mode, Vault, read_vault, refuse_second

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
        _add_passphrase_file(parser)
    _add_forget(subparsers)
    _add_keys(subparsers)


def _add_forget(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "forget", help="delete an evening, or all; either partner may, without a key"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?", metavar="ID", help="an evening, how its id begins, or: last")
    what.add_argument("--all", action="store_true", help="every evening; the vault stays")
    parser.add_argument("--yes", action="store_true", help="do not ask again")
    parser.set_defaults(run=_forget)


def _add_keys(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    keys = subparsers.add_parser("keys", help="who can open the record")
    create = keys.add_subparsers(required=True).add_parser("create", help="make the couple's vault")
    create.add_argument("--partners", required=True, metavar="NAME,NAME")
    how = create.add_mutually_exclusive_group()
    _add_passphrase_file(how)
    how.add_argument("--no-passphrase", action="store_true", help="a key file alone protects the record")
    create.set_defaults(run=_keys_create)


def _add_passphrase_file(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="one line for each partner")


def _sessions(args: argparse.Namespace) -> int:
    home = data_home()
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
    return vault, _key(vault, path)


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
    _print("Removed. I can't bring it back. What you told each other is still yours.\n")
    return ExitCode.WELL


def _keys_create(args: argparse.Namespace) -> int:
    from voice_guide.journal.vault import create_vault  # loads the crypto library

    home = data_home()
    refuse_second(home.vault)
    partners = _partners(args.partners)
    if args.no_passphrase:
        vault = create_vault(home.vault, partners, None)
        _print(
            f"The record is protected by the file {vault.key_file} alone: whoever can read your files,"
            " or copies that one, can read your words. Without it, nobody can open the record.\n"
        )
        return ExitCode.WELL
    create_vault(home.vault, partners, _new_passphrases(partners, args.passphrase_file))
    _print(
        f"{partners[0]} and {partners[1]} can each open the record, with their own passphrase."
        " Write both down on paper: if both are forgotten, nobody can open it."
        " Deleting needs no passphrase, and either may do it.\n"
    )
    return ExitCode.WELL


def _partners(text: str) -> tuple[str, str]:
    match [name.strip() for name in text.split(",")]:
        case [first, second] if first and second and first != second:
            return first, second
    raise UsageError("There are two partners, with two names.", "for example --partners Ana,Ben")


def _new_passphrases(partners: tuple[str, str], path: Path | None) -> tuple[str, str]:
    if path is None:
        return _new_passphrase(partners[0]), _new_passphrase(partners[1])
    match _lines(path):
        case [first, second]:
            return first, second
    raise UsageError("Each partner needs a passphrase.", "one line for each, in the order of --partners")


def _new_passphrase(name: str) -> str:
    _need_terminal("--passphrase-file FILE or --no-passphrase")
    while True:
        phrase = getpass.getpass(f"{name}, choose a passphrase (it is not shown): ")
        if not phrase:
            _print("A passphrase cannot be empty.\n")
        elif phrase == getpass.getpass("Once more: "):
            return phrase
        else:
            _print("These were not the same. Again, please.\n")


def _read(home: Home, args: argparse.Namespace) -> Evening:
    listed = find_evening(home, args.id)
    if listed.vault is None:
        raise StorageError(
            f"The head of {listed.id} is unreadable: it cannot be opened.", "look for a backup"
        )
    vault = _vault(home, listed.vault)
    if vault is None:
        raise KeyProblem("This record belongs to another vault.", f"its vault must lie in {home.root}")
    return _open(listed, vault, _key(vault, args.passphrase_file))


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


def _key(vault: Vault, path: Path | None) -> CoupleKey:
    from voice_guide.journal.vault import unlock  # loads the crypto library

    if vault.mode is Mode.NONE:
        return unlock(vault)
    if path is not None:
        return unlock(vault, _lines(path))
    _need_terminal("--passphrase-file FILE")
    return unlock(vault, [getpass.getpass("The passphrase of either partner: ")])


def _need_terminal(instead: str) -> None:
    if not sys.stdin.isatty():
        raise KeyProblem("A passphrase is needed, and there is no terminal to ask for it.", f"use {instead}")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    except UnicodeDecodeError:
        # The decoder's own error would carry the passphrases with it.
        raise UsageError(
            f"{path} is not UTF-8 text.", "save it as UTF-8, one passphrase on each line"
        ) from None


def _sure(what: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody is there to ask whether {what} shall go.", "say --yes if it shall")
    return input(f"Delete {what}? It cannot be brought back. [y/N] ").strip().lower() in ("y", "yes")


def _print(text: str) -> None:
    # An encoding error would quote the words.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
