"""`rehearse --text`: machine and program on a virtual clock, without a single sound."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence

from voice_guide.exercise.flat import Program
from voice_guide.exercise.sentences import estimated_seconds, sentences
from voice_guide.rehearsal.answers import Couple, Reply
from voice_guide.rehearsal.cues import Cues
from voice_guide.screen.listener import Listener
from voice_guide.session import effects as fx
from voice_guide.session.events import (
    Begin,
    Event,
    Heard,
    Pause,
    PromptEnded,
    RecordDone,
    Resumed,
    SpeechStarted,
    Stirred,
    Tick,
)
from voice_guide.session.machine import advance, begin

_ONSET, _PAUSE = 0.13, 0.32
"""What the segmenter needs to be sure."""
_VOICE = (SpeechStarted, Pause, Resumed, Stirred)
_ENGINE = 0.4
"""Seconds that a transcription takes."""


class Paper:
    """Plays an evening in virtual time; what happens is told to `listeners`."""

    def __init__(self, program: Program, couple: Couple, listeners: Sequence[Listener]) -> None:
        self._session = begin(program)
        self._cues = Cues(program, couple)
        self._listeners = listeners
        self._order = itertools.count()
        self._coming: list[tuple[float, int, Event]] = []
        self._wake: float | None = None
        self._ears_open = False
        self._said: list[tuple[float, float, str]] = []
        self._lines: list[int] = []
        self._now = 0.0
        self._finished = ""

    def run(self) -> str:
        """The whole evening; returns why it ended."""
        self._feed(Begin(at=0.0))
        while not self._finished:
            self._feed(self._next())
        return self._finished

    def _next(self) -> Event:
        due = self._coming[0][0] if self._coming else None
        if self._wake is not None and (due is None or self._wake < due):
            wake, self._wake = self._wake, None
            return Tick(at=max(self._now, wake))
        if due is None:
            raise RuntimeError("the evening waits for nothing; this is a bug")
        return heapq.heappop(self._coming)[2]

    def _feed(self, event: Event) -> None:
        self._now = event.at
        if isinstance(event, _VOICE) and not self._ears_open:
            return
        self._session, effects = advance(self._session, event)
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect: fx.Effect) -> None:
        match effect:
            case fx.Tell():
                self._tell(effect)
            case fx.Speak(prompt=prompt, sentences=spoken):
                seconds = sum(estimated_seconds(sentence) for sentence in spoken)
                self._later(PromptEnded(at=self._now + seconds, prompt=prompt))
            case fx.OpenEars():
                self._ears_open = True
            case fx.CloseEars():
                self._ears_open = False
            case fx.Transcribe():
                self._later(self._heard(effect))
            case fx.WakeAt(at=wake):
                self._wake = wake
            case fx.Record(turn=turn):
                self._lines.append(turn)
                self._tell(fx.Tell(name="kept", fields={"seq": len(self._lines)}))
            case fx.Strike(turns=turns):
                for seq in [n for n, turn in enumerate(self._lines, 1) if turn in turns]:
                    self._tell(fx.Tell(name="struck", fields={"seq": seq}))
                self._feed(RecordDone(at=self._now))
            case fx.CloseRecord() | fx.DiscardRecord():
                self._feed(RecordDone(at=self._now))
            case fx.Finish(reason=reason):
                self._finished = reason

    def _tell(self, tell: fx.Tell) -> None:
        for listener in self._listeners:
            listener(self._now, tell)
        due = self._cues.reply(tell)
        if due is not None:
            self._say(due[1])

    def _say(self, reply: Reply) -> None:
        """Somebody speaks, sentence by sentence; what they were about to say before, they do not say."""
        self._coming = [each for each in self._coming if not isinstance(each[2], _VOICE)]
        heapq.heapify(self._coming)
        self._said = [said for said in self._said if said[1] <= self._now]
        at = self._now + reply.after
        text = reply.text or f"(a recording: {reply.sound.name if reply.sound else 'none'})"
        for number, sentence in enumerate(sentences(text)):
            end = at + max(0.4, estimated_seconds(sentence) - 0.1)
            kind = Resumed if number else SpeechStarted
            self._later(kind(at=at + _ONSET, since=at))
            self._later(Pause(at=end + _PAUSE, since=end))
            self._said.append((at, end, sentence))
            if reply.tears:
                self._later(Stirred(at=end + reply.breath / 2))
            at = end + reply.breath

    def _heard(self, job: fx.Transcribe) -> Heard:
        text = " ".join(said for start, end, said in self._said if start >= job.start and end <= job.end)
        return Heard(at=self._now + _ENGINE, turn=job.turn, revision=job.revision, text=text)

    def _later(self, event: Event) -> None:
        heapq.heappush(self._coming, (event.at, next(self._order), event))
