"""Performs the machine's effects with ears, a voice and a notebook, and feeds it what happens.

One inbox, one consumer: everything here runs on the main thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from voice_guide.afterwards import hear_the_rest
from voice_guide.attending import Attending
from voice_guide.audio.ports import Block
from voice_guide.errors import ModelError, VoiceGuideError
from voice_guide.found import found_event
from voice_guide.inbox import (
    DeviceMoved,
    DevicesBack,
    Item,
    KeyPressed,
    LineTyped,
    Nothing,
    PlaybackEnded,
    SignalCame,
    Typing,
)
from voice_guide.jobs import (
    HeardAgain,
    LoadFailed,
    Rendered,
    RenderFailed,
    Result,
    Transcribed,
    TranscriptionFailed,
    TurnJudged,
)  # fmt: skip
from voice_guide.links import Links
from voice_guide.screen.listener import Listener
from voice_guide.scribe import Scribe
from voice_guide.session import effects as fx
from voice_guide.session import events as ev
from voice_guide.session.machine import advance
from voice_guide.session.phases import Phase
from voice_guide.session.state import Session
from voice_guide.stage import Stage
from voice_guide.voicing import TONE, Voicing

_TAKE_TIMEOUT = 0.1

_HELD_WHILE_WAITING = 1.5
"""Seconds of sound that are held while the guide only waits for a command: enough for its beginning."""


class Runner:
    """Runs one evening from `Begin` to `Finish`."""

    def __init__(self, session: Session, stage: Stage, listeners: Sequence[Listener]) -> None:
        self._session = session
        self._stage = stage
        self._listeners = listeners
        self._links = Links(stage)
        self._ears = Attending(stage)
        self._voicing = Voicing(stage, session.voice.loudness)
        self._scribe = Scribe(stage.open_notebook, self._feed, self._let_know, stage.again)
        self._dealt_with = 0.0
        """The time up to which everything that happened has been taken out of the inbox."""
        self._wake: float | None = None
        self._finished: str | None = None
        self._started = False

    def run(self) -> str:
        """The whole evening; returns why it ended. Raises DeviceError if it cannot go on, ModelError."""
        with contextlib.ExitStack() as leaving:  # last in, first out; each of them, whatever another raises
            if self._stage.again is not None:
                leaving.callback(self._stage.again.second_pass.stop)
            leaving.callback(self._scribe.let_go)
            finished = self._listen_to_the_end()
            if finished != "interrupted":
                hear_the_rest(self._scribe, self._stage.inbox, self._tell)
        return finished

    def _listen_to_the_end(self) -> str:
        stage = self._stage
        with contextlib.ExitStack() as leaving:
            for leave in (self._ears.forget, stage.worker.stop, stage.lifeline.stop):
                leaving.callback(leave)
            stage.worker.start()
            self._links.open()
            while self._finished is None:
                item, slept = self._links.take(_TAKE_TIMEOUT)
                if slept:
                    self._woke_up(slept)
                self._handle(item)
                self._look_out(waited=isinstance(item, Nothing))
        return self._finished

    @property
    def _now(self) -> float:
        return self._stage.clock.now()

    # --- what happens

    def _handle(self, item: Item | Nothing) -> None:
        match item:
            case Block():
                self._listen(item)
            case PlaybackEnded(id):
                if id != TONE:
                    self._voicing.ended()
                    self._feed(ev.PromptEnded(at=self._now, prompt=id))
            case SignalCame(name):
                self._feed(ev.Interrupted(at=self._now, signal=name))
            case DeviceMoved() | DevicesBack():
                self._devices(item)
            case KeyPressed() | Typing() | LineTyped():
                self._by_hand(item)
            case Nothing():
                self._dealt_with = self._now
                self._wake_if_due(self._now)
            case _:
                self._worked(item)

    def _worked(self, result: Result) -> None:
        match result:
            case Transcribed() | TranscriptionFailed() | TurnJudged():
                self._feed(found_event(result, self._now))
            case HeardAgain():
                self._scribe.improve(result)
            case Rendered(prompt, sound):
                self._voicing.rendered(prompt, sound)
            case RenderFailed(prompt, what):
                self._unspoken(prompt, what)
            case LoadFailed(error):
                self._break_off(error)

    def _listen(self, block: Block) -> None:
        self._links.heard()
        for frame, events in self._ears.attention.feed(block):
            self._stage.clock.frame(frame.at)
            self._dealt_with = frame.at
            self._stage.on_level(frame.level_dbfs)
            if not self._started:
                self._started = True
                self._feed(ev.Begin(at=frame.at))
            for event in events:
                self._feed(event)
            self._wake_if_due(frame.at)
        if self._session.phase is Phase.WAITING and self._session.spot is None:
            self._stage.memory.forget(self._now - _HELD_WHILE_WAITING)
        for name, fields in self._links.losses().items():  # counted, and shown
            self._tell(name, **fields)

    def _wake_if_due(self, now: float) -> None:
        if self._wake is not None and now >= self._wake:
            self._wake = None
            self._feed(ev.Tick(at=now))

    def _by_hand(self, item: KeyPressed | Typing | LineTyped) -> None:
        if not self._started:
            return  # nobody is asked yet, and nothing sounds
        match item:
            case KeyPressed(None):
                self._feed(ev.Touched(at=self._now))
            case KeyPressed(command) if command is not None:
                self._feed(ev.Pressed(at=self._now, command=command))
            case Typing():
                self._feed(ev.Typing(at=self._now))
            case LineTyped(text):
                self._feed(ev.Typed(at=self._now, text=text))

    # --- what goes wrong

    def _look_out(self, *, waited: bool) -> None:
        """A device that went away takes what is waited for with it: better told than waited for."""
        if self._finished is not None:
            return
        now = self._now  # asked for after each item, so that the clock sees how long a slow one took
        # A prompt's end may wait in the inbox behind a minute of sound.
        lost = self._links.lost(overdue=self._voicing.overdue(self._dealt_with), waited=waited)
        if lost is None:
            return
        if not self._started:
            self._break_off(lost.error)
        self._voicing.ended()
        self._feed(ev.DeviceLost(at=now, what=lost.what))

    def _devices(self, found: DeviceMoved | DevicesBack) -> None:
        """One of them hangs elsewhere; or there are new streams, perhaps at another rate: new ears for them."""
        if isinstance(found, DeviceMoved):
            self._links.moved(found.what)
            return
        self._links.back()
        self._voicing.through(found.speaker)
        self._ears.renew(found.microphone.rate, self._now)
        self._feed(ev.DeviceBack(at=self._now))

    def _woke_up(self, slept: float) -> None:
        """The sound of that time is lost: new ears, at the time that it is now."""
        self._ears.wake(self._now)
        if self._started:
            self._feed(ev.Suspended(at=self._now, seconds=slept))

    def _unspoken(self, prompt: int, what: str) -> None:
        if self._voicing.mute_from_the_start:
            self._break_off(ModelError(f"The guide cannot speak: {what}.", "run voice-guide models verify"))
        self._tell("failed", what=what, hint="the prompt stands on the screen")
        self._feed(ev.PromptEnded(at=self._now, prompt=prompt))

    def _break_off(self, error: VoiceGuideError) -> None:
        """End an evening that cannot go on; the words that are known reach the record first."""
        if self._started and self._finished is None:
            self._feed(ev.Interrupted(at=self._now, signal="device"))
        raise error

    # --- what the machine asks for

    def _feed(self, event: ev.Event) -> None:
        self._session, effects = advance(self._session, event)
        for effect in effects:
            self._perform(effect, event.at)

    def _perform(self, effect: fx.Effect, at: float) -> None:
        match effect:
            case fx.Tell():
                self._let_know(effect)
            case fx.Speak() | fx.PlayTone() | fx.Hush() | fx.SetVoice():
                self._voicing.perform(effect)
            case (
                fx.OpenEars() | fx.CloseEars() | fx.Transcribe() | fx.Judge() | fx.LearnVoice() | fx.Forget()
            ):
                self._ears.perform(effect, at)
            case fx.WakeAt(at=wake):
                self._wake = wake
            case fx.Reconnect():
                self._links.search()
            case fx.Choose(name=name, resume=resume):
                self._feed(ev.Chosen(at=at, program=self._stage.open_exercise(name, resume)))
            case fx.Finish(reason=reason):
                self._finished = reason
            case _:
                self._scribe.perform(effect, at)

    def _tell(self, name: str, **fields: object) -> None:
        self._let_know(fx.Tell(name=name, fields=fields))

    def _let_know(self, tell: fx.Tell) -> None:
        for listener in self._listeners:
            listener(self._session.now, tell)  # the machine's time, which never runs backwards
