"""Keys: who can open the record, and who cannot."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from nacl import bindings
from nacl.public import PrivateKey
from nacl.pwhash import argon2id

from tests.journal.journal_help import FAST, PARTNERS, PHRASES, a_vault
from voice_guide.errors import ExitCode, KeyProblem, StorageError, UsageError
from voice_guide.journal import vault as vaults
from voice_guide.journal.disk import Disk
from voice_guide.journal.vault import SegmentKey, calibrate, create_vault, unlock
from voice_guide.journal.vault_file import Mode, Vault, read_vault


def opens(vault: Vault, phrases: tuple[str, ...] = ()) -> bool:
    """Whether the key that these give opens what was sealed to the vault."""
    segment = SegmentKey.fresh()
    key = unlock(vault, phrases).open_segment(segment.sealed_to(vault.public))
    return key.open(segment.seal(b"words", b"", bytes(24)), b"", bytes(24)) == b"words"


@pytest.mark.parametrize("phrases", [PHRASES[:1], PHRASES[1:], PHRASES, PHRASES[::-1], ("wrong", PHRASES[0])])
def test_any_fitting_passphrase_opens(tmp_path: Path, phrases: tuple[str, ...]) -> None:
    """Either partner's passphrase opens the record, in any order, beside wrong ones."""
    a_vault(tmp_path)
    assert opens(read_vault(tmp_path / "vault.json"), phrases)


@pytest.mark.parametrize("phrases", [(), ("",), ("three old bicycle",)])
def test_no_other_passphrase_opens(tmp_path: Path, phrases: tuple[str, ...]) -> None:
    """A wrong passphrase is a key problem, exit code 6, and is not quoted."""
    vault = a_vault(tmp_path)
    with pytest.raises(KeyProblem, match="does not open") as problem:
        unlock(vault, phrases)
    assert problem.value.exit_code is ExitCode.KEY
    assert "bicycle" not in str(problem.value)


def test_one_passphrase_in_two_spellings(tmp_path: Path) -> None:
    """An accent typed as one code point or as two is the same passphrase."""
    vault = create_vault(tmp_path / "vault.json", PARTNERS, ("caf\u00e9 noir", "x"), FAST)
    assert opens(vault, ("cafe\u0301 noir",))


def test_without_passphrases_the_key_file_opens(tmp_path: Path) -> None:
    """In mode none the key file beside the vault is all it takes."""
    vault = create_vault(tmp_path / "vault.json", PARTNERS, None)
    assert vault.mode is Mode.NONE
    assert opens(read_vault(vault.path))
    vault.key_file.unlink()
    with pytest.raises(KeyProblem, match="no key file"):
        unlock(vault)


def test_the_files_are_private(tmp_path: Path) -> None:
    """Vault and key file are for their owner alone, in a folder for its owner alone."""
    vault = create_vault(tmp_path / "home" / "vault.json", PARTNERS, None)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (vault.path, vault.key_file, vault.path.parent)]
    assert modes == [0o600, 0o600, 0o700]
    assert {path.name for path in vault.path.parent.iterdir()} == {"vault.json", "vault.key"}


def test_no_secret_lies_open(tmp_path: Path) -> None:
    """With passphrases, neither the vault's file nor any repr holds a private key."""
    vault = a_vault(tmp_path)
    key = unlock(vault, PHRASES)
    secret = key._secret
    assert secret not in vault.path.read_bytes()
    assert secret.hex() not in repr(key) + repr(vault)
    assert str(secret) not in repr(key) + repr(vault)
    assert not vault.key_file.exists()


def test_each_partner_has_a_key_of_their_own(tmp_path: Path) -> None:
    """A partner's passphrase opens their own private key, as FORMAT.md says, and not the other's."""
    a_vault(tmp_path)
    vault = read_vault(tmp_path / "vault.json")
    for partner, phrase, other in zip(vault.partners, PHRASES, PHRASES[::-1], strict=True):
        lock = partner.lock
        assert lock is not None
        purpose = f"voice-guide-vault-1 {vault.id} own ".encode() + partner.public
        decrypt = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt
        key = argon2id.kdf(32, phrase.encode(), lock.salt, 1, 8192)
        secret = decrypt(lock.own[24:], purpose, lock.own[:24], key)
        assert bytes(PrivateKey(secret).public_key) == partner.public
        assert argon2id.kdf(32, other.encode(), lock.salt, 1, 8192) != key
    assert len({vault.couple, *(partner.public for partner in vault.partners)}) == 3


def test_a_second_vault_is_refused(tmp_path: Path) -> None:
    """A new vault never takes the place of one that evenings were sealed to."""
    before = a_vault(tmp_path).path.read_bytes()
    with pytest.raises(UsageError, match="There is a vault already"):
        a_vault(tmp_path)
    assert (tmp_path / "vault.json").read_bytes() == before


@pytest.mark.parametrize("phrases", [None, PHRASES])
def test_a_key_without_its_vault_is_not_overwritten(tmp_path: Path, phrases: tuple[str, str] | None) -> None:
    """Where only the vault is missing, the key is all that opens the evenings: it stays, and is spoken of."""
    old = create_vault(tmp_path / "vault.json", PARTNERS, None)
    before = old.key_file.read_bytes()
    old.path.unlink()
    with pytest.raises(KeyProblem, match=r"There is a key at .*vault\.key, but .* \(put vault\.json back"):
        create_vault(old.path, PARTNERS, phrases, FAST)
    assert old.key_file.read_bytes() == before
    assert not old.path.exists()


