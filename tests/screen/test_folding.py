"""The view: what a screen knows after what it was told, and what it must never know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.screen import words
from voice_guide.screen.folding import fold
from voice_guide.screen.view import Activity, Held, Offer, View
from voice_guide.session.effects import Tell

SECRET = "heron"  # noqa: S105 - a partner's word, not a password
Told = tuple[float, str, dict[str, Any]]

STARTED: Told = (
    0.0,
    "session_started",
    {"exercise": "eye-level", "title": "Eye Level", "minutes": 12, "depth": 1},
)
WRITING: Told = (0.5, "writing", {"on": True})
QUESTION: list[Told] = [
    STARTED,
    WRITING,
    (1.0, "step", {"id": "ask-1", "minutes_left": 11.4}),
    (1.0, "prompt", {"text": "Ana, what about the sea?", "to": "Ana"}),
    (3.0, "prompt_ended", {}),
    (4.0, "prompt", {"text": "Take your time.", "to": "Ana"}),
    (5.0, "prompt_ended", {}),
]
LISTENING: list[Told] = [*QUESTION, (5.0, "listening", {"who": "Ana", "answer": "open", "turn": 1})]
TIMED: list[Told] = [
    *QUESTION,
    (5.0, "timer", {"left": 120.0}),
    (5.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1}),
]


def seen(told: Iterable[Told], *, captions: bool = False) -> View:
    """The view after these."""
    view = View(captions=captions)
    for at, name, fields in told:
        view = fold(view, at, Tell(name=name, fields=fields))
    return view


def heard(text: str, *, turn: int = 1, final: bool = False) -> Told:
    """Somebody's words."""
    return 8.0, "heard", {"who": "Ana", "text": text, "turn": turn, "revision": 1, "final": final}


def test_a_question_of_several_parts_stands_whole_while_it_is_answered() -> None:
    """The guide's parts come one by one; whoever answers sees all of them."""
    assert seen(QUESTION[:4]).prompt == "Ana, what about the sea?"
    assert seen(QUESTION[:6]).prompt == "Take your time."
    view = seen(LISTENING)
    assert view.prompt == "Ana, what about the sea? Take your time."
    assert (view.title, view.minutes_left, view.to, view.activity) == (
        "Eye Level",
        11.4,
        "Ana",
        Activity.LISTENING,
    )


def test_the_question_stands_again_after_a_pause() -> None:
    """What the guide says of the pause is no part of it."""
    paused: list[Told] = [
        *LISTENING,
        (9.0, "paused", {}),
        (9.0, "prompt", {"text": "Paused.", "to": "both"}),
        (10.0, "prompt_ended", {}),
    ]
    assert (seen(paused).prompt, seen(paused).held) == ("Paused.", Held.PAUSED)
    view = seen(
        [*paused, (20.0, "resumed", {}), (20.0, "listening", {"who": "Ana", "answer": "open", "turn": 1})]
    )
    assert (view.prompt, view.held) == ("Ana, what about the sea? Take your time.", None)


def test_the_machine_may_name_the_question_itself() -> None:
    """Then nothing has to be pieced together."""
    named: Told = (5.0, "listening", {"who": "Ana", "answer": "open", "turn": 1, "question": "The sea?"})
    assert seen([*QUESTION, named]).prompt == "The sea?"


def test_the_clock_of_a_turn_stands_still_while_the_guide_speaks_or_waits() -> None:
    """And goes on from where it stood."""
    view = seen(TIMED)
    assert words.seconds_left(view, 15.0) == 110.0
    stopped = [*TIMED, (15.0, "paused", {}), (15.0, "prompt", {"text": "Paused.", "to": "both"})]
    assert words.seconds_left(seen(stopped), 99.0) == 110.0
    view = seen(
        [*stopped, (100.0, "resumed", {}), (100.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1})]
    )
    assert words.seconds_left(view, 101.0) == 109.0


def test_a_new_turn_has_its_own_clock_or_none() -> None:
    """Nothing of the last one is left."""
    following: list[Told] = [
        *TIMED,
        (50.0, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 6.0, "reason": "time"}),
        (51.0, "step", {"id": "ask-2"}),
        (51.0, "listening", {"who": "Ben", "answer": "open", "turn": 2}),
    ]
    assert words.seconds_left(seen(following), 52.0) is None


def test_silence_has_a_clock_and_its_own_words() -> None:
    """A timer without a question is a silence."""
    view = seen([(0.0, "step", {"id": "quiet"}), (0.0, "timer", {"left": 20.0})])
    assert (view.activity, words.seconds_left(view, 5.0)) == (Activity.SILENCE, 15.0)
    assert words.state(view) == "Silence. Nothing has to be said."


