"""Being heard while the guide speaks: a path beside the ears on which only a word to the guide can be given.

Nothing that is said here is ever an answer: it does not reach the memory of sound that answers are cut from.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voice_guide.audio.played import Played
from voice_guide.hearing.ears import SpeechDetector
from voice_guide.hearing.echo import Subtractor, Suppressor
from voice_guide.hearing.memory import SoundMemory
from voice_guide.hearing.segmenter import Limits, Segmenter
from voice_guide.session.events import Pause, Resumed, SpeechStarted, SpokenOver
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples

LIMITS = Limits(speech=0.25, silence=0.15, onset=3, pause=6)
"""A word in 0.1 s, its end in 0.2 s. What WebRTC leaves of a voice is thin, and what it leaves of the guide is nothing:
half of Silero's own thresholds heard four of a hundred words more and no more of the guide."""

_HELD = 8.0  # seconds of sound: a word, and what the transcriber needs to get to it

_COMINGS = 150  # blocks whose times are compared

_FAINTEST = 0.1
"""Of the power of the guide's echo (-10 dB): what is fainter is what the filter left of it. Of 292 spans that were
taken for somebody while nobody spoke, four lay above it, and the nine that were taken for a command below -14 dB;
words at -26 dBFS lay above -4 dB where the leak was at -10 dB (sounds of tests.bench.over, tuning half)."""

_PLAYING = 1e-6  # power from which the loudspeaker is not silent
_RECENT = 0.01  # of a frame, in the mean power of the echo: the last three seconds count


class Overhearing:
    """One microphone stream beside its loudspeaker; a stream that is opened anew needs a new one."""

    def __init__(self, played: Played, suppressor: Suppressor, detector: SpeechDetector) -> None:
        self._played = played
        self._suppressor = suppressor
        self._subtractor = Subtractor()
        self._detector = detector
        self._segmenter = Segmenter(LIMITS)
        self._memory = SoundMemory(_HELD)
        self._late: deque[float] = deque(maxlen=_COMINGS)
        self._powers: deque[tuple[float, float]] = deque(maxlen=round(_HELD / FRAME_SECONDS))
        self._echo = 0.0
        self._guide_speaks = False
        self._since: float | None = None

    def begin(self, at: float) -> None:
        """The guide begins to speak."""
        self._played.align()
        self._segmenter.reset(at)
        self._since = None
        self._guide_speaks = True

    def end(self) -> None:
        """It has ended; a word that is under way is heard to its end."""
        self._guide_speaks = False

    def arrived(self, at: float, came: float) -> None:
        """The block whose last frame ended at `at` of the evening came at `came` of the driver's clock."""
        self._late.append(came - at)

    def feed(self, frame: Samples, at: float) -> SpokenOver | None:
        """The frame, shape (512,), that ended at `at`; tells of somebody who has said something meanwhile."""
        if not (self._guide_speaks or self._since is not None) or not self._late:
            return None
        heard_at = at - FRAME_SECONDS + min(self._late)  # the least late one knows best
        if not self._played.loud_at(heard_at) and self._since is None:
            return None
        far = self._played.span(heard_at, FRAME)
        rest = self._subtractor.feed(frame, far)
        self._memory.append(round(at * RATE) - FRAME, rest)
        self._weigh(frame, far, rest, at)
        clean = self._suppressor.feed(frame, far)
        return self._event(at, self._detector.probability(clean))

    def span(self, start: float, end: float) -> Samples:
        """What was heard from `start` to `end`, seconds, without most of the guide's voice; float32 at 16 kHz."""
        return self._memory.span(start, end)

    def forget(self) -> None:
        """Drop what was heard."""
        self._memory.clear()

    def _event(self, at: float, probability: float) -> SpokenOver | None:
        match self._segmenter.feed(at, probability):
            case SpeechStarted(since=since) | Resumed(since=since):
                self._since = since
            case Pause(since=until) if self._since is not None:
                since, self._since = self._since, None
                return SpokenOver(at=at, since=since, until=until) if self._loud(since, until) else None
        return None

    def _weigh(self, near: Samples, far: Samples, rest: Samples, at: float) -> None:
        """How loud is what is left, and how loud the echo was that is gone?"""
        self._powers.append((at, float(np.mean(rest**2))))
        if np.mean(far**2) > _PLAYING:
            self._echo += _RECENT * (float(np.mean((near - rest) ** 2)) - self._echo)

    def _loud(self, since: float, until: float) -> bool:
        """Whether what was heard is loud enough to be somebody's, beside the guide's echo."""
        powers = [power for at, power in self._powers if since < at <= until + FRAME_SECONDS]
        return float(np.mean(powers)) > _FAINTEST * self._echo if powers else False
