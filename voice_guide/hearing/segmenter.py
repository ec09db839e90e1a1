"""Speech probabilities of frames in, beginnings and pauses of speech out.

Pure: no clock, no sound; time comes with the frames.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from voice_guide.session.events import Lull, Pause, Resumed, SpeechStarted

SpeechEvent = SpeechStarted | Pause | Resumed | Lull

_ROUNDING = 1e-6  # seconds; times are sums of floats


@dataclass(frozen=True, slots=True)
class Limits:
    """When speech counts as begun, paused and gone on; all but the first three count frames."""

    frame_seconds: float = 0.032
    """Seconds of a frame: Silero's 512 samples at 16 kHz."""
    speech: float = 0.5
    """From this probability on, a frame is speech ..."""
    silence: float = 0.35
    """... and the frames after it stay so down to this one (Silero's own hysteresis)."""
    onset: int = 4
    """128 ms. "Yes", "no", "mm", "keep" gave 7 frames and more; synthetic clicks, knocks and coughs none."""
    pause: int = 10
    """0.32 s"""
    resume: int = 3
    """96 ms"""
    quiet: int = 2
    """64 ms: what separates an answer from speech that was under way when the ears opened."""
    lull: int = 625
    """20 s"""
    lull_window: int = 156
    """5 s"""


class _Phase(Enum):
    IDLE = auto()
    SPEAKING = auto()
    PAUSED = auto()


class Segmenter:
    """Says when somebody begins to speak, pauses, goes on, and has spoken long without a pause.

    It wants every frame, those heard while the ears are closed as well: they show whether speech was under
    way when the ears opened. After `reset` the order is always SpeechStarted, then Pause and Resumed in turn;
    Lull only while speech lasts. `since` is never before that of the event before, nor after its own `at`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._end = 0.0  # of the last frame
        self._voiced = 0  # frames of speech in a row, up to now
        self._unvoiced = self._limits.quiet - 1  # frames without, in a row: the first frame decides
        self.reset(0.0)

    def reset(self, at: float) -> None:
        """The ears open at `at`, seconds, or close: forget everything that was heard.

        Only what begins at or after `at` is reported, and if speech was under way at that moment - the
        guide's own, its echo, a partner who began too early - only what follows 64 ms of quiet.
        """
        self._open_at = at
        self._armed = False
        self._phase = _Phase.IDLE
        self._run_began = at
        self._piece_began = at
        self._speech_ended = at
        self._recent: deque[tuple[float, float]] = deque(maxlen=self._limits.lull_window)

    def feed(self, at: float, probability: float) -> SpeechEvent | None:
        """What the frame that ends at `at`, seconds, with this speech probability brings to light."""
        begin = at - self._limits.frame_seconds
        if begin > self._end + self._limits.frame_seconds / 2:
            # Frames are missing, so whether speech is under way is for this frame to say.
            self._unvoiced, self._voiced = self._limits.quiet - 1, 0
        self._end = at
        if begin >= self._open_at - _ROUNDING and self._unvoiced >= self._limits.quiet:
            self._armed = True
        self._count(begin, probability)
        if not self._armed:
            return None
        if self._phase is _Phase.SPEAKING:
            return self._while_speaking(at, probability)
        return self._while_silent(at, probability)

    def _count(self, begin: float, probability: float) -> None:
        voiced = probability >= (self._limits.silence if self._voiced else self._limits.speech)
        if voiced and not self._voiced:
            self._run_began = begin
        self._voiced = self._voiced + 1 if voiced else 0
        self._unvoiced = 0 if voiced else self._unvoiced + 1

    def _while_silent(self, at: float, probability: float) -> SpeechEvent | None:
        first = self._phase is _Phase.IDLE
        if self._voiced < (self._limits.onset if first else self._limits.resume):
            return None
        self._phase = _Phase.SPEAKING
        self._piece_began = self._run_began
        self._speech_ended = at
        self._recent.clear()
        self._recent.append((probability, at))
        return (SpeechStarted if first else Resumed)(at=at, since=self._run_began)

    def _while_speaking(self, at: float, probability: float) -> SpeechEvent | None:
        self._recent.append((probability, at))
        if self._unvoiced >= self._limits.pause:
            self._phase = _Phase.PAUSED
            return Pause(at=at, since=self._speech_ended)
        if not self._voiced:
            return None
        # Only a frame of speech brings a lull, so that a pause under way never lies before the cut.
        self._speech_ended = at
        if at - self._piece_began < self._limits.lull * self._limits.frame_seconds - _ROUNDING:
            return None
        _, self._piece_began = min(reversed(self._recent), key=lambda each: each[0])
        return Lull(at=at, since=self._piece_began)
