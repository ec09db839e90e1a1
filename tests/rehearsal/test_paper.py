"""An evening on paper: what is told of it, and that nothing else is left of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.english import COUPLE, unroll
from tests.session.sofa import Line, Quiet, Sofa, program, question
from voice_guide.exercise.flat import Program, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.library import open_script
from voice_guide.rehearsal.answers import Couple, Entry, Reply
from voice_guide.rehearsal.paper import Paper
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell
from voice_guide.session.events import RecordFailed
from voice_guide.session.frame import framed

FIELDS = {
    "session_started": {"exercise", "partners", "title", "minutes", "depth"},
    "step": {"id", "minutes_left"},
    "prompt": {"text", "to"},
    "prompt_ended": set(),
    "listening": {"who", "answer", "turn", "question"},
    "speech_started": set(),
    "pause": set(),
    "resumed_speech": set(),
    "turn_ended": {"who", "turn", "waited_seconds", "reason"},
    "landing": set(),
    "turn_reopened": {"turn"},
    "heard": {"who", "text", "turn", "revision", "final"},
    "command": {"name"},
    "no_input": set(),
    "timer": {"left"},
    "paused": set(),
    "resumed": set(),
    "off_record": set(),
    "on_record": set(),
    "guide_silenced": set(),
    "writing": {"on"},
    "kept": {"seq"},
    "struck": {"seq"},
    "failed": {"what", "hint"},
    "finished": {"reason"},
}
"""Names and fields of `--events`: other programs rely on them."""

STEPS = (
    Line(id="line", text="We begin."),
    question("open"),
    question("mirror", who=Who.SECOND, mirrors=("open",)),
    Quiet(id="quiet", seconds=10.0),
    question("timed", AnswerKind.TIMED, seconds=90.0),
    question("number", AnswerKind.NUMBER, low=1, high=5),
    question("choice", AnswerKind.CHOICE, Who.SECOND, choices=("sea", "hill")),
    question("both", AnswerKind.SHORT, Who.BOTH),
)

Told = list[tuple[float, str, dict[str, Any]]]


def entries(*said: tuple[str, str, str]) -> list[Entry]:
    """Entries of a file: of, step, text."""
    return [Entry(of=of, reply=Reply(text=text), step=step) for of, step, text in said]


def play(own: Program, said: list[Entry] | None = None) -> Told:
    """What is told of an evening on paper."""
    told: Told = []
    evening = framed(own, protected=True)

    def listen(at: float, tell: Tell) -> None:
        told.append((at, tell.name, dict(tell.fields)))

    reason = Paper(evening, Couple(evening, COUPLE, said or []), [listen]).run()
    assert told[-1][1:] == ("finished", {"reason": reason})
    return told


def fields_of(told: Told, name: str) -> list[dict[str, Any]]:
    """The fields of each event of this name."""
    return [fields for _, each, fields in told if each == name]


def test_the_same_input_gives_the_same_evening() -> None:
    """To the last digit of every time: on paper nothing is left to chance."""
    shipped = unroll(open_script("what-im-afraid-of"), ("Ana", "Ben"))
    said = entries(("Ana", "guess", "Pause."), ("Ben", "keep/second", "Let them go."))
    assert play(shipped, list(said)) == play(shipped, list(said))


def test_a_whole_evening_runs_from_consent_to_good_night() -> None:
    """Every step that is not jumped over comes once, in the order of the program, and time only grows."""
    told = play(program(*STEPS))
    ids = [fields["id"] for fields in fields_of(told, "step")]
    assert ids == [step.id for step in framed(program(*STEPS), protected=True).steps]
    assert [at for at, _, _ in told] == sorted(at for at, _, _ in told)
    assert told[-1][2] == {"reason": "completed"}
    assert not fields_of(told, "no_input"), "whoever is asked answers"


def test_every_event_has_the_fields_that_other_programs_rely_on() -> None:
    """On paper with commands, and on the sofa where people also press keys, go on late and stay silent."""
    said = entries(
        ("Ana", "open", "Pause."),
        ("Ana", "open", "I think of rain. It was cold."),
        ("Ben", "mirror", "Off the record."),
        ("Ben", "mirror", "You think of rain."),
        ("Ana", "timed", "Strike that."),
    )
    told = play(program(*STEPS), said)
    sofa = Sofa(program(question("one"), question("two")))
    for _ in range(4):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    sofa.until("no_input")
    sofa.until("listening")
    sofa.says("That was long ago.")
    sofa.until("landing")
    sofa.says("And it was cold.")
    sofa.until("turn_reopened")
    sofa.until("step", id="two")
    sofa.feed(RecordFailed(at=sofa.now, what="The disk is full.", hint="make room"))
    sofa.press(Command.REPEAT)
    seen = [(name, fields) for _, name, fields in (*told, *sofa.told)]
    for name, fields in seen:
        assert set(fields) - {"answer"} == FIELDS[name] - {"answer"}, name
        assert name == "prompt" or ("answer" in fields) is ("answer" in FIELDS[name]), name
    assert {name for name, _ in seen} == set(FIELDS)


@pytest.mark.parametrize(
    ("command", "away", "back"),
    [("Pause, please.", "paused", "resumed"), ("Off the record.", "off_record", "on_record")],
)
def test_after_a_pause_they_go_on_by_themselves(command: str, away: str, back: str) -> None:
    """No evening on paper waits for ever; the question that was open gets its answer."""
    told = play(program(*STEPS), entries(("Ana", "open", command), ("Ana", "open", "I think of rain.")))
    names = [name for _, name, _ in told]
    assert names.index(away) < names.index(back)
    assert "I think of rain." in [fields["text"] for fields in fields_of(told, "heard") if fields["final"]]
    assert told[-1][2] == {"reason": "completed"}


@pytest.mark.parametrize(
    ("said", "reason", "kept"),
    [
        ([("Ana", "consent/first", "Not tonight.")], "declined", 0),
        ([("Ben", "consent/second", "I'd rather not.")], "declined", 0),
        ([("Ana", "write/first", "Please don't.")], "completed", 0),
        ([("Ana", "open", "Stop.")], "stopped", 0),
        ([("Ben", "keep/second", "Let them go.")], "completed", 8),
        ([("Ana", "open", "Pass.")], "completed", 7),
    ],
)
def test_what_they_say_decides(said: list[tuple[str, str, str]], reason: str, kept: int) -> None:
    """A no, a stop and a pass have their say."""
    told = play(program(*STEPS), entries(*said))
    assert told[-1][2] == {"reason": reason}
    assert len(fields_of(told, "kept")) == kept


def test_a_strike_takes_the_mirror_along() -> None:
    """The answer and what said it back are struck by their numbers."""
    said = entries(
        ("Ana", "open", "Rain."), ("Ben", "mirror", "You said rain."), ("Ana", "timed", "Strike that.")
    )
    told = play(program(*STEPS), said)
    assert [fields["seq"] for fields in fields_of(told, "kept")][:2] == [1, 2]
    assert [fields["seq"] for fields in fields_of(told, "struck")] == [1, 2]


def test_a_recording_is_named_on_paper() -> None:
    """It cannot be heard there, and is not looked into."""
    said = [Entry(of="Ana", reply=Reply(sound=Path("/nowhere/ana.wav")), step="open")]
    told = play(program(*STEPS), said)
    assert "(a recording: ana.wav)" in [fields["text"] for fields in fields_of(told, "heard")]


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the data folder nor where it was run."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path))
    shipped = unroll(open_script("what-im-afraid-of"), ("Ana", "Ben"))
    monkeypatch.chdir(tmp_path)
    play(shipped)
    assert list(tmp_path.rglob("*")) == []
