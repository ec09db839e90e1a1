"""`keys create`: the couple's vault, and who can open it."""

from __future__ import annotations

import argparse

from voice_guide.cli.couple import partners
from voice_guide.cli.passphrases import add_passphrase_file, ask_new, read_passphrases
from voice_guide.errors import ExitCode
from voice_guide.home import data_home
from voice_guide.journal.vault_file import refuse_second


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    keys = subparsers.add_parser("keys", help="who can open the record")
    create = keys.add_subparsers(required=True).add_parser("create", help="make the couple's vault")
    create.add_argument("--partners", required=True, type=partners, metavar="Ana,Ben")
    how = create.add_mutually_exclusive_group()
    add_passphrase_file(how)
    how.add_argument("--no-passphrase", action="store_true", help="a key file alone protects the record")
    create.set_defaults(run=run_create)


def run_create(args: argparse.Namespace) -> int:
    """Make the vault, and say in plain words what protects what."""
    from voice_guide.journal.vault import create_vault  # loads the crypto library

    home = data_home()
    refuse_second(home.vault)
    first, second = args.partners
    if args.no_passphrase:
        vault = create_vault(home.vault, args.partners, None)
        print(
            f"The record is protected by the file {vault.key_file} alone: whoever can read your files,"
            " or copies that one, can read your words. Without it, nobody can open the record."
        )
        return ExitCode.WELL
    given = read_passphrases(args.passphrase_file) if args.passphrase_file else None
    create_vault(home.vault, args.partners, given or (ask_new(first), ask_new(second)))
    print(
        f"{first} and {second} can each open the record, with their own passphrase."
        " Write both down on paper: if both are forgotten, nobody can open it."
        " Deleting needs no passphrase, and either may do it."
    )
    return ExitCode.WELL
