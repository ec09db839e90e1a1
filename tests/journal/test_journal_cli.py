"""The commands sessions, show, export, forget and keys."""

from __future__ import annotations

import argparse
import getpass
import io
import json
import stat
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.journal.journal_help import ANSWERS, FAST, INFO, PARTNERS, PHRASES, Faults, a_vault, record
from voice_guide.cli import keys, records
from voice_guide.errors import KeyProblem, StorageError, UsageError
from voice_guide.home import Home
from voice_guide.journal import frames, vault
from voice_guide.journal.folder import segment_path
from voice_guide.journal.listing import list_evenings
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault import create_vault
from voice_guide.journal.vault_file import Mode, read_vault


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty data folder, nobody at the terminal, cheap passphrases."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(vault, "calibrate", lambda: FAST)
    (tmp_path / "phrases").write_text("\n".join(PHRASES) + "\n")
    return Home(tmp_path)


def run(*words: object) -> int:
    """Parse and run a command, as the program does."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    for module in (records, keys):
        module.add_parser(commands)
    args = parser.parse_args([str(word) for word in words])
    code: int = args.run(args)
    return code


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Somebody sits there and types these lines."""
    answers = iter(typed)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))


def test_sessions_prints_nothing_when_there_is_nothing(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty list is empty."""
    assert run("sessions") == 0
    assert capsys.readouterr().out == ""
    assert home.sessions.exists()


def test_sessions_has_a_line_for_each(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """State and rehearsal show without a key; the title only with one."""
    ours = a_vault(home.root)
    id = record(home.root, ours).id
    run("sessions")
    assert capsys.readouterr().out == f"{id}  kept\n"
    run("sessions", "--passphrase-file", home.root / "phrases")
    assert capsys.readouterr().out == f"{id}  kept         What I'm afraid of\n"


def test_sessions_marks_rehearsals(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal in its unprotected vault shows its title without being asked, and is marked."""
    # Of tonight: what nobody decided about goes after seven days.
    info = replace(INFO, started=datetime.now().astimezone().isoformat(timespec="seconds"))
    recorder = Recorder.create(
        home.sessions, create_vault(home.rehearsal_vault, PARTNERS, None).public, info, rehearsal=True
    )
    recorder.abandon()
    run("sessions")
    assert capsys.readouterr().out == f"{recorder.id}  interrupted  rehearsal  What I'm afraid of\n"


def test_show_prints_who_when_and_what(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """With a passphrase file the words are shown, and nothing of the guide's."""
    record(home.root, a_vault(home.root))
    assert run("show", "last", "--passphrase-file", home.root / "phrases") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["What I'm afraid of", "Ana and Ben, 2026-11-23 20:41"]
    assert shown[3:] == [
        f"20:41  Ana: {ANSWERS[0]}",
        f"20:42  Ben: {ANSWERS[1]}",
        f"20:42  Ana: {ANSWERS[2]}",
    ]


def test_show_asks_at_a_terminal(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Either partner may type theirs."""
    record(home.root, a_vault(home.root))
    at_a_terminal(monkeypatch, PHRASES[1])
    run("show", "2026")
    assert ANSWERS[1] in capsys.readouterr().out


def test_show_needs_a_passphrase(home: Home) -> None:
    """Without a terminal and without a file there is a key problem with a hint; a wrong one is another."""
    record(home.root, a_vault(home.root))
    with pytest.raises(KeyProblem, match="--passphrase-file"):
        run("show", "last")
    (home.root / "wrong").write_text("wrong\n")
    with pytest.raises(KeyProblem, match="does not open the record"):
        run("show", "last", "--passphrase-file", home.root / "wrong")
    with pytest.raises(StorageError, match="cannot be read"):
        run("show", "last", "--passphrase-file", home.root / "missing")
    (home.root / "latin").write_bytes(b"caf\xe9 secret\n")
    with pytest.raises(UsageError, match="not UTF-8") as refused:
        run("show", "last", "--passphrase-file", home.root / "latin")
    assert refused.value.__suppress_context__


def test_show_says_when_the_vault_is_missing(home: Home) -> None:
    """A record whose vault is not there, and one whose head is damaged, say so."""
    record(home.root, a_vault(home.root / "elsewhere"))
    record(home.root / "elsewhere", read_vault(home.root / "elsewhere" / "vault.json"))
    (path,) = (home.root / "elsewhere" / "sessions").iterdir()
    moved = path.rename(segment_path(home.root, "2020-01-01-0000-aaaa"))
    (home.sessions).mkdir(exist_ok=True)
    moved = moved.rename(home.sessions / moved.name)
    with pytest.raises(KeyProblem, match="another vault"):
        run("show", "2020")
    moved.write_bytes(bytes(2 * frames.BLOCK) + moved.read_bytes()[2 * frames.BLOCK :])
    with pytest.raises(StorageError, match="head of 2020-01-01-0000-aaaa is unreadable"):
        run("show", "2020")


def test_show_carries_out_what_a_crash_left_undone(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A struck line that a crash left sealed on the disk is removed when the record is opened."""
    ours, faults = create_vault(home.vault, PARTNERS, None), Faults()
    recorder = record(home.root, ours, kept=None, disk=faults.disk)
    faults.failing_syncs.add(faults.syncs + 2)
    recorder.strike({1})
    recorder.abandon()
    (before,) = list_evenings(home)
    run("show", "last")
    (after,) = list_evenings(home)
    assert ANSWERS[0] not in capsys.readouterr().out
    assert after.size == before.size - 2 * frames.BLOCK


@pytest.mark.parametrize("form", ["md", "json"])
def test_export_writes_a_private_file(home: Home, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same text goes to the terminal or to a file of 0600, even over an open one, with a warning."""
    record(home.root, create_vault(home.vault, PARTNERS, None))
    out = home.root / "out"
    out.write_text("much longer " * 1000)
    out.chmod(0o644)
    run("export", "last", "--format", form)
    text = capsys.readouterr().out
    run("export", "last", "--format", form, "--output", out)
    assert out.read_text("utf-8") == text
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "in the clear" in capsys.readouterr().err
    if form == "json":
        assert [line["text"] for line in json.loads(text)["lines"]] == list(ANSWERS)


def test_export_to_a_place_that_cannot_be_written(home: Home) -> None:
    """The error names the place, and quotes nothing."""
    record(home.root, create_vault(home.vault, PARTNERS, None))
    with pytest.raises(StorageError, match="could not be written") as failed:
        run("export", "last", "--output", home.root / "no" / "where")
    assert "heron" not in str(failed.value)


def test_words_that_the_terminal_cannot_show(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal without the letters gets question marks, not an error that quotes the words."""
    record(home.root, create_vault(home.vault, PARTNERS, None), ["größer ☀"])
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    run("show", "last")
    sys.stdout.flush()
    assert b"Ana: gr??er ?" in raw.getvalue()


def test_either_can_delete_without_a_key(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One evening goes after a yes, stays after anything else; the vault stays in any case."""
    ours = a_vault(home.root)
    record(home.root, ours)
    at_a_terminal(monkeypatch, "", "y")
    run("forget", "last")
    assert capsys.readouterr().out == "Nothing was removed.\n"
    assert len(list_evenings(home)) == 1
    run("forget", "last")
    assert "Removed." in capsys.readouterr().out
    assert list_evenings(home) == ()
    assert home.vault.exists()


def test_forget_all_removes_everything(home: Home) -> None:
    """What was done as well. With --yes nobody is asked; without it, and without a terminal, nothing is removed."""
    ours = a_vault(home.root)
    home.history.write_text("{}")
    for _ in range(2):
        record(home.root, ours)
    with pytest.raises(UsageError, match="--yes"):
        run("forget", "--all")
    assert len(list_evenings(home)) == 2
    run("forget", "--all", "--yes")
    assert list(home.sessions.iterdir()) == []
    assert home.vault.exists()
    assert not home.history.exists()


@pytest.mark.parametrize("words", [("forget",), ("forget", "last", "--all")])
def test_forget_needs_exactly_one_thing(home: Home, words: tuple[str, ...]) -> None:
    """Neither nothing nor both an id and all."""
    with pytest.raises(SystemExit):
        run(*words)
    assert home.root.exists()


def test_forget_an_unknown_evening(home: Home) -> None:
    """A typing mistake deletes nothing, and names the nearest."""
    id = record(home.root, a_vault(home.root)).id
    with pytest.raises(UsageError, match=f"did you mean {id}"):
        run("forget", f"{id[:-1]}9", "--yes")
    assert len(list_evenings(home)) == 1


def test_keys_from_a_file(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is one partner's; what protects what is said, and the passphrases are not."""
    run("keys", "create", "--partners", "Ana, Ben", "--passphrase-file", home.root / "phrases")
    ours = read_vault(home.vault)
    assert [partner.name for partner in ours.partners] == ["Ana", "Ben"]
    assert ours.mode is Mode.EITHER
    said = capsys.readouterr().out
    assert "each open the record" in said
    assert PHRASES[0] not in said
    with pytest.raises(UsageError, match="There is a vault already"):
        run("keys", "create", "--partners", "Ana,Ben", "--no-passphrase")


def test_keys_without_a_passphrase_say_what_that_means(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key file is named as the only protection."""
    run("keys", "create", "--partners", "Ana,Ben", "--no-passphrase")
    assert read_vault(home.vault).mode is Mode.NONE
    assert "vault.key alone" in capsys.readouterr().out


def test_keys_ask_each_partner_in_turn(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty ones and typing mistakes are asked again; each is typed twice."""
    at_a_terminal(monkeypatch, "", "one", "other", PHRASES[0], PHRASES[0], PHRASES[1], PHRASES[1])
    run("keys", "create", "--partners", "Ana,Ben")
    for phrase in PHRASES:
        vault.unlock(read_vault(home.vault), [phrase])


@pytest.mark.parametrize("names", ["Ana", "Ana,", "Ana,Ben,Cy", "Ana,Ana"])
def test_there_are_two_partners(home: Home, names: str) -> None:
    """Anything but two different names is refused before anybody is asked for a passphrase."""
    with pytest.raises(SystemExit, match="2"):
        run("keys", "create", "--partners", names)
    assert not home.vault.exists()


@pytest.mark.parametrize("text", ["only one\n", "one\ntwo\nthree\n", "one\n\n"])
def test_each_partner_needs_a_passphrase(home: Home, text: str) -> None:
    """A file with too few, too many or empty lines makes no vault."""
    (home.root / "phrases").write_text(text)
    with pytest.raises(UsageError, match="passphrase"):
        run("keys", "create", "--partners", "Ana,Ben", "--passphrase-file", home.root / "phrases")
    assert not home.vault.exists()


def test_keys_need_a_terminal(home: Home) -> None:
    """Nobody to ask, and no file: the hint names both other ways."""
    with pytest.raises(KeyProblem, match="--passphrase-file FILE or --no-passphrase"):
        run("keys", "create", "--partners", "Ana,Ben")
    assert not home.vault.exists()
