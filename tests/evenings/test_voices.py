"""Two voices through the real engines: learnt from what each says first, told apart, forgotten with the evening."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pytest

from tests.english import COUPLE, ENGLISH
from voice_guide.audio.resample import resample
from voice_guide.engines import Engines, find_engines
from voice_guide.exercise.flat import Who
from voice_guide.jobs import Result, Transcribed
from voice_guide.rehearsal.answers import Reply
from voice_guide.rehearsal.spoken import SpokenCouple
from voice_guide.session.effects import Transcribe
from voice_guide.session.turn_end import POST_ROLL, PRE_ROLL
from voice_guide.sound import RATE, Samples, silence
from voice_guide.worker import Worker

pytestmark = pytest.mark.models

PATIENCE = 60.0
NAMES = ("Ana", "Ben")


class Sofa:
    """A worker with the real engines, and two people who speak to it."""

    def __init__(self, engines: Engines) -> None:
        self.results: queue.Queue[Result] = queue.Queue()
        self.worker = Worker(engines.load_transcriber, engines.prompts, self.results.put, engines.aides())
        self._couple = SpokenCouple(cast(Any, None), cast(Any, None), engines.voice, NAMES)
        self._count = 0

    def says(self, who: Who, text: str) -> Samples:
        """How this partner sounds."""
        name = NAMES[0 if who is Who.FIRST else 1]
        return resample(self._couple._spoken(name, Reply(text=text)), RATE).samples

    def heard(self, who: Who, text: str) -> Transcribed:
        """What the worker makes of it."""
        self._count += 1
        job = Transcribe(turn=1, revision=self._count, start=0, end=1, speculative=False)
        parts = silence(PRE_ROLL, RATE), self.says(who, text), silence(POST_ROLL, RATE)
        self.worker.transcribe(job, np.concatenate(parts))
        found = self.results.get(timeout=PATIENCE)
        assert isinstance(found, Transcribed)
        return found


@pytest.fixture(scope="module")
def engines() -> Engines:
    """As an evening has them."""
    return find_engines(None, RATE, ENGLISH)


@pytest.fixture
def sofa(engines: Engines) -> Iterator[Sofa]:
    """An evening of its own."""
    one = Sofa(engines)
    one.worker.start()
    yield one
    one.worker.stop()


LONG = (
    "I was afraid of the dark when I was a child, and nobody knew.",
    "What I would like is more time with you on Sundays.",
)


def test_two_partners_are_told_apart_after_their_consents(sofa: Sofa) -> None:
    """The invented couple's own sentence is long enough to learn from; the words are heard as ever."""
    assert sofa.heard(Who.FIRST, LONG[0]).voice is None  # nobody is known yet
    for who in (Who.FIRST, Who.SECOND):
        sofa.worker.learn(who, sofa.says(who, COUPLE.consent))
    for who in (Who.FIRST, Who.SECOND, Who.FIRST):
        for text in LONG:
            found = sofa.heard(who, text)
            assert found.voice is who
            assert found.text.split()[-1] == text.split()[-1]


def test_a_short_word_is_nobodys(sofa: Sofa) -> None:
    """A yes holds no voice: the turn's owner counts."""
    for who in (Who.FIRST, Who.SECOND):
        sofa.worker.learn(who, sofa.says(who, COUPLE.consent))
    assert sofa.heard(Who.SECOND, "Yes.").voice is None


def test_voices_are_forgotten_with_the_evening(engines: Engines) -> None:
    """The next evening, through the same engines, knows nobody."""
    for learns in (True, False):
        sofa = Sofa(engines)
        sofa.worker.start()
        for who in (Who.FIRST, Who.SECOND) if learns else ():
            sofa.worker.learn(who, sofa.says(who, COUPLE.consent))
        assert (sofa.heard(Who.SECOND, LONG[0]).voice is Who.SECOND) == learns
        sofa.worker.stop()
