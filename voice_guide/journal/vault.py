"""Keys: who can open the record. The only module that uses the crypto library (libsodium, through PyNaCl)."""

from __future__ import annotations

import contextlib
import os
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

from voice_guide.errors import KeyProblem, UsageError
from voice_guide.home import make_private_folder
from voice_guide.journal import vault_file
from voice_guide.journal.vault_file import Cost, Lock, Mode, Partner, PublicVault, Vault

_NONCE_BYTES = 24

_AIM_SECONDS = 0.5
"""What one try of a passphrase is to cost; unnoticed once an evening, painful a million times."""

_MOST_MEMORY = pwhash.argon2id.MEMLIMIT_MODERATE
_LEAST_MEMORY = pwhash.argon2id.MEMLIMIT_INTERACTIVE
_LEAST_OPERATIONS = pwhash.argon2id.OPSLIMIT_MODERATE
_MOST_OPERATIONS = 16

# PyNaCl's low-level AEAD raises either, depending on the function.
_NOT_OPENED = (CryptoError, RuntimeError)


class SegmentKey:
    """The key of one segment: made fresh, used for that file, then forgotten."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def fresh(cls) -> SegmentKey:
        """A new random key."""
        return cls(random(vault_file.KEY_BYTES))

    def seal(self, text: bytes, associated: bytes, nonce: bytes) -> bytes:
        """Ciphertext and tag. No nonce may be used twice with one key."""
        return bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, associated, nonce, self._key)

    def open(self, sealed: bytes, associated: bytes, nonce: bytes) -> bytes | None:
        """The text; None if anything of it was changed."""
        try:
            return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce, self._key)
        except _NOT_OPENED:
            return None

    def sealed_to(self, vault: PublicVault) -> bytes:
        """This key so that only the couple's private key opens it (crypto_box_seal)."""
        return SealedBox(PublicKey(vault.couple)).encrypt(self._key)


@dataclass(frozen=True, slots=True)
class CoupleKey:
    """The couple's private key, unlocked."""

    vault_id: str
    _secret: bytes = field(repr=False)

    def open_segment(self, sealed: bytes) -> SegmentKey:
        """The key of a segment. Raises KeyProblem if it was sealed to another couple."""
        try:
            return SegmentKey(SealedBox(PrivateKey(self._secret)).decrypt(sealed))
        except _NOT_OPENED:
            raise KeyProblem(
                "This key does not open that record.", "it may belong to another vault"
            ) from None


