"""Adapters that insist on being used in the right order, and a house in which virtual time passes for them.

The sound of this house is its time: each sample of frame k is k * 2**-20, so that whoever gets a span of
sound can tell from when to when it was heard, and which words were said in it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tests.session.sofa import program
from voice_guide.audio.ports import Block, Revived, Tally
from voice_guide.audio.vitals import Vitals
from voice_guide.clock import Clock
from voice_guide.errors import StorageError, VoiceGuideError
from voice_guide.exercise.flat import FlatStep
from voice_guide.hearing.attention import Attention
from voice_guide.hearing.ears import Ears
from voice_guide.hearing.memory import SoundMemory
from voice_guide.inbox import NOTHING, Item, Nothing, SignalCame
from voice_guide.jobs import HeardAgain
from voice_guide.runner import Runner
from voice_guide.session import effects as fx
from voice_guide.session.frame import framed
from voice_guide.session.machine import begin
from voice_guide.session.tones import Tone
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples, Sound, silence
from voice_guide.stage import Again, Stage
from voice_guide.worker import Worker

_STEP = 2.0**-20

Words = tuple[float, float, str]
"""Something said: so many seconds from now, for so long, in these words."""


@dataclass(frozen=True)
class Found:
    """What the fake transcriber heard."""

    text: str
    speech: bool = True
    hinted: str = ""
    doubtful: bool = False


class House:
    """Time, air, and an inbox: everything of an evening that is not under test."""

    def __init__(self) -> None:
        self.disk_takes = 0.0
        """Seconds for each line of the record."""
        self.opening_takes = 0.0
        """Seconds until the loudspeaker is open."""
        self.playing_takes = 0.0
        """Seconds until the loudspeaker has taken the next sound; it plays meanwhile."""
        self.swallows = False
        """The loudspeaker never plays what it is given next, without a word."""
        self.order: list[str] = []
        """What the adapters were asked to do, in order."""
        self.said: list[tuple[float, float, str]] = []
        """From, to, words; seconds of the evening."""
        self.sounds: deque[tuple[int, int, str]] = deque()
        """What the loudspeaker plays or will play: id, frames left, and `sound` or `fading`."""
        self.playing: list[tuple[float, int]] = []
        """Each frame of a prompt: when, and its id."""
        self.lost: list[tuple[int, int]] = []
        """Frames from and to which no block brings."""
        self.quiet_from: float | None = None
        """When the microphone stops to deliver, without a word."""
        self.quiet_for = 0.0
        """Seconds for which it delivers nothing from now on, and then goes on as if nothing had been."""
        self.deliver: Callable[[Block], None] | None = None
        self.ended: Callable[[int], None] | None = None
        self.idle: Callable[[], bool] = lambda: True
        self._frame = 0
        self._monotonic = 0.0
        self._inbox: queue.SimpleQueue[Item] = queue.SimpleQueue()

    @property
    def now(self) -> float:
        """Seconds since the evening began."""
        return self._frame * FRAME_SECONDS

    def monotonic(self) -> float:
        """The machine's clock; it goes on when no sound comes."""
        return self._monotonic

    def stall(self, seconds: float) -> None:
        """The main thread is held up, by a slow disk, while the evening goes on and its sound waits."""
        for _ in range(round(seconds / FRAME_SECONDS)):
            self._monotonic += FRAME_SECONDS
            if self.deliver is not None:
                self._sound()

    def put(self, item: Item) -> None:
        """Add an item, from any thread."""
        self._inbox.put(item)

    def take(self, timeout: float) -> Item | Nothing:
        """What waits; else what the engines are working on; else 32 ms of the evening."""
        until = time.monotonic() + 30.0
        while not self.idle():
            # Perhaps it has answered, the answer was taken, and it was held up before it could say that it is idle.
            try:
                return self._inbox.get(timeout=0.02)
            except queue.Empty:
                assert time.monotonic() < until, "the worker never answered"
        try:
            return self._inbox.get_nowait()
        except queue.Empty:
            self._pass(timeout)
            return NOTHING

    def _pass(self, timeout: float) -> None:
        assert self._frame < 60_000, "half an hour: this evening goes nowhere"
        if self.quiet_from is not None and self.now >= self.quiet_from:
            for _ in range(round(timeout / FRAME_SECONDS)):  # the room goes on, unheard
                self._frame += 1
                self._monotonic += FRAME_SECONDS
                self._play()
            return
        silent = self.quiet_for > 0
        self.quiet_for -= timeout
        self._monotonic += timeout if silent else FRAME_SECONDS
        if not silent:
            self._sound()

    def _sound(self) -> None:
        frame, self._frame = self._frame, self._frame + 1
        if self.deliver is not None and not any(a <= frame < b for a, b in self.lost):
            self.deliver(Block(frame * FRAME, np.full(FRAME, (frame + 1) * _STEP, dtype=np.float32)))
        self._play()

    def _play(self) -> None:
        if not self.sounds:
            return
        id, left, kind = self.sounds.popleft()
        if id:
            self.playing.append((self.now, id))
        if left > 1:
            self.sounds.appendleft((id, left - 1, kind))
        elif kind == "sound" and self.ended is not None:
            self.ended(id)

    def speech_at(self, at: float) -> bool:
        """Whether somebody speaks in the frame that ends then."""
        return any(start < at and at - FRAME_SECONDS < end for start, end, _ in self.said)


