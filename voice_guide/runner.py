"""Performs the machine's effects with ears, a voice and a notebook, and feeds it what happens.

One inbox, one consumer: everything here runs on the main thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import NoReturn

from voice_guide.audio.ports import Block
from voice_guide.errors import DeviceError, KeyProblem, StorageError
from voice_guide.hearing.segmenter import Segmenter
from voice_guide.inbox import Item, Nothing, PlaybackEnded, SignalCame
from voice_guide.screen.listener import Listener
from voice_guide.session import effects as fx
from voice_guide.session.events import (
    Begin,
    EngineFailed,
    Event,
    Heard,
    Interrupted,
    PromptEnded,
    RecordDone,
    RecordFailed,
    Tick,
)
from voice_guide.session.machine import advance
from voice_guide.session.state import Session
from voice_guide.sound import Sound
from voice_guide.stage import Notebook, Stage
from voice_guide.worker import Rendered, RenderFailed, Transcribed, TranscriptionFailed

TONE = 0
"""The id of sounds whose end nobody waits for."""

LOST_AFTER = 5.0
"""Seconds without a block after which the microphone counts as gone."""

OVERDUE_AFTER = 8.0
"""Seconds after which a prompt that has not ended never will: the loudspeaker has stalled."""

_TAKE_TIMEOUT = 0.1


class Runner:
    """Runs one evening from `Begin` to `Finish`."""

    def __init__(self, session: Session, stage: Stage, listeners: Sequence[Listener]) -> None:
        self._session = session
        self._stage = stage
        self._listeners = listeners
        self._segmenter = Segmenter()
        self._ears_open = False
        self._wake: float | None = None
        self._notebook: Notebook | None = None
        self._waiting_for: int | None = None
        self._finished: str | None = None
        self._started = False
        self._overdue: float | None = None

    def run(self) -> str:
        """The whole evening; returns why it ended. Raises DeviceError if the microphone goes away for good."""
        stage = self._stage
        with contextlib.ExitStack() as leaving:  # last in, first out; each of them, whatever another raises
            for leave in (stage.memory.clear, stage.worker.stop, stage.speaker.stop, stage.microphone.stop):
                leaving.callback(leave)
            leaving.callback(self._let_go)
            stage.worker.start()
            stage.speaker.start(lambda id: stage.inbox.put(PlaybackEnded(id)))
            stage.microphone.start(stage.inbox.put)
            stage.clock.alive()
            while self._finished is None:
                self._handle(stage.inbox.take(_TAKE_TIMEOUT))
                self._raise_if_gone()
        return self._finished

    def _raise_if_gone(self) -> None:
        """A device that went away takes what is waited for with it: better told than waited for."""
        for device in (self._stage.microphone, self._stage.speaker):
            if device.failure is not None:
                self._break_off(device.failure)
        if self._overdue is not None and self._stage.clock.now() > self._overdue:
            self._break_off(
                DeviceError("The loudspeaker plays nothing any more.", "see that it is plugged in and chosen")
            )

    def _break_off(self, error: Exception) -> NoReturn:
        """End an evening that cannot go on; the words that are known reach the record first."""
        if self._started and self._finished is None:
            self._feed(Interrupted(at=self._stage.clock.now(), signal="device"))
        raise error

    def _let_go(self) -> None:
        if self._notebook is not None:
            self._notebook.abandon()
            self._notebook = None

    def _handle(self, item: Item | Nothing) -> None:
        clock = self._stage.clock
        match item:
            case Block():
                self._listen(item)
            case PlaybackEnded(id):
                if id != TONE:
                    self._overdue = None
                    self._feed(PromptEnded(at=clock.now(), prompt=id))
            case Transcribed():
                self._feed(_heard(item, clock.now()))
            case TranscriptionFailed(job, what):
                self._feed(EngineFailed(at=clock.now(), turn=job.turn, revision=job.revision, what=what))
            case Rendered(prompt, sound):
                if prompt == self._waiting_for:
                    self._play(prompt, sound)
            case RenderFailed(prompt, what):
                self._tell("failed", what=what, hint="the prompt stands on the screen")
                self._feed(PromptEnded(at=clock.now(), prompt=prompt))
            case SignalCame(name):
                self._feed(Interrupted(at=clock.now(), signal=name))
            case Nothing():
                self._missed()

    def _missed(self) -> None:
        """No block has come for a while."""
        if self._stage.clock.silent_for() > LOST_AFTER:
            self._tell("microphone_lost")
            self._break_off(
                DeviceError(
                    "The microphone sends nothing any more.",
                    "see that it is plugged in and chosen; what was said so far is safe",
                )
            )
        self._wake_if_due(self._stage.clock.now())

    def _listen(self, block: Block) -> None:
        for frame in self._stage.ears.feed(block):
            self._stage.clock.frame(frame.at)
            if not self._started:
                self._started = True
                self._feed(Begin(at=frame.at))
            event = self._segmenter.feed(frame.at, frame.probability)
            if event is not None and self._ears_open:
                self._feed(event)
            self._wake_if_due(frame.at)

    def _wake_if_due(self, now: float) -> None:
        if self._wake is not None and now >= self._wake:
            self._wake = None
            self._feed(Tick(at=now))

    def _feed(self, event: Event) -> None:
        self._session, effects = advance(self._session, event)
        for effect in effects:
            self._perform(effect, event.at)

    def _perform(self, effect: fx.Effect, at: float) -> None:
        match effect:
            case fx.Tell():
                self._let_know(effect)
            case fx.Speak():
                self._speak(effect)
            case fx.PlayTone(tone=tone):
                self._stage.speaker.play(TONE, self._stage.tone(tone))
            case fx.Hush():
                self._waiting_for = self._overdue = None
                self._stage.speaker.fade()
            case fx.OpenEars(at=opened):
                self._ears_open = True
                self._segmenter.reset(opened)
            case fx.CloseEars():
                self._ears_open = False
                self._segmenter.reset(at)
            case fx.Transcribe():
                self._stage.worker.transcribe(effect, self._stage.memory.span(effect.start, effect.end))
            case fx.Forget(before=before):
                self._stage.memory.forget(before)
            case fx.WakeAt(at=wake):
                self._wake = wake
            case fx.Finish(reason=reason):
                self._finished = reason
            case _:
                self._note(effect, at)

    def _speak(self, effect: fx.Speak) -> None:
        """Play at once if it is sound already; a prompt that still has to be rendered overtakes all others."""
        self._waiting_for = effect.prompt
        sound = self._stage.prompt_ready(effect.sentences)
        if sound is not None:
            self._play(effect.prompt, sound)
        else:
            self._stage.worker.render(effect.prompt, effect.sentences)

    def _play(self, prompt: int, sound: Sound) -> None:
        self._overdue = self._stage.clock.now() + sound.seconds + OVERDUE_AFTER
        self._stage.speaker.play(prompt, sound)

    def _note(self, effect: fx.Effect, at: float) -> None:
        """Perform an effect on the record; a disk that refuses is told to the couple, and costs no evening."""
        try:
            self._write(effect, at)
        except (StorageError, KeyProblem) as error:
            self._let_go()
            self._feed(RecordFailed(at=at, what=error.message, hint=error.hint))

    def _write(self, effect: fx.Effect, at: float) -> None:
        if isinstance(effect, fx.StartRecord):
            self._notebook = self._stage.open_notebook()
        notebook = self._notebook
        if notebook is None:
            if isinstance(effect, fx.Strike | fx.CloseRecord | fx.DiscardRecord):
                raise StorageError("The record is closed.", "voice-guide forget deletes an evening")
            return  # it failed before; the couple was told
        match effect:
            case fx.Record():
                self._tell("kept", seq=notebook.append(effect))
            case fx.Strike(turns=turns):
                for seq in notebook.strike(turns):
                    self._tell("struck", seq=seq)
                self._feed(RecordDone(at=at))
            case fx.CloseRecord(kept=kept, reason=reason):
                notebook.close(kept, reason)
                self._notebook = None
                self._feed(RecordDone(at=at))
            case fx.DiscardRecord():
                notebook.discard()
                self._notebook = None
                self._feed(RecordDone(at=at))

    def _tell(self, name: str, **fields: object) -> None:
        self._let_know(fx.Tell(name=name, fields=fields))

    def _let_know(self, tell: fx.Tell) -> None:
        for listener in self._listeners:
            listener(self._session.now, tell)  # the machine's time, which never runs backwards


def _heard(found: Transcribed, at: float) -> Heard:
    return Heard(
        at=at,
        turn=found.job.turn,
        revision=found.job.revision,
        text=found.text,
        speech=found.speech,
        hinted=found.hinted,
        doubtful=found.doubtful,
    )
