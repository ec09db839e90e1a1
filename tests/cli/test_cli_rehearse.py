"""`rehearse` as typed: on paper and in a simulated room."""

from __future__ import annotations

import json
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from voice_guide import wiring
from voice_guide.cli.main import run
from voice_guide.exercise.steps import Exercise
from voice_guide.notebook import Shelf
from voice_guide.screen.listener import Listener

NAME = "what-im-afraid-of"
BEGINNING = """\
00:00.0  Guide: Hello Zoe, hello Max. Tonight's exercise is called What I'm afraid of.
00:06.2  Guide: It takes about 20 minutes. It goes deeper than most.
00:11.5  Guide: You can leave it for another evening.
00:15.6  Guide: Either of you can say pass, pause or stop at any time. You never have to say why.
00:25.0  Guide: Zoe, would you like to do this tonight? Yes, no, and not tonight are all good answers.
00:32.1    (Zoe: yes-no)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that does not exist yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(folder))
    return folder


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the spoken rehearsal was asked for, in place of one."""
    asked: list[tuple[object, ...]] = []

    def rehearse(
        exercise: Exercise,
        partners: tuple[str, str],
        entries: Sequence[object],
        shelf: Shelf,
        pace: str,
        listeners: Sequence[Listener],
    ) -> int:
        asked.append((exercise.name, partners, list(entries), shelf.rehearsal, pace, len(listeners)))
        return 143

    monkeypatch.setattr(wiring, "rehearsed_evening", rehearse)
    return asked


def test_a_rehearsal_on_paper(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole evening with its times, words and all; exit code 0."""
    assert run(["rehearse", NAME, "--text", "--partners", "Zoe,Max"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(BEGINNING)
    assert "Zoe: Yes, I would like to do this with you tonight." in out
    assert out.splitlines()[-2].endswith("Guide: Thank you both. Good night.")
    assert out.splitlines()[-1].endswith("(the evening is over: completed)")
    assert err == ""


def test_a_rehearsal_on_paper_keeps_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even the data folder is made."""
    run(["rehearse", NAME, "--text"])
    assert "hello Ben" in capsys.readouterr().out
    assert not home.exists()


def test_one_s_own_exercise_can_be_rehearsed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its name."""
    (home / "scripts").mkdir(parents=True)
    script = "title: A Walk\nsummary: S.\nminutes: 5\ndepth: 1\nsteps:\n  - say: Go around the lake.\n"
    (home / "scripts" / "walk.yaml").write_text(script)
    assert run(["rehearse", "walk", "--text"]) == 0
    assert "Guide: Go around the lake." in capsys.readouterr().out


def test_answers_and_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file's words are said; the event file is announced, private, and ends with the end."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "- {of: Max, text: Heron words., step: guess}\n- {of: Max, text: No, step: keep/second}\n"
    )
    events = tmp_path / "events"
    files = ["--answers", str(answers), "--events", str(events)]
    assert run(["rehearse", NAME, "--text", "--partners", "Zoe,Max", *files]) == 0
    out, err = capsys.readouterr()
    assert "Max: Heron words." in out
    assert "Guide: They are gone. What you told each other is still yours." in out
    assert err == f"voice-guide: {events} will hold your words in the clear, for this user alone.\n"
    assert stat.S_IMODE(events.stat().st_mode) == 0o600
    told = [json.loads(line) for line in events.read_text("utf-8").splitlines()]
    assert told[0]["event"] == "session_started"
    assert told[0]["partners"] == ["Zoe", "Max"]
    assert told[-1]["event"] == "finished"
    assert "Heron words." in [each["text"] for each in told if each["event"] == "heard"]


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (
            ["what-im-afriad-of", "--text"],
            2,
            'There is no exercise named "what-im-afriad-of".\n  did you mean what-im-afraid-of?\n',
        ),
        (["./none.yaml", "--text"], 2, "There is no file ./none.yaml.\n"),
        (
            [NAME, "--text", "--answers", "none.yaml"],
            2,
            "The answers in none.yaml cannot be read.\n  No such file or directory\n",
        ),
        (
            [NAME, "--text", "--events", "none/events"],
            5,
            "The event file none/events cannot be written.\n"
            "  No such file or directory; choose another --events FILE\n",
        ),
    ],
)
def test_what_cannot_be_meant(
    typed: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """One sentence, the nearest name or another hint, and a code; nothing is printed as if all were well."""
    monkeypatch.chdir(tmp_path)
    assert run(["rehearse", *typed]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"voice-guide: {said}")


def test_a_spoken_rehearsal(rehearsed: list[tuple[object, ...]], tmp_path: Path) -> None:
    """What was typed reaches it, and its code comes back."""
    events = ["--events", str(tmp_path / "events")]
    assert run(["rehearse", NAME, "--audio", "--pace", "real", "--partners", "Zoe,Max", *events]) == 143
    assert rehearsed == [(NAME, ("Zoe", "Max"), [], True, "real", 2)]


def test_a_rehearsal_can_be_listened_to(rehearsed: list[tuple[object, ...]]) -> None:
    """It takes as long as an evening then, whatever pace was asked for."""
    assert run(["rehearse", NAME, "--audio", "--listen"]) == 143
    assert rehearsed[-1][4] == "aloud"


def test_on_paper_there_is_nothing_to_listen_to(capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error, with what would work."""
    assert run(["rehearse", NAME, "--text", "--listen"]) == 2
    assert capsys.readouterr().err == (
        "voice-guide: On paper there is nothing to listen to.\n  use --listen with --audio\n"
    )