class FakeDetector:
    """Calls a frame speech if the house says that somebody speaks."""

    def __init__(self, house: House, start_at: float = 0.0) -> None:
        self._house = house
        self._heard = round(start_at / FRAME_SECONDS)

    def probability(self, frame: Samples) -> float:
        """Probability of speech; a frame that was lost is silent."""
        self._heard += 1
        return 0.95 if frame.any() and self._house.speech_at(self._heard * FRAME_SECONDS) else 0.02


class FakeMicrophone:
    """Delivers between start and stop, and never else."""

    rate = RATE

    def __init__(self, house: House, error: VoiceGuideError | None = None) -> None:
        self._house = house
        self._error = error
        self._stopped = False
        self.failure: Exception | None = None

    def start(self, deliver: Callable[[Block], None]) -> None:
        """Begin, once."""
        assert self._house.deliver is None and not self._stopped, "microphone started twice"
        self._house.order.append("microphone.start")
        if self._error is not None:
            raise self._error
        self._house.deliver = deliver

    def stop(self) -> None:
        """End, once."""
        assert not self._stopped, "microphone stopped twice"
        self._stopped = True
        self._house.order.append("microphone.stop")
        self._house.deliver = None


class FakeSpeaker:
    """Plays between start and stop, and never else."""

    def __init__(self, house: House, error: VoiceGuideError | None = None) -> None:
        self._house = house
        self._error = error
        self._stopped = False
        self.failure: Exception | None = None
        self.rate = RATE
        self.volume = 1.0

    def start(self, ended: Callable[[int], None]) -> None:
        """Begin, once."""
        assert self._house.ended is None and not self._stopped, "speaker started twice"
        self._house.order.append("speaker.start")
        self._house.stall(self._house.opening_takes)
        if self._error is not None:
            raise self._error
        self._house.ended = ended

    def play(self, id: int, sound: Sound) -> None:
        """Queue a sound."""
        assert self._house.ended is not None, "play before start or after stop"
        assert sound.seconds > 0, "a sound of no length"
        swallowed, self._house.swallows = self._house.swallows, False
        if not swallowed:
            self._house.sounds.append((id, max(1, round(sound.seconds / FRAME_SECONDS)), "sound"))
        seconds, self._house.playing_takes = self._house.playing_takes, 0.0
        self._house.stall(seconds)

    def fade(self) -> None:
        """Fall silent within 0.1 s."""
        assert self._house.ended is not None, "fade before start or after stop"
        playing = list(self._house.sounds)[:1]
        self._house.sounds.clear()
        self._house.sounds.extend((id, min(3, left), "fading") for id, left, _ in playing)

    def stop(self) -> None:
        """End, once."""
        assert not self._stopped, "speaker stopped twice"
        self._stopped = True
        self._house.order.append("speaker.stop")
        self._house.ended = None


class FakeLine:
    """Microphone and loudspeaker; what was lost is found again at the first attempt."""

    def __init__(self, house: House, microphone: FakeMicrophone, speaker: FakeSpeaker) -> None:
        self._house = house
        self.microphone = microphone
        self.speaker = speaker
        self.tally = Tally()

    def start(self, deliver: Callable[[Block], None], ended: Callable[[int], None]) -> None:
        """Open both."""
        self._deliver, self._ended = deliver, ended
        self.speaker.start(ended)
        self.microphone.start(deliver)

    def reopen(self, found: Callable[[Revived], None]) -> None:
        """Close both, and find both."""
        self._house.order.append("reopen")
        self.stop()
        self._house.quiet_from = None
        self.microphone, self.speaker = FakeMicrophone(self._house), FakeSpeaker(self._house)
        found(self)
        self.start(self._deliver, self._ended)

    def stop(self) -> None:
        """Close both."""
        self.microphone.stop()
        self.speaker.stop()


