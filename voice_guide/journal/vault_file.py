"""What a vault file holds, and its JSON; the cryptography is in `vault`."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from voice_guide.errors import KeyProblem, StorageError, UsageError
from voice_guide.home import storage_error
from voice_guide.journal.disk import create_whole

FORMAT = "voice-guide-vault-1"

KEY_BYTES = 32
SALT_BYTES = 16
WRAPPED_BYTES = 24 + KEY_BYTES + 16
"""Nonce, key, tag."""

KEY_SUFFIX = ".key"
"""Of the file with the private keys, beside a vault without passphrases."""

_LARGEST_FILE = 1 << 16
_MOST_OPERATIONS = 64
_LEAST_MEMORY = 8 << 10
_MOST_MEMORY = 2 << 30


class Mode(StrEnum):
    """Who can open the record."""

    EITHER = "either"
    """Either partner, with their own passphrase."""
    NONE = "none"
    """Whoever can read the key file: no passphrase was chosen."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How hard Argon2id is made for whoever guesses passphrases."""

    opslimit: int
    """Passes over the memory."""
    memlimit: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What one partner's passphrase opens."""

    salt: bytes
    cost: Cost
    own: bytes = field(repr=False)
    """The partner's own private key, wrapped."""
    couple: bytes = field(repr=False)
    """The couple's private key, wrapped."""


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner in the vault."""

    name: str = field(repr=False)
    public: bytes
    lock: Lock | None
    """None if no passphrase was chosen."""


@dataclass(frozen=True, slots=True)
class PublicVault:
    """All that recording needs: it can seal, and open nothing."""

    id: str
    couple: bytes
    """The couple's public key (X25519)."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A vault as it lies on disk, everything private in it wrapped."""

    path: Path
    id: str
    mode: Mode
    couple: bytes
    """The couple's public key (X25519)."""
    partners: tuple[Partner, Partner]

    @property
    def public(self) -> PublicVault:
        """The part that recording needs."""
        return PublicVault(self.id, self.couple)

    @property
    def key_file(self) -> Path:
        """Where the private keys lie if no passphrase was chosen."""
        return self.path.with_suffix(KEY_SUFFIX)


def read_vault(path: Path) -> Vault:
    """The vault at `path`.

    Raises KeyProblem if there is none or it needs both partners, StorageError if it cannot be read.
    """
    fields = read_json(path, "vault")
    try:
        if fields["format"] != FORMAT:
            raise StorageError(
                "This vault has a format that this version does not know.", "update voice-guide"
            )
        mode = _mode(fields["mode"])
        first, second = (_partner(partner, mode) for partner in fields["partners"])
        return Vault(path, str(fields["vault"]), mode, decode_key(fields["couple"]), (first, second))
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path) from error


def refuse_second(path: Path) -> None:
    """Raise UsageError if a vault lies at `path`, KeyProblem if only its key does.

    A new vault could not open what the old one sealed.
    """
    if path.exists():
        raise _there_already(path)
    key = path.with_suffix(KEY_SUFFIX)
    if key.exists():
        raise KeyProblem(
            f"There is a key at {key}, but the vault that belongs to it is missing.",
            f"put {path.name} back from a backup, or move the key away if nothing was ever kept with it",
        )


def _there_already(path: Path) -> UsageError:
    return UsageError(f"There is a vault already at {path}.", "a new one could not open your evenings")


def write_vault(vault: Vault) -> None:
    """Put a new vault on disk in one step (0600). Raises UsageError if there is one by now, StorageError."""
    fields = {
        "format": FORMAT,
        "vault": vault.id,
        "mode": vault.mode,
        "couple": text(vault.couple),
        "partners": [_partner_fields(partner) for partner in vault.partners],
    }
    write_json(vault.path, fields)


def write_json(path: Path, fields: dict[str, Any]) -> None:
    """Put a new private JSON file (0600) on disk in one step. Raises UsageError if there is one, StorageError."""
    try:
        create_whole(path, (json.dumps(fields, indent=1, ensure_ascii=False) + "\n").encode())
    except FileExistsError:
        raise _there_already(path) from None
    except OSError as error:
        raise storage_error(f"{path.name} could not be written", error) from error


def read_json(path: Path, what: str) -> dict[str, Any]:
    """The fields of a small JSON file; KeyProblem if there is none, StorageError if it is no such file."""
    try:
        with path.open("rb") as file:
            fields = json.loads(file.read(_LARGEST_FILE))
    except FileNotFoundError:
        hint = "make one with: voice-guide keys create --partners NAME,NAME"
        raise KeyProblem(f"There is no {what} at {path}.", hint) from None
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    except ValueError:
        # The parser's own error would carry the file's content with it.
        raise damaged(path) from None
    if not isinstance(fields, dict):
        raise damaged(path)
    return fields


def damaged(path: Path) -> StorageError:
    """The error for a vault or key file that makes no sense."""
    return StorageError(
        f"{path} is damaged.", "put it back from a backup; the records themselves are not touched"
    )


def text(data: bytes) -> str:
    """Bytes as they stand in JSON: base64."""
    return base64.b64encode(data).decode()


def decode_key(value: object) -> bytes:
    """The 32 bytes of a key in JSON; ValueError if it is none."""
    return _bytes(value, KEY_BYTES)


def _bytes(value: object, length: int) -> bytes:
    data = base64.b64decode(str(value), validate=True)
    if len(data) != length:
        raise ValueError("not the right length")
    return data


def _mode(value: object) -> Mode:
    if value == "both":
        raise KeyProblem("This vault opens for both partners together only, which this version cannot do.")
    return Mode(str(value))


def _partner(fields: dict[str, Any], mode: Mode) -> Partner:
    lock = _lock(fields) if mode is Mode.EITHER else None
    return Partner(str(fields["name"]), decode_key(fields["public"]), lock)


def _lock(fields: dict[str, Any]) -> Lock:
    cost = Cost(int(fields["opslimit"]), int(fields["memlimit"]))
    # A changed vault could otherwise ask for all memory, or for days of work.
    sane = 1 <= cost.opslimit <= _MOST_OPERATIONS and _LEAST_MEMORY <= cost.memlimit <= _MOST_MEMORY
    if not sane:
        raise ValueError("absurd Argon2id parameters")
    return Lock(
        _bytes(fields["salt"], SALT_BYTES),
        cost,
        _bytes(fields["own"], WRAPPED_BYTES),
        _bytes(fields["couple"], WRAPPED_BYTES),
    )


def _partner_fields(partner: Partner) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": partner.name, "public": text(partner.public)}
    if partner.lock is not None:
        lock = partner.lock
        fields |= {"salt": text(lock.salt), "opslimit": lock.cost.opslimit, "memlimit": lock.cost.memlimit}
        fields |= {"own": text(lock.own), "couple": text(lock.couple)}
    return fields
