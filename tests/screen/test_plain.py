"""The plain screen: lines for pipes and screen readers, and not one of them while it listens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import spoken_command
from tests.screen.test_folding import ODD, SECRET, SENSIBLE, Told
from tests.screen.test_keyboard import FakeHands
from voice_guide.screen.keys import WORDS
from voice_guide.screen.lines import Lines
from voice_guide.screen.plain import PlainScreen
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell

EVENING: list[Told] = [
    (
        0.0,
        "menu",
        {"offers": [{"title": "Eye Level", "minutes": 12, "depth": 1}], "partners": ["Ana", "Ben"]},
    ),
    (0.0, "prompt", {"text": "Which one would you like?", "to": "both", "answer": "choice"}),
    (2.0, "session_started", {"exercise": "one", "partners": ["Ana", "Ben"]}),
    (2.0, "writing", {"on": True}),
    (2.0, "step", {"id": "ask-1"}),
    (2.1, "prompt", {"text": "Ana, what about the sea?", "to": "Ana", "answer": "timed"}),
    (3.0, "prompt_ended", {}),
    (3.0, "timer", {"left": 90.0}),
    (3.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1}),
    (4.0, "speech_started", {}),
    (6.0, "pause", {}),
    (6.4, "heard", {"who": "Ana", "text": "A heron.", "turn": 1, "revision": 1, "final": False}),
    (7.0, "kept", {"seq": 1}),
    (8.0, "dropped", {"seconds": 1.5}),
    (9.0, "failed", {"what": "The disk is full.", "hint": "make room"}),
    (9.0, "failed", {"what": "The disk is full.", "hint": "make room"}),
    (60.0, "timer", {"left": 30.0}),
    (93.0, "timer", {"left": 0}),
    (95.5, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 2.5, "reason": "time"}),
    (95.5, "landing", {}),
    (96.0, "turn_reopened", {"turn": 1}),
    (99.0, "heard", {"who": "Ana", "text": "A heron.", "turn": 1, "revision": 1, "final": True}),
    (99.0, "step", {"id": "ask-2"}),
    (99.5, "prompt", {"text": "Together, what now?", "to": "both", "answer": "open"}),
    (100.0, "listening", {"who": "both", "answer": "open", "turn": 2}),
    (104.0, "heard", {"who": "both", "text": "More herons.", "turn": 2, "revision": 2, "final": True}),
    (105.0, "command", {"name": "pause"}),
    (105.0, "paused", {}),
    (105.0, "prompt", {"text": "Paused. I'm waiting only for continue or stop.", "to": "both"}),
    (106.0, "microphone_lost", {"what": "microphone", "name": "USB"}),
    (110.0, "microphone_back", {"what": "microphone", "name": "USB"}),
    (111.0, "resumed", {}),
    (111.0, "listening", {"who": "both", "answer": "open", "turn": 2}),
    (112.0, "muted", {}),
    (113.0, "unmuted", {}),
    (114.0, "stopping", {"seconds": 30}),
    (114.0, "prompt", {"text": "Stopped. You don't have to say why.", "to": "both"}),
    (144.0, "finished", {"reason": "stopped"}),
]

SHOWN = """\
1  Eye Level - 12 minutes, gentle
Guide: Which one would you like? (both of you: choose one)
Guide, to Ana: Ana, what about the sea? (Ana: the time is yours)
! Sound lost this evening: 1.5 s.
! The disk is full. (make room)
Ana: A heron.
Guide: Together, what now? (both of you: take your time)
both of you: More herons.
Guide: Paused. I'm waiting only for continue or stop.
! The microphone is gone. I am looking for it.
It is connected again.
! The microphone seems to be muted.
Guide: Stopped. You don't have to say why.
The evening is over.
"""


def shown(told: list[Told], *, captions: bool) -> list[tuple[str, str]]:
    """What is printed, each line with the event at which it was."""
    printed: list[tuple[str, str]] = []
    now = ""
    screen = PlainScreen(lambda line: printed.append((now, line)), captions=captions)
    for at, now, fields in told:
        screen(at, Tell(name=now, fields=fields))
    return printed


def test_an_evening() -> None:
    """The prompt, whose turn and what is asked for beside it, and what happened once it may be told."""
    assert "".join(line + "\n" for _, line in shown(EVENING, captions=True)) == SHOWN


def test_without_captions_no_word_of_a_partner_shows() -> None:
    """And all else shows as it does with them."""
    without = [line for _, line in shown(EVENING, captions=False)]
    assert without == [line for line in SHOWN.splitlines() if "eron" not in line]


def test_nothing_is_printed_while_it_listens() -> None:
    """A screen reader's voice would be heard: from the open ears to the guide's next words there is silence."""
    events = {event for event, _ in shown(EVENING, captions=True)}
    assert events <= {
        "menu",
        "prompt",
        "step",
        "paused",
        "microphone_lost",
        "microphone_back",
        "stopping",
        "finished",
    }


def test_a_yes_or_no_is_never_shown() -> None:
    """Not even with captions: nothing tells who declined."""
    told: list[Told] = [
        (1.0, "listening", {"who": "Ana", "answer": "open", "turn": 1}),
        (2.0, "heard", {"who": "Ana", "text": "A heron.", "turn": 1, "revision": 1, "final": True}),
        (3.0, "prompt", {"text": "Ben, would you like to?", "to": "Ben", "answer": "yes-no"}),
        (4.0, "listening", {"who": "Ben", "answer": "yes-no", "turn": 2}),
        (5.0, "heard", {"who": "Ben", "text": "No.", "turn": 2, "revision": 2, "final": True}),
        (6.0, "finished", {"reason": "declined"}),
    ]
    assert [line for _, line in shown(told, captions=True)] == [
        "Ana: A heron.",
        "Guide, to Ben: Ben, would you like to? (Ben: yes or no)",
        "The evening is over.",
    ]


def test_silence_is_left_alone() -> None:
    """Nothing is printed into a silence step either."""
    told: list[Told] = [
        (1.0, "step", {"id": "quiet"}),
        (1.0, "timer", {"left": 30.0}),
        (9.0, "failed", {"what": "The disk is full.", "hint": ""}),
        (31.0, "timer", {"left": 0}),
        (32.0, "step", {"id": "next"}),
    ]
    assert shown(told, captions=False) == [("step", "! The disk is full.")]


@given(st.lists(st.one_of(ODD, SENSIBLE), max_size=40), st.booleans())
def test_any_evening(told: list[Told], captions: bool) -> None:
    """No control character, no secret without captions; no line but a prompt can be taken for a command."""
    for event, line in shown(told, captions=captions):
        assert "".join(line.split(chr(0x200D))).isprintable() or chr(0x200C) in line
        assert captions or SECRET not in line
        if not line.startswith("Guide") and event != "prompt" and ": " not in line and "! " not in line:
            assert spoken_command(line) is None


def test_a_reader_that_has_gone_ends_no_evening() -> None:
    """A closed pipe raises at whoever prints; the evening goes on."""

    def fail(line: str) -> None:
        raise BrokenPipeError(line)

    screen = PlainScreen(fail, captions=False)
    for at, name, fields in EVENING:
        screen(at, Tell(name=name, fields=fields))
    screen.show_keys()


def test_the_keys_are_words_of_one_sentence() -> None:
    """Each command as it can be typed; no line is one, for a screen reader would say it to the guide."""
    printed: list[str] = []
    PlainScreen(printed.append, captions=False).show_keys()
    (line,) = printed
    assert line.startswith("You can type an answer, or repeat, ")
    assert line.endswith("; Enter alone makes the guide silent.")
    assert all(command.value in line for command in Command)
    assert spoken_command(line) is None


@pytest.mark.parametrize("opened", ["listening", "resumed", "on_record", "turn_reopened", "talking"])
def test_the_keys_wait_until_the_evening_is_paused(opened: str) -> None:
    """Whoever listens would hear them; they come once, as soon as the ears are closed."""
    printed: list[str] = []
    screen = PlainScreen(printed.append, captions=False)
    assert not screen.aloud
    screen(1.0, Tell(name=opened, fields={"who": "Ana", "answer": "open", "turn": 1}))
    assert screen.aloud
    screen.show_keys()
    screen.show_keys()
    assert printed == []
    screen(2.0, Tell(name="paused"))
    assert printed == [WORDS]
    assert not screen.aloud


def test_a_question_mark_pauses_the_evening_before_anything_is_read_aloud() -> None:
    """While an answer is listened for; the guide's own words are heard by nobody, and nothing has to pause for them."""
    printed: list[str] = []
    screen, hands = PlainScreen(printed.append, captions=False), FakeHands()
    lines = Lines(hands, screen, -1)
    lines.feed(b"?\n")
    assert printed == [WORDS]
    screen(1.0, Tell(name="listening", fields={"who": "Ana", "answer": "open", "turn": 1}))
    lines.feed(b"?\nthe end\n")
    assert [hands.next(), hands.next()] == [Command.PAUSE, "typed: the end"]
    assert printed == [WORDS]


@pytest.mark.parametrize("name", ["level", "typing_line", "toggle_captions"])
def test_what_a_plain_screen_has_no_place_for(name: str) -> None:
    """It is asked for nothing, and prints nothing."""
    printed: list[str] = []
    screen = PlainScreen(printed.append, captions=False)
    arguments = {"level": (-20.0,), "typing_line": ("text",), "toggle_captions": ()}[name]
    getattr(screen, name)(*arguments)
    assert printed == []
