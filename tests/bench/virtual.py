"""An evening of open questions in virtual time at real-time pace: real ears, engines and machine, no waiting.

The engines do their work when it is asked for, and what they find comes as many seconds later as that took.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.bench.answers import Answer, room
from tests.english import ENGLISH
from voice_guide.audio.ports import Block
from voice_guide.audio.vitals import Vitals
from voice_guide.exercise.flat import Program, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.silero import Silero
from voice_guide.jobs import Transcriber, TurnModel
from voice_guide.session import effects as fx
from voice_guide.session import events as ev
from voice_guide.session.machine import advance, begin
from voice_guide.session.turn_end import Manners
from voice_guide.sound import FRAME, RATE

OUTPUT = 0.04
"""Seconds from a decision to the loudspeaker's first sample: p95 of tests.bench.turnaround."""

PROMPT, BEFORE = 1.0, 0.6
"""Seconds that a prompt takes, and from the open ears to the first word."""


@dataclass
class Told:
    """What became of one answer; times in seconds."""

    speaker: str
    gaps: list[tuple[float, float]] = field(default_factory=list)
    """Pauses that the detector saw: from, to."""
    began: float = 0.0
    ended: float = 0.0
    """The last speech."""
    tones: list[float] = field(default_factory=list)
    """The guide's first sample, each time it took the turn for over."""
    scores: list[float] = field(default_factory=list)
    """What stock Smart Turn says of each pause and of the end, where it was asked."""

    @property
    def cut(self) -> bool:
        """Whether the guide was heard before the last word had ended."""
        return any(tone < self.ended for tone in self.tones)

    @property
    def wait(self) -> float:
        """From the end of the last word to the guide's first sample."""
        return self.tones[-1] - self.ended


class Engines:
    """The worker's order of work, in virtual time."""

    def __init__(self, transcriber: Transcriber, turn_model: TurnModel | None) -> None:
        self._transcriber, self._turn_model = transcriber, turn_model
        self._firm: deque[tuple[fx.Transcribe, np.ndarray, float]] = deque()
        self._guess: tuple[fx.Transcribe, np.ndarray, float] | None = None
        self._turn: tuple[fx.Judge, np.ndarray, float] | None = None
        self._done: tuple[float, ev.Event] | None = None

    def want(self, job: fx.Transcribe | fx.Judge, samples: np.ndarray, clear: float) -> None:
        """Queue a job."""
        if isinstance(job, fx.Judge):
            self._turn = (job, samples, clear)
        elif job.speculative:
            self._guess = (job, samples, clear)
        else:
            if self._guess is not None and self._guess[0].revision == job.revision:
                self._guess = None
            self._firm.append((job, samples, clear))

    def due(self, now: float) -> Iterator[ev.Event]:
        """What has been found by now."""
        while True:
            if self._done is not None:
                at, event = self._done
                if at > now:
                    return
                self._done = None
                yield event
            job = self._next()
            if job is None:
                return
            began = time.perf_counter()
            event = self._work(now, *job)
            took = time.perf_counter() - began
            self._done = (now + took, event)

    def _next(self) -> tuple[fx.Transcribe | fx.Judge, np.ndarray, float] | None:
        if self._firm:
            return self._firm.popleft()
        turn, self._turn = self._turn, None
        if turn is not None:
            return turn
        guess, self._guess = self._guess, None
        return guess

    def _work(self, now: float, job: fx.Transcribe | fx.Judge, samples: np.ndarray, clear: float) -> ev.Event:
        if isinstance(job, fx.Judge):
            complete = None if self._turn_model is None else self._turn_model.complete(samples)
            return ev.Judged(at=now, turn=job.turn, revision=job.revision, complete=complete)
        found = self._transcriber.transcribe(samples, clear)
        return ev.Heard(
            at=now,
            turn=job.turn,
            revision=job.revision,
            text=found.text,
            speech=found.speech,
            hinted=found.hinted,
            doubtful=found.doubtful,
        )


