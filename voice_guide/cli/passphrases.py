"""Passphrases from a file or a terminal; they are never shown, and no error quotes one."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from voice_guide.errors import KeyProblem, UsageError
from voice_guide.home import storage_error


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
        case [first, second] if first and second:
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
            print("The two were not the same.")


def need_terminal(instead: str) -> None:
    """Raises KeyProblem if nobody can be asked."""
    if not sys.stdin.isatty():
        raise KeyProblem("A passphrase is needed, and there is no terminal to ask for it.", f"use {instead}")
