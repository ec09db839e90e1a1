"""Passphrases from a file or a terminal; they are never shown, and no error quotes one."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.errors import KeyProblem, UsageError
from voice_guide.home import storage_error
from voice_guide.journal.vault_file import Mode, Vault

if TYPE_CHECKING:
    from voice_guide.journal.vault import CoupleKey


def add_passphrase_file(parser: argparse._ActionsContainer) -> None:
    """The option that other programs use instead of a terminal."""
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="one line for each partner")


def couple_key(vault: Vault, path: Path | None) -> CoupleKey:
    """What opens a vault: its key file, a passphrase of the file, or one that is asked for. Raises KeyProblem."""
    from voice_guide.journal.vault import unlock  # loads the crypto library

    if vault.mode is Mode.NONE:
        return unlock(vault)
    if path is not None:
        return unlock(vault, passphrase_lines(path))
    need_terminal("--passphrase-file FILE")
    return unlock(vault, [getpass.getpass("The passphrase of either partner: ")])


def passphrase_lines(path: Path) -> list[str]:
    """The lines of a passphrase file. Raises StorageError, UsageError."""
    try:
        return path.read_text("utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    except UnicodeDecodeError:
        # The decoder's own error would carry the passphrases with it.
        raise UsageError(
            f"{path} is not UTF-8 text.", "save it as UTF-8, one passphrase on each line"
        ) from None


def read_passphrases(path: Path) -> tuple[str, str]:
    """One passphrase for each partner. Raises StorageError, UsageError."""
    match passphrase_lines(path):
        case [first, second]:
            return first, second
    raise UsageError("Each partner needs a passphrase.", "one line for each, in the order of --partners")


def ask_new(name: str) -> str:
    """A new passphrase, typed twice. Raises KeyProblem without a terminal."""
    need_terminal("--passphrase-file FILE or --no-passphrase")
    while True:
        phrase = getpass.getpass(f"{name}, choose a passphrase (it is not shown): ")
        if not phrase:
            print("A passphrase cannot be empty.")
        elif phrase == getpass.getpass("Once more: "):
            return phrase
        else:
            print("These were not the same. Again, please.")


def need_terminal(instead: str) -> None:
    """Raises KeyProblem if nobody can be asked."""
    if not sys.stdin.isatty():
        raise KeyProblem("A passphrase is needed, and there is no terminal to ask for it.", f"use {instead}")