def calibrate(memory: int | None = None, clock: Callable[[], float] = time.perf_counter) -> Cost:
    """Argon2id parameters that take about half a second on this machine.

    `memory` is the machine's, in bytes; a small machine gives an eighth of it, at least 64 MiB. Never fewer
    passes than libsodium's MODERATE, however slow the machine.
    """
    memory = memory or os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    memlimit = max(_LEAST_MEMORY, min(_MOST_MEMORY, 1 << (max(memory // 8, 1).bit_length() - 1)))
    begun = clock()
    _stretch("calibration", bytes(vault_file.SALT_BYTES), Cost(1, memlimit))
    passes = round(_AIM_SECONDS / max(clock() - begun, 0.001))
    return Cost(max(_LEAST_OPERATIONS, min(_MOST_OPERATIONS, passes)), memlimit)


def create_vault(
    path: Path, partners: tuple[str, str], passphrases: tuple[str, str] | None, cost: Cost | None = None
) -> Vault:
    """Make a couple's vault, with one passphrase for each partner, or None for a bare key file beside it.

    `cost` is calibrated on this machine unless given. Raises UsageError if there is a vault already, also if it
    is made by another program just now, or if a passphrase is empty; KeyProblem if only its key is there;
    StorageError.
    """
    vault_file.refuse_second(path)
    if passphrases and not all(passphrases):
        raise UsageError("A passphrase cannot be empty.", "choose a few words that only you know")
    make_private_folder(path.parent)
    id = random(16).hex()
    couple, *own = (PrivateKey.generate() for _ in range(3))
    mode = Mode.EITHER if passphrases else Mode.NONE
    locks: tuple[Lock | None, ...] = (None, None)
    if passphrases:
        cost = cost or calibrate()
        locks = tuple(
            _lock(phrase, cost, id, (mine, couple)) for phrase, mine in zip(passphrases, own, strict=True)
        )
    first, second = (
        Partner(name, bytes(mine.public_key), lock)
        for name, mine, lock in zip(partners, own, locks, strict=True)
    )
    vault = Vault(path, id, mode, bytes(couple.public_key), (first, second))
    if mode is Mode.NONE:
        _write_key_file(vault, couple, own)
    try:
        vault_file.write_vault(vault)
    except BaseException:
        if mode is Mode.NONE:  # the key is ours, and nothing was ever sealed for it
            with contextlib.suppress(OSError):
                vault.key_file.unlink()
        raise
    return vault


def unlock(vault: Vault, passphrases: Sequence[str] = ()) -> CoupleKey:
    """The couple's private key: from the key file, or with any one passphrase that fits either partner.

    Raises KeyProblem if none fits.
    """
    if vault.mode is Mode.NONE:
        return _from_key_file(vault)
    # A file of passphrases has the partners' order: try each at its own place before all others.
    pairs = [(i, j) for i in range(len(passphrases)) for j in range(len(vault.partners))]
    for i, j in sorted(pairs, key=lambda pair: pair[0] != pair[1]):
        lock = vault.partners[j].lock
        if lock is not None:
            key = _stretch(passphrases[i], lock.salt, lock.cost)
            secret = _unwrap(key, lock.couple, _purpose(vault.id, "couple", vault.couple))
            if secret is not None:
                return CoupleKey(vault.id, secret)
    raise KeyProblem("That passphrase does not open the record.", "either partner's passphrase opens it")


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # The same passphrase can be typed as different code points on another keyboard.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")
    try:
        return pwhash.argon2id.kdf(vault_file.KEY_BYTES, typed, salt, cost.opslimit, cost.memlimit)
    except _NOT_OPENED:
        raise KeyProblem("There is not enough memory to try a passphrase.", "close other programs") from None


def _lock(passphrase: str, cost: Cost, vault_id: str, keys: tuple[PrivateKey, PrivateKey]) -> Lock:
    own, couple = keys
    salt = random(vault_file.SALT_BYTES)
    key = _stretch(passphrase, salt, cost)
    own_purpose = _purpose(vault_id, "own", bytes(own.public_key))
    couple_purpose = _purpose(vault_id, "couple", bytes(couple.public_key))
    return Lock(salt, cost, _wrap(key, bytes(own), own_purpose), _wrap(key, bytes(couple), couple_purpose))


def _purpose(vault_id: str, whose: str, public: bytes) -> bytes:
    # Binds a wrapped key to its place and its public half: swapping either in the file is noticed.
    return f"{vault_file.FORMAT} {vault_id} {whose} ".encode() + public


def _wrap(key: bytes, secret: bytes, purpose: bytes) -> bytes:
    nonce = random(_NONCE_BYTES)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, purpose, nonce, key)


def _unwrap(key: bytes, wrapped: bytes, purpose: bytes) -> bytes | None:
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    return SegmentKey(key).open(sealed, purpose, nonce)


def _write_key_file(vault: Vault, couple: PrivateKey, own: Sequence[PrivateKey]) -> None:
    keys = {
        "couple": vault_file.text(bytes(couple)),
        "partners": [vault_file.text(bytes(key)) for key in own],
    }
    vault_file.write_json(vault.key_file, {"format": vault_file.FORMAT, "vault": vault.id, **keys})


def _from_key_file(vault: Vault) -> CoupleKey:
    fields = vault_file.read_json(vault.key_file, "key file")
    try:
        secret = vault_file.decode_key(fields["couple"])
        fits = fields["vault"] == vault.id and bytes(PrivateKey(secret).public_key) == vault.couple
    except (KeyError, TypeError, ValueError):
        raise vault_file.damaged(vault.key_file) from None
    if not fits:
        raise KeyProblem("The key file does not belong to this vault.", "put both back from the same backup")
    return CoupleKey(vault.id, secret)
