"""`list`, `read` and `check`, as typed and as printed."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.english import unroll
from voice_guide.cli import scripts as commands
from voice_guide.errors import UsageError
from voice_guide.library import open_script, scripts
from voice_guide.session.frame import framed


def run(*typed: str) -> int:
    """The exit code of a command line."""
    parser = argparse.ArgumentParser()
    commands.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(typed)
    code = args.run(args)
    assert isinstance(code, int)
    return code


HEAD = "title: T\nsummary: S\nminutes: 3\ndepth: 1\nsteps:\n"


def test_list_prints_one_line_for_an_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    """Name, minutes, depth, title and summary."""
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == scripts()
    (line,) = [line for line in lines if line.startswith("what-im-afraid-of ")]
    assert " 20 min  depth 2  What I'm afraid of - Each guesses what the other fears, " in line


def test_list_prints_nothing_when_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other programs count its lines."""
    monkeypatch.setattr(commands, "all_scripts", lambda _: [])
    assert run("list") == 0
    assert capsys.readouterr().out == ""


def test_read_prints_every_line_with_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order of the evening, with the names put in; `again` and `help` below their question."""
    assert run("read", "what-im-afraid-of", "--partners", "Zoe, Max") == 0
    lines = capsys.readouterr().out.splitlines()
    guess = next(n for n, line in enumerate(lines) if line.startswith("fear@first/guess  "))
    assert lines[guess].startswith("fear@first/guess  Max, what do you imagine Zoe is afraid of?")
    assert lines[guess + 1] == "    [Max: a short answer]"
    assert lines[guess + 2].startswith("    again: Max, ")
    assert lines[guess + 3].startswith("    help: ")
    program = framed(unroll(open_script("what-im-afraid-of"), ("Zoe", "Max")), protected=True)
    assert [line.split("  ")[0] for line in lines if line[0] != " "] == [step.id for step in program.steps]


def test_read_says_what_is_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind of answer, a silence, and where a skip leads."""
    path = tmp_path / "x.yaml"
    path.write_text(
        HEAD + "- {ask: a?, of: both, answer: number, low: 1, high: 5, save: n}\n"
        "- when: {n: 1}\n  steps:\n    - silence: 90s\n"
        "- {ask: b?, of: both, answer: choice, choices: [tea, rum, none]}\n"
        "- {ask: c?, of: both, answer: timed, minutes: no limit}\n"
        "- {ask: d?, of: both, answer: timed, minutes: 0.5}\n"
        "- {ask: e?, of: both, answer: yes-no, save: on}\n"
        "- when: {on: yes}\n  steps:\n    - {ask: f., of: both, answer: none}\n",
        encoding="utf-8",
    )
    assert run("read", str(path)) == 0
    lines = capsys.readouterr().out.splitlines()
    own = lines.index("ask-1  a?"), next(n for n, line in enumerate(lines) if line.startswith("landing  "))
    assert lines[own[0] : own[1]] == [
        "ask-1  a?",
        "    [Ana and Ben: a number from 1 to 5]",
        "when-1  [goes on at ask-2 unless n is 1]",
        "when-1/silence-1  [silence, 1.5 min]",
        "ask-2  b?",
        "    [Ana and Ben: tea, rum or none]",
        "ask-3  c?",
        "    [Ana and Ben: as long as it takes]",
        "ask-4  d?",
        "    [Ana and Ben: 30 s]",
        "ask-5  e?",
        "    [Ana and Ben: yes or no]",
        "when-2  [goes on at landing unless on is yes]",
        "when-2/ask-1  f.",
        "    [Ana and Ben: nothing is waited for]",
    ]


@pytest.mark.parametrize("typed", ["Ana", "Ana,", "Ana,Ben,Cy", "Ana, ana"])
def test_partners_are_two_different_names(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything else is a usage error with an example."""
    with pytest.raises(SystemExit) as caught:
        run("read", "what-im-afraid-of", "--partners", typed)
    assert caught.value.code == 2
    assert "two different names with a comma between, as in Ana,Ben" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ana,Both", "The record calls the two of you both. Please type another name."),
        ("Ana,{speaker}", "A name cannot hold a comma or a brace. Please leave it out."),
        ("Ana,Be\x1b[2Jn", "There is a key in this name that I cannot read. Please type it once more."),
        ("Ana,Zo\udceb", "There is a key in this name that I cannot read. Please type it once more."),
        (f"Ana,{'x' * 41}", "That is too long for me to say. Please use 40 letters at most."),
        ("Ana,42", "I cannot say a name without a letter. Please type one that I can say."),
        ("Zo\u00eb,Zoe\u0308", "two different names with a comma between, as in Ana,Ben"),
    ],
)
def test_partners_have_names_that_setup_would_take(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A usage error for each other, in the words of setup; the name itself is not repeated."""
    with pytest.raises(SystemExit) as caught:
        run("read", "what-im-afraid-of", "--partners", typed)
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith(f"error: argument --partners: {said}\n")


def test_partners_are_named_as_setup_would_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    """A letter and its mark are one, however they were typed."""
    assert run("read", "what-im-afraid-of", "--partners", "Zoe\u0308,Max") == 0
    out = capsys.readouterr().out
    assert "Zo\u00eb" in out
    assert "Zoe\u0308" not in out


def test_check_is_quiet_about_what_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """All shipped scripts, no output, exit code 0."""
    assert run("check") == 0
    assert capsys.readouterr().out == ""


def test_check_lets_warnings_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are printed, and the exit code stays 0."""
    path = tmp_path / "long.yaml"
    path.write_text(HEAD.replace("minutes: 3", "minutes: 90") + "- say: a\n", encoding="utf-8")
    assert run("check", str(path)) == 0
    assert capsys.readouterr().out.startswith(f"{path}:1:1: warning: it says minutes: 90, ")


def test_check_prints_the_problems_of_all_files_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One problem a line; those of a part that both include, once; exit code 1."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "mine.yaml").write_text("steps:\n  - sai: x\n", encoding="utf-8")
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    for path in (one, two):
        path.write_text(HEAD + "- include: parts/mine\n- silence: 0s\n", encoding="utf-8")
    assert run("check", str(one), str(two)) == 1
    told = '7:12: "0s" is too short or too long (from 1s to 10 min)'
    assert capsys.readouterr().out.splitlines() == [
        f"{one}:{told}",
        'parts/mine.yaml:2:5: a step cannot begin with "sai" (did you mean say?)',
        f"{two}:{told}",
    ]


def test_check_of_a_file_that_is_not_there_is_a_usage_error() -> None:
    """Nothing was checked, so nothing is well."""
    with pytest.raises(UsageError):
        run("check", "nowhere.yaml")
