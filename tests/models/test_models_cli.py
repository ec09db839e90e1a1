"""`voice-guide models`: what it prints, and its exit codes."""

from __future__ import annotations

import argparse
import io
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.models_fakes import BODY, a_model, digest, install
from voice_guide.cli import models as cli
from voice_guide.errors import ExitCode, ModelError
from voice_guide.models import fetch as fetch_module
from voice_guide.models import store
from voice_guide.models.store import write_receipt


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder that holds one of the two models of the manifest."""
    models = (a_model(), a_model("other"))
    for module in (store, cli, fetch_module):
        monkeypatch.setattr(module, "manifest", lambda: models)
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path))
    install(models[0], tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def sigterm() -> Iterator[None]:
    """A fetch answers SIGTERM in its own way; the tests' process gets its own back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(*words: str) -> int:
    """What the command returns."""
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["models", *words])
    code: int = args.run(args)
    return code


def test_list_is_one_line_for_each_model(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, role, language, size, licence, state, origin, hash; by name: how far it is trusted."""
    large = a_model("large")
    write_receipt(large, install(large, home), "hub: someone/small")
    assert run("list") == ExitCode.WELL
    lines = capsys.readouterr().out.splitlines()
    sha = f"sha256:{digest(BODY)}"
    assert [line.split() for line in lines] == [
        ["small", "transcriber", "en", "0", "MB", "MIT", "in", "use", "someone/small", sha],
        ["other", "transcriber", "en", "0", "MB", "MIT", "missing", "someone/small", sha],
        [
            "large",
            "transcriber",
            "en",
            "0",
            "MB",
            "MIT",
            "installed",
            "someone/small",
            sha,
            "(as",
            "first",
            "downloaded)",
        ],
    ]


def test_list_tells_a_damaged_model(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its sizes; the hashes are for verify."""
    (home / "small" / "model.bin").unlink()
    run("list")
    assert " damaged " in capsys.readouterr().out.splitlines()[0]


def test_verify_answers_with_its_exit_code(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 while all is well, 1 with the file and the way to mend it."""
    assert run("verify") == ExitCode.WELL
    assert capsys.readouterr().out == "small: well\n"
    (home / "small" / "model.bin").write_bytes(BODY[::-1])
    assert run("verify", "small") == ExitCode.WRONG
    said = "small: damaged: model.bin has the wrong hash. Run: voice-guide models fetch small\n"
    assert capsys.readouterr().out == said


def test_verify_of_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder is not well."""
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path / "none"))
    with pytest.raises(ModelError, match="No model is installed"):
        run("verify")


@pytest.mark.usefixtures("home")
def test_fetch_of_what_is_here_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """And takes it into use, when asked."""
    assert run("fetch", "--use", "small") == ExitCode.WELL
    assert capsys.readouterr().out == "All models are here.\n"
    assert store.read_choice() == {"transcriber": "small"}


def test_ctrl_c_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, and the signal's own exit code."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "fetch", interrupted)
    assert run("fetch") == ExitCode.INTERRUPTED
    assert (
        capsys.readouterr().err == "\nStopped; nothing was half-installed, and the next fetch starts clean.\n"
    )


def test_sigterm_unwinds_the_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out is the same as for Ctrl-C, so that folders are cleaned; exit code 143."""
    monkeypatch.setattr(cli, "fetch", lambda *_, **__: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(SystemExit) as caught:
        run("fetch")
    assert caught.value.code == ExitCode.TERMINATED


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_progress_is_a_bar_on_a_terminal() -> None:
    """It redraws one line, and a sentence goes below it."""
    out = Terminal()
    view = cli.ProgressView(out)
    view.progress("small", 0, 2_000_000)
    view.progress("small", 1_000_000, 2_000_000)
    view.progress("small", 1_000_001, 2_000_000)
    view.say("small is here.")
    assert out.getvalue() == (
        f"\r[{'.' * 30}] small: 0 of 2 MB \r[{'#' * 15}{'.' * 15}] small: 1 of 2 MB \nsmall is here.\n"
    )


def test_progress_is_sparse_elsewhere() -> None:
    """A log of a thousand steps has at most five lines."""
    out = io.StringIO()
    view = cli.ProgressView(out)
    for step in range(1001):
        view.progress("small", step * 4000, 4_000_000)
    assert out.getvalue().splitlines() == [f"small: {part} of 4 MB" for part in range(5)]
