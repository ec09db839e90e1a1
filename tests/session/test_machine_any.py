"""What holds for any evening, whatever the two say, press, or leave unsaid."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.sofa import Line, Quiet, Sofa, program, question
from voice_guide.exercise.steps import AnswerKind, Skip, Who
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.state import Phase

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
    question("both", AnswerKind.SHORT, Who.BOTH),
)

WORDS = st.sampled_from(
    ["Yes.", "No.", "I do not know.", "Seven.", "The sea.", "It was long ago, and that's all.", "",
     *(command.value for command in Command)]
)  # fmt: skip

ACTS = st.one_of(
    st.tuples(st.just("say"), WORDS, st.floats(0.2, 30), st.floats(0, 3), st.booleans()),
    st.tuples(st.just("press"), st.sampled_from(list(Command))),
    st.tuples(st.just("wait"), st.floats(0, 90)),
)


def play(acts: list[tuple[object, ...]]) -> Sofa:
    """An evening in which these things happen, one after the other, whatever the guide is doing."""
    sofa = Sofa(program(*STEPS))
    for act in acts:
        match act:
            case ("say", str(text), float(seconds), float(after), bool(noise)):
                ends = sofa.says(text, seconds, after, noise=noise)
                sofa.wait(ends - sofa.now + 0.5)
            case ("press", Command() as command):
                sofa.press(command)
            case ("wait", float(seconds)):
                sofa.wait(seconds)
    return sofa


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_nothing_breaks_and_skips_reach_the_end(acts: list[tuple[object, ...]]) -> None:
    """No sequence raises; from wherever it leads, continuing and passing alone reach the end."""
    sofa = play(acts)
    for _ in range(200):
        if sofa.session.phase is Phase.FINISHED:
            break
        waiting = sofa.session.phase is Phase.WAITING
        sofa.press(Command.CONTINUE if waiting else Command.PASS)
        sofa.wait(5)
    assert sofa.session.phase is Phase.FINISHED
    assert len(sofa.done(fx.Finish)) == 1


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_the_record_is_only_ever_written_between_consent_and_decision(
    acts: list[tuple[object, ...]],
) -> None:
    """No line is recorded before both agreed or after the record is closed, and none twice."""
    sofa = play(acts)
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
    said = Counter((line.turn, line.said_at) for line in sofa.done(fx.Record))
    assert max(said.values(), default=0) <= 1


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_the_ears_are_closed_while_the_guide_speaks(acts: list[tuple[object, ...]]) -> None:
    """Every prompt closes the ears first, and they open only after it has ended or was hushed."""
    sofa = play(acts)
    ears = speaking = False
    for _, effect in sofa.effects:
        match effect:
            case fx.OpenEars():
                ears, speaking = True, False
            case fx.CloseEars():
                ears = False
            case fx.Hush():
                speaking = False
            case fx.Speak():
                assert not ears
                assert not speaking
                speaking = True


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_while_waiting_nothing_is_told_of_what_is_said(acts: list[tuple[object, ...]]) -> None:
    """Between paused (or off the record) and the way back, no event speaks of speech or its words."""
    sofa = play(acts)
    waiting = False
    for _, name, _ in sofa.told:
        if name in ("paused", "off_record"):
            waiting = True
        elif name in ("resumed", "on_record", "step", "listening", "finished"):
            waiting = False
        assert not (waiting and name in ("heard", "speech_started", "pause", "resumed_speech", "kept"))


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_a_phase_and_its_data_go_together(acts: list[tuple[object, ...]]) -> None:
    """Listening has a turn, speaking has words, waiting knows where it came from."""
    session = play(acts).session
    if session.phase in (Phase.LISTENING, Phase.LANDING):
        assert session.turn is not None
        assert session.prompting is None
        assert session.held is None
    if session.phase in (Phase.SPEAKING, Phase.GAP):
        assert session.prompting is not None
    if session.phase is Phase.WAITING:
        assert session.held is not None


@settings(max_examples=200, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_time_never_runs_backwards_and_turns_count_up(acts: list[tuple[object, ...]]) -> None:
    """Events are told in order, and each turn ends at most once for each time that it is opened."""
    sofa = play(acts)
    times = [at for at, _, _ in sofa.told]
    assert times == sorted(times)
    turns = [fields["turn"] for _, name, fields in sofa.told if name == "listening"]
    assert turns == sorted(turns)
