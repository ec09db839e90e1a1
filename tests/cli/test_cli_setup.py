"""`voice-guide setup` as it is typed: what is asked, what is written, and that nothing is before the end."""

from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voice_guide.audio.naming import Outlets
from voice_guide.cli import main, setup
from voice_guide.errors import KeyProblem, StorageError
from voice_guide.journal import vault
from voice_guide.journal.vault_file import Cost, Mode, read_vault
from voice_guide.settings import Settings, read_settings, write_settings
from voice_guide.setup import equipment

CHEAP = Cost(1, 8 << 10)

PRINTED = """\
Welcome. I ask a few questions, once, and you type the answers.
What stands in brackets is what Enter means. A question mark explains, and back goes back.
Ctrl-C ends this, and leaves everything as it was.
My voice is not installed, so I only print. voice-guide models fetch brings it.
I have nothing yet that makes out words. voice-guide models fetch brings it.
What is the name of one of you?
Zoë, what is your partner's name?
I find no loudspeaker, so I only print. An evening needs one. Plug one in and type again, or go on. [go on]
I find no microphone, so I cannot try one. An evening needs one. Plug one in and type again, or go on. [go on]
Now, how long I wait for you. There are four ways.
x1: I wait up to ten seconds in an open answer before I go on.
x2: I wait twice as long, for those who think in long pauses.
x4: I wait four times as long, for slow speech or a stutter.
done: I never end your turn, until you say or press done.
Zoë, how long shall I wait for you? 1, 2, 4, or done. [1]
Max, how long shall I wait for you? 1, 2, 4, or done. [1]
Shall the screen show the words that I hear? [no]
In which language shall I lead you? English or español. [English]
In which country are you? Its name, two letters, or none. [none]
Ireland.
May I remember who begins next, what was done, and where an evening was interrupted? [yes]
Passphrases can only be typed at a terminal, so I leave the record as it is. \
Run voice-guide setup there, or give setup a --passphrase-file.
There is a text about safety, for each of you alone. The command voice-guide safety shows it. \
With --listen behind it, I read it through headphones.
A page for the one who was asked is there, too: voice-guide safety --for-the-one-asked --page FILE.html
This is what you chose, Zoë and Max.
I wait for Zoë: x1.
I wait for Max: x2.
Captions are off.
I lead you in English.
Your country: Ireland.
I remember who begins and what was done.
No passphrase protects the record.
That is written down. voice-guide start begins an evening.
"""

ANSWERS = ["Zoë", "Max", "", "", "", "2", "", "", "ireland", ""]
"""Names, no devices, patience, captions, language, country, remember."""

CHOSEN = Settings(first="Zoë", second="Max", second_patience="x2", country="IE")

Typed = Callable[..., int]


class _Typed(io.StringIO):
    """Lines on a pipe, or on a terminal if a test says so."""


def _no_devices(*, anew: bool) -> Outlets:
    del anew
    return Outlets()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without models, devices or anything chosen before."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(folder))
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path / "none"))
    monkeypatch.setattr(equipment, "outlets", _no_devices)
    monkeypatch.setattr(vault, "calibrate", lambda: CHEAP)
    return folder


