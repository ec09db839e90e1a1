"""The one engine worker: a thread that transcribes, judges and renders, the most urgent thing first."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable

from voice_guide.aides import Aides
from voice_guide.errors import ModelError, VoiceGuideError
from voice_guide.exercise.flat import Who
from voice_guide.jobs import (
    LoadFailed,
    Rendered,
    Renderer,
    RenderFailed,
    Result,
    Transcriber,
    Transcript,
    TranscriptionFailed,
    TurnJudged,
    transcribed,
)  # fmt: skip
from voice_guide.leaving import ENGINES
from voice_guide.session.effects import Judge, Transcribe
from voice_guide.sound import Samples, Sound

Job = Callable[[], None]

ENDING = 3.0
"""Seconds that the job at hand is waited for at the end: no couple is kept for words that nobody will read."""


class Worker:
    """Firm transcriptions first, then a turn to judge, prompts that are waited for, guesses, prompts rendered ahead.

    At most one speculation and one turn wait; the newest wins. Every job that is not replaced answers `deliver`.
    """

    def __init__(
        self,
        load: Callable[[], Transcriber],
        renderer: Renderer,
        deliver: Callable[[Result], None],
        aides: Aides | None = None,
    ) -> None:
        self._load = load
        self._aides = aides or Aides()
        self._turn: tuple[Judge, Samples] | None = None
        self._lessons: deque[tuple[Who, Samples]] = deque()
        self._renderer = renderer
        self._deliver = deliver
        self._transcriber: Transcriber | None = None
        self._ready = threading.Condition()
        self._firm: deque[tuple[Transcribe, Samples, float]] = deque()
        self._prompts: deque[tuple[int, Callable[[], Sound]]] = deque()
        self._guess: tuple[Transcribe, Samples, float] | None = None
        self._ahead: deque[tuple[tuple[str, ...], float]] = deque()
        self._running: Transcribe | None = None
        self._spoken = False  # the first words are rendered, or on their way
        self._working = False
        self._ending = False
        self._thread = threading.Thread(target=self._run, name=ENGINES, daemon=True)

    def start(self) -> None:
        """Begin; the transcriber is loaded when the first sentence has been rendered or is cached."""
        self._thread.start()

    def stop(self) -> None:
        """Drop what waits, and end the thread after the job at hand; one that takes long is left behind (leaving)."""
        with self._ready:
            self._ending = True
            self._firm.clear()
            self._prompts.clear()
            self._ahead.clear()
            self._guess = None
            self._turn = None
            self._lessons.clear()
            self._ready.notify()
        if self._thread.is_alive():
            self._thread.join(ENDING)

    def transcribe(self, job: Transcribe, samples: Samples, clear: float = 1.0) -> None:
        """Queue a span; a firm wish for a span that is guessed at already makes that guess firm."""
        with self._ready:
            if self._running is not None and _same(self._running, job):
                return
            if self._guess is not None and _same(self._guess[0], job):
                self._guess = None
            if job.speculative:
                self._guess = (job, samples, clear)
            else:
                self._firm.append((job, samples, clear))
            self._ready.notify()

    def judge(self, job: Judge, samples: Samples) -> None:
        """Queue a turn whose sound so far is to be judged, in place of one that still waits; `TurnJudged` follows."""
        with self._ready:
            self._turn = (job, samples)
            self._ready.notify()

    def learn(self, who: Who, samples: Samples) -> None:
        """Queue a voice to be learnt, once nothing else is waited for."""
        with self._ready:
            self._lessons.append((who, samples))
            self._ready.notify()

    def render(
        self, prompt: int, sentences: tuple[str, ...], pace: float = 1.0, *, keep: bool = True
    ) -> None:
        """Queue a prompt that is waited for; `Rendered` follows. Without `keep` it is held in memory only."""
        with self._ready:
            self._prompts.append((prompt, lambda: self._renderer.render(sentences, pace, keep=keep)))
            self._ready.notify()

    def render_ahead(self, sentences: tuple[str, ...], pace: float = 1.0) -> None:
        """Queue a prompt for later, when nothing else is to be done."""
        with self._ready:
            self._ahead.append((sentences, pace))
            self._ready.notify()

    def render_none(self) -> None:
        """Nothing is wanted for later any more: the words or the voice have changed."""
        with self._ready:
            self._ahead.clear()

    @property
    def idle(self) -> bool:
        """Nothing is being waited for; rendering ahead does not count."""
        with self._ready:
            waited_for = self._firm or self._turn or self._prompts or self._guess or self._lessons
            return not (self._working or waited_for)

    def _run(self) -> None:
        while True:
            with self._ready:
                while not self._ending and not self._pending():
                    self._ready.wait()
                if self._ending:
                    return
                job = self._next()
            job()
            with self._ready:
                self._working = False
                self._running = None

    def _pending(self) -> bool:
        wanted = self._firm or self._turn or self._prompts or self._guess or self._lessons or self._ahead
        return bool(wanted or self._transcriber is None)

    def _next(self) -> Job:
        """The most urgent job; the caller holds the lock."""
        self._working = True
        if self._firm:
            return self._transcription(*self._firm.popleft())
        if self._turn is not None:
            turn, self._turn = self._turn, None
            return lambda: self._judge(*turn)
        if self._prompts:
            prompt, rendering = self._prompts.popleft()
            self._spoken = True
            return lambda: self._render(prompt, rendering)
        if self._guess is not None:
            guess, self._guess = self._guess, None
            return self._transcription(*guess)
        if self._lessons:
            lesson = self._lessons.popleft()
            return lambda: self._aides.learn(*lesson)
        self._working = False
        if self._transcriber is None and (self._spoken or not self._ahead):
            return self._loaded
        ahead = self._ahead.popleft()
        self._spoken = True
        return lambda: self._prepare(*ahead)

    def _transcription(self, job: Transcribe, samples: Samples, clear: float) -> Job:
        self._running = job
        return lambda: self._transcribe(job, samples, clear)

    def _loaded(self) -> None:
        """Load the transcriber; if that fails, say so at once, and each job that needs it again."""
        try:
            self._transcriber = self._load()
        except Exception as error:  # noqa: BLE001 - any engine error; told, with its kind, by each job
            self._transcriber = _Unloadable(error)
            self._deliver(LoadFailed(error if isinstance(error, VoiceGuideError) else _unloadable(error)))

    def _transcribe(self, job: Transcribe, samples: Samples, clear: float) -> None:
        result: Result
        try:
            if self._transcriber is None:
                self._loaded()
            assert self._transcriber is not None  # loaded, or told why not
            if job.over:
                found, voice = self._transcriber.spot(samples), None
            else:
                found = self._transcriber.transcribe(samples, clear)
                voice = self._aides.whose(samples) if found.speech else None
            result = transcribed(job, found, voice)
        except Exception as error:  # noqa: BLE001 - whatever an engine raises must not lose the turn
            result = TranscriptionFailed(job, f"the transcriber failed ({type(error).__name__})")
        self._deliver(result)

    def _judge(self, job: Judge, samples: Samples) -> None:
        self._deliver(TurnJudged(job, self._aides.complete(samples)))

    def _render(self, prompt: int, rendering: Callable[[], Sound]) -> None:
        result: Result
        try:
            result = Rendered(prompt, rendering())
        except Exception as error:  # noqa: BLE001 - a prompt that cannot be spoken is told, not lost
            result = RenderFailed(prompt, f"the voice failed ({type(error).__name__})")
        self._deliver(result)

    def _prepare(self, sentences: tuple[str, ...], pace: float) -> None:
        # What fails now fails again when it is needed, and is told then.
        with contextlib.suppress(Exception):
            self._renderer.prepare(sentences, pace)


def _unloadable(error: Exception) -> ModelError:
    return ModelError(
        f"The transcriber cannot be loaded ({type(error).__name__}).",
        "run voice-guide models verify, then voice-guide models fetch",
    )


class _Unloadable:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def transcribe(self, samples: Samples, clear: float) -> Transcript:
        del samples, clear
        raise self._error

    def spot(self, samples: Samples) -> Transcript:
        del samples
        raise self._error


def _same(one: Transcribe, other: Transcribe) -> bool:
    return (one.turn, one.revision) == (other.turn, other.revision)
