"""A turn and its pieces, and what becomes of them when the engine is slow or the partners are quick."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.sofa import Sofa, consented, question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session import turn as turns
from voice_guide.session.command import Command
from voice_guide.session.events import Heard
from voice_guide.session.turn import Piece, Turn
from voice_guide.session.turn_end import CUT, POST_ROLL, PRE_ROLL

OPENED = 10.0


def text_of(revision: int, text: str) -> Heard:
    """What the transcriber says of a revision."""
    return Heard(at=0.0, turn=1, revision=revision, text=text)


def opened() -> Turn:
    """A turn whose ears opened at 10 s."""
    return Turn(number=1, question=question("one"), opened=OPENED, quiet_since=OPENED)


def spoken(turn: Turn, start: float, end: float, revision: int) -> Turn:
    """The turn after speech from `start` to `end`, and a pause."""
    return turns.speech_paused(turns.speech_began(turn, start), end, revision)


def tail_of(turn: Turn) -> Piece:
    """The piece that may still grow."""
    assert turn.tail is not None
    return turn.tail


@pytest.mark.parametrize(("since", "start"), [(12.0, 11.2), (10.8, 10.0), (10.1, 10.0), (10.0, 10.0)])
def test_pre_roll_reaches_back_to_the_opening_at_most(since: float, start: float) -> None:
    """0.8 s before the first frame of speech, but never into what was heard while the ears were closed."""
    tail = tail_of(turns.speech_began(opened(), since))
    assert tail.start == pytest.approx(start)
    assert tail.speech_from == since


def test_a_new_piece_does_not_repeat_the_end_of_the_last_one() -> None:
    """Its pre-roll stops where the committed sound ends; no word is heard twice."""
    turn = turns.commit(spoken(opened(), 12.0, 13.0, 1), alone=True)
    after = turns.speech_began(turn, 13.0 + CUT)
    assert after.pieces[0].end == 13.0 + POST_ROLL
    assert tail_of(after).start == max(13.0 + POST_ROLL, 13.0 + CUT - PRE_ROLL)


def test_speech_that_goes_on_grows_the_same_piece() -> None:
    """It keeps its beginning, loses its text, and an old text finds no place any more."""
    turn = turns.heard(spoken(opened(), 12.0, 13.0, 1), text_of(1, "I was"))
    assert turn.text == "I was"
    grown = turns.speech_began(turn, 13.5)
    assert (grown.speaking, grown.text, tail_of(grown).end) == (True, "", None)
    ended = turns.speech_paused(grown, 15.0, 2)
    assert len(ended.pieces) == 1
    assert tail_of(ended).speech_from == 12.0
    assert turns.heard(ended, text_of(1, "I was")) == ended
    assert turns.heard(ended, text_of(2, "I was small")).text == "I was small"


@pytest.mark.parametrize(("gap", "alone"), [(CUT - 0.1, False), (CUT, True)])
def test_what_follows_closely_is_not_alone(gap: float, alone: bool) -> None:
    """Only what stands between two silences of 1.2 s can be a command."""
    turn = turns.commit(spoken(opened(), 12.0, 13.0, 1), alone=True)
    after = turns.speech_began(turn, 13.0 + gap)
    assert turn.pieces[0].alone
    assert tail_of(after).alone is alone
    assert not turns.commit(spoken(turn, 20.0, 21.0, 2), alone=False).pieces[-1].alone


def test_long_speech_is_cut_without_losing_a_moment() -> None:
    """What follows the cut begins exactly there, and neither part can be a command."""
    turn = turns.cut_at(turns.speech_began(opened(), 12.0), 30.0, 1)
    done, rest = turn.pieces
    assert (done.end, done.committed, done.alone, done.revision) == (30.0, True, False, 1)
    assert (rest.start, rest.speech_from, rest.committed, rest.alone) == (30.0, 30.0, False, False)
    assert turns.cut_at(turn, 30.0, 2) is turn, "nothing has been said since"


def test_speech_without_text_is_shown_as_unclear() -> None:
    """With its length; a piece that nobody has transcribed yet shows nothing."""
    turn = spoken(opened(), 12.0, 15.4, 1)
    assert turn.text == ""
    assert turn.waiting_for_text
    assert turns.heard(turn, text_of(1, "")).text == "[unclear, 4 s]"
    assert turns.heard(spoken(opened(), 12.0, 12.2, 1), text_of(1, "")).text == "[unclear, 1 s]"


def test_noise_leaves_no_piece() -> None:
    """A cough is taken out as if it had not been."""
    turn = turns.commit(spoken(opened(), 12.0, 13.0, 1), alone=True)
    turn = spoken(turns.heard(turn, text_of(1, "I was")), 20.0, 20.5, 2)
    assert turns.without(turn, 2).text == "I was"


def test_what_is_settled_keeps_its_place() -> None:
    """The text may lose its end ("and that's all"), the order of pieces stays."""
    turn = turns.commit(spoken(opened(), 12.0, 13.0, 1), alone=True)
    turn = turns.commit(spoken(turn, 20.0, 21.0, 2), alone=True)
    turn = turns.settle(turns.heard(turn, text_of(2, "small, and that's all")), 2, "small")
    turn = turns.settle(turns.heard(turn, text_of(1, "I was")), 1, "I was")
    assert turn.text == "I was small"
    assert all(piece.settled for piece in turn.pieces)


def test_time_away_does_not_count() -> None:
    """After a pause the silence starts anew, a time limit is moved, and pre-roll cannot reach back."""
    turn = turns.shifted(spoken(opened(), 12.0, 13.0, 1), 100.0, 80.0)
    assert (turn.opened, turn.quiet_since, turn.speaking, turn.ends_at) == (100.0, 100.0, False, None)
    timed = Turn(number=1, question=None, opened=10.0, quiet_since=10.0, ends_at=70.0)
    assert turns.shifted(timed, 100.0, 80.0).ends_at == 150.0
    committed = turns.commit(turn, alone=False)
    assert tail_of(turns.speech_began(committed, 100.3)).start == 100.0


def test_no_repr_shows_words() -> None:
    """Not of a piece, and not of the turn."""
    turn = turns.heard(spoken(opened(), 12.0, 13.0, 1), text_of(1, "heron words"))
    assert "heron" not in repr(turn)
    assert "heron" not in repr(turn.pieces)


@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0.2, 30), st.sampled_from(["commit", "grow", "cut"]))))
def test_pieces_never_overlap_and_leave_no_speech_out(acts: list[tuple[float, float, str]]) -> None:
    """However long the speech and the pauses: each moment of speech lies in exactly one piece."""
    turn, at = opened(), OPENED
    spans = []
    for revision, (silence, length, act) in enumerate(acts, 1):
        start = at + silence + POST_ROLL
        turn = turns.speech_began(turn, start)
        if act == "cut":
            turn = turns.cut_at(turn, start + length / 2, 1_000 + revision)
        at = start + length
        turn = turns.speech_paused(turn, at, revision)
        spans.append((start, at))
        if act == "commit":
            turn = turns.commit(turn, alone=True)
    bounds = [(piece.start, piece.end) for piece in turn.pieces]
    for (_, end), (start, _) in itertools.pairwise(bounds):
        assert end is not None
        assert end <= start
    for start, end in spans:
        covered = sum(max(0.0, min(end, to or end) - max(start, since)) for since, to in bounds)
        assert covered == pytest.approx(end - start)


# --- a small computer: three seconds for each transcription


def slow(kind: AnswerKind = AnswerKind.OPEN) -> Sofa:
    """An evening that listens, on a machine that is slower than its couple."""
    sofa = consented(question("one", kind), question("two"))
    sofa.engine_seconds = 3.0
    sofa.until("listening", answer=str(kind))
    sofa.says("I was small.")
    sofa.wait(6)
    return sofa


@pytest.mark.parametrize("kind", [AnswerKind.OPEN, AnswerKind.TIMED, AnswerKind.SHORT])
@pytest.mark.parametrize("end", ["That's all.", "It was cold, and that's all."])
@pytest.mark.parametrize("seconds", [1.0, 6.0])
def test_who_goes_on_after_that_s_all_is_not_done(kind: AnswerKind, end: str, seconds: float) -> None:
    """The text comes late, when somebody has gone on: the same turn goes on, and nothing is lost."""
    sofa = consented(question("one", kind), question("two"))
    sofa.engine_seconds = 3.0
    turn = sofa.until("listening", answer=str(kind))["turn"]
    sofa.says(end)
    sofa.wait(2.9)
    sofa.says("Oh, one more thing.", seconds=seconds, after=0.1)
    sofa.wait(seconds + 4.5)
    assert "landing" not in sofa.names()
    assert ("Ana", "Oh, one more thing.") in sofa.lines()
    assert (("Ana", end) in sofa.lines()) is end.startswith("It"), "no word is lost of who goes on"
    assert {event["turn"] for event in sofa.all("heard") if not event["final"]} >= {turn}


def test_that_s_all_ends_the_turn_once_nobody_speaks() -> None:
    """The late text still counts where it was the last word."""
    sofa = slow()
    sofa.says("That's all.")
    ended = sofa.until("turn_ended", reason="done")
    assert ended["who"] == "Ana"
    assert sofa.lines() == [("Ana", "I was small.")]


def test_done_by_key_in_mid_sentence_breaks_nothing() -> None:
    """Whoever still speaks while the turn lands is not waited for, and the evening goes on."""
    sofa = consented(question("one"), question("two"))
    sofa.until("listening", answer="open")
    sofa.says("A sentence that goes on", seconds=3.5)
    sofa.wait(3.0)
    sofa.press(Command.DONE)
    sofa.until("landing")
    sofa.until("step", id="two")
    assert sofa.done(fx.Finish) == []
