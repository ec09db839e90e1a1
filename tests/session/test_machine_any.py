"""What holds for any evening, whatever the two say, type, press, or leave unsaid, and whatever breaks."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.english import menu, unroll
from tests.exercise.scripts_in_memory import part
from tests.exercise.test_load_anything import WHOLE
from tests.exercise.test_program_for_any import exercises
from tests.session.sofa import Line, Quiet, Sofa, consented, program, question
from voice_guide.exercise.flat import Purpose, Skip, Who
from voice_guide.exercise.load import load
from voice_guide.exercise.steps import AnswerKind, Exercise
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import RecordFailed
from voice_guide.session.notes import Offer
from voice_guide.session.phases import Phase

STEPS = (
    Line(id="line", text="This is about the sea. It is wide. It is deep, and it is cold at night."),
    question("yes", AnswerKind.YES_NO, save="sea"),
    Skip(id="skip", key="sea", equals=True, target=4),
    question("open"),
    question("each@first/timed", AnswerKind.TIMED, seconds=60.0),
    question("number", AnswerKind.NUMBER, Who.SECOND, low=1, high=10),
    Quiet(id="quiet", seconds=20.0),
    question("choice", AnswerKind.CHOICE, Who.SECOND, choices=("sea", "hill")),
    question("mirror", who=Who.SECOND, mirrors=("open",)),
    question("missing", AnswerKind.YES_NO, purpose=Purpose.MISSING),
    question("both", AnswerKind.SHORT, Who.BOTH),
)

QUIET_STEPS = (
    Quiet(id="quiet", seconds=20.0),
    question("open"),
    question("mirror", who=Who.SECOND, mirrors=("open",)),
    question("short", AnswerKind.SHORT),
    Line(id="line", text="This is about the hill. It is high. It is steep, and it is green."),
    question("yes", AnswerKind.YES_NO, Who.SECOND),
)

WHOLE_STEPS = unroll(load(WHOLE, "s.yaml", part), ("Ana", "Ben")).steps
"""Everything that the language has."""

OFFERS = tuple(
    Offer(name=name, title=title, summary=summary, minutes=minutes, depth=1)
    for name, title, summary, minutes in (
        ("eye-level", "Eye Level", "Neither above nor below.", 12),
        ("sea", "The Sea", "Waves and wind.", 10),
        ("hill", "The Hill", "Up and down.", 8),
        ("wood", "The Wood", "Trees, mostly.", 20),
        ("lake", "The Lake", "Still water.", 15),
    )
)

WORDS = st.sampled_from(
    ["Yes.", "No.", "I do not know.", "Seven.", "The sea.", "It was long ago, and that's all.", "", "Leave us.",
     "That was me.", *(command.value for command in Command)]
)  # fmt: skip

VOICES = st.sampled_from([None, None, Who.FIRST, Who.SECOND, Who.BOTH, "strange"])

PEOPLE = st.one_of(
    st.tuples(st.just("say"), WORDS, st.floats(0.2, 30), st.floats(0, 3), st.booleans(), VOICES),
    st.tuples(st.just("speak"), WORDS, st.floats(0.2, 30), st.floats(0, 3), st.booleans(), VOICES),
    st.tuples(st.just("press"), st.sampled_from(list(Command))),
    st.tuples(st.just("type"), WORDS),
    st.tuples(st.sampled_from(["touch", "key", "stir"])),
    st.tuples(st.just("over"), WORDS, st.sampled_from(["", "Stop.", "Guide."])),
    st.tuples(st.just("wait"), st.floats(0, 90)),
)

THINGS = st.one_of(
    st.tuples(st.just("lose"), st.sampled_from(["microphone", "loudspeaker"])),
    st.tuples(st.just("return")),
    st.tuples(st.just("mute"), st.booleans()),
    st.tuples(st.just("unmute")),
    st.tuples(st.just("sleep"), st.floats(0.1, 200)),
    st.tuples(st.just("disk")),
)

ACTS = st.one_of(PEOPLE, PEOPLE, THINGS)

BEGINNINGS = st.sampled_from(["agreed", "agreed", "quiet", "quiet", "whole", "whole", "greeting", "menu"])

EVENINGS = st.tuples(BEGINNINGS, st.sampled_from([0.3, 0.3, 3.0]), st.lists(ACTS, max_size=40))
"""Where it begins (agreed, quiet, whole: both have said yes to all), how slow the transcriber is, and what happens."""

Evening = tuple[str, float, list[tuple[object, ...]]]


def play(evening: Evening) -> Sofa:
    """An evening in which these things happen, one after the other, whatever the guide is doing."""
    beginning, engine_seconds, acts = evening
    own = program(*STEPS)
    if beginning == "menu":
        first = menu(own.partners, OFFERS, OFFERS[0], first=True, interrupted="The Sea")
        sofa = Sofa(own, menu=first, offers=OFFERS)
    elif beginning == "greeting":
        sofa = Sofa(own)
    else:
        sofa = consented(*{"quiet": QUIET_STEPS, "whole": WHOLE_STEPS}.get(beginning, STEPS))
    sofa.engine_seconds = engine_seconds
    for act in acts:
        happen(sofa, act)
        sofa.wait(0.01)
    return sofa


def happen(sofa: Sofa, act: tuple[object, ...]) -> None:
    """One thing that somebody does, or that breaks."""
    if not did(sofa, act):
        broke(sofa, act)


def did(sofa: Sofa, act: tuple[object, ...]) -> bool:
    """What people do."""
    match act:
        case ("say" | "speak" as how, str(text), float(seconds), float(after), bool(noise), voice):
            whose = {"strange": True} if voice == "strange" else {"voice": voice}
            ends = sofa.says(text, seconds, after, noise=noise, lulls=True, **whose)
            sofa.wait(ends - sofa.now + 0.5 if how == "say" else 0.0)
        case ("press", Command() as command):
            sofa.press(command)
        case ("type", str(text)):
            sofa.types(text)
        case ("over", str(text), str(hinted)):
            sofa.says_over(text, hinted=hinted)
        case ("touch",):
            sofa.touches()
        case ("key",):
            sofa.begins_to_type()
        case ("stir",):
            sofa.stirs()
        case ("wait", float(seconds)):
            sofa.wait(seconds)
        case _:
            return False
    return True


def broke(sofa: Sofa, act: tuple[object, ...]) -> None:
    """What devices, the computer and the disk do."""
    match act:
        case ("lose", str(what)):
            if sofa.session.away is None:
                sofa.loses(what)
        case ("return",):
            if sofa.searching:
                sofa.returns()
        case ("mute", bool(always)):
            sofa.mutes(always=always)
        case ("unmute",):
            sofa.unmutes()
        case ("sleep", float(seconds)):
            sofa.sleeps(seconds)
        case ("disk",):
            sofa.feed(RecordFailed(at=sofa.now, what="The disk is full."))
        case _:
            pytest.fail(f"nobody can {act[0]}")


def go_through(sofa: Sofa, command: Command) -> None:
    """From wherever it is: plug in what is missing, continue what waits, and give this command until the end."""
    for _ in range(200):
        if sofa.session.phase is Phase.FINISHED:
            return
        if sofa.searching:
            sofa.returns()
        waiting = sofa.session.phase is Phase.WAITING and command is not Command.STOP
        sofa.press(Command.CONTINUE if waiting else command)
        sofa.wait(5)


@settings(max_examples=400, deadline=None)
@given(EVENINGS, st.sampled_from([Command.PASS, Command.STOP]))
def test_nothing_breaks_and_skips_or_a_stop_reach_the_end(evening: Evening, command: Command) -> None:
    """No sequence raises; from wherever it leads, continuing and passing reach the end, and so does a stop."""
    sofa = play(evening)
    go_through(sofa, command)
    assert sofa.session.phase is Phase.FINISHED
    assert len(sofa.done(fx.Finish)) == 1


@settings(max_examples=200, deadline=None)
@given(exercises(), st.lists(PEOPLE, max_size=12))
def test_any_script_reaches_its_end(exercise: Exercise, acts: list[tuple[object, ...]]) -> None:
    """Whatever an author writes and whatever is said to it: consents before, a landing behind, and an end."""
    sofa = consented(*unroll(exercise, ("Ana", "Ben")).steps)
    for act in acts:
        happen(sofa, act)
        sofa.wait(0.01)
    go_through(sofa, Command.PASS)
    assert sofa.session.phase is Phase.FINISHED
    steps = [step["id"] for step in sofa.all("step")]
    assert sofa.session.ending != "completed" or "landing" in steps


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_time_is_never_stuck(evening: Evening) -> None:
    """After each act something will happen by itself, or the guide waits for a word or for a device."""
    beginning, engine_seconds, acts = evening
    sofa = play((beginning, engine_seconds, []))
    for act in acts:
        happen(sofa, act)
        sofa.wait(0.01)
        assert not sofa.stuck(), f"after {act[0]} while {sofa.session.phase}"


@settings(max_examples=200, deadline=None)
@given(EVENINGS)
def test_left_alone_an_evening_comes_to_rest(evening: Evening) -> None:
    """When everybody has gone, the guide ends or waits, and says nothing more all night."""
    sofa = play(evening)
    sofa.wait(4 * 3600)
    said = len(sofa.prompts())
    sofa.wait(4 * 3600)
    assert len(sofa.prompts()) == said
    assert sofa.session.phase in (Phase.WAITING, Phase.AWAY, Phase.FINISHED, Phase.LISTENING)


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_the_record_is_only_ever_written_between_consent_and_decision(evening: Evening) -> None:
    """No line is recorded before both agreed or after the record is closed, and none twice."""
    sofa = play(evening)
    is_open = False
    for _, effect in sofa.effects:
        if isinstance(effect, fx.StartRecord):
            assert not is_open
            is_open = True
        elif isinstance(effect, fx.CloseRecord | fx.DiscardRecord):
            assert is_open
            is_open = False
        elif isinstance(effect, fx.Record | fx.Strike):
            assert is_open
    said = Counter((line.turn, line.said_at, line.text) for line in sofa.done(fx.Record))
    assert max(said.values(), default=0) <= 1


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_no_word_of_a_pause_is_recorded(evening: Evening) -> None:
    """What is said while the guide waits, or leaves them to talk, is in no record."""
    sofa = play(evening)
    go_through(sofa, Command.STOP)
    away = []
    began: float | None = None
    for at, name, _ in sofa.told:
        if name in ("paused", "off_record", "break", "stopping", "talking") and began is None:
            began = at
        elif began is not None and name in (
            "resumed",
            "on_record",
            "turn_reopened",
            "step",
            "listening",
            "finished",
        ):
            away.append((began, at))
            began = None
    for line in sofa.done(fx.Record):
        assert not [span for span in away if span[0] < line.said_at < span[1]]


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_a_turn_is_of_one_question_and_one_voice(evening: Evening) -> None:
    """Turn numbers are unique: a number never stands for two questions or for two people."""
    sofa = play(evening)
    owners: dict[int, tuple[str, str]] = {}
    for line in sofa.done(fx.Record):
        assert owners.setdefault(line.turn, (line.step, line.who)) == (line.step, line.who)


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_the_ears_are_closed_while_the_guide_speaks(evening: Evening) -> None:
    """Every prompt closes the ears first, and they open only after it has ended or was hushed."""
    sofa = play(evening)
    ears = speaking = False
    for _, effect in sofa.effects:
        match effect:
            case fx.OpenEars():
                ears, speaking = True, False
            case fx.CloseEars():
                ears = False
            case fx.Hush() | fx.Tell(name="prompt_ended"):
                speaking = False
            case fx.Speak():
                assert not ears
                assert not speaking
                speaking = True


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_the_guide_never_begins_while_somebody_speaks(evening: Evening) -> None:
    """What it says by itself waits for a pause: only a key, a lost device or an old command may come in between."""
    sofa = play(evening)
    speaking = False
    for (_, before, _), (_, name, _) in pairwise([(0.0, "", {}), *sofa.told]):
        if name in ("speech_started", "resumed_speech"):
            speaking = True
        elif name in (
            "pause",
            "listening",
            "prompt_ended",
            "microphone_lost",
            "loudspeaker_lost",
            "suspended",
            "command",
            "turn_ended",
        ):
            speaking = False
        assert not (name == "prompt" and speaking), f"after {before}"


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_while_waiting_nothing_is_told_of_what_is_said(evening: Evening) -> None:
    """Between paused (or off the record) and the way back, no event speaks of speech or its words."""
    sofa = play(evening)
    waiting = False
    for _, name, _ in sofa.told:
        if name in ("paused", "off_record", "break", "stopping"):
            waiting = True
        elif name in ("resumed", "on_record", "step", "listening", "finished"):
            waiting = False
        assert not (
            waiting and name in ("heard", "speech_started", "pause", "resumed_speech", "kept", "talking")
        )


@settings(max_examples=400, deadline=None)
@given(EVENINGS)
def test_a_phase_and_its_data_go_together(evening: Evening) -> None:
    """Listening has a turn, speaking has words, waiting and talking know where they came from."""
    session = play(evening).session
    if session.phase in (Phase.LISTENING, Phase.LANDING, Phase.CLOSING):
        assert session.turn is not None
        assert session.prompting is None
        assert session.held is None
    if session.phase in (Phase.SPEAKING, Phase.GAP):
        assert session.prompting is not None
    if session.phase in (Phase.WAITING, Phase.TALKING, Phase.AWAY):
        assert session.held is not None
        assert session.prompting is None
    assert (session.away is not None) >= (session.phase is Phase.AWAY)
    assert session.todo is None
    assert session.by is None


@settings(max_examples=300, deadline=None)
@given(EVENINGS)
def test_nothing_tells_who_passed_or_stopped(evening: Evening) -> None:
    """No event has such a reason, and none of these names."""
    sofa = play(evening)
    go_through(sofa, Command.PASS)
    assert {event["reason"] for event in sofa.all("turn_ended")} <= {
        "silence",
        "time",
        "done",
        "typed",
        "go back",
    }
    for told in [*sofa.all("finished"), *sofa.all("command"), *sofa.all("stopping")]:
        assert "who" not in told


@settings(max_examples=200, deadline=None)
@given(EVENINGS)
def test_time_never_runs_backwards_and_turns_count_up(evening: Evening) -> None:
    """Events are told in order, and each turn ends at most once for each time that it is opened."""
    sofa = play(evening)
    times = [at for at, _, _ in sofa.told]
    assert times == sorted(times)
    turns = [fields["turn"] for _, name, fields in sofa.told if name == "listening"]
    assert turns == sorted(turns)
