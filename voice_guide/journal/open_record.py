"""Opens a record of Voice Guide without Voice Guide; needs only Python and PyNaCl. The format: FORMAT.md.

python open_record.py VAULT.json ID.vgr [ID.1.vgr ...]     (asks for a passphrase, or reads it from a pipe)
"""

import base64
import getpass
import hashlib
import json
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.pwhash import argon2id


def couple_key(path: Path) -> bytes:
    """The couple's private key, from the key file or with either partner's passphrase."""
    vault = json.loads(path.read_text("utf-8"))
    if vault["mode"] == "none":
        return base64.b64decode(json.loads(path.with_suffix(".key").read_text("utf-8"))["couple"])
    typed = getpass.getpass("Passphrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    phrase = unicodedata.normalize("NFC", typed).encode()
    purpose = f"{vault['format']} {vault['vault']} couple ".encode() + base64.b64decode(vault["couple"])
    for one in vault["partners"]:
        key = argon2id.kdf(32, phrase, base64.b64decode(one["salt"]), one["opslimit"], one["memlimit"])
        wrapped = base64.b64decode(one["couple"])
        try:
            return decrypt(wrapped[24:], purpose, wrapped[:24], key)
        except (CryptoError, RuntimeError):
            continue
    sys.exit("That passphrase does not open the record.")


def frames(data: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Flags, number, body and all bytes of each frame whose CRC is right."""
    at = 0
    while at + 16 <= len(data):
        magic, flags, length, seq, crc = struct.unpack_from("<3sBIII", data, at)
        body = data[at + 16 : at + 16 + length]
        if magic == b"VGF" and len(body) == length and zlib.crc32(data[at : at + 12] + body) == crc:
            yield flags, seq, body, data[at : at + 16 + length]
            at += 16 + length
        else:
            at += 512


def records(data: bytes, secret: bytes) -> Iterator[dict[str, Any]]:
    """What a segment holds: its header first, then all that can be opened."""
    sealed = list(frames(data))
    clear = next(frame for frame in sealed if frame[0] & 4)
    yield (header := json.loads(clear[2].rstrip(b"\0")[:-1]))
    key = SealedBox(PrivateKey(secret)).decrypt(base64.b64decode(header["key"]))
    for flags, seq, body, _ in (frame for frame in sealed if not frame[0] & 4):
        bound = hashlib.blake2b(clear[3], digest_size=32).digest() + struct.pack("<IB", seq, flags)
        try:
            text = decrypt(body, bound, struct.pack("<Q16x", seq), key)
        except (CryptoError, RuntimeError):
            continue
        yield json.loads(text.rstrip(b"\0")[:-1])


if __name__ == "__main__":
    secret = couple_key(Path(sys.argv[1]))
    segments = [list(records(Path(name).read_bytes(), secret)) for name in sys.argv[2:]]
    replaced = max(head["replaces"] for head, *_ in segments)
    found = [one for head, *rest in segments if not 0 < head["segment"] <= replaced for one in rest]
    struck = {seq for one in found if one["type"] == "strike" for seq in one["seqs"]}
    lines = {one["seq"]: one for one in found if one["type"] == "line" and one["seq"] not in struck}
    for _, line in sorted(lines.items()):
        sys.stdout.buffer.write(f"{line['who']}: {line['text']}\n".encode())
