"""The stand-alone script that opens a record without this program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.journal.journal_help import ANSWERS, PARTNERS, PHRASES, Faults, a_vault, record, said
from voice_guide.journal import open_record
from voice_guide.journal.folder import evenings_in
from voice_guide.journal.vault import create_vault

SCRIPT = Path(open_record.__file__)


def run(root: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script alone, where the program cannot be imported, with all segments in the wrong order."""
    paths = [path for parts in evenings_in(root / "sessions").values() for path in reversed(parts)]
    command = [sys.executable, "-P", str(SCRIPT), str(root / "vault.json"), *map(str, paths)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", cwd="/", check=False, env={}
    )


def test_it_is_short_and_stands_alone() -> None:
    """FORMAT.md promises under 80 lines, and nothing needed but PyNaCl."""
    source = SCRIPT.read_text()
    assert len(source.splitlines()) < 80
    assert "voice_guide" not in source


def test_it_reads_what_the_recorder_wrote(tmp_path: Path) -> None:
    """Either passphrase shows all lines in order; a damaged frame costs itself alone."""
    record(tmp_path, a_vault(tmp_path), (ANSWERS[0], "größer ☀", ANSWERS[2]))
    for phrase in PHRASES:
        done = run(tmp_path, f"{phrase}\n")
        assert (done.stderr, done.returncode) == ("", 0)
        assert done.stdout == f"Ana: {ANSWERS[0]}\nBen: größer ☀\nAna: {ANSWERS[2]}\n"
    (path,) = (tmp_path / "sessions").iterdir()
    raw = bytearray(path.read_bytes())
    raw[5] ^= 1
    raw[3 * 512 + 99] ^= 1
    path.write_bytes(raw)
    assert run(tmp_path, f"{phrase}\n").stdout == f"Ben: größer ☀\nAna: {ANSWERS[2]}\n"


def test_it_obeys_strikes_in_all_segments(tmp_path: Path) -> None:
    """A tombstone that was not yet followed by a rewrite hides its line here, too."""
    faults = Faults()
    vault = create_vault(tmp_path / "vault.json", PARTNERS, None)
    recorder = record(tmp_path, vault, ANSWERS[:1], kept=None, disk=faults.disk)
    faults.fail_next_sync()
    recorder.append(said(2, ANSWERS[1]))
    faults.failing_syncs.add(faults.syncs + 2)
    recorder.strike({1})
    recorder.abandon()
    assert run(tmp_path).stdout == f"Ben: {ANSWERS[1]}\n"


def test_it_refuses_a_wrong_passphrase(tmp_path: Path) -> None:
    """A wrong passphrase is one sentence, and no words."""
    record(tmp_path, a_vault(tmp_path))
    done = run(tmp_path, "wrong\n")
    assert (done.stdout, done.stderr, done.returncode) == (
        "", "That passphrase does not open the record.\n", 1,
    )  # fmt: skip
