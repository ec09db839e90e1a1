"""What is pressed and typed comes through the inbox like everything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from voice_guide.hands import InboxHands
from voice_guide.inbox import NOTHING, Inbox, Item, KeyPressed, LineTyped, Typing
from voice_guide.session.command import Command


@pytest.mark.parametrize(
    ("does", "item"),
    [
        (lambda hands: hands.command(Command.PAUSE), KeyPressed(Command.PAUSE)),
        (lambda hands: hands.any_key(), KeyPressed(None)),
        (lambda hands: hands.typing(), Typing()),
        (lambda hands: hands.typed("A heron."), LineTyped("A heron.")),
        (lambda hands: hands.typed(""), LineTyped("")),
    ],
)
def test_each_becomes_an_item(does: Callable[[InboxHands], None], item: Item) -> None:
    """One for each, and nothing else."""
    inbox = Inbox()
    does(InboxHands(inbox))
    assert inbox.take(0.0) == item
    assert inbox.take(0.0) is NOTHING


def test_a_terminal_that_goes_ends_no_evening() -> None:
    """It can be led by voice alone; a terminal that is closed sends a signal of its own."""
    inbox = Inbox()
    InboxHands(inbox).gone()
    assert inbox.take(0.0) is NOTHING


def test_what_was_typed_does_not_show() -> None:
    """Neither in a log nor in a traceback."""
    assert "heron" not in repr(LineTyped("A heron."))
