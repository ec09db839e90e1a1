"""What is remembered between evenings: who begins, what was done, where an evening stands; never a word."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.sofa import Sofa, consented, program, question
from voice_guide import history as module
from voice_guide.errors import StorageError
from voice_guide.exercise.flat import Line, Program
from voice_guide.history import (
    Bookmark,
    History,
    HistoryKeeper,
    forget_history,
    read_history,
    write_history,
)
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell
from voice_guide.session.frame import framed

STEPS = (Line(id="one", text="One."), question("two"), question("three"))
OWN = frozenset({"one", "two", "three"})
CONSENTS = ("welcome", "rights", "consent/first", "consent/second", "write/first", "write/second")
EARLIER = Bookmark(exercise="five-and-five", script_hash="old", step="bell", starter="Ben")


def mark(step: str, starter: str = "Ana") -> Bookmark:
    """Where this evening was interrupted."""
    return Bookmark(exercise="test", script_hash="hash", step=step, starter=starter)


def framed_for(*partners: str) -> Program:
    """The exercise with its frame, the first of these beginning."""
    first, second = partners
    return framed(replace(program(*STEPS), partners=(first, second)), protected=True)


def evening(
    path: Path, before: History, *steps: str, reason: str = "", starter: str = "Ana", name: str = "test"
) -> History:
    """What is remembered after an evening that went through these steps, and ended for this reason or never."""
    keeper = HistoryKeeper(path, before)
    other = "Ben" if starter == "Ana" else "Ana"
    keeper.begin(framed_for(starter, other), name, "hash", OWN)
    for step in steps:
        keeper(1.0, Tell(name="step", fields={"id": step, "minutes_left": 1.0}))
    if reason:
        keeper(2.0, Tell(name="finished", fields={"reason": reason}))
    return read_history(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where it is kept; there is nothing yet."""
    return tmp_path / "history.json"


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (("one",), ""),
        (("one", "two"), "interrupted"),
        (("one", "two"), "break"),
        (("one", "two"), "stopped"),
        (("one", "two", "three", "landing"), "completed"),
        (("one", "two", "three", "landing"), ""),
        (("one", "landing", "landing/breath", "landing/first"), "stopped"),
    ],
)
def test_the_starter_alternates_once_the_exercise_has_begun(
    path: Path, steps: tuple[str, ...], reason: str
) -> None:
    """However the evening ended, the other one begins the next."""
    assert evening(path, History(), *CONSENTS, *steps, reason=reason).begins == "Ben"
    assert evening(path, History(), *CONSENTS, *steps, reason=reason, starter="Ben").begins == "Ana"


@pytest.mark.parametrize("reason", ["declined", "stopped", "interrupted", ""])
def test_an_evening_that_did_not_begin_changes_nothing(path: Path, reason: str) -> None:
    """A no to the exercise, or an end before its first step: not even a file is made."""
    before = History(begins="Ben", done=("eye-level",), interrupted=EARLIER)
    evening(path, before, *CONSENTS, reason=reason)
    assert not path.exists()


@pytest.mark.parametrize("reason", ["", "interrupted", "break"])
def test_an_interrupted_evening_is_remembered_at_its_step(path: Path, reason: str) -> None:
    """With its starter; what was done before stays."""
    found = evening(path, History(done=("eye-level",)), *CONSENTS, "one", "two", reason=reason)
    assert found == History(begins="Ben", done=("eye-level",), interrupted=mark("two"))


def test_it_is_on_the_disk_as_soon_as_a_step_begins(path: Path) -> None:
    """A power cut asks nobody; and going back moves the bookmark back."""
    keeper = HistoryKeeper(path, History())
    keeper.begin(framed_for("Ana", "Ben"), "test", "hash", OWN)
    for step in ("one", "two", "three", "two"):
        keeper(1.0, Tell(name="step", fields={"id": step, "minutes_left": 1.0}))
        assert read_history(path).interrupted == mark(step)


def test_a_stop_is_not_offered_again(path: Path) -> None:
    """It was meant; and what was interrupted before is not offered either, since another evening began."""
    before = History(interrupted=EARLIER)
    assert evening(path, before, *CONSENTS, "one", reason="stopped") == History(begins="Ben")


