"""What a screen says while kept words are heard again, after the closing words."""

from __future__ import annotations

from voice_guide.screen import words
from voice_guide.screen.folding import fold
from voice_guide.screen.plain import PlainScreen
from voice_guide.screen.view import View
from voice_guide.session.effects import Tell

FINISHED = Tell(name="finished", fields={"reason": "completed"})


def again(left: int) -> Tell:
    """So many are left."""
    return Tell(name="hearing_again", fields={"left": left})


def test_it_stands_on_the_screen_until_it_is_done() -> None:
    """How many are left, and that nobody has to wait; then that the evening is over."""
    view = fold(fold(View(), 1.0, FINISHED), 2.0, again(12))
    assert words.state(view) == (
        "For the record I go through your words once more: 12 to go. Ctrl-C leaves them as they are."
    )
    assert words.state(fold(view, 3.0, again(0))) == "The evening is over."
    assert (
        words.state(fold(view, 3.0, Tell(name="hearing_again", fields={"left": "x"})))
        == "The evening is over."
    )


def test_plain_lines_say_the_beginning_and_the_end() -> None:
    """Not each step: a screen reader would read them all."""
    shown: list[str] = []
    screen = PlainScreen(shown.append, captions=False)
    for tell in (FINISHED, again(3), again(2), again(1), again(0)):
        screen(1.0, tell)
    assert shown == [
        "The evening is over.",
        "For the record I go through your words once more: 3 to go. Ctrl-C leaves them as they are.",
        "That is done.",
    ]
