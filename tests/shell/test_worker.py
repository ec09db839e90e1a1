"""The engine worker: what is urgent, what is dropped, and how failures are told. No sleep anywhere."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from tests.fakes import Found
from voice_guide import worker
from voice_guide.aides import Aides
from voice_guide.jobs import (
    LoadFailed,
    Rendered,
    RenderFailed,
    Result,
    Transcribed,
    TranscriptionFailed,
    TurnJudged,
)  # fmt: skip
from voice_guide.session.effects import Judge, Transcribe
from voice_guide.sound import RATE, Samples, Sound, silence
from voice_guide.worker import Worker

PATIENCE = 10.0
SECRET = "Rumpelstiltskin"  # noqa: S105 - a word of the couple's, not a password


class Bench:
    """Engines that stop at each job until they are let go, and say what they work on."""

    def __init__(self) -> None:
        self.results: queue.Queue[Result] = queue.Queue()
        self.begun: queue.Queue[str] = queue.Queue()
        self.held = threading.Semaphore(0)
        self.load_error: Exception | None = None
        self.error: Exception | None = None
        self.answer: Any = Found(SECRET)
        self.how: list[tuple[float, bool]] = []
        self.turn_model: Bench | None = self
        self.turn_error: Exception | None = None
        self.clear = 0.0
        self.worker = Worker(self._load, self, self.results.put, Aides(self._load_turn_model))

    def _load(self) -> Bench:
        self._work("load")
        if self.load_error is not None:
            raise self.load_error
        return self

    def _load_turn_model(self) -> Bench | None:
        self._work("load turn model")
        if self.load_error is not None:
            raise self.load_error
        return self.turn_model

    def complete(self, samples: Samples) -> float:
        """Each turn is known by its first sample."""
        self._work(f"judge {samples[0]:.0f}")
        if self.turn_error is not None:
            raise self.turn_error
        return 0.75

    def spot(self, samples: Samples) -> Any:
        """Said over the guide's voice: without an end of its own."""
        self._work(f"spot {samples[0]:.0f}")
        return self.answer

    def transcribe(self, samples: Samples, clear: float = 1.0) -> Any:
        """Each job is known by its first sample."""
        self._work(f"hear {samples[0]:.0f}")
        self.clear = clear
        return self.answer

    def render(self, sentences: tuple[str, ...], pace: float, *, keep: bool) -> Sound:
        """Each prompt is known by its sentence."""
        self.how.append((pace, keep))
        self._work(f"say {sentences[0]}")
        return Sound(silence(1, RATE), RATE)

    def prepare(self, sentences: tuple[str, ...], pace: float) -> None:
        """As known as what is rendered at once."""
        self.how.append((pace, True))
        self._work(f"say {sentences[0]}")

    def _work(self, what: str) -> None:
        self.begun.put(what)
        assert self.held.acquire(timeout=PATIENCE), "nobody let the engine go on"
        if self.error is not None:
            raise self.error

    def next(self) -> str:
        """Wait until a job has begun; which one."""
        return self.begun.get(timeout=PATIENCE)

    def let_go(self) -> None:
        """Let the job at hand finish."""
        self.held.release()

    def result(self) -> Result:
        """The next result."""
        return self.results.get(timeout=PATIENCE)

    def hear(self, number: int, *, speculative: bool = False, turn: int = 1) -> None:
        """Ask for a transcription."""
        job = Transcribe(turn=turn, revision=number, start=0, end=1, speculative=speculative)
        self.worker.transcribe(job, np.full(4, number, dtype=np.float32))

    def judge(self, number: int) -> None:
        """Ask whether a turn is over."""
        job = Judge(turn=1, revision=number, start=0, end=1)
        self.worker.judge(job, np.full(4, number, dtype=np.float32))

    def finish(self, count: int) -> list[str]:
        """Let `count` more jobs run, and tell their order."""
        order = []
        for _ in range(count):
            order.append(self.next())
            self.let_go()
        return order


@contextmanager
def at_work(*, loaded: bool = True) -> Iterator[Bench]:
    """A worker that has its transcriber (or is just loading it), and is stopped afterwards."""
    bench = Bench()
    bench.worker.start()
    assert bench.next() == "load"
    if loaded:
        bench.let_go()
        bench.hear(0)
        assert bench.next() == "hear 0"
        bench.let_go()
        bench.result()
    try:
        yield bench
    finally:
        for _ in range(20):
            bench.let_go()
        bench.worker.stop()


def test_the_most_urgent_comes_first() -> None:
    """Firm transcriptions in their order, then prompts, then the guess, then what is rendered ahead."""
    with at_work(loaded=False) as bench:
        bench.worker.render_ahead(("later",))
        bench.hear(1, speculative=True)
        bench.worker.render(1, ("now",))
        bench.hear(2)
        bench.worker.render(2, ("next",))
        bench.hear(3)
        bench.let_go()
        assert bench.finish(6) == ["hear 2", "hear 3", "say now", "say next", "hear 1", "say later"]