class FakeTranscriber:
    """Knows what was said, and takes down only what lies wholly in the span that it is given."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.spans: list[tuple[float, float]] = []
        """From and to, seconds of the evening, of each span; silence at its ends left out."""
        self.error: Exception | None = None

    def spot(self, samples: Samples) -> Found:
        """What was said over the guide's voice."""
        return self.transcribe(samples)

    def transcribe(self, samples: Samples, clear: float = 1.0) -> Found:
        """The words in these samples."""
        del clear
        frames = np.rint(samples[samples != 0] / _STEP)
        assert len(frames), "a span without any sound was asked for"
        start, end = (float(frames[0]) - 1) * FRAME_SECONDS, float(frames[-1]) * FRAME_SECONDS
        self.spans.append((start, end))
        if self.error is not None:
            raise self.error
        edge = FRAME_SECONDS + 1e-6
        inside = [text for a, b, text in self._house.said if a >= start - edge and b <= end + edge]
        return Found(" ".join(inside))


class FakeRenderer:
    """Half a second for each sentence."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def render(self, sentences: tuple[str, ...], pace: float = 1.0, *, keep: bool = True) -> Sound:
        """The sentences as silence."""
        del pace, keep
        if self.error is not None:
            raise self.error
        return Sound(silence(0.5 * len(sentences), RATE), RATE)

    def prepare(self, sentences: tuple[str, ...], pace: float) -> None:
        """Render them, for nobody."""
        self.render(sentences, pace)


class FakeSecondPass:
    """Knows the lines that it is to hear again, and answers when a test says so."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.waiting: dict[int, float] = {}
        """Seconds of sound for each line."""
        self.stopped = False

    def add(self, seq: int, samples: Samples, clear: float) -> None:
        """Wait with it."""
        assert not self.stopped, "a line after the end"
        assert samples.any(), "a line without any sound"
        assert 0 <= clear <= 1
        self.waiting[seq] = len(samples) / RATE

    def drop(self, seqs: Collection[int]) -> None:
        """Forget these."""
        for seq in seqs:
            self.waiting.pop(seq, None)

    def clear(self) -> None:
        """Forget all."""
        self.waiting.clear()

    @property
    def left(self) -> int:
        """Lines without an answer."""
        return len(self.waiting)

    def answer(self, seq: int, text: str | None, sure: tuple[int, ...] = ()) -> None:
        """This is what it heard."""
        del self.waiting[seq]
        self._house.put(HeardAgain(seq, text, sure))

    def stop(self) -> None:
        """End, once."""
        assert not self.stopped, "stopped twice"
        self._house.order.append("second_pass.stop")
        self.stopped = True
        self.clear()


class FakeNotebook:
    """A record that is written while it is open, and ended once."""

    def __init__(self, house: House, errors: dict[str, Exception]) -> None:
        self._house = house
        self._errors = errors
        self.lines: dict[int, fx.Record] = {}
        self.sure: dict[int, tuple[int, ...]] = {}
        self.ending = ""
        self.released = False
        """Nothing can be done with it any more; after its end lines can still be improved before that."""
        self._do("open")

    def append(self, line: fx.Record) -> int:
        """Keep a line."""
        self._house.stall(self._house.disk_takes)
        self._do("append")
        seq = max(self.lines, default=0) + 1
        self.lines[seq] = line
        return seq

    def strike(self, turns: Collection[int]) -> Sequence[int]:
        """Remove lines."""
        self._do("strike")
        struck = [seq for seq, line in self.lines.items() if line.turn in turns]
        for seq in struck:
            del self.lines[seq]
        return struck

    def improve(self, seq: int, text: str, sure: tuple[int, ...]) -> bool:
        """Put better words in a line's place, also after the end."""
        self._do("improve")
        if seq not in self.lines:
            return False
        self.lines[seq] = replace(self.lines[seq], text=text)
        self.sure[seq] = sure
        return True

    def close(self, kept: bool, reason: str) -> None:
        """End it."""
        self._do("close")
        self.ending = f"kept, {reason}" if kept else f"open, {reason}"

    def discard(self) -> None:
        """Delete it."""
        self._do("discard")
        self.lines.clear()
        self.ending = "discarded"

    def abandon(self) -> None:
        """Leave it as it is."""
        self._do("abandon")
        self.ending = self.ending or "abandoned"
        self.released = True

    def texts(self) -> list[tuple[str, str]]:
        """Who said what."""
        return [(line.who, line.text) for line in self.lines.values()]

    def _do(self, name: str) -> None:
        late = name in ("improve", "abandon") and self.ending != "discarded"
        assert not self.ending or late, f"{name} after the record was {self.ending}"
        assert not self.released, f"{name} after it was let go"
        self._house.order.append(f"notebook.{name}")
        if name in self._errors:
            raise self._errors[name]


