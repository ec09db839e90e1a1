"""What joins the silence in deciding that an answer is over: its words, its length, its speaker, the turn model."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH
from tests.session.sofa import Sofa, consented, question
from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind, Manner
from voice_guide.session import effects as fx
from voice_guide.session.signs import unfinished
from voice_guide.session.turn_end import OPEN_LEAST, OPEN_MOST, Manners, Signs, end_silence, learnt

SURE = (0.5,)


def open_answer(*verdicts: float | None, patience: float | None = 1.0, manner: Manner | None = None) -> Sofa:
    """Ana is asked an open question; the turn model will say this."""
    more: dict[str, Any] = {} if manner is None else {"manner": manner}
    asked = [question("one", **more), question("two", **more), question("three", who=Who.SECOND, **more)]
    sofa = consented(*asked, manners=Manners(patience=(patience, 1.0)))
    sofa.verdicts = verdicts or (None,)
    sofa.until("listening", answer="open")
    return sofa


def waited(sofa: Sofa) -> float:
    """Seconds of silence after which the turn ends."""
    found = sofa.until("turn_ended")["waited_seconds"]
    assert isinstance(found, float)
    return found


# --- the turn model


def test_without_a_turn_model_plain_silence_rules() -> None:
    """Eight seconds after few words, six after many, however many."""
    sofa = open_answer(None)
    sofa.says("That is all I wanted to tell.", seconds=60)
    assert waited(sofa) == pytest.approx(6.0)


@pytest.mark.parametrize(("spoken", "silence"), [(9.0, 8.0), (20.0, 5.5), (30.0, 3.0), (90.0, 3.0)])
def test_whoever_has_said_much_is_believed_sooner(spoken: float, silence: float) -> None:
    """Where the turn model does not object; whoever has said little is still looking for words."""
    sofa = open_answer(*SURE)
    sofa.says("That is all I wanted to tell.", seconds=spoken - 0.2)  # and the post-roll
    assert waited(sofa) == pytest.approx(silence, abs=0.03)


@pytest.mark.parametrize("verdicts", [(0.1,), (None,), (0.1, None), (0.19, 0.19)])
def test_where_the_turn_model_objects_plain_silence_rules(verdicts: tuple[float | None, ...]) -> None:
    """Asked once more, it still does; or it cannot be asked at all."""
    sofa = open_answer(*verdicts)
    sofa.says("That is all I wanted to tell.", seconds=60)
    assert waited(sofa) == pytest.approx(6.0)


def test_it_is_asked_only_where_that_matters() -> None:
    """Not after few words, not where the script or the partner says what ends a turn."""
    for sofa, seconds in (
        (open_answer(*SURE), 5),
        (
            open_answer(*SURE),
            17,
        ),  # it could not shorten the silence below the six seconds that an objection leaves
        (open_answer(*SURE, manner=Manner(ends=9.0)), 60),
        (open_answer(*SURE, patience=None), 60),
    ):
        sofa.says("That is all I wanted to tell.", seconds=seconds)
        sofa.wait(seconds + 15)
        assert not sofa.done(fx.Judge)


def test_it_hears_the_end_of_the_turn_and_the_silence() -> None:
    """The last eight seconds, or the whole of a shorter turn with its pre-roll; no more is copied."""
    sofa = open_answer(*SURE)
    end = sofa.says("That is all I wanted to tell.", seconds=60)
    waited(sofa)
    (asked,) = sofa.done(fx.Judge)
    assert asked.end == pytest.approx(end + 1.2)
    assert asked.end - asked.start == pytest.approx(8.0)


def test_it_is_asked_once_more_where_it_objects() -> None:
    """A hundredth of a second of sound can change its mind."""
    sofa = open_answer(0.1, 0.9)
    end = sofa.says("That is all I wanted to tell.", seconds=60)
    assert waited(sofa) == pytest.approx(3.0)
    assert [asked.end for asked in sofa.done(fx.Judge)] == pytest.approx([end + 1.2, end + 2.4])


def test_a_verdict_on_what_was_only_a_pause_is_dropped() -> None:
    """Somebody went on while the model was still thinking: it is asked anew in the next silence."""
    sofa = open_answer(0.95, 0.1, 0.1)
    sofa.engine_seconds = 1.0
    sofa.says("I was afraid of the dark.", seconds=60)
    sofa.says("And of the cellar.", seconds=3, after=62.4)  # the first verdict comes 0.3 s after it begins
    assert 6.0 <= waited(sofa) < 7.0
    assert len(sofa.done(fx.Judge)) == 3


def test_an_early_end_that_was_wrong_costs_nobody_a_word() -> None:
    """Whoever goes on while the tone lands has the floor again, in the same turn."""
    sofa = open_answer(*SURE)
    end = sofa.says("I was afraid of the dark.", seconds=60)
    sofa.until("landing")
    sofa.says("And of the cellar.", seconds=3, after=0.4)
    assert sofa.until("turn_reopened")["at"] < end + 4
    sofa.until("step", id="two")
    assert [text for _, text in sofa.lines()] == ["I was afraid of the dark.", "And of the cellar."]
    assert len({line.turn for line in sofa.done(fx.Record)}) == 1


# --- the words


def test_last_words_that_want_to_go_on_get_more_time() -> None:
    """Ten seconds, even if the turn model does not object."""
    sofa = open_answer(*SURE)
    sofa.says("I never told anybody, because...", seconds=60)
    assert waited(sofa) == pytest.approx(10.0)


def test_a_short_answer_that_wants_to_go_on_gets_more_time() -> None:
    """Four seconds instead of two and a half."""
    sofa = consented(question("one", AnswerKind.SHORT), question("two", AnswerKind.SHORT))
    sofa.until("listening", answer="short")
    sofa.says("The dark and the")
    assert waited(sofa) == pytest.approx(4.0)
    sofa.until("listening", answer="short")
    sofa.says("The dark.")
    assert waited(sofa) == pytest.approx(2.5)


@pytest.mark.parametrize(
    "text",
    ["I was afraid, because", "and the.", "Um,", "I went home and...", "If I", "She's -", "And so\u2026"],
)
def test_unfinished(text: str) -> None:
    """Small words that seldom end a sentence, and marks by which a transcriber shows that none has ended."""
    assert unfinished(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "I think so.",
        "That's who I am.",
        "I like the sand.",
        "",
        "I don't know what I want to be.",
        "Of course.",
    ],
)
def test_finished(text: str) -> None:
    """Whole words only, and none that people do end with."""
    assert not unfinished(text, ENGLISH)


# --- the speaker's own pauses


def with_pauses(seconds: float, sofa: Sofa, count: int = 12) -> None:
    """An answer with so many pauses of this length."""
    for _ in range(count):
        sofa.says("I was afraid of the dark.", seconds=2, after=0)
        sofa._said_until += seconds - 0.42  # what `says` leaves between two utterances


def test_whoever_makes_long_pauses_is_given_more_time() -> None:
    """Up to twice the silence, at most ten seconds; the other partner's own pauses count for them."""
    sofa = open_answer(None)
    with_pauses(2.8, sofa)
    first = waited(sofa)
    assert 7.0 < first <= OPEN_MOST
    sofa.until("listening", who="Ana")
    sofa.says("I was afraid of the dark.")
    assert waited(sofa) == pytest.approx(first)
    sofa.until("listening", who="Ben")
    sofa.says("I was afraid of the dark.")
    assert waited(sofa) == pytest.approx(8.0)