def test_the_time_is_over() -> None:
    """Nobody is cut off: the words say so."""
    assert (
        words.state(seen([*TIMED, (125.0, "timer", {"left": 0})]))
        == "The time is over. Finish in your own time."
    )


@pytest.mark.parametrize(
    ("name", "fields", "held", "state"),
    [
        ("paused", {}, Held.PAUSED, "Paused. “Continue” goes on, “stop” ends the evening."),
        ("off_record", {}, Held.OFF_RECORD, "Off the record. “On the record” goes on."),
        ("break", {}, Held.BREAK, "Take your break. “Continue” goes on."),
        ("talking", {}, Held.TALKING, "You are talking to each other. I keep none of it."),
        (
            "stopping",
            {"seconds": 30},
            Held.STOPPING,
            "Stopped. Until the time is over, “continue” takes it back.",
        ),
    ],
)
def test_the_evening_waits(name: str, fields: dict[str, Any], held: Held, state: str) -> None:
    """Why, in words; whose turn it is stands aside, and words that were shown go."""
    view = seen([*LISTENING, heard(SECRET), (9.0, name, fields)], captions=True)
    assert (view.held, view.caption, words.state(view), words.whose(view)) == (held, "", state, "")


def test_a_stop_can_be_undone_while_its_clock_runs() -> None:
    """The time left is that of the stop; afterwards the turn's own clock goes on."""
    stopping = [*TIMED, (25.0, "stopping", {"seconds": 30})]
    assert words.seconds_left(seen(stopping), 30.0) == 25.0
    undone: list[Told] = [
        *stopping,
        (40.0, "resumed", {}),
        (40.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1}),
    ]
    assert words.seconds_left(seen(undone), 40.0) == 100.0


def test_captions_show_the_words_of_this_turn() -> None:
    """The newest revision of them; the next turn begins with none."""
    view = seen([*LISTENING, heard("Once"), heard("Once a heron", final=True)], captions=True)
    assert (view.who, view.caption) == ("Ana", "Once a heron")
    following: Told = (9.0, "listening", {"who": "Ben", "answer": "open", "turn": 2})
    assert seen([*LISTENING, heard("Once"), following], captions=True).caption == ""


def test_no_caption_of_a_yes_or_no_of_a_command_or_of_an_older_turn() -> None:
    """A screen must not tell who declined."""
    asked: Told = (5.0, "listening", {"who": "Ana", "answer": "yes-no", "turn": 1})
    assert seen([*QUESTION, asked, heard("No.")], captions=True).caption == ""
    assert seen([*LISTENING, heard(SECRET, turn=0)], captions=True).caption == ""
    assert seen([*LISTENING, heard(SECRET, turn=7)], captions=True).caption == ""


def test_switching_captions_off_drops_what_they_showed() -> None:
    """And on again shows nothing old."""
    view = seen([*LISTENING, heard(SECRET)], captions=True)
    assert view.with_captions(False).with_captions(True).caption == ""


def test_a_struck_answer_goes_from_the_screen_though_none_was_written() -> None:
    """Where nothing is kept, or the answer is still open, the wish is the same."""
    shown = [*LISTENING, heard(SECRET)]
    view = seen([*shown, (9.0, "command", {"name": "strike that"})], captions=True)
    assert view.caption == view.who == ""


def test_where_no_clock_runs_a_timed_turn_ends_by_words() -> None:
    """Without limit, or because somebody ends turns by saying so: the screen says how."""
    told = [*QUESTION, (5.0, "listening", {"who": "Ana", "answer": "timed", "turn": 1})]
    assert words.state(seen(told)) == "Listening. Take your time. “I'm done” ends the turn."
    assert words.state(seen(TIMED)) == "Listening. The time is yours, silence too."


def test_what_nobody_decided_about_is_told_when_the_view_is_over() -> None:
    """A stop leaves words that were written: what becomes of them stands there, whoever stopped."""
    told = [*LISTENING, (9.0, "undecided", {}), (9.0, "finished", {"reason": "stopped"})]
    assert words.last_words(seen(told)) == [
        "The evening is over.",
        "What was written stays sealed, and goes after seven days.",
    ]


def test_a_struck_answer_goes_from_the_screen() -> None:
    """The caption, too."""
    view = seen([*LISTENING, heard(SECRET), (9.0, "struck", {"seq": 1})], captions=True)
    assert (view.caption, view.note) == ("", "That answer is removed from the record.")