def _never_ready(sentences: tuple[str, ...], pace: float) -> Sound | None:
    del sentences, pace
    return None


def _tone(tone: Tone) -> Sound:
    del tone
    return Sound(silence(0.3, RATE), RATE)


REFUSED = StorageError("The disk is full.", "make room")


@dataclass
class Evening:
    """A whole evening: the real runner, worker, ears and machine, and fakes for all that is hardware."""

    steps: Sequence[FlatStep]
    words: dict[str, list[list[Words]]] = field(default_factory=dict)
    """What is said at a step, by its id: an item for each time that the guide listens there."""
    errors: dict[str, Exception] = field(default_factory=dict)
    """What the notebook raises, by method; `open` too."""
    signal_at: str = ""
    """The event at which SIGTERM comes."""
    signal_step: str = ""
    microphone_error: VoiceGuideError | None = None
    speaker_error: VoiceGuideError | None = None
    speaker_failure: Exception | None = None

    def __post_init__(self) -> None:
        self.house = House()
        self.transcriber = FakeTranscriber(self.house)
        self.renderer = FakeRenderer()
        self.load_error: Exception | None = None
        self.notebooks: list[FakeNotebook] = []
        self.again: Again | None = None
        """What hears again; set before it is played."""
        self.told: list[tuple[float, str, dict[str, Any]]] = []
        self.memory = SoundMemory()
        self.after: Callable[[str], object] = str
        """Called for each event that is told."""
        self.speeds: list[float] = []
        self._step = ""

    def run(self) -> str:
        """Play it; returns why it ended."""
        house = self.house
        worker = Worker(self._load, self.renderer, house.put)
        house.idle = lambda: worker.idle
        self.microphone = FakeMicrophone(house, self.microphone_error)
        self.speaker = FakeSpeaker(house, self.speaker_error)
        self.speaker.failure = self.speaker_failure
        self.line = FakeLine(house, self.microphone, self.speaker)
        stage = Stage(
            lifeline=self.line,
            attention=lambda rate, at: Attention(
                Ears(rate, FakeDetector(house, at), self.memory, at), Vitals()
            ),
            memory=self.memory,
            worker=worker,
            prompt_ready=_never_ready,
            tone=_tone,
            set_speed=self.speeds.append,
            open_exercise=lambda *_: framed(program(*self.steps), protected=True, greeted=True),
            open_notebook=self._open,
            inbox=house,
            clock=Clock(house.monotonic),
            again=self.again,
        )
        session = begin(framed(program(*self.steps), protected=True))
        try:
            return Runner(session, stage, [self._listen]).run()
        finally:
            alive = [thread.name for thread in threading.enumerate() if thread.name == "engines"]
            assert not alive, "the worker outlived the evening"

    def names(self) -> list[str]:
        """What was told, names only."""
        return [name for _, name, _ in self.told]

    def all(self, name: str) -> list[dict[str, Any]]:
        """Every event of this name."""
        return [{"at": at, **fields} for at, told, fields in self.told if told == name]

    def prompts(self) -> list[str]:
        """All that the guide has said."""
        return [fields["text"] for fields in self.all("prompt")]

    @property
    def notebook(self) -> FakeNotebook:
        """The one record of the evening."""
        (notebook,) = self.notebooks
        return notebook

    def _load(self) -> FakeTranscriber:
        if self.load_error is not None:
            raise self.load_error
        return self.transcriber

    def _open(self) -> FakeNotebook:
        notebook = FakeNotebook(self.house, self.errors)
        self.notebooks.append(notebook)
        return notebook

    def _listen(self, at: float, tell: fx.Tell) -> None:
        fields = dict(tell.fields)
        self.told.append((at, tell.name, fields))
        if tell.name == "step":
            self._step = str(fields["id"])
        if tell.name == "listening":
            self._answer(fields["answer"] == "yes-no")
        if tell.name == self.signal_at and (not self.signal_step or self._step == self.signal_step):
            self.house.put(SignalCame("SIGTERM"))
        self.after(tell.name)

    def _answer(self, yes: bool) -> None:
        prepared = self.words.get(self._step)
        words = prepared.pop(0) if prepared else [(0.5, 0.6, "Yes." if yes else "Rain.")]
        now = self.house.now
        self.house.said += [(now + after, now + after + seconds, text) for after, seconds, text in words]