def test_a_turn_is_judged_between_firm_words_and_prompts() -> None:
    """The model is loaded for the first one; of turns that wait the last is judged, the others are dropped."""
    with at_work(loaded=False) as bench:
        bench.worker.render(1, ("now",))
        bench.judge(1)
        bench.judge(2)
        bench.hear(3)
        assert not bench.worker.idle
        bench.let_go()
        assert bench.finish(4) == ["hear 3", "load turn model", "judge 2", "say now"]
        bench.result()
        assert bench.result() == TurnJudged(Judge(turn=1, revision=2, start=0, end=1), 0.75)
        bench.result()
        bench.judge(4)
        assert bench.finish(1) == ["judge 4"]


def test_a_turn_that_waits_is_being_waited_for() -> None:
    """Simulated time stands still until it is judged."""
    with at_work() as bench:
        bench.judge(1)
        assert not bench.worker.idle
        bench.finish(2)
        bench.result()


@pytest.mark.parametrize("how", ["missing", "unloadable", "failing"])
def test_without_a_turn_model_there_is_no_verdict(how: str) -> None:
    """It is tried once; what is asked of it is answered all the same, and nothing else suffers."""
    with at_work() as bench:
        bench.turn_model = None if how == "missing" else bench
        bench.load_error = RuntimeError(SECRET) if how == "unloadable" else None
        bench.turn_error = RuntimeError(SECRET) if how == "failing" else None
        bench.judge(1)
        assert bench.finish(1) == ["load turn model"]
        if how == "failing":
            assert bench.finish(1) == ["judge 1"]
        assert bench.result() == TurnJudged(Judge(turn=1, revision=1, start=0, end=1), None)
        bench.hear(2)
        assert bench.finish(1) == ["hear 2"]


def test_the_newest_guess_wins() -> None:
    """Of guesses that wait only the last one is made; the others are dropped without an answer."""
    with at_work(loaded=False) as bench:
        for number in (1, 2, 3):
            bench.hear(number, speculative=True)
        bench.let_go()
        assert bench.finish(1) == ["hear 3"]
        assert isinstance(bench.result(), Transcribed)
        assert bench.results.empty()


def test_a_firm_wish_for_what_is_being_heard_is_not_done_twice() -> None:
    """The guess at hand answers for the firm wish."""
    with at_work() as bench:
        bench.hear(1, speculative=True)
        assert bench.next() == "hear 1"
        bench.hear(1)
        bench.hear(2)
        bench.let_go()
        assert bench.finish(1) == ["hear 2"]
        revisions = [
            result.job.revision
            for result in (bench.result(), bench.result())
            if isinstance(result, Transcribed)
        ]
        assert revisions == [1, 2]


def test_a_firm_wish_takes_the_place_of_the_waiting_guess() -> None:
    """It is heard once, before the prompts, and not again as a guess."""
    with at_work(loaded=False) as bench:
        bench.hear(1, speculative=True)
        bench.worker.render(1, ("now",))
        bench.hear(1)
        bench.let_go()
        assert bench.finish(2) == ["hear 1", "say now"]
        bench.result(), bench.result()
        bench.worker.render_ahead(("later",))
        assert bench.next() == "say later", "the guess would come first"
        assert bench.worker.idle


def test_the_same_revision_of_another_turn_is_another_span() -> None:
    """Command spotting (turn 0) and a turn may count alike."""
    with at_work() as bench:
        bench.hear(1, turn=0)
        assert bench.next() == "hear 1"
        bench.hear(1, turn=4)
        bench.let_go()
        assert bench.finish(1) == ["hear 1"]
        jobs = [
            result.job.turn for result in (bench.result(), bench.result()) if isinstance(result, Transcribed)
        ]
        assert jobs == [0, 4]


def test_a_failed_load_is_told_by_each_job() -> None:
    """With the kind of the error, and nothing that it said."""
    with at_work(loaded=False) as bench:
        bench.load_error = FileNotFoundError(SECRET)
        bench.hear(1)
        bench.hear(2)
        bench.let_go()
        told = bench.result()
        assert isinstance(told, LoadFailed)
        assert SECRET not in repr(told)
        for revision in (1, 2):
            result = bench.result()
            assert isinstance(result, TranscriptionFailed)
            assert result.job.revision == revision
            assert result.what == "the transcriber failed (FileNotFoundError)"
            assert SECRET not in repr(result)


def test_a_failed_transcription_is_told_with_its_kind_only() -> None:
    """The next one is tried as if nothing had been."""
    with at_work() as bench:
        bench.error = ValueError(SECRET)
        bench.hear(1)
        assert bench.finish(1) == ["hear 1"]
        result = bench.result()
        assert isinstance(result, TranscriptionFailed)
        assert result.what == "the transcriber failed (ValueError)"
        assert SECRET not in repr(result)
        bench.error = None
        bench.hear(2)
        assert bench.finish(1) == ["hear 2"]
        assert isinstance(bench.result(), Transcribed)