@pytest.mark.parametrize("reason", ["silence", "done", "time", "typed", "passed", "stopped"])
def test_an_end_of_a_turn_looks_the_same_whatever_its_reason(reason: str) -> None:
    """With or without a landing."""
    ended: Told = (9.0, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 0.5, "reason": reason})
    usual: Told = (9.0, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 6.0, "reason": "silence"})
    assert seen([*LISTENING, ended]) == seen([*LISTENING, usual, (9.0, "landing", {})])


@pytest.mark.parametrize(
    "command", ["pass", "stop", "I'm done", "off the record", "take a break", "strike that"]
)
def test_commands_that_would_tell_leave_no_trace(command: str) -> None:
    """What follows from them is seen, not that somebody asked."""
    assert seen([*LISTENING, (9.0, "command", {"name": command})]) == seen(LISTENING)


def test_a_command_that_tells_nothing_is_acknowledged() -> None:
    """For a few seconds."""
    view = seen([*LISTENING, (9.0, "command", {"name": "repeat"})])
    assert words.notices(view) == ["Once more."]
    assert words.notices(fold(view, 20.0, Tell(name="pause"))) == []


@pytest.mark.parametrize("reason", ["completed", "declined", "stopped"])
def test_all_evenings_end_alike(reason: str) -> None:
    """Nothing on the screen tells that somebody declined or stopped."""
    view = seen([*LISTENING, heard(SECRET), (9.0, "finished", {"reason": reason})], captions=True)
    assert (words.last_words(view), view.caption) == (["The evening is over."], "")


def test_what_went_wrong_is_shown_in_words() -> None:
    """Devices, losses, failures; the most important first, and gone when it is well again."""
    wrong: list[Told] = [
        *LISTENING,
        (9.0, "dropped", {"seconds": 1.25}),
        (9.0, "dropped", {"seconds": 0.5}),
        (9.0, "underflows", {"count": 3}),
        (9.0, "failed", {"what": "The disk is full.", "hint": "make room"}),
        (9.0, "muted", {}),
        (9.0, "echo_too_strong", {}),
        (9.0, "microphone_lost", {"what": "microphone", "name": "USB"}),
    ]
    assert words.notices(seen(wrong)) == [
        "The microphone is gone. I am looking for it.",
        "The microphone seems to be muted.",
        "The disk is full. (make room)",
        "I hear myself too loud: speak to me in my pauses, or press a key. Softer helps.",
        "Sound lost this evening: 1.8 s.",
        "The voice stumbled 3 times.",
    ]
    well: list[Told] = [
        *wrong,
        (40.0, "unmuted", {}),
        (40.0, "microphone_back", {"what": "microphone", "name": "USB"}),
        (41.0, "step", {"id": "next"}),
    ]
    assert words.notices(seen(well)) == [
        "It is connected again.",
        "I hear myself too loud: speak to me in my pauses, or press a key. Softer helps.",
        "Sound lost this evening: 1.8 s.",
        "The voice stumbled 3 times.",
    ]
    assert words.last_words(seen(well)) == ["The disk is full. (make room)"]


def test_the_menu() -> None:
    """A line for each exercise, until one begins."""
    offers = [
        {"title": "Eye Level", "minutes": 12, "depth": 1},
        {"title": "Naked", "minutes": 30, "depth": 3},
    ]
    view = seen([(0.0, "menu", {"offers": offers, "partners": ["Ana", "Ben"]})])
    assert view.offers[0] == Offer(title="Eye Level", minutes=12, depth=1)
    assert words.offers(view) == ["1  Eye Level - 12 minutes, gentle", "2  Naked - 30 minutes, deep"]
    assert seen([(0.0, "menu", {"offers": offers}), *QUESTION]).offers == ()


def test_what_is_written_down() -> None:
    """All from the second yes on, before a word is said; nothing before it, and nothing once the record is gone."""
    assert words.record(seen([STARTED])) == "Nothing is written down"
    assert words.record(seen([STARTED, WRITING])) == "Your words are written down"
    assert words.record(seen(LISTENING)) == "Your words are written down"
    gone: Told = (9.0, "writing", {"on": False})
    assert words.record(seen([*LISTENING, (8.0, "kept", {"seq": 1}), gone])) == "Nothing is written down"
    assert words.record(seen([*LISTENING, (9.0, "finished", {})])) == ""