class Evening:
    """One speaker is asked as many open questions as there are answers, or just these questions."""

    def __init__(
        self,
        answers: Sequence[Answer],
        engines: Engines,
        silero: Silero,
        seed: int,
        manners: Manners | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        steps = tuple(questions) or tuple(
            Question(id=f"q{n}", text=f"Question {n}?", who=Who.FIRST, answer=AnswerKind.OPEN)
            for n in range(len(answers))
        )
        program = Program(
            name="bench", title="Bench", minutes=9, depth=1, partners=("Ana", "Ben"), language=ENGLISH, steps=steps
        )  # fmt: skip
        self._session = begin(program, manners or Manners())
        self._answers = deque(answers)
        self._engines = engines
        self._random = np.random.default_rng(seed)
        self.memory = self._memory = SoundMemory(3600.0)
        silero.reset()
        self._attention = Attention(Ears(RATE, silero, self._memory), Vitals())
        self._now = 0.0
        self._wake: float | None = None
        self._prompt: tuple[float, int] | None = None
        self._air = np.zeros(0, dtype=np.float32)
        self._over = False
        self._leaves = False
        self.told: list[Told] = []

    def run(self) -> list[Told]:
        """The whole of it."""
        index = 0
        self._feed(ev.Begin(at=0.0))
        while not self._over:
            for frame, events in self._attention.feed(Block(index, self._heard())):
                self._now = frame.at
                for event in events:
                    self._note(event)
                    self._feed(event)
                self._pass()
            index += FRAME
        return self.told

    def _heard(self) -> np.ndarray:
        frame, self._air = self._air[:FRAME], self._air[FRAME:]
        level = self._answers[0].tone if self._answers else 1e-4
        return np.concatenate([frame, room((FRAME - len(frame)) / RATE, level, self._random)])

    def _pass(self) -> None:
        if self._prompt is not None and self._now >= self._prompt[0]:
            (_, prompt), self._prompt = self._prompt, None
            self._feed(ev.PromptEnded(at=self._now, prompt=prompt))
        for event in self._engines.due(self._now):
            self._feed(event)
        if self._wake is not None and self._now >= self._wake:
            self._wake = None
            self._feed(ev.Tick(at=self._now))

    def _note(self, event: ev.Event) -> None:
        told = self.told[-1]
        match event:
            case ev.SpeechStarted(since=since):
                told.began = since
            case ev.Pause(since=since):
                told.ended = since
            case ev.Resumed(since=since):
                told.gaps.append((told.ended, since))

    def _feed(self, event: ev.Event) -> None:
        self._session, effects = advance(self._session, event)
        for effect in effects:
            self._did(effect)
            match effect:
                case fx.Speak(prompt=prompt):
                    self._prompt = (self._now + PROMPT, prompt)
                case fx.OpenEars(at=at):
                    self._attention.open(at)
                case fx.CloseEars():
                    self._attention.close(self._now)
                case fx.Transcribe() | fx.Judge():
                    span = effect.start, effect.end
                    self._engines.want(effect, self._memory.span(*span), self._memory.clearness(*span))
                case fx.WakeAt(at=at):
                    self._wake = at
                case fx.Tell(name="listening"):
                    self._answer()
                case fx.Tell(name="landing"):
                    self.told[-1].tones.append(self._now + OUTPUT)
                case fx.Finish():
                    self._over = True

    def _did(self, effect: fx.Effect) -> None:
        """Whoever watches more closely looks here."""

    def leave_when_answered(self) -> None:
        """Whoever is asked again has no more to say, and the evening is over: commands and second askings."""
        self._leaves = True

    def _answer(self) -> None:
        if self._leaves and not self._answers:
            self._over = True
            return
        answer = self._answers.popleft()
        self._air = np.concatenate([room(BEFORE, answer.tone, self._random), answer.sound])
        self.told.append(Told(answer.speaker))