def test_who_reaches_the_landing_has_done_it(path: Path) -> None:
    """Each exercise once, the latest last; nothing is left to be gone on with, whatever comes then."""
    before = History(done=("test", "eye-level"))
    for reason in ("", "interrupted", "stopped", "break", "completed"):
        found = evening(path, before, *CONSENTS, "one", "three", "landing", reason=reason)
        assert found == History(begins="Ben", done=("eye-level", "test"))


def test_going_back_from_the_landing_revives_nothing(path: Path) -> None:
    """The exercise was done; a question that is asked once more does not undo that."""
    found = evening(path, History(), *CONSENTS, "three", "landing", "landing/first", "three", reason="break")
    assert found == History(begins="Ben", done=("test",))


def test_another_exercise_takes_the_place_of_the_interrupted_one(path: Path) -> None:
    """There is one bookmark, that of the last evening."""
    before = History(begins="Ana", interrupted=EARLIER)
    assert evening(path, before, *CONSENTS, "one").interrupted == mark("one")


def test_an_evening_that_is_gone_on_with_counts_once(path: Path) -> None:
    """Ana began, it was interrupted and resumed: Ben begins the next one, as if nothing had been."""
    before = evening(path, History(), *CONSENTS, "one", "two", reason="interrupted")
    found = evening(path, before, *CONSENTS, "two", "three", "landing", reason="completed")
    assert found == History(begins="Ben", done=("test",))


def test_a_resumed_evening_that_is_declined_can_still_be_gone_on_with(path: Path) -> None:
    """Not tonight is no no."""
    before = evening(path, History(), *CONSENTS, "one", "two")
    assert evening(path, before, *CONSENTS, reason="declined") == before


def test_without_an_exercise_nothing_is_noted(path: Path) -> None:
    """The menu has steps, too."""
    keeper = HistoryKeeper(path, History())
    keeper(1.0, Tell(name="step", fields={"id": "menu/hello", "minutes_left": 1.0}))
    keeper(2.0, Tell(name="finished", fields={"reason": "stopped"}))
    assert not path.exists()


def _heard(sofa: Sofa, path: Path) -> History:
    """What a real evening, on a sofa in virtual time, leaves behind."""
    keeper = HistoryKeeper(path, History())
    keeper.begin(sofa.session.program, "test", "hash", OWN)
    for at, name, fields in sofa.told:
        keeper(at, Tell(name=name, fields=fields))
    return read_history(path)


def test_the_machine_tells_what_is_needed(path: Path) -> None:
    """A stop by key in the second question, final after half a minute: begun, and not offered again."""
    sofa = consented(*STEPS)
    sofa.until("listening")
    sofa.says("Heron in the reeds.")
    assert _heard(sofa, path).interrupted == mark("two")
    sofa.press(Command.STOP)
    sofa.wait(40.0)
    assert sofa.all("finished")[0]["reason"] == "stopped"
    assert _heard(sofa, path) == History(begins="Ben")


SECRETS = ("heron", "lantern", "marmalade")
NAMES = ("heard", "step", "prompt", "failed", "finished", "session_started", "listening", "command", "kept")


@st.composite
def tells(draw: st.DrawFn) -> list[Tell]:
    """Anything that may be told, words of partners in every field."""
    words = st.sampled_from([f"I fear the {secret}" for secret in SECRETS])
    ids = st.sampled_from([*CONSENTS, *OWN, "landing", "keep/first", "menu/hello"]) | words
    reasons = st.sampled_from(["stopped", "break", "interrupted", "completed", "declined"]) | words
    fields = st.fixed_dictionaries(
        {"id": ids, "reason": reasons, "text": words, "who": words, "what": words, "title": words}
    )
    return draw(st.lists(st.builds(Tell, name=st.sampled_from(NAMES), fields=fields), max_size=30))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tells())
