"""Sound and words on their way between two processes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from voice_guide.jobs import HeardAgain
from voice_guide.second_pass.wire import Job, as_float, as_int16, next_heard, next_job, send_heard, send_job

SAMPLES = arrays.arrays(np.int16, st.integers(0, 3000))


@given(st.lists(st.tuples(st.integers(1, 2**40), SAMPLES, st.floats(0, 1, width=32)), max_size=4))
def test_any_jobs_arrive(jobs: list[tuple[int, np.ndarray, float]]) -> None:
    """In their order, sample by sample; then there is no other."""
    pipe = io.BytesIO()
    for seq, samples, clear in jobs:
        send_job(pipe, Job(seq, samples, clear))
    pipe.seek(0)
    for seq, samples, clear in jobs:
        found = next_job(pipe)
        assert found is not None
        assert (found.seq, found.clear) == (seq, clear)
        assert np.array_equal(found.samples, samples)
    assert next_job(pipe) is None


@given(st.lists(st.builds(HeardAgain, st.integers(1), st.none() | st.text(), st.tuples(st.integers(0, 100)))))
def test_any_answers_arrive(answers: list[HeardAgain]) -> None:
    """Whatever was said, in whatever letters."""
    pipe = io.BytesIO()
    for answer in answers:
        send_heard(pipe, answer)
    pipe.seek(0)
    assert [next_heard(pipe) for _ in answers] == answers
    assert next_heard(pipe) is None


@pytest.mark.parametrize("cut", [1, 5, 15, 16, 17, 100])
def test_half_a_message_is_none(cut: int) -> None:
    """The other side has ended in the middle of it."""
    jobs, answers = io.BytesIO(), io.BytesIO()
    send_job(jobs, Job(1, np.zeros(100, dtype=np.int16)))
    send_heard(answers, HeardAgain(1, "I was afraid of the dark. " * 5))
    assert next_job(io.BytesIO(jobs.getvalue()[:cut])) is None
    assert next_heard(io.BytesIO(answers.getvalue()[:cut])) is None


def test_sound_is_held_in_half_the_memory() -> None:
    """To the nearest of 65,536 steps; what is too loud is cut, not wrapped around."""
    samples = np.linspace(-1.5, 1.5, 1001, dtype=np.float32)
    held = as_int16(samples)
    assert held.nbytes * 2 == samples.nbytes
    assert np.abs(as_float(held) - np.clip(samples, -1, 1)).max() <= 0.5 / 32767 + 1e-7


def test_no_repr_holds_words_or_sound() -> None:
    """Neither of a job nor of what was heard."""
    assert repr(Job(1, np.full(9, 77, dtype=np.int16))) == "Job(seq=1, clear=1.0, afresh=False)"
    assert "dark" not in repr(HeardAgain(1, "the dark"))
