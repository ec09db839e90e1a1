"""The one hand on the record: what it writes, and what becomes of a disk that refuses."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes import REFUSED, FakeNotebook, FakeSecondPass, House
from voice_guide.errors import KeyProblem, VoiceGuideError
from voice_guide.hearing.memory import SoundMemory
from voice_guide.scribe import Scribe
from voice_guide.session import effects as fx
from voice_guide.session.events import Event, RecordDone, RecordFailed
from voice_guide.sound import FRAME, RATE
from voice_guide.stage import Again

WORDS = "I am afraid of the heron."


def line(turn: int = 1) -> fx.Record:
    """Something that was said."""
    return fx.Record(turn=turn, step="one", who="Ana", said_at=1.0, text=WORDS)


class Desk:
    """A scribe, its notebooks, and what it told."""

    def __init__(self, **errors: Exception) -> None:
        self.errors: dict[str, Exception] = dict(errors)
        self.notebooks: list[FakeNotebook] = []
        self.fed: list[Event] = []
        self.told: list[tuple[str, object]] = []
        self.house = House()
        self.scribe = Scribe(self._open, self.fed.append, self._tell)

    def do(self, *effects: fx.Effect) -> None:
        """Have them performed."""
        for effect in effects:
            self.scribe.perform(effect, 5.0)

    @property
    def notebook(self) -> FakeNotebook:
        """The only one."""
        (notebook,) = self.notebooks
        return notebook

    def _open(self) -> FakeNotebook:
        notebook = FakeNotebook(self.house, self.errors)
        self.notebooks.append(notebook)
        return notebook

    def _tell(self, tell: fx.Tell) -> None:
        self.told.append((tell.name, tell.fields["seq"]))


def test_what_is_written_is_told_as_kept() -> None:
    """By its number, once it is on the disk; nothing has to wait for it."""
    desk = Desk()
    desk.do(fx.StartRecord(), line(1), line(2))
    assert desk.told == [("kept", 1), ("kept", 2)]
    assert desk.fed == []
    assert desk.notebook.texts() == [("Ana", WORDS)] * 2


def test_a_strike_is_told_line_by_line() -> None:
    """And the guide, that it is done."""
    desk = Desk()
    desk.do(fx.StartRecord(), line(1), line(1), line(2), fx.Strike(turns=(1,)))
    assert desk.told[3:] == [("struck", 1), ("struck", 2)]
    assert desk.fed == [RecordDone(at=5.0)]
    assert list(desk.notebook.lines) == [3]


def test_what_is_said_again_takes_the_place_of_its_line() -> None:
    """Of that line only, whose sound is not heard again any more; that of the new words is."""
    desk = Desk()
    memory = SoundMemory(10.0)
    for start in range(0, 9 * RATE, FRAME):
        memory.append(start, np.full(FRAME, 0.1, np.float32))
    second = FakeSecondPass(desk.house)
    desk.scribe = Scribe(desk._open, desk.fed.append, desk._tell, Again(second, memory, str))
    gap = fx.Record(turn=1, step="one", who="Ana", said_at=3.0, text="[unclear, 2 s]", sound=(3.0, 5.0))
    desk.do(fx.StartRecord(), line(1), gap, line(2))
    assert set(second.waiting) == {2}
    desk.do(fx.FillIn(turn=1, said_at=3.0, text="Of its eyes."))
    assert second.waiting == {}
    desk.do(fx.FillIn(turn=1, said_at=3.0, text="Of its beak.", sound=(7.0, 8.0)))
    assert set(second.waiting) == {2}
    assert desk.notebook.texts() == [("Ana", WORDS), ("Ana", "Of its beak."), ("Ana", WORDS)]
    assert desk.told[3:] == [("improved", 2), ("improved", 2)]
    assert desk.fed == []


@pytest.mark.parametrize(
    ("effect", "ending"),
    [
        (fx.CloseRecord(kept=True, reason="completed"), "kept, completed"),
        (fx.CloseRecord(kept=False, reason="stopped"), "open, stopped"),
        (fx.DiscardRecord(), "discarded"),
    ],
)
def test_an_end_is_the_end(effect: fx.Effect, ending: str) -> None:
    """It is told once it has happened; letting go afterwards changes nothing."""
    desk = Desk()
    desk.do(fx.StartRecord(), line(), effect)
    desk.scribe.let_go()
    assert desk.notebook.ending == ending
    assert desk.fed == [RecordDone(at=5.0)]


@pytest.mark.parametrize("error", [REFUSED, KeyProblem("Not enough memory.", "close other programs")])
@pytest.mark.parametrize("method", ["open", "append", "strike", "close", "discard"])
def test_a_disk_that_refuses_is_told(method: str, error: VoiceGuideError) -> None:
    """With what it said, and without a word of anybody; nothing more is written."""
    desk = Desk(**{method: error})
    ends = fx.DiscardRecord() if method == "discard" else fx.CloseRecord(kept=True, reason="completed")
    acts: dict[str, fx.Effect] = {"open": line(), "append": line(), "strike": fx.Strike(turns=(1,))}
    desk.do(fx.StartRecord(), acts.get(method, ends))
    assert desk.fed == [RecordFailed(at=5.0, what=error.message, hint=error.hint)]
    assert WORDS not in repr(desk.fed)
    desk.do(line(2))
    assert ("kept", 2) not in desk.told
    assert [one.ending for one in desk.notebooks] == ([] if method == "open" else ["abandoned"])


@pytest.mark.parametrize(
    "act", [fx.Strike(turns=(1,)), fx.CloseRecord(kept=True, reason="completed"), fx.DiscardRecord()]
)
def test_an_act_on_a_record_that_was_lost_is_no_success(act: fx.Effect) -> None:
    """The guide must not say that words are gone, or kept, when nobody has looked."""
    desk = Desk(append=REFUSED)
    desk.do(fx.StartRecord(), line())
    desk.fed.clear()
    desk.do(act)
    assert desk.fed == [
        RecordFailed(at=5.0, what="The record is closed.", hint="voice-guide forget deletes an evening")
    ]


def test_a_disk_that_does_not_even_close_costs_no_evening() -> None:
    """What failed first is told; what fails on the way out is not worth an evening."""
    desk = Desk(append=REFUSED, abandon=OSError("I/O error"))
    desk.do(fx.StartRecord(), line())
    assert desk.fed == [RecordFailed(at=5.0, what="The disk is full.", hint="make room")]
    desk.scribe.let_go()
    assert desk.house.order == ["notebook.open", "notebook.append", "notebook.abandon"]


def test_letting_go_is_done_once() -> None:
    """The record reads as interrupted; without one there is nothing to let go of."""
    desk = Desk()
    desk.scribe.let_go()
    desk.do(fx.StartRecord())
    desk.scribe.let_go()
    desk.scribe.let_go()
    assert desk.notebook.ending == "abandoned"


def test_without_a_consent_there_is_no_record() -> None:
    """Lines of an evening that nobody keeps go nowhere."""
    desk = Desk()
    desk.do(line())
    assert (desk.notebooks, desk.told, desk.fed) == ([], [], [])


def test_a_disk_that_is_pulled_out_costs_the_record_and_not_the_evening() -> None:
    """What the system says itself, past our own errors, is told like them, and never quoted with a word."""
    desk = Desk(append=OSError(5, "Input/output error"))
    desk.do(fx.StartRecord(), line())
    (failed,) = desk.fed
    assert isinstance(failed, RecordFailed)
    assert failed.what == "The record cannot be reached: input/output error."
    assert failed.hint == "the disk reports an error; it may be failing or gone"
    assert desk.notebook.ending == "abandoned"