def test_quick_speakers_are_not_hurried() -> None:
    """Short pauses take nothing away from the six seconds."""
    sofa = open_answer(None)
    with_pauses(0.45, sofa)
    assert waited(sofa) == pytest.approx(6.0)


def test_what_the_guide_came_between_is_no_pause_of_theirs() -> None:
    """The silence before a kind word and after it is not learnt."""
    sofa = open_answer(None, patience=None)
    sofa.says("I was afraid of the dark.")
    sofa.until("prompt")
    sofa.until("listening")
    sofa.says("And of the cellar.", after=3)
    sofa.wait(10)
    assert sofa.session.pauses == consented(question("one")).session.pauses


# --- for any


SIGNS = st.builds(
    Signs,
    spoken=st.floats(0, 4000),
    unfinished=st.booleans(),
    complete=st.none() | st.floats(0, 1),
    pause=st.floats(0.01, 6),
)


@given(SIGNS, st.sampled_from([1.0, 2.0, 4.0]))
def test_for_any_signs_an_open_answer_ends_between_three_and_eight_seconds(
    signs: Signs, factor: float
) -> None:
    """Times the partner's patience; and where the turn model objects, or is not there, never before six."""
    found = end_silence(AnswerKind.OPEN, factor, None, signs)
    assert found is not None
    assert OPEN_LEAST * factor <= found <= OPEN_MOST * factor
    assert found >= 6.0 * factor or (signs.complete is not None and signs.complete >= 0.2)


@given(SIGNS, st.sampled_from([AnswerKind.YES_NO, AnswerKind.NUMBER, AnswerKind.CHOICE]))
def test_for_any_signs_a_plain_answer_ends_as_ever(signs: Signs, kind: AnswerKind) -> None:
    """1.2 s: whoever says yes is not kept waiting."""
    assert end_silence(kind, 1.0, None, signs) == 1.2


@given(SIGNS, st.floats(2, 60))
def test_for_any_signs_the_script_has_the_last_word(signs: Signs, own: float) -> None:
    """Its author's silence is what it is."""
    assert end_silence(AnswerKind.OPEN, 1.0, own, signs) == own


@given(st.floats(0.3, 6), st.lists(st.floats(0.3, 60), min_size=1, max_size=60))
def test_for_any_pauses_their_mean_lies_between_the_shortest_and_the_longest(
    start: float, pauses: list[float]
) -> None:
    """And a single long thought moves it little."""
    mean = start
    for pause in pauses:
        before, mean = mean, learnt(mean, pause)
        assert mean <= before * 1.4
    assert min(start, *pauses) * 0.999 <= mean <= max(start, *(min(p, 6.0) for p in pauses)) * 1.001


# --- commands that are none


@pytest.mark.parametrize("goes_on", [True, False])
def test_whoever_goes_on_has_given_no_command_that_only_another_reading_knows(goes_on: bool) -> None:
    """ "Replied he..." may sound like "repeat"; it is one only where nobody has spoken since."""
    sofa = open_answer(None)
    sofa.engine_seconds = 4.0
    sofa.says("Replied heat.", hinted="Repeat.")
    if goes_on:
        sofa.says(
            "I heard him not.", seconds=3, after=2.8
        )  # after 1.3 s of silence, before the text is there
        sofa.until("step", id="two")
        assert not sofa.all("command")
        assert [text for _, text in sofa.lines()] == ["Replied heat.", "I heard him not."]
    else:
        assert sofa.until("command")["name"] == "repeat"
