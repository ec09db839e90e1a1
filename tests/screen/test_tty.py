"""The terminal of the tests: it shows the same, however the kernel cuts what it is sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.screen.tty import Tty

SENT = "\x18\x1b[?1049h\x1b[m\x1b[2J\x1b[2;3H\x1b[1mZoë's turn\x1b[0m\x1b[3;1H\x1b[2K█▀ Listening.\x1b[?25l".encode()


@given(st.lists(st.integers(min_value=0, max_value=len(SENT)), max_size=8).map(sorted))
def test_any_cut_shows_the_same(cuts: list[int]) -> None:
    """Inside a character or an escape sequence as well."""
    with Tty() as terminal:
        for begin, end in zip([0, *cuts], [*cuts, len(SENT)], strict=True):
            terminal.feed(SENT[begin:end])
        assert terminal.rows[1:3] == ["  Zoë's turn", "█▀ Listening."]
        assert terminal.raw == SENT.decode()