def test_no_word_ever_reaches_the_file(tmp_path: Path, stream: list[Tell]) -> None:
    """Whatever is told: nothing but names of partners, scripts and steps is written."""
    path = tmp_path / "history.json"
    path.unlink(missing_ok=True)
    keeper = HistoryKeeper(path, History(done=("eye-level",)))
    keeper.begin(framed_for("Ana", "Ben"), "test", "hash", OWN)
    for tell in stream:
        keeper(1.0, tell)
    written = path.read_text("utf-8") if path.exists() else "{}"
    assert not any(secret in written for secret in SECRETS)
    assert set(_texts(json.loads(written))) <= {"Ana", "Ben", "eye-level", "test", "hash", *OWN}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def test_a_disk_that_refuses_costs_the_bookmark_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening hears nothing of it; once the disk takes something again, it is all there."""

    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    keeper = HistoryKeeper(path, History(done=("eye-level",)))
    keeper.begin(framed_for("Ana", "Ben"), "test", "hash", OWN)
    with monkeypatch.context() as patched:
        patched.setattr(module, "write_history", full)
        for step in ("one", "two"):
            keeper(1.0, Tell(name="step", fields={"id": step, "minutes_left": 1.0}))
    assert not path.exists()
    keeper(2.0, Tell(name="step", fields={"id": "landing", "minutes_left": 1.0}))
    assert read_history(path) == History(begins="Ben", done=("eye-level", "test"))


def test_a_folder_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    """Somebody has removed the data folder in the middle of the evening."""
    path = tmp_path / "gone" / "history.json"
    assert evening(path, History(), "one", "landing", reason="completed") == History()


def test_it_is_for_its_owner_alone_and_in_one_piece(path: Path) -> None:
    """0600, and no half file beside it."""
    evening(path, History(), "one", "two", "landing")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


_text = st.text(max_size=20)
_marks = st.builds(Bookmark, exercise=_text, script_hash=_text, step=_text, starter=_text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        History,
        begins=_text,
        done=st.lists(_text, max_size=5).map(tuple),
        interrupted=st.none() | _marks,
    )
)
def test_what_is_written_is_read(tmp_path: Path, history: History) -> None:
    """Any names, in any script."""
    write_history(tmp_path / "history.json", history)
    assert read_history(tmp_path / "history.json") == history


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
_of_its_shape = st.fixed_dictionaries(
    {"begins": _json, "done": _json, "interrupted": _json | st.fixed_dictionaries({"step": _json})}
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given((_json | _of_its_shape).map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40))
def test_a_damaged_file_is_an_empty_history(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in it: a history whose every part is what it should be, or an empty one."""
    path = tmp_path / "history.json"
    path.write_bytes(content)
    found = read_history(path)
    write_history(path, found)
    assert read_history(path) == found
    if found != History():
        assert isinstance(found.begins, str)
        assert all(isinstance(name, str) for name in found.done)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "{",
        '{"begins": "Ana"}',
        '{"begins": 5, "done": [], "interrupted": null}',
        '{"begins": "Ana", "done": "eye-level", "interrupted": null}',
        '{"begins": "Ana", "done": [1], "interrupted": null}',
        '{"begins": "Ana", "done": [], "interrupted": "two"}',
        '{"begins": "Ana", "done": [], "interrupted": {"step": "two"}}',
        '{"begins": "", "done": [], "interrupted": {"exercise": "a", "script_hash": "b", "step": "c", "starter": 1}}',
        "[" * 100_000,
    ],
)
def test_damages(path: Path, content: str) -> None:
    """Torn, of another shape, or nested beyond reason."""
    path.write_text(content, "utf-8")
    assert read_history(path) == History()


def test_what_cannot_be_read_is_an_empty_history(path: Path) -> None:
    """No file, a folder in its place, and bytes that are no text."""
    assert read_history(path) == History()
    path.mkdir()
    assert read_history(path) == History()
    path.rmdir()
    path.write_bytes(b"\xff\xfe")
    assert read_history(path) == History()


def test_it_can_be_forgotten(path: Path) -> None:
    """Once it is switched off, what was there goes; nothing there, or a folder, is no error."""
    write_history(path, History(begins="Ana"))
    forget_history(path)
    assert not path.exists()
    forget_history(path)
    path.mkdir()
    forget_history(path)
