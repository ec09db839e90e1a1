"""Text is cut where a speaker would pause, and never loses a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.exercise.sentences import (
    LIMIT,
    PAUSE,
    chunks,
    estimated_seconds,
    longest_seconds,
    sentences,
)

WORDS = st.sampled_from(
    [
        "Ana",
        "fear",
        "you",
        "Dr.",
        "yes,",
        "2.5",
        "responsibilities,",
        "tonight?",
        "I.",
        "...",
        "Ben.",
        '"No."',
        "then;",
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=120).map(" ".join))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paused. I'm here.", ("Paused.", "I'm here.")),
        ("Was it yes or no? Take your time!", ("Was it yes or no?", "Take your time!")),
        (
            "Dr. Ana and Mr. J. R. Ben sit. So do I. Then?",
            ("Dr. Ana and Mr. J. R. Ben sit.", "So do I.", "Then?"),
        ),
        ("No. That is fine, etc. Go on.", ("No.", "That is fine, etc.", "Go on.")),
        ("Take 2.5 minutes. Begin at 8 p.m. tonight.", ("Take 2.5 minutes.", "Begin at 8 p.m. tonight.")),
        ("Well... yes. And no… Perhaps.", ("Well... yes.", "And no…", "Perhaps.")),
        ('Say "I don\'t know." That is fine.', ('Say "I don\'t know."', "That is fine.")),
        ("¿Qué temes? ¡Gracias! Ya está.", ("¿Qué temes?", "¡Gracias!", "Ya está.")),
        ("no stop at the end", ("no stop at the end",)),
        ("  two \n lines.\nHere. ", ("two lines.", "Here.")),
        ("", ()),
    ],
)
def test_cuts_where_a_speaker_pauses(text: str, expected: tuple[str, ...]) -> None:
    """Full stops of titles, initials and numbers end nothing; those of sentences do."""
    assert sentences(text) == expected


@given(TEXTS)
def test_no_word_is_lost_by_sentences(text: str) -> None:
    """The sentences, joined, are the text."""
    assert " ".join(sentences(text)) == " ".join(text.split())


@given(TEXTS, st.floats(min_value=2.0, max_value=30.0))
def test_no_word_is_lost_by_chunks(text: str, limit: float) -> None:
    """The chunks, joined, are the text, at any limit."""
    assert " ".join(piece for group in chunks(text, limit) for piece in group) == " ".join(text.split())


@given(TEXTS, st.floats(min_value=2.0, max_value=30.0))
def test_chunks_stay_under_the_limit(text: str, limit: float) -> None:
    """Even at the slowest reading a chunk leaves its gap in time, a single huge word excepted."""
    for group in chunks(text, limit):
        assert group
        seconds = sum(map(longest_seconds, group)) + PAUSE * (len(group) - 1)
        assert seconds <= limit + 1e-9 or (len(group) == 1 and len(group[0].split()) == 1)


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    """The cut falls behind the last comma that fits."""
    first = "Ana, think of a moment in this week when you felt close to Ben, and of what made it so,"
    (one, two) = chunks(f"{first} and then of one in which you kept away from him without quite knowing why.")
    assert one == (first,)
    assert two == ("and then of one in which you kept away from him without quite knowing why.",)


def test_short_sentences_share_a_chunk() -> None:
    """As many sentences as certainly fit are spoken in one go."""
    assert chunks("We can stay here. Nothing has to be said.") == (
        ("We can stay here.", "Nothing has to be said."),
    )


def test_pace() -> None:
    """145 words take a minute; the longest time is never below the average one."""
    assert estimated_seconds("word " * 145) == pytest.approx(60)
    assert longest_seconds("a b c d e f") >= estimated_seconds("a b c d e f")
    assert LIMIT == 10.0
