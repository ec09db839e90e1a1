"""Performs what the machine asks of ears and of the sound in memory."""

from __future__ import annotations

from voice_guide.session import effects as fx
from voice_guide.sound import RATE, silence
from voice_guide.stage import Stage


class Attending:
    """The ears of one evening; `attention` is new after each loss of the microphone."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.attention = stage.attention(stage.lifeline.microphone.rate, 0.0)

    def renew(self, rate: int, at: float) -> None:
        """There is a new microphone of `rate` Hertz."""
        self.attention = self._stage.attention(rate, at)

    def wake(self, at: float) -> None:
        """The sound of the time before `at` is lost, and the ears are as open as they were."""
        fresh = self._stage.attention(self._stage.lifeline.microphone.rate, at)
        self.attention = fresh.after(self.attention, at)

    def forget(self) -> None:
        """Drop all sound: the evening is over."""
        self._stage.memory.clear()
        if self.attention.over is not None:
            self.attention.over.forget()

    def perform(self, effect: fx.ForEars, at: float) -> None:
        """Do it; engines answer through the inbox."""
        memory, worker = self._stage.memory, self._stage.worker
        match effect:
            case fx.OpenEars(at=opened):
                self.attention.open(opened)
            case fx.CloseEars():
                self.attention.close(at)
            case fx.Transcribe(start=start, end=end, over=True):
                over = self.attention.over
                worker.transcribe(effect, silence(0, RATE) if over is None else over.span(start, end))
            case fx.Transcribe(start=start, end=end):
                worker.transcribe(effect, memory.span(start, end), memory.clearness(start, end))
            case fx.Judge(start=start, end=end):
                worker.judge(effect, memory.span(start, end))
            case fx.LearnVoice(who=who, start=start, end=end):
                worker.learn(who, memory.span(start, end))
            case fx.Forget(before=before):
                memory.forget(before)
