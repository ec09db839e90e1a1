"""The command line as a whole: what an error looks like, and that help is in our own words."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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

COMMANDS = [
    "setup", "start", "rehearse", "list", "read", "check", "safety", "sessions", "show", "export", "forget", "keys",
    "models", "devices",
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
        monkeypatch.setattr(main, "parser", lambda: parser)

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


@pytest.mark.parametrize("typed", [["list"], ["rehearse", "what-im-afraid-of", "--text"]])
def test_a_reader_that_leaves_is_no_error(typed: list[str], tmp_path: Path) -> None:
    """`voice-guide ... | head`: no traceback, nothing on stderr."""
    read, write = os.pipe()
    os.close(read)
    env = {**os.environ, "VOICE_GUIDE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "voice_guide", *typed],
        stdout=write,
        stderr=subprocess.PIPE,
        env=env,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 0


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