@pytest.fixture
def typed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run setup with these lines on a pipe."""
    assert not home.exists()

    def run(*lines: str, options: tuple[str, ...] = ()) -> int:
        monkeypatch.setattr("sys.stdin", _Typed("".join(f"{line}\n" for line in lines)))
        return main.run(["setup", *options])

    return run


@pytest.fixture
def at_a_terminal(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run setup with these lines and these passphrases on a terminal."""

    def run(*lines: str, phrases: tuple[str, ...] = ()) -> int:
        secrets: Iterator[str] = iter(phrases)
        monkeypatch.setattr(_Typed, "isatty", lambda _: True)
        monkeypatch.setattr("getpass.getpass", lambda _: next(secrets))
        return typed(*lines)

    return run


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--plain",), ("--quiet", "--plain")])
def test_piped(
    typed: Typed, home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    """Without a terminal, devices or models, whatever the options: all is asked, and written, privately."""
    assert typed(*ANSWERS, options=options) == 0
    out, err = capsys.readouterr()
    wanted = PRINTED
    if "--quiet" in options:
        wanted = wanted.replace(
            "My voice is not installed, so I only print. voice-guide models fetch brings it.\n", ""
        )
    assert (out, err) == (wanted, "")
    assert read_settings(home / "settings.toml") == CHOSEN
    assert stat.S_IMODE((home / "settings.toml").stat().st_mode) == 0o600
    assert not (home / "vault.json").exists()


def test_again(typed: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second time the first choices stand in brackets, and Enter keeps them all."""
    typed(*ANSWERS)
    capsys.readouterr()
    assert typed(*[""] * 10) == 0
    out = capsys.readouterr().out
    assert "What is the name of one of you? [Zoë]\nZoë, what is your partner's name? [Max]\n" in out
    assert "Max, how long shall I wait for you? 1, 2, 4, or done. [2]\n" in out
    assert read_settings(home / "settings.toml") == CHOSEN


def test_input_that_ends(typed: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error with a hint, and not even the data folder is made."""
    assert typed("Zoë") == 2
    assert capsys.readouterr().err == (
        "voice-guide: The answers ended before setup did. Nothing was changed.\n  run voice-guide setup again\n"
    )
    assert not home.exists()


def test_ctrl_c(
    typed: Typed, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At any question it leaves what was chosen before as it was, and says so."""
    typed(*ANSWERS)
    before = (home / "settings.toml").read_bytes()

    def interrupt(terminal: object) -> str:
        del terminal
        raise KeyboardInterrupt

    monkeypatch.setattr(setup._Terminal, "_line", interrupt)
    assert typed() == 130
    assert capsys.readouterr().out.endswith("\nNothing was changed.\n")
    assert (home / "settings.toml").read_bytes() == before


def test_passphrases(at_a_terminal: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each partner types one twice; the vault is theirs, and either passphrase opens it."""
    phrases = ("heron", "heron", "reed", "rede", "reed", "reed")
    assert at_a_terminal(*ANSWERS, "yes", phrases=phrases) == 0
    out = capsys.readouterr().out
    assert "These were not the same. Once more from the start." in out
    assert "heron" not in out
    assert "reed" not in out
    made = read_vault(home / "vault.json")
    assert [partner.name for partner in made.partners] == ["Zoë", "Max"]
    assert made.mode is Mode.EITHER
    for phrase in ("heron", "reed"):
        assert vault.unlock(made, [phrase])
    with pytest.raises(KeyProblem):
        vault.unlock(made, ["rede"])


def test_no_passphrase(at_a_terminal: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what that means, and makes nothing: the first evening does, if both want it kept."""
    assert at_a_terminal(*ANSWERS, "no") == 0
    assert "Then whoever uses this computer can open it." in capsys.readouterr().out
    assert not (home / "vault.json").exists()


def test_passphrases_from_a_file(typed: Typed, home: Path, tmp_path: Path) -> None:
    """For other programs; both are there before anything is asked."""
    phrases = tmp_path / "phrases"
    phrases.write_text("heron\n")
    assert typed(*ANSWERS, options=("--passphrase-file", str(phrases))) == 2
    assert not home.exists()
    phrases.write_text("heron\nreed\n")
    assert typed(*ANSWERS, options=("--passphrase-file", str(phrases))) == 0
    assert vault.unlock(read_vault(home / "vault.json"), ["reed"])


def test_an_existing_record(at_a_terminal: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its couple's names stand in brackets, nobody is asked for a passphrase, and the vault stays as it is."""
    vault.create_vault(home / "vault.json", ("Ana", "Ben"), ("heron", "reed"), CHEAP)
    before = (home / "vault.json").read_bytes()
    assert at_a_terminal("Zoë", *[""] * 10) == 0
    out = capsys.readouterr().out
    assert "The record here belongs to Ana and Ben. Please type one of these names." in out
    assert "There is a record already, of Ana and Ben. Who can open it stays as it is." in out
    assert (home / "vault.json").read_bytes() == before
    found = read_settings(home / "settings.toml")
    assert found is not None
    assert found.partners == ("Ana", "Ben")


def test_settings_that_cannot_be_read(typed: Typed, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file is named, and written anew."""
    home.mkdir()
    (home / "settings.toml").write_text("first = ")
    with pytest.raises(StorageError) as caught:
        read_settings(home / "settings.toml")
    assert typed(*ANSWERS) == 0
    assert f"\n{caught.value.message} So I ask everything anew.\n" in capsys.readouterr().out
    assert read_settings(home / "settings.toml") == CHOSEN


def test_a_disk_that_refuses(at_a_terminal: Typed, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the settings cannot be written, there is no new vault either: all or nothing."""

    def refuse(path: Path, settings: Settings) -> None:
        del path, settings
        raise StorageError("The disk is full.", "make room")

    monkeypatch.setattr(setup, "write_settings", refuse)
    assert at_a_terminal(*ANSWERS, "yes", phrases=("heron", "heron", "reed", "reed")) == 5
    assert [path.name for path in home.iterdir() if path.is_file()] == []


def test_a_disk_that_has_room_again(
    at_a_terminal: Typed, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What could not be written is asked about, and tried again with all answers, passphrases as well."""
    full = [StorageError("The disk is full.", "make room"), OSError(errno.EIO, "gone")]

    def refuse(path: Path, settings: Settings) -> None:
        if full:
            raise full.pop(0)
        write_settings(path, settings)

    monkeypatch.setattr(setup, "write_settings", refuse)
    typed = (*ANSWERS, "yes", "again", "")
    assert at_a_terminal(*typed, phrases=("heron", "heron", "reed", "reed")) == 0
    out = capsys.readouterr().out
    assert "The disk is full. Make room.\nI still have your answers. Ctrl-C ends this, and leaves " in out
    assert "What you chose cannot be written: input/output error. The disk reports an error" in out
    assert out.count("Shall I try again? [again]\n") == 2
    assert out.endswith("That is written down. voice-guide start begins an evening.\n")
    assert read_settings(home / "settings.toml") == CHOSEN
    assert vault.unlock(read_vault(home / "vault.json"), ["reed"])


@pytest.mark.parametrize(
    ("refusal", "last"),
    [
        (StorageError("The disk is full."), "\nNothing was changed.\n"),
        (KeyboardInterrupt(), "No passphrase protects the record.\n"),
    ],
)
def test_what_is_said_of_a_ctrl_c_at_the_end(
    refusal: BaseException,
    last: str,
    typed: Typed,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """That nothing was changed, if it comes when asked whether to try again; in the midst of writing, no claim."""
    lines = iter(ANSWERS)

    def refuse(path: Path, settings: Settings) -> None:
        del path, settings
        raise refusal

    def line(terminal: object) -> str:
        del terminal
        try:
            return next(lines) + "\n"
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(setup, "write_settings", refuse)
    monkeypatch.setattr(setup._Terminal, "_line", line)
    assert typed() == 130
    assert capsys.readouterr().out.endswith(last)


def _full_disk(descriptor: int) -> None:
    del descriptor
    raise OSError(errno.ENOSPC, "full")


def _a_file_in_its_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    del monkeypatch
    home.write_text("a file")
    return f"The folder {home} cannot be made private: file exists."


def _a_read_only_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def refuse(path: Path, **others: object) -> None:
        del path, others
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)
    return f"The folder {home} cannot be made private: read-only file system."


def _a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("os.fsync", _full_disk)
    return f"{home}/settings.toml cannot be written: no space left on device."


@pytest.mark.parametrize("trouble", [_a_file_in_its_place, _a_read_only_disk, _a_full_disk])
def test_nobody_is_asked_what_cannot_be_written(
    trouble: Callable[[Path, pytest.MonkeyPatch], str],
    typed: Typed,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before the first question it is known, told as `start` tells it, and nothing is left of the try."""
    told = trouble(home, monkeypatch)
    assert typed(*ANSWERS) == 5
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("", f"voice-guide: {told}")
    assert not home.is_dir()


def test_the_try_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that were not there are gone again, the parents as well; what was there stays as it was."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(home / "further" / "down"))
    setup._try_home()
    assert not home.exists()
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(home))
    home.mkdir()
    (home / "settings.toml").write_text("first = 'Ana'\n")
    setup._try_home()
    assert [path.name for path in home.iterdir()] == ["settings.toml"]
    assert (home / "settings.toml").read_text() == "first = 'Ana'\n"


def test_a_narrow_terminal_encoding(home: Path) -> None:
    """Letters that the terminal cannot show are replaced there, and kept in the settings."""
    home.mkdir()
    write_settings(home / "settings.toml", CHOSEN)
    done = _program(b"\n" * 10, PYTHONIOENCODING="ascii", VOICE_GUIDE_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert b"What is the name of one of you? [Zo?]\n" in done.stdout
    assert read_settings(home / "settings.toml") == CHOSEN


def test_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines are wrapped between words there, and nowhere else."""
    monkeypatch.setenv("COLUMNS", "24")
    for wraps in (True, False):
        setup._Terminal(wraps=wraps).show("Run voice-guide setup there, once more.")
    assert capsys.readouterr().out == (
        "Run voice-guide setup\nthere, once more.\nRun voice-guide setup there, once more.\n"
    )


def test_bytes_that_are_no_text(home: Path) -> None:
    """They end setup with its error, not with a traceback of what was typed."""
    done = _program(b"Zo\xff\n", VOICE_GUIDE_HOME=str(home), PYTHONUTF8="1", PYTHONIOENCODING="utf-8:strict")
    assert done.returncode == 2
    assert done.stderr.startswith(b"voice-guide: The answers ended before setup did.")
    assert not home.exists()


def test_nothing_heavy_is_loaded_by_other_commands() -> None:
    """Whoever only lists the commands waits for no engine, and no array library."""
    heavy = ["numpy", "onnxruntime", "piper", "ctranslate2", "sounddevice", "nacl"]
    code = f"import sys, voice_guide.cli.setup; sys.exit(str([n for n in {heavy} if n in sys.modules] or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def _program(typed: bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
    code = (
        "import sys; from voice_guide.cli.main import run; from voice_guide.setup import equipment; "
        "from voice_guide.audio.naming import Outlets; equipment.outlets = lambda *, anew: Outlets(); "
        "sys.exit(run(['setup', '--quiet']))"
    )
    env = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-c", code], input=typed, env=env, capture_output=True, check=False
    )
