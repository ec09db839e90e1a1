"""When speech begins, pauses, goes on and lasts: by examples, and for any probabilities."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.hearing.segmenter import Limits, Segmenter, SpeechEvent
from voice_guide.session.events import Lull, Pause, Resumed, SpeechStarted
from voice_guide.sound import FRAME_SECONDS

LIMITS = Limits()
SPEECH, QUIET = 0.9, 0.05

# Runs of like frames, as speech has them, with every value near the two thresholds.
PROBABILITIES = st.sampled_from([0.0, 0.2, 0.34, 0.35, 0.4, 0.49, 0.5, 0.7, 1.0])
RUNS = st.lists(st.tuples(PROBABILITIES, st.integers(1, 30)), max_size=40)
LONG_RUNS = st.lists(st.tuples(PROBABILITIES, st.integers(1, 900)), max_size=8)


def end(frame: int) -> float:
    """When frame number `frame` ends, seconds."""
    return (frame + 1) * FRAME_SECONDS


def begin(frame: int) -> float:
    """When it begins."""
    return frame * FRAME_SECONDS


def feed(segmenter: Segmenter, probabilities: list[float], first: int = 0) -> list[SpeechEvent]:
    """The events of these frames, the first of which has number `first`."""
    found = (segmenter.feed(end(first + i), p) for i, p in enumerate(probabilities))
    return [event for event in found if event is not None]


def flat(runs: list[tuple[float, int]]) -> list[float]:
    """Runs of equal frames, one after another."""
    return [p for p, count in runs for _ in range(count)]


def told(events: list[SpeechEvent]) -> list[tuple[type[SpeechEvent], int, int]]:
    """Events with `at` and `since` as numbers of frames from the start."""
    return [
        (type(event), round(event.at / FRAME_SECONDS), round(event.since / FRAME_SECONDS)) for event in events
    ]


def voiced(probabilities: list[float]) -> list[bool]:
    """Silero's hysteresis, written another way: the last frame outside the band decides."""
    out: list[bool] = []
    clear = 0.0
    for probability in probabilities:
        if not LIMITS.silence <= probability < LIMITS.speech:
            clear = probability
        out.append(clear >= LIMITS.speech)
    return out


