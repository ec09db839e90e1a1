"""A couple on a sofa in virtual time: drives the machine as the shell would, and keeps what it did."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, field
from typing import Any

from voice_guide.exercise.steps import AnswerKind, FlatStep, Line, Program, Question, Quiet, Who
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import (
    Begin,
    Event,
    Heard,
    Pause,
    Pressed,
    PromptEnded,
    RecordDone,
    Resumed,
    SpeechStarted,
    Tick,
)
from voice_guide.session.frame import framed
from voice_guide.session.machine import advance, begin
from voice_guide.session.state import Session
from voice_guide.session.turn_end import Manners

ONSET, PAUSE = 0.128, 0.32
"""What the segmenter takes to be sure, seconds."""


def question(id: str, answer: AnswerKind = AnswerKind.OPEN, who: Who = Who.FIRST, **more: Any) -> Question:
    """A question of the exercise."""
    return Question(id=id, text=f"What about {id}?", who=who, answer=answer, **more)


def program(*steps: FlatStep, depth: int = 1) -> Program:
    """A program of two people, without its frame."""
    return Program(name="test", title="Test", minutes=5, depth=depth, partners=("Ana", "Ben"), steps=steps)


def consented(*steps: FlatStep, depth: int = 1, manners: Manners | None = None) -> Sofa:
    """An evening at its first own step: both have said yes to all that was asked."""
    sofa = Sofa(program(*steps, depth=depth), manners)
    for _ in range(4):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    return sofa


@dataclass
class Sofa:
    """The shell in small. Every prompt takes `prompt_seconds`, every transcription `engine_seconds`."""

    own: Program
    manners: Manners | None = None
    prompt_seconds: float = 3.0
    engine_seconds: float = 0.3
    now: float = 0.0
    told: list[tuple[float, str, dict[str, Any]]] = field(default_factory=list)
    effects: list[tuple[float, fx.Effect]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session: Session = begin(framed(self.own, protected=True), self.manners)
        self._coming: list[tuple[float, int, Event]] = []
        self._order = itertools.count()
        self._said: list[tuple[float, float, str, bool]] = []
        self._readings: dict[str, dict[str, Any]] = {}
        self.ears = False
        self._cursor = 0
        self.wake: float | None = None
        self._spoken = False
        self.feed(Begin(at=0.0))

    # --- what people do

    def says(
        self, text: str, seconds: float = 1.0, after: float = 0.5, *, noise: bool = False, **reading: Any
    ) -> float:
        """Somebody says something `after` seconds from now; returns when it ends.

        `reading`: how the transcriber reads it besides, e.g. `hinted="Stop."`.
        """
        start, end = self.now + after, self.now + after + seconds
        self._later(SpeechStarted(at=start + ONSET, since=start))
        self._later(Pause(at=end + PAUSE, since=end))
        self._said.append((start, end, text, noise))
        self._readings[text] = reading
        return end

    def press(self, command: Command) -> None:
        """A key."""
        self.feed(Pressed(at=self.now, command=command))

    # --- time

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now + seconds
        while (due := self._due()) is not None and due <= end:
            self._step()
        self.now = end

    def until(self, event: str, /, limit: float = 7200.0, **fields: object) -> dict[str, Any]:
        """The next such thing that is told, after the last one asked for; lets time pass, fails if it never is."""
        while True:
            while self._cursor < len(self.told):
                at, told, got = self.told[self._cursor]
                self._cursor += 1
                if told == event and all(got.get(k) == v for k, v in fields.items()):
                    return {"at": at, **got}
            due = self._due()
            assert due is not None, f"the evening waits for nothing, and {event} was not told"
            assert due < limit, f"{event} was not told in {limit} s"
            self._step()

    def feed(self, event: Event) -> None:
        """Give the machine an event, as the shell does."""
        self.now = max(self.now, event.at)
        if isinstance(event, SpeechStarted | Pause | Resumed):
            if not self.ears:
                return
            event = self._as_segmented(event)
        self.session, effects = advance(self.session, event)
        for effect in effects:
            self.effects.append((self.now, effect))
            self._perform(effect)

    # --- what was done

    def names(self) -> list[str]:
        """What was told, names only."""
        return [name for _, name, _ in self.told]

    def all(self, name: str) -> list[dict[str, Any]]:
        """Every event of this name."""
        return [{"at": at, **fields} for at, told, fields in self.told if told == name]

    def done(self, kind: type[fx.Effect]) -> list[Any]:
        """Every effect of this kind."""
        return [effect for _, effect in self.effects if isinstance(effect, kind)]

    def prompts(self) -> list[str]:
        """All that the guide has said."""
        return [fields["text"] for _, name, fields in self.told if name == "prompt"]

    def lines(self) -> list[tuple[str, str]]:
        """Who said what, in the record, strikes obeyed."""
        struck = {turn for effect in self.done(fx.Strike) for turn in effect.turns}
        return [(line.who, line.text) for line in self.done(fx.Record) if line.turn not in struck]

    # --- inside

    def _as_segmented(self, event: Event) -> Event:
        """The segmenter's first report after the ears opened is SpeechStarted, later ones Resumed."""
        if isinstance(event, SpeechStarted):
            kind = Resumed if self._spoken else SpeechStarted
            self._spoken = True
            return kind(at=event.at, since=event.since)
        return event

    def _perform(self, effect: fx.Effect) -> None:
        match effect:
            case fx.Tell(name=name, fields=fields):
                self.told.append((self.now, name, dict(fields)))
            case fx.Speak(prompt=prompt):
                self._later(PromptEnded(at=self.now + self.prompt_seconds, prompt=prompt))
            case fx.OpenEars():
                self.ears, self._spoken = True, False
            case fx.CloseEars():
                self.ears = False
            case fx.WakeAt(at=at):
                self.wake = at
            case fx.Strike() | fx.CloseRecord() | fx.DiscardRecord():
                self.feed(RecordDone(at=self.now))
            case fx.Transcribe():
                self._transcribe(effect)

    def _transcribe(self, job: fx.Transcribe) -> None:
        inside = [s for s in self._said if s[0] >= job.start - 1e-6 and s[1] <= job.end + 1e-6]
        text = " ".join(text for _, _, text, noise in inside if not noise)
        noise = bool(inside) and all(noise for *_, noise in inside)
        heard = Heard(
            at=self.now + self.engine_seconds,
            turn=job.turn,
            revision=job.revision,
            text=text,
            speech=not noise,
            **self._readings.get(text, {}),
        )
        self._later(heard)

    def _later(self, event: Event) -> None:
        heapq.heappush(self._coming, (event.at, next(self._order), event))

    def _due(self) -> float | None:
        times = [at for at in (self.wake, self._coming[0][0] if self._coming else None) if at is not None]
        return min(times) if times else None

    def _step(self) -> None:
        if self.wake is not None and (not self._coming or self.wake < self._coming[0][0]):
            at, self.wake = self.wake, None
            self.feed(Tick(at=max(self.now, at)))
        else:
            self.feed(heapq.heappop(self._coming)[2])


__all__ = ["Line", "Quiet", "Sofa", "consented", "program", "question"]
