"""The records inside the frames."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.journal.journal_help import INFO, said
from voice_guide.journal import evening
from voice_guide.journal.evening import End, Lost, Record, RecordLine, Strike, struck_by

lines = st.builds(
    RecordLine,
    seq=st.integers(1, 2**31),
    at=st.floats(0, 1e5),
    turn=st.integers(0, 10_000),
    step=st.text(max_size=20),
    who=st.text(max_size=20),
    text=st.text(),
    mirrors=st.lists(st.integers(0, 100), max_size=4).map(tuple),
)


@given(lines | st.sampled_from([INFO, Strike((1, 2)), Lost(3), End("finished")]))
def test_any_record_comes_back(record: Record) -> None:
    """What is encoded is decoded to the same."""
    assert evening.decode(evening.encode(record)) == record


@given(
    st.binary(max_size=200)
    | st.sampled_from([b'{"type":"line"}', b'{"type":"evening","partners":[1]}', b"[]"])
)
def test_nonsense_is_no_record(data: bytes) -> None:
    """Bytes that make no sense give None, and no error that could quote them."""
    assert evening.decode(data) is None


def test_half_a_surrogate_pair_is_kept_as_a_question_mark() -> None:
    """What a keyboard can send but no text can hold does not raise."""
    line = RecordLine(seq=1, at=0.0, turn=1, step="q", who="Ana", text="a\ud800b")
    found = evening.decode(evening.encode(line))
    assert isinstance(found, RecordLine)
    assert found.text == "a?b"


def test_no_repr_shows_words_or_names() -> None:
    """Lines and evenings redact themselves."""
    line = RecordLine(seq=1, at=0.0, turn=1, step="q", who="Ana", text="heron words")
    assert "heron" not in repr(line)
    assert "heron" not in repr(said(1, "heron words"))
    assert "Ana" not in repr(INFO)


def test_a_strike_takes_whatever_mirrors_it() -> None:
    """A mirror of a struck turn goes, and so does what recalled the mirror; the rest stays."""
    numbered = [
        RecordLine(seq=turn, at=0.0, turn=turn, step="q", who="Ana", text="", mirrors=mirrors)
        for turn, mirrors in ((1, ()), (2, ()), (3, (1,)), (4, (3,)), (5, (2,)))
    ]
    assert struck_by(numbered, {1}) == (1, 3, 4)
    assert struck_by(numbered, {2}) == (2, 5)
    assert struck_by(numbered, ()) == ()