@pytest.mark.parametrize("held", ["paused", "off_record", "break", "stopping", "talking"])
def test_what_is_written_down_while_the_evening_waits(held: str) -> None:
    """Nothing just now, whatever it waits for; all again as soon as it goes on."""
    waits: list[Told] = [*LISTENING, (9.0, held, {"seconds": 30})]
    assert words.record(seen(waits)) == "Nothing is written down just now"
    back = "on_record" if held == "off_record" else "resumed"
    assert words.record(seen([*waits, (10.0, back, {})])) == "Your words are written down"
    assert words.record(seen([STARTED, (9.0, held, {"seconds": 30})])) == "Nothing is written down"


@pytest.mark.parametrize("on", [None, 1, "yes"])
def test_only_a_plain_yes_to_writing_is_shown(on: object) -> None:
    """A field that is missing or odd claims no record."""
    assert not seen([STARTED, (1.0, "writing", {} if on is None else {"on": on})]).writing


def test_what_is_asked_for() -> None:
    """From the question on, through a help or a repeat, to the end of the turn; then nothing, until it is asked."""
    asked: list[Told] = [
        STARTED,
        (1.0, "prompt", {"text": "Ana, shall we?", "to": "Ana", "answer": "yes-no"}),
    ]
    listening: Told = (3.0, "listening", {"who": "Ana", "answer": "yes-no", "turn": 1})
    helped: Told = (4.0, "prompt", {"text": "You can say yes or no.", "to": "Ana"})
    ended: Told = (5.0, "turn_ended", {"who": "Ana", "turn": 1, "waited_seconds": 1.2, "reason": "silence"})
    thanked: Told = (6.0, "prompt", {"text": "Then not tonight.", "to": "both"})
    assert seen(asked).asks == "yes-no"
    assert seen([*asked, (2.0, "guide_silenced", {}), listening, helped]).asks == "yes-no"
    assert seen([*asked, listening, ended, thanked]).asks == ""
    assert seen([*asked, listening, ended, (5.5, "turn_reopened", {"turn": 1})]).asks == "yes-no"
    assert seen([*asked, (2.0, "step", {"id": "next"}), thanked]).asks == ""
    assert seen([*asked, (2.0, "finished", {})]).asks == ""


def test_control_characters_go_no_further() -> None:
    """A title or a device may be called anything."""
    assert (
        seen([(0.0, "prompt", {"text": "a\x1b[2Jb\r\n\x07c\u202ed", "to": "A\x1bna"})]).prompt == "a [2Jb c d"
    )


NAMES = st.sampled_from(
    [
        "session_started",
        "menu",
        "step",
        "prompt",
        "prompt_ended",
        "listening",
        "speech_started",
        "resumed_speech",
        "pause",
        "heard",
        "turn_ended",
        "landing",
        "turn_reopened",
        "no_input",
        "paused",
        "resumed",
        "off_record",
        "on_record",
        "break",
        "break_over",
        "stopping",
        "guide_silenced",
        "command",
        "timer",
        "kept",
        "writing",
        "struck",
        "failed",
        "microphone_lost",
        "microphone_back",
        "muted",
        "unmuted",
        "dropped",
        "underflows",
        "suspended",
        "talking",
        "voice",
        "finished",
        "unknown",
    ]
)
VALUES = st.one_of(
    st.text(max_size=9),
    st.integers(-3, 9),
    st.floats(),
    st.none(),
    st.booleans(),
    st.lists(st.none(), max_size=2),
)
FIELD_NAMES = st.sampled_from(
    [
        "exercise",
        "title",
        "depth",
        "minutes",
        "partners",
        "offers",
        "id",
        "minutes_left",
        "text",
        "to",
        "who",
        "answer",
        "turn",
        "revision",
        "final",
        "seconds",
        "name",
        "left",
        "seq",
        "what",
        "hint",
        "count",
        "speed",
        "loudness",
        "reason",
        "on",
    ]
)
ODD = st.tuples(st.floats(0, 1e4), NAMES, st.dictionaries(FIELD_NAMES, VALUES, max_size=5))
SENSIBLE = st.sampled_from(
    [*LISTENING, *TIMED, heard(SECRET), heard(SECRET, final=True), (9.0, "paused", {})]
)


@given(st.lists(st.one_of(ODD, SENSIBLE), max_size=40), st.booleans())
def test_any_tells_in_any_order_raise_nothing_and_show_nothing_secret(
    told: list[Told], captions: bool
) -> None:
    """Whatever is told: no words without captions, none while the evening waits, and none in a repr."""
    view = View(captions=captions)
    for at, name, fields in told:
        view = fold(view, at, Tell(name=name, fields=fields))
        for sentence in (words.state(view), words.whose(view), *words.notices(view), words.record(view)):
            assert sentence.isprintable()
        assert SECRET not in repr(view)
        if not captions or view.held is not None or view.activity is Activity.OVER:
            assert view.caption == ""
