"""A couple on a sofa in virtual time: drives the machine as the shell would, and keeps what it did."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, field, replace
from typing import Any

from tests.english import ENGLISH
from voice_guide.exercise.flat import FlatStep, Line, Program, Question, Quiet, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.events import (
    Begin,
    Chosen,
    DeviceBack,
    DeviceLost,
    Event,
    Heard,
    HeardOver,
    Judged,
    Lull,
    Muted,
    Pause,
    Pressed,
    PromptEnded,
    RecordDone,
    Resumed,
    SpeechStarted,
    SpokenOver,
    Stirred,
    Suspended,
    Tick,
    Touched,
    Typed,
    Typing,
    Unmuted,
)
from voice_guide.session.frame import framed
from voice_guide.session.machine import advance, begin
from voice_guide.session.notes import Offer
from voice_guide.session.phases import Phase, Why
from voice_guide.session.state import Session
from voice_guide.session.turn_end import Manners

ONSET, PAUSE = 0.128, 0.32
"""What the segmenter takes to be sure, seconds."""


def question(id: str, answer: AnswerKind = AnswerKind.OPEN, who: Who = Who.FIRST, **more: Any) -> Question:
    """A question of the exercise."""
    return Question(id=id, text=f"What about {id}?", who=who, answer=answer, **more)


def program(*steps: FlatStep, depth: int = 1) -> Program:
    """A program of two people, without its frame."""
    return Program(
        name="test",
        title="Test",
        minutes=5,
        depth=depth,
        partners=("Ana", "Ben"),
        language=ENGLISH,
        steps=steps,
    )


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
    menu: Program | None = None
    """What the evening begins with, instead of its own exercise."""
    offers: tuple[Offer, ...] = ()
    prompt_seconds: float = 3.0
    engine_seconds: float = 0.3
    verdicts: tuple[float | None, ...] = (None,)
    """What the turn model says, one after the other; the last one stays."""
    now: float = 0.0
    told: list[tuple[float, str, dict[str, Any]]] = field(default_factory=list)
    effects: list[tuple[float, fx.Effect]] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = self.menu or framed(self.own, protected=True)
        self.session: Session = begin(first, self.manners, offers=self.offers)
        self._coming: list[tuple[float, int, Event]] = []
        self._order = itertools.count()
        self._said: list[tuple[float, float, str, bool]] = []
        self._said_over: list[tuple[float, float, str, str]] = []
        self._readings: dict[str, dict[str, Any]] = {}
        self.ears = False
        self._cursor = 0
        self.wake: float | None = None
        self._spoken = self._sounding = self.deaf = self.searching = False
        self._said_until = 0.0
        self._ticks: list[float] = []
        self.feed(Begin(at=0.0))

    # --- what people do

    def says(
        self,
        text: str,
        seconds: float = 1.0,
        after: float = 0.5,
        *,
        noise: bool = False,
        lulls: bool = False,
        **reading: Any,
    ) -> float:
        """Somebody says something `after` seconds from now, or after what is being said; returns when it ends.

        `lulls`: long speech is reported as such.
        `reading`: how the transcriber reads it besides, e.g. `hinted="Stop."` or `voice=Who.SECOND`.
        """
        start = max(self.now + after, self._said_until + PAUSE + 0.1)
        end = self._said_until = start + seconds
        self._later(SpeechStarted(at=start + ONSET, since=start))
        for cut in range(20, int(seconds) if lulls else 0, 20):
            self._later(Lull(at=start + cut, since=start + cut - 2))
        self._later(Pause(at=end + PAUSE, since=end))
        self._said.append((start, end, text, noise))
        self._readings[text] = reading
        return end

    def says_over(self, text: str, seconds: float = 0.5, after: float = 0.5, hinted: str = "") -> float:
        """Somebody says something over the guide's voice; returns when it ends."""
        start, end = self.now + after, self.now + after + seconds
        self._later(SpokenOver(at=end + 0.2, since=start, until=end))
        self._said_over.append((start, end, text, hinted))
        return end

    def press(self, command: Command) -> None:
        """A key."""
        self.feed(Pressed(at=self.now, command=command))

    def answers_all(self, text: str) -> None:
        """They answer whatever is asked, until the evening is over."""
        for _ in range(2000):
            if self.session.phase is Phase.FINISHED:
                return
            turn = self.session.turn
            if self.session.phase is Phase.LISTENING and turn is not None and not turn.pieces:
                self.says(text)
            self.wait(2)
        raise AssertionError("the evening does not end")

    def answers_all_until(self, prompt: str, text: str) -> None:
        """The same, until the guide begins to say this."""
        for _ in range(2000):
            if self.prompts()[-1:] == [prompt]:
                return
            turn = self.session.turn
            if self.session.phase is Phase.LISTENING and turn is not None and not turn.pieces:
                self.says(text)
            self.wait(0.5)
        raise AssertionError(f"{prompt!r} was never said")

    def touches(self) -> None:
        """A key that means nothing."""
        self.feed(Touched(at=self.now))

    def types(self, text: str) -> None:
        """A line, and Enter."""
        self.feed(Typed(at=self.now, text=text))

    def begins_to_type(self) -> None:
        """The first key of a line, or the next."""
        self.feed(Typing(at=self.now))

    def stirs(self) -> None:
        """Tears, or laughter."""
        self.feed(Stirred(at=self.now))

    # --- what becomes of the devices

    def loses(self, what: str = "microphone") -> None:
        """It is unplugged: nothing that is being said or played comes to its end."""
        self._cut_off(self.now)
        self.feed(DeviceLost(at=self.now, what=what, name="USB"))

    def returns(self) -> None:
        """It is plugged in again."""
        assert self.searching, "nobody looks for it"
        self.searching = self.deaf = False
        self.feed(DeviceBack(at=self.now))

    def mutes(self, *, always: bool = False) -> None:
        """The switch of the microphone."""
        self.feed(Muted(at=self.now, always=always))

    def unmutes(self) -> None:
        """And back."""
        self.feed(Unmuted(at=self.now))

    def sleeps(self, seconds: float) -> None:
        """The computer is closed, and opened again: what was playing goes on, what was said is lost."""
        self.now += seconds
        self._cut_off(self.now, deaf=False)
        self.feed(Suspended(at=self.now, seconds=seconds))

    def at(self, phase: Phase) -> bool:
        """Whether the guide does this now."""
        return self.session.phase is phase

    def stuck(self) -> bool:
        """Whether nothing will ever happen by itself, though somebody may count on it."""
        if self.wake is not None or self._coming or self.session.phase in (Phase.FINISHED, Phase.AWAY):
            return False
        held = self.session.held
        for_them = self.session.phase is Phase.WAITING and held is not None
        return not (for_them and held is not None and held.why not in (Why.BREAK, Why.STOPPED))

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
        if isinstance(event, SpeechStarted | Pause | Resumed | Lull):
            if not self.ears or self.deaf:
                return
            if not isinstance(event, SpeechStarted) and not self._sounding:
                return  # it began before the ears opened
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
        lines: list[fx.Record] = []
        for _, effect in self.effects:
            if isinstance(effect, fx.Record):
                lines.append(effect)
            elif isinstance(effect, fx.Strike):  # a strike reaches what is there, as on the disk
                lines = [line for line in lines if line.turn not in effect.turns]
        return [(line.who, line.text) for line in lines]

    # --- inside

    def _as_segmented(self, event: Event) -> Event:
        """The segmenter's first report after the ears opened is SpeechStarted, later ones Resumed."""
        self._sounding = not isinstance(event, Pause)
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
                self.ears, self._spoken, self._sounding = True, False, False
            case fx.CloseEars():
                self.ears = self._sounding = False
            case fx.Reconnect():
                self.searching = True
            case fx.Choose(resume=resume):
                start = self.own.steps[-1].id if resume else ""
                program = framed(self.own, protected=True, greeted=True, start=start)
                self.feed(Chosen(at=self.now, program=program))
            case fx.WakeAt(at=at):
                self.wake = at
            case fx.Strike() | fx.CloseRecord() | fx.DiscardRecord():
                self.feed(RecordDone(at=self.now))
            case fx.Transcribe(over=True):
                self._spot(effect)
            case fx.Transcribe():
                self._transcribe(effect)
            case fx.Judge():
                complete, self.verdicts = self.verdicts[0], self.verdicts[1:] or self.verdicts
                judged = Judged(
                    at=self.now + self.engine_seconds,
                    turn=effect.turn,
                    revision=effect.revision,
                    complete=complete,
                )
                self._later(judged)

    def _cut_off(self, until: float, *, deaf: bool = True) -> None:
        """Nothing is heard any more; with `deaf`, nothing is played either."""
        lost = (
            (SpeechStarted, Pause, Resumed, Lull, PromptEnded)
            if deaf
            else (SpeechStarted, Pause, Resumed, Lull)
        )
        coming = [event for *_, event in self._coming if not isinstance(event, lost)]
        self._coming.clear()
        for event in coming:
            self._later(replace(event, at=max(event.at, until)))
        self._sounding, self._said_until = False, 0.0
        self.deaf = self.deaf or deaf

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

    def _spot(self, job: fx.Transcribe) -> None:
        inside = [s for s in self._said_over if s[0] >= job.start - 1e-6 and s[1] <= job.end + 1e-6]
        text = " ".join(text for *_, text, _ in inside)
        hinted = " ".join(hinted for *_, hinted in inside)
        at = self.now + self.engine_seconds
        self._later(HeardOver(at=at, revision=job.revision, text=text, hinted=hinted))

    def _later(self, event: Event) -> None:
        heapq.heappush(self._coming, (event.at, next(self._order), event))

    def _due(self) -> float | None:
        times = [at for at in (self.wake, self._coming[0][0] if self._coming else None) if at is not None]
        return min(times) if times else None

    def _step(self) -> None:
        if self.wake is not None and (not self._coming or self.wake < self._coming[0][0]):
            at, self.wake = self.wake, None
            self._ticks = [*self._ticks[-99:], self.now]
            assert len(self._ticks) < 100 or self._ticks[0] < self.now, "the evening turns on the spot"
            self.feed(Tick(at=max(self.now, at)))
        else:
            self.feed(heapq.heappop(self._coming)[2])


__all__ = ["Line", "Quiet", "Sofa", "consented", "program", "question"]
