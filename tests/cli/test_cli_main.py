"""The command line as a whole: what an error looks like, and that help is in our own words."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import voice_guide
from voice_guide.cli import main
from voice_guide.errors import (
    DeviceError,
    ExitCode,
    KeyProblem,
    ModelError,
    StorageError,
    UsageError,
    VoiceGuideError,
)
from voice_guide.privacy.seal import SealError

COMMANDS = [
    "setup", "start", "rehearse", "list", "read", "check", "new", "safety", "sessions", "show", "export", "forget",
    "keys", "models", "devices", "doctor",
]  # fmt: skip

Breaks = Callable[[BaseException], None]


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Breaks:
    """Let any command raise an error of one's choice."""

    def let(error: BaseException) -> None:
        def run(args: argparse.Namespace) -> int:
            del args
            raise error

        parser = argparse.ArgumentParser()
        parser.set_defaults(run=run)
        monkeypatch.setattr(main, "parser", lambda *_: parser)

    return let


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (VoiceGuideError, 1),
        (UsageError, 2),
        (DeviceError, 3),
        (ModelError, 4),
        (StorageError, 5),
        (KeyProblem, 6),
        (SealError, 7),
    ],
)
def test_an_error_is_a_sentence_a_hint_and_a_code(
    breaks: Breaks, capsys: pytest.CaptureFixture[str], kind: type[VoiceGuideError], code: int
) -> None:
    """On stderr, two lines; other programs rely on the code."""
    breaks(kind("The sea is closed.", "try the hill"))
    assert main.run([]) == code
    out, err = capsys.readouterr()
    assert (out, err) == ("", "voice-guide: The sea is closed.\n  try the hill\n")