def runs_of_speech(probabilities: list[float]) -> list[tuple[int, int]]:
    """First frame and frame after the last of each run of speech."""
    marks = [False, *voiced(probabilities), False]
    edges = [i for i in range(len(marks) - 1) if marks[i] != marks[i + 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def test_frame_length() -> None:
    """The pure core's frame is the ears' frame."""
    assert LIMITS.frame_seconds == FRAME_SECONDS


def test_an_answer() -> None:
    """Speech of four frames begins with its first one, and pauses ten frames after its last one."""
    events = feed(Segmenter(), [QUIET] * 5 + [SPEECH] * 4 + [QUIET] * 10)
    assert told(events) == [(SpeechStarted, 9, 5), (Pause, 19, 9)]


def test_click() -> None:
    """Three frames are no speech, however often they come."""
    assert feed(Segmenter(), ([QUIET] * 3 + [SPEECH] * 3) * 20) == []


def test_hysteresis() -> None:
    """What would not begin speech carries it on."""
    assert feed(Segmenter(), [QUIET] * 2 + [0.4] * 50) == []
    assert told(feed(Segmenter(), [QUIET] * 2 + [0.5] + [0.4] * 50)) == [(SpeechStarted, 6, 2)]


def test_short_gap() -> None:
    """Nine quiet frames are no pause; speech in between begins the count anew."""
    events = feed(Segmenter(), [QUIET] * 2 + ([SPEECH] * 5 + [QUIET] * 9) * 3)
    assert told(events) == [(SpeechStarted, 6, 2)]


def test_resumed() -> None:
    """After a pause two frames are nothing, three are the speech going on."""
    events = feed(
        Segmenter(), [QUIET] * 2 + [SPEECH] * 4 + [QUIET] * 10 + [SPEECH] * 2 + [QUIET] + [SPEECH] * 3
    )
    assert told(events)[2:] == [(Resumed, 22, 19)]


def test_lull() -> None:
    """After 20 s of speech the cut lies behind the least speech-like frame of the last 5 s, then 20 s on."""
    probabilities = [QUIET] * 2 + [SPEECH] * 1400
    probabilities[10] = 0.36  # less like speech, and too long ago
    probabilities[500] = 0.4
    probabilities[550] = 0.6
    events = feed(Segmenter(), probabilities)
    assert told(events)[1:] == [(Lull, 2 + 625, 501), (Lull, 501 + 625, 1126)]


def test_pause_beside_a_lull() -> None:
    """A pause that is under way when 20 s are full is told as a pause: nothing is cut inside it."""
    events = feed(Segmenter(), [QUIET] * 2 + [SPEECH] * 620 + [QUIET] * 30)
    assert [type(event) for event in events] == [SpeechStarted, Pause]


def test_pause_ends_the_count_to_a_lull() -> None:
    """Speech with pauses in it may go on for ever without a lull."""
    events = feed(Segmenter(), [QUIET] * 2 + ([SPEECH] * 600 + [QUIET] * 10) * 5)
    assert not any(isinstance(event, Lull) for event in events)


def test_speech_under_way_when_ears_open() -> None:
    """Speech that began before the opening counts only after two quiet frames."""
    segmenter = Segmenter()
    feed(segmenter, [QUIET] * 5 + [SPEECH] * 5)
    segmenter.reset(begin(10))
    assert feed(segmenter, [SPEECH] * 30 + [QUIET] + [SPEECH] * 30, first=10) == []
    assert told(feed(segmenter, [QUIET] * 2 + [SPEECH] * 4, first=71)) == [(SpeechStarted, 77, 73)]


def test_answer_right_after_the_prompt() -> None:
    """A partner who begins with the first frame after the opening is heard, if it was quiet before."""
    segmenter = Segmenter()
    feed(segmenter, [SPEECH] * 20 + [QUIET] * 2)
    segmenter.reset(begin(22))
    assert told(feed(segmenter, [SPEECH] * 10, first=22)) == [(SpeechStarted, 26, 22)]


def test_opening_to_come() -> None:
    """Speech that begins before an opening still to come is not reported, and what follows a gap is."""
    segmenter = Segmenter()
    segmenter.reset(begin(10))
    assert feed(segmenter, [QUIET] * 8 + [SPEECH] * 20) == []
    assert told(feed(segmenter, [QUIET] * 2 + [SPEECH] * 4, first=28)) == [(SpeechStarted, 34, 30)]


@pytest.mark.parametrize(("first", "reported"), [(SPEECH, False), (QUIET, True)])
def test_missing_frames(first: float, reported: bool) -> None:
    """Where frames are missing before the opening, the first one tells whether speech was under way."""
    segmenter = Segmenter()
    feed(segmenter, [QUIET] * 5)
    segmenter.reset(begin(100))
    events = feed(segmenter, [first, *[QUIET] * (not reported), *[SPEECH] * 10], first=100)
    assert bool(events) is reported


@given(RUNS | LONG_RUNS)
def test_any_order(runs: list[tuple[float, int]]) -> None:
    """For any probabilities: SpeechStarted once, then Pause and Resumed in turn; lulls only in speech."""
    speaking, begun = False, False
    for event in feed(Segmenter(), flat(runs)):
        match event:
            case SpeechStarted():
                assert not begun
                speaking = begun = True
            case Resumed():
                assert begun
                assert not speaking
                speaking = True
            case Pause():
                assert speaking
                speaking = False
            case Lull():
                assert speaking


@given(RUNS | LONG_RUNS)
def test_any_times(runs: list[tuple[float, int]]) -> None:
    """For any probabilities: times run forwards, so no moment lies in two pieces of speech."""
    events = feed(Segmenter(), flat(runs))
    for event in events:
        assert event.since <= event.at
    for before, after in pairwise(events):
        assert before.at < after.at
        assert before.since <= after.since


@given(RUNS | LONG_RUNS)
def test_any_speech_is_covered(runs: list[tuple[float, int]]) -> None:
    """For any probabilities: each run of four frames of speech or more lies between a beginning and a pause.

    But for one that was under way when the hearing began.
    """
    probabilities = [QUIET, QUIET, *flat(runs)]
    covered: list[tuple[float, float]] = []
    for event in feed(Segmenter(), probabilities):
        if isinstance(event, SpeechStarted | Resumed):
            covered.append((event.since, end(len(probabilities))))
        elif isinstance(event, Pause):
            covered[-1] = (covered[-1][0], event.since)
    for first, after in runs_of_speech(probabilities):
        if after - first >= LIMITS.onset:
            holding = [a <= begin(first) + 1e-6 and end(after - 1) <= b + 1e-6 for a, b in covered]
            assert holding.count(True) == 1


@given(RUNS, RUNS)
def test_any_reset_forgets(before: list[tuple[float, int]], after: list[tuple[float, int]]) -> None:
    """For any past: what follows a reset and a gap is told as if there had been no past."""
    used, fresh = Segmenter(), Segmenter()
    past = [*flat(before), QUIET, QUIET]
    feed(used, past)
    feed(fresh, [QUIET] * len(past))
    for segmenter in (used, fresh):
        segmenter.reset(begin(len(past)))
    assert feed(used, flat(after), len(past)) == feed(fresh, flat(after), len(past))


@given(RUNS, RUNS, st.integers(0, 60))
def test_any_opening(before: list[tuple[float, int]], after: list[tuple[float, int]], delay: int) -> None:
    """For any past and any opening: nothing is reported that began before the ears were open."""
    segmenter = Segmenter()
    past, future = flat(before), flat(after)
    feed(segmenter, past)
    opening = len(past) + delay
    segmenter.reset(begin(opening))
    under_way = [after for first, after in runs_of_speech([*past, *future]) if first < opening < after]
    earliest = max([begin(opening), *map(begin, under_way)]) - 1e-6
    for event in feed(segmenter, future, len(past)):
        assert event.since >= earliest


def test_other_limits() -> None:
    """The limits are the caller's: with a pause of three frames, three frames pause."""
    segmenter = Segmenter(replace(LIMITS, pause=3))
    assert isinstance(feed(segmenter, [QUIET] * 2 + [SPEECH] * 4 + [QUIET] * 3)[-1], Pause)