def test_a_failed_prompt_is_told_with_its_kind_only() -> None:
    """A prompt that was rendered ahead fails in silence; it is tried again when it is needed."""
    with at_work() as bench:
        bench.error = RuntimeError(SECRET)
        bench.worker.render_ahead(("later",))
        bench.worker.render(7, ("now",))
        begun = {bench.next()}
        bench.let_go()
        begun |= {bench.next()}
        bench.let_go()
        assert begun == {"say now", "say later"}
        assert bench.result() == RenderFailed(7, "the voice failed (RuntimeError)")
        assert bench.results.empty()


def test_a_rendered_prompt_comes_with_its_number() -> None:
    """So that a prompt that was hushed meanwhile is told from the current one."""
    with at_work() as bench:
        bench.worker.render(7, ("now",))
        bench.finish(1)
        result = bench.result()
        assert isinstance(result, Rendered)
        assert (result.prompt, result.sound.seconds) == (7, 1.0)


def test_words_do_not_show_in_a_result() -> None:
    """Results travel through queues and tracebacks."""
    with at_work() as bench:
        bench.hear(1)
        bench.finish(1)
        result = bench.result()
        assert isinstance(result, Transcribed)
        assert SECRET in result.text
        assert SECRET not in repr(result)


def test_idle_means_that_no_result_is_to_come() -> None:
    """Not while a job waits or runs; loading and rendering ahead do not count."""
    with at_work(loaded=False) as bench:
        assert bench.worker.idle, "loading keeps nobody waiting"
        bench.hear(1)
        assert not bench.worker.idle
        bench.let_go()
        assert bench.next() == "hear 1"
        assert not bench.worker.idle
        bench.let_go()
        bench.result()
        bench.worker.render_ahead(("later",))
        assert bench.next() == "say later"
        assert bench.worker.idle
        bench.worker.render(1, ("now",))
        assert not bench.worker.idle


def test_what_is_no_answer_of_a_transcriber_is_told_as_a_failure() -> None:
    """An engine gone wrong in what it gives back costs its turn's words, not the thread."""
    with at_work() as bench:
        bench.answer = None
        bench.hear(1)
        assert bench.finish(1) == ["hear 1"]
        result = bench.result()
        assert isinstance(result, TranscriptionFailed)
        assert result.what == "the transcriber failed (AttributeError)"
        bench.answer = Found(SECRET)
        bench.hear(2)
        assert bench.finish(1) == ["hear 2"]
        assert isinstance(bench.result(), Transcribed)


def test_stop_finishes_the_job_at_hand_and_drops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread is gone afterwards."""
    bench = Bench()
    bench.worker.start()
    assert bench.next() == "load"
    bench.hear(1)
    bench.worker.render(1, ("now",))
    thread = bench.worker._thread
    join = thread.join

    def let_go_and_join(timeout: float) -> None:
        bench.let_go()  # not before: the next job would begin
        join(timeout)

    monkeypatch.setattr(thread, "join", let_go_and_join)
    bench.worker.stop()
    assert not thread.is_alive()
    assert bench.results.empty()
    assert bench.begun.empty()


def test_stop_leaves_a_job_behind_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening's end waits for it a while only, and the program's end not at all."""
    monkeypatch.setattr(worker, "ENDING", 0.05)
    bench = Bench()
    bench.worker.start()
    assert bench.next() == "load"
    stopping = threading.Thread(target=bench.worker.stop, daemon=True)
    stopping.start()
    stopping.join(PATIENCE)
    assert not stopping.is_alive()
    thread = bench.worker._thread
    assert thread.is_alive() and thread.daemon
    bench.let_go()
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.mark.parametrize("times", [1, 2])
def test_stop_is_harmless_where_nothing_was_started(times: int) -> None:
    """An evening whose loudspeaker cannot be opened stops what it has not begun."""
    worker = Bench().worker
    for _ in range(times):
        worker.stop()
    assert worker.idle


def test_pace_and_what_may_be_kept_reach_the_voice() -> None:
    """Words of a partner are rendered in memory only; the pace is that of the script."""
    with at_work() as bench:
        bench.worker.render(1, ("you said warm",), 0.88, keep=False)
        bench.worker.render_ahead(("later",), 1.12)
        assert bench.finish(2) == ["say you said warm", "say later"]
        assert bench.how == [(0.88, False), (1.12, True)]


def test_a_word_over_the_guides_voice_is_spotted() -> None:
    """It is read on its own way, as urgent as an answer, and nobody asks whose voice it was."""
    with at_work() as bench:
        job = Transcribe(turn=0, revision=7, start=0, end=1, speculative=False, over=True)
        bench.worker.transcribe(job, np.full(4, 7, dtype=np.float32))
        assert bench.finish(1) == ["spot 7"]
        result = bench.result()
        assert isinstance(result, Transcribed) and result.job is job and result.voice is None