def test_an_error_without_a_hint(breaks: Breaks, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and no empty one below."""
    breaks(StorageError("The sea is closed."))
    assert main.run([]) == ExitCode.STORAGE
    assert capsys.readouterr().err == "voice-guide: The sea is closed.\n"


def test_ctrl_c_is_no_traceback(breaks: Breaks, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 130, as shells expect."""
    breaks(KeyboardInterrupt())
    assert main.run([]) == 130
    assert capsys.readouterr().err == ""


def test_a_bug_is_not_hidden(breaks: Breaks) -> None:
    """What we did not foresee stays a traceback: it has to be reported."""
    breaks(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main.run([])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "voice-guide: error: the following arguments are required: COMMAND"),
        (["dance"], "voice-guide: error: argument COMMAND: invalid choice: 'dance'"),
        (["rehearse", "x"], "rehearse: error: one of the arguments --text --audio is required"),
        (["rehearse", "x", "--text", "--audio"], "argument --audio: not allowed with argument --text"),
        (["rehearse", "x", "--audio", "--pace", "slow"], "argument --pace: invalid choice: 'slow'"),
        (["start", "--partners", "Ana"], "error: argument --partners: "),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, the usage, and what is wrong with it."""
    with pytest.raises(SystemExit) as caught:
        main.run(typed)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("usage: voice-guide")
    assert said in err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Its name and number."""
    with pytest.raises(SystemExit) as caught:
        main.run(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"voice-guide {voice_guide.__version__}\n"


def test_help_names_every_command_with_a_line_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order in which a couple meets them."""
    with pytest.raises(SystemExit):
        main.run(["--help"])
    out = capsys.readouterr().out
    rows = [
        line.split(maxsplit=1) for line in out.partition("  COMMAND\n")[2].splitlines() if line[4:5].strip()
    ]
    assert [row[0] for row in rows] == COMMANDS
    assert all(len(row) == 2 for row in rows)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And each of its options says what it does."""
    with pytest.raises(SystemExit) as caught:
        main.run([command, "--help"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: voice-guide {command}")


def guide(home: Path, *typed: str, around: str = "", **how: Any) -> subprocess.CompletedProcess[str]:
    """The program as it is run from a shell, which may do something with its streams.

    What is printed is held until its end, as it is for everybody: this machine may have set that otherwise.
    """
    env = {
        **os.environ,
        "VOICE_GUIDE_HOME": str(home),
        "VOICE_GUIDE_MODELS": str(home / "models"),
        "PYTHONUNBUFFERED": "",
    }
    shell = ["sh", "-c", f'exec "$0" "$@" {around}']
    command = [*shell, sys.executable, "-m", "voice_guide", *typed]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    return subprocess.run(command, env=env, text=True, check=False, **pipes)


def broken_script(home: Path) -> None:
    """One of the couple's own, that nobody can use."""
    (home / "scripts").mkdir()
    (home / "scripts" / "broken.yaml").write_text("title: Broken\n")


@pytest.fixture
def left() -> Iterator[int]:
    """The writing end of a pipe whose reader has gone."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


@pytest.mark.parametrize(
    "typed", [["list"], ["--help"], ["read", "eye-level"], ["rehearse", "what-im-afraid-of", "--text"]]
)
def test_a_reader_that_leaves_is_no_error(typed: list[str], tmp_path: Path, left: int) -> None:
    """`voice-guide ... | head`: no traceback, nothing on stderr."""
    done = guide(tmp_path, *typed, stdout=left)
    assert done.stderr == ""
    assert done.returncode == 0


def test_what_a_command_found_stands_though_its_reader_has_left(tmp_path: Path, left: int) -> None:
    """The exit code is that of the command, and what it says on stderr is all that is there."""
    broken_script(tmp_path)
    done = guide(tmp_path, "check", stdout=left)
    assert (done.stderr, done.returncode) == ("", 1)
    done = guide(tmp_path, "list", stdout=left)
    assert done.stderr == "voice-guide: broken cannot be used (voice-guide check broken says why).\n"
    assert done.returncode == 1


@pytest.mark.parametrize(("typed", "code"), [(["read", "zzz"], 2), (["dance"], 2), (["list"], 0)])
def test_nobody_reads_what_went_wrong(typed: list[str], code: int, tmp_path: Path, left: int) -> None:
    """The exit code stands then as well."""
    assert guide(tmp_path, *typed, stdout=left, stderr=left).returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    "typed", [["list"], ["--help"], ["read", "eye-level"], ["rehearse", "what-im-afraid-of", "--text"]]
)
def test_output_into_a_full_disk_is_an_error(typed: list[str], tmp_path: Path) -> None:
    """Told once, whether it comes up in the midst or at the end."""
    done = guide(tmp_path, *typed, around=">/dev/full")
    message, hint = done.stderr.splitlines()
    assert message.startswith("voice-guide: ")
    assert message.endswith(": no space left on device.")
    assert hint == "  the disk is full; free some space and try again"
    assert done.returncode == ExitCode.STORAGE


@pytest.mark.parametrize(
    ("typed", "around", "code"),
    [
        (["list"], ">&-", 0),
        (["list"], "<&- >&- 2>&-", 0),
        (["read", "zzz"], "2>&-", 2),
        (["dance"], ">&- 2>&-", 2),
        (["setup", "--quiet"], "<&-", 2),
        (["setup", "--quiet"], "<&- >&-", 2),
        (["start", "--partners", "Ana,Ben", "zzz"], "<&- 2>&-", 2),
    ],
)
def test_a_stream_that_was_closed_is_an_empty_one(
    typed: list[str], around: str, code: int, tmp_path: Path
) -> None:
    """The fitting exit code, and a sentence where somebody reads it; no file takes the stream's place."""
    done = guide(tmp_path, *typed, around=around)
    assert "Traceback" not in done.stderr
    assert done.returncode == code


def test_what_is_opened_later_does_not_become_a_closed_stream(tmp_path: Path) -> None:
    """Else what is printed might be written into the record."""
    code = (
        "import os, sys; from voice_guide.cli.streams import open_missing; open_missing(); "
        "print('nobody reads this'); print('nor this', file=sys.stderr, flush=True); "
        "found = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT); sys.exit(found if sys.stdin.read() == '' else 0)"
    )
    record = tmp_path / "record"
    command = ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', sys.executable, "-c", code, str(record)]
    assert subprocess.run(command, check=False).returncode > 2
    assert record.read_text() == ""


@pytest.mark.parametrize("typed", [["list"], ["start", "eye-level"], ["sessions"], ["models", "list"]])
def test_a_home_of_nobody_is_a_usage_error(typed: list[str]) -> None:
    """`~name` of a user who is not there."""
    env = {"VOICE_GUIDE_HOME": "~nobody-of-that-name/guide", "VOICE_GUIDE_MODELS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "voice_guide", *typed], env={**os.environ, **env}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == (
        "voice-guide: There is no home folder of a user nobody-of-that-name.\n"
        "  name a folder in full with VOICE_GUIDE_HOME\n"
    )
    assert done.returncode == ExitCode.USAGE


@pytest.mark.parametrize(
    "typed", [["list"], ["start", "eye-level"], ["start"], ["sessions"], ["forget", "last"], ["setup"]]
)
def test_a_home_of_links_in_a_circle_is_a_storage_error(typed: list[str], tmp_path: Path) -> None:
    """A sentence and a hint, for each command that would look into it."""
    home = tmp_path / "one"
    home.symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(home)
    done = guide(home, *typed)
    assert len(done.stderr.splitlines()) == 2
    assert done.stderr.endswith("choose another folder with VOICE_GUIDE_HOME\n")
    assert done.returncode == ExitCode.STORAGE


def test_light_commands_import_no_engine(tmp_path: Path) -> None:
    """Help, lists and paper need no models, and start at once."""
    heavy = ["onnxruntime", "piper", "ctranslate2", "faster_whisper", "sounddevice", "nacl"]
    code = (
        "import sys; from voice_guide.cli.main import run; run(['list']); "
        "run(['rehearse', 'what-im-afraid-of', '--text']); "
        f"sys.exit(str([name for name in {heavy} if name in sys.modules] or ''))"
    )
    env = {**os.environ, "VOICE_GUIDE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.stderr.strip() == ""
