"""What comes in at the microphone, as the machine wants to know it: speech while the ears are open, signs of life."""

from __future__ import annotations

from collections.abc import Iterator

from voice_guide.audio.ports import Block
from voice_guide.audio.vitals import Muted, Stirred, Unmuted, Vitals
from voice_guide.hearing.ears import Ears, Frame
from voice_guide.hearing.overhearing import Overhearing
from voice_guide.hearing.segmenter import Segmenter
from voice_guide.session import events
from voice_guide.session.events import Event


class Attention:
    """Ears that are open or closed; a stream that is opened anew needs a new one."""

    def __init__(self, ears: Ears, vitals: Vitals, over: Overhearing | None = None) -> None:
        self._ears = ears
        self._vitals = vitals
        self.over = over
        """What hears while the guide speaks, if anything can."""
        self._segmenter = Segmenter()
        self._open = False

    def after(self, before: Attention, at: float) -> Attention:
        """These ears, open or closed as those of the stream before were, from this moment on."""
        self._open = before._open
        self._segmenter.reset(at)
        return self

    def open(self, at: float) -> None:
        """Report speech that begins after this moment, seconds."""
        self._open = True
        self._segmenter.reset(at)
        if self.over is not None:
            self.over.end()

    def close(self, at: float) -> None:
        """Report no speech from this moment on."""
        self._open = False
        self._segmenter.reset(at)
        if self.over is not None:
            self.over.begin(at)

    def feed(self, block: Block) -> Iterator[tuple[Frame, list[Event]]]:
        """The frames that this block completes, and what each brings to light."""
        frames = self._ears.feed(block)
        if self.over is not None and frames:
            self.over.arrived(frames[-1].at, block.came)
        for frame in frames:
            speech = self._segmenter.feed(frame.at, frame.probability)
            spoken: list[Event] = [speech] if speech is not None and self._open else []
            yield frame, spoken + self._said_over(frame) + self._signs(frame)

    def _said_over(self, frame: Frame) -> list[Event]:
        found = None if self.over is None else self.over.feed(frame.samples, frame.at)
        return [] if found is None else [found]

    def _signs(self, frame: Frame) -> list[Event]:
        """While the ears are closed the guide itself makes sounds."""
        found: list[Event] = []
        for sign in self._vitals.feed(frame.level_dbfs, frame.at):
            match sign:
                case Muted(at, _, ever_heard):
                    found.append(events.Muted(at=at, always=not ever_heard))
                case Unmuted(at):
                    found.append(events.Unmuted(at=at))
                case Stirred(at) if self._open:
                    found.append(events.Stirred(at=at))
        return found