@pytest.mark.parametrize("ours", [None, PHRASES])
@pytest.mark.parametrize("theirs", [None, PHRASES])
def test_two_vaults_made_at_once(
    tmp_path: Path,
    ours: tuple[str, str] | None,
    theirs: tuple[str, str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first one on disk stays, for words may be sealed to it; the other is refused, and leaves no trace."""
    path = tmp_path / "vault.json"
    left: list[Path] = []
    generate = PrivateKey.generate

    def overtaken() -> PrivateKey:
        monkeypatch.undo()
        create_vault(path, PARTNERS, theirs, FAST)
        left.extend(tmp_path.iterdir())
        return generate()

    monkeypatch.setattr(PrivateKey, "generate", overtaken)
    with pytest.raises(UsageError, match="There is a vault already"):
        create_vault(path, PARTNERS, ours, FAST)
    assert set(tmp_path.iterdir()) == set(left)
    assert opens(read_vault(path), theirs or ())


def test_a_vault_that_comes_between_the_key_and_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our key is taken away again: it belongs to no vault, and would bar the way to a new one."""
    path, write = tmp_path / "vault.json", vaults._write_key_file

    def overtaken(*keys: Any) -> None:
        write(*keys)
        path.write_text("theirs")

    monkeypatch.setattr(vaults, "_write_key_file", overtaken)
    with pytest.raises(UsageError, match="There is a vault already"):
        create_vault(path, PARTNERS, None)
    assert [one.name for one in tmp_path.iterdir()] == ["vault.json"]
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("what", ["write_all", "sync_folder"])
def test_a_disk_that_refuses_keeps_no_half_vault(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a file of ours nor a temporary one is left, and the next try is free."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(Disk, what, refuse)
        with pytest.raises(StorageError, match=r"vault\.key could not be written: input/output error"):
            create_vault(tmp_path / "vault.json", PARTNERS, None)
    assert list(tmp_path.iterdir()) == []
    assert opens(create_vault(tmp_path / "vault.json", PARTNERS, None))


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    """Nobody gets a lock that anyone opens."""
    with pytest.raises(UsageError, match="cannot be empty"):
        create_vault(tmp_path / "vault.json", PARTNERS, ("fine", ""), FAST)
    assert not (tmp_path / "vault.json").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"opslimit": 65},
        {"opslimit": 0},
        {"memlimit": 3 << 30},
        {"memlimit": 1},
        {"salt": "AAAA"},
        {"couple": "!"},
        {"opslimit": "many"},
    ],
)
def test_absurd_parameters_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """A changed vault cannot ask for all memory or for days: it counts as damaged."""
    vault = a_vault(tmp_path)
    fields = json.loads(vault.path.read_text())
    fields["partners"][0].update(change)
    vault.path.write_text(json.dumps(fields))
    with pytest.raises(StorageError, match="is damaged"):
        read_vault(vault.path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "voice-guide-vault-1"}'])
def test_a_damaged_vault_says_so(tmp_path: Path, text: str) -> None:
    """A vault file that makes no sense is a storage error with a hint."""
    (tmp_path / "vault.json").write_text(text)
    with pytest.raises(StorageError, match=r"is damaged.*backup"):
        read_vault(tmp_path / "vault.json")


def test_the_mode_for_both_is_reserved(tmp_path: Path) -> None:
    """A vault that needs both partners is refused with a clear sentence, not opened by one."""
    vault = a_vault(tmp_path)
    vault.path.write_text(vault.path.read_text().replace('"either"', '"both"'))
    with pytest.raises(KeyProblem, match="both partners together"):
        read_vault(vault.path)


def test_a_swapped_public_key_is_noticed(tmp_path: Path) -> None:
    """A couple's key that was exchanged in the file does not pass for theirs."""
    vault = a_vault(tmp_path)
    fields = json.loads(vault.path.read_text())
    fields["couple"] = fields["partners"][0]["public"]
    vault.path.write_text(json.dumps(fields))
    with pytest.raises(KeyProblem, match="does not open"):
        unlock(read_vault(vault.path), PHRASES)


def test_a_key_file_of_another_vault_is_refused(tmp_path: Path) -> None:
    """A key file put beside a vault that it does not belong to opens nothing."""
    one = create_vault(tmp_path / "one" / "vault.json", PARTNERS, None)
    two = create_vault(tmp_path / "two" / "vault.json", PARTNERS, None)
    two.key_file.write_bytes(one.key_file.read_bytes())
    with pytest.raises(KeyProblem, match="does not belong"):
        unlock(two)


def test_a_key_does_not_open_what_was_sealed_to_others(tmp_path: Path) -> None:
    """The couple's key opens nothing of another couple."""
    ours = create_vault(tmp_path / "one" / "vault.json", PARTNERS, None)
    theirs = create_vault(tmp_path / "two" / "vault.json", PARTNERS, None)
    with pytest.raises(KeyProblem, match="does not open that record"):
        unlock(ours).open_segment(SegmentKey.fresh().sealed_to(theirs.public))


@pytest.mark.parametrize(
    ("memory", "seconds", "cost"),
    [
        (8 << 30, 0.1, (5, 256 << 20)),
        (8 << 30, 2.0, (3, 256 << 20)),
        (8 << 30, 0.0, (16, 256 << 20)),
        (1 << 30, 0.1, (5, 128 << 20)),
        (500 << 20, 0.1, (5, 64 << 20)),
    ],
)
def test_the_cost_fits_the_machine(
    monkeypatch: pytest.MonkeyPatch, memory: int, seconds: float, cost: tuple[int, int]
) -> None:
    """Half a second where the machine allows it, less memory on a small one, never under three passes."""
    monkeypatch.setattr(vaults, "_stretch", lambda *_: b"")
    clock = iter([10.0, 10.0 + seconds])
    found = calibrate(memory, lambda: next(clock))
    assert (found.opslimit, found.memlimit) == cost
