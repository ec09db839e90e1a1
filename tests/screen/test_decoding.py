"""Bytes as keys: what is no letter never comes through as one, wherever the bytes are torn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.screen.decoding import Decoder, Key, Kind
from voice_guide.screen.editing import Line

SEQUENCES = [
    b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5C", b"\x1b[[A", b"\x1b[M !!", b"\x1b[<0;10;5M", b"\x1b[<0;10;5m",
    b"\x1b[I", b"\x1b[?1;2c", b"\x1b]11;rgb:0/0/0\x07", b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1bPabc\x1b\\", b"\x1bs",
    b"\x1b[200~stop\x1b[201~", b"\x1b[D", b"\x1bOC", b"\x1b[3~", b"\x1b[H", b"\x1b[4~",
]  # fmt: skip


def keys(data: bytes) -> list[Key]:
    """All keys, as they come in one go."""
    decoder = Decoder()
    return decoder.feed(data) + decoder.flush()


@pytest.mark.parametrize("data", SEQUENCES)
def test_a_sequence_is_one_key_and_no_letter(data: bytes) -> None:
    """Arrows, function keys, a mouse, a terminal's answers, Alt; what is pasted is marked as such."""
    (key,) = keys(data)
    assert key.kind is not Kind.TEXT or key.pasted


@given(
    st.lists(st.sampled_from([*SEQUENCES, b"a", "\u00e9".encode(), "你".encode(), b"\r", b"\x7f"])), st.data()
)
def test_bytes_may_be_torn_anywhere(parts: list[bytes], data: st.DataObject) -> None:
    """The keys are the same."""
    whole = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    decoder = Decoder()
    found = [
        key for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True) for key in decoder.feed(whole[a:b])
    ]
    assert found + decoder.flush() == keys(whole)
    assert len(found) == len(parts)


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Nothing raises, nothing waits forever, and no control character is a letter."""
    for key in keys(data):
        assert key.pasted or key.text.isprintable()


def test_esc_alone_is_known_once_nothing_follows() -> None:
    """And only then."""
    decoder = Decoder()
    assert decoder.feed(b"\x1b") == []
    assert decoder.patience == 0.05
    assert decoder.flush() == [Key(Kind.ESCAPE)]
    assert decoder.patience is None


def test_editing_a_line() -> None:
    """What everybody's fingers know."""
    line = Line()
    for key in keys(
        b"the haron" + b"\x1b[D" * 3 + b"\x7fe" + b"\x05!" + b"\x1b[H" + b"\x1b[3~" + b"T" + b"\x1b[C"
    ):
        line = line.after(key)
    assert line == Line("The heron!", 2)


def test_kill_word_and_kill_line() -> None:
    """Ctrl-W takes a word, Ctrl-U all before the cursor."""
    line = Line("one two  ", 9)
    assert line.after(Key(Kind.KILL_WORD)) == Line("one ", 4)
    assert Line("one two", 4).after(Key(Kind.KILL_LINE)) == Line("two", 0)
    assert Line("one", 0).after(Key(Kind.BACKSPACE)) == Line("one", 0)
    assert Line("one", 3).after(Key(Kind.DELETE)) == Line("one", 3)


def test_pasted_text_is_one_line() -> None:
    """However many it had; nothing is sent by it."""
    (key,) = keys(b"\x1b[200~a heron\r\n  in the reeds\x1b[201~")
    assert Line("so: ", 4).after(key) == Line("so: a heron in the reeds", 24)
    assert "heron" not in repr(key)
    assert "heron" not in repr(Line("heron"))


def test_a_line_has_an_end() -> None:
    """Two thousand characters; a cat on the keyboard fills no memory."""
    line = Line().after(Key(Kind.TEXT, "x" * 5000, pasted=True))
    assert len(line.text) == 2000
