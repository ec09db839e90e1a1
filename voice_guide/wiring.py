"""The one place that builds adapters and hands them to the runner."""

from __future__ import annotations

import contextlib
import functools
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import FrameType

from voice_guide.audio.answering import in_time
from voice_guide.audio.chosen import chosen_microphone, chosen_speaker
from voice_guide.audio.lifeline import Lifeline
from voice_guide.audio.moves import Moves
from voice_guide.audio.naming import prepare
from voice_guide.audio.played import Played
from voice_guide.audio.virtual import RoomLine, VirtualRoom
from voice_guide.clock import Clock, Sleepwatch
from voice_guide.engines import Ahead, Engines, find_engines, prompt_cache, tone_at
from voice_guide.errors import ExitCode
from voice_guide.exercise.flat import Program
from voice_guide.exercise.steps import Exercise
from voice_guide.hearing.memory import SoundMemory
from voice_guide.history import HistoryKeeper
from voice_guide.inbox import DeviceMoved, Inbox, SignalCame, Source
from voice_guide.language.tables import Language
from voice_guide.languages import invented
from voice_guide.library import program_of, script_hash
from voice_guide.notebook import JournalNotebook, Shelf, evening_info
from voice_guide.rehearsal.aloud import heard_aloud
from voice_guide.rehearsal.answers import Couple, Entry
from voice_guide.rehearsal.cues import Cues
from voice_guide.rehearsal.pace import FastPace, RealPace
from voice_guide.rehearsal.spoken import SpokenCouple
from voice_guide.runner import Runner
from voice_guide.screen.listener import Listener
from voice_guide.session.frame import framed
from voice_guide.session.machine import begin
from voice_guide.session.state import Session
from voice_guide.settings import Settings, read_settings
from voice_guide.sound import RATE
from voice_guide.stage import Stage
from voice_guide.tonight import Part, Repertoire, Tonight
from voice_guide.voicing import gain
from voice_guide.worker import Worker

_SIGNALS = {"SIGINT": ExitCode.INTERRUPTED, "SIGTERM": ExitCode.TERMINATED, "SIGHUP": ExitCode.TERMINATED}

Hands = Callable[[Source], AbstractContextManager[object]]
"""Keyboard and screen around an evening, given the inbox for what is pressed and typed."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Both devices of a real evening, and a look-out for a sound server that exchanges them."""

    lifeline: Lifeline
    moves: Moves
    played: Played | None = None
    """What the loudspeaker plays, so that it can be taken out of what is heard."""


def open_line(settings: Settings) -> OpenLine:
    """The chosen microphone and loudspeaker, else the system's own.

    Raises DeviceError if one is missing, or the sound system does not answer.
    """
    return in_time(lambda: _open_line(settings))


def _open_line(settings: Settings) -> OpenLine:
    route = prepare(settings)
    played = Played()
    moves = Moves(settings.microphone, settings.loudspeaker)
    lifeline = Lifeline(
        chosen_microphone(route.microphone or ""),
        chosen_speaker(route.loudspeaker or "", gain(settings.loudness), played),
        right_place=moves.right_place,
        revived=moves.tell_anew,
    )
    return OpenLine(lifeline, moves, played)


@dataclass(kw_only=True)
class RealEvening:
    """An evening with two people, ready to be run once."""

    tonight: Tonight
    line: OpenLine
    shelf: Shelf | None
    """Where a record would go; None if nothing is kept tonight."""
    listeners: Sequence[Listener]
    hands: Hands
    on_level: Callable[[float], None]
    part: Part | None = None
    """The exercise, once it is chosen."""

    def run(self, repertoire: Repertoire | None) -> int:
        """Lead through `part`, or from the menu on; gives the exit code. Raises VoiceGuideError."""
        tonight = self.tonight
        cache = prompt_cache(self.shelf.home) if self.shelf is not None else None
        engines = find_engines(
            cache,
            self.line.lifeline.speaker.rate,
            self._language(repertoire),
            tonight.settings.speed,
            tonight.sounds(),
        )
        self._keeper = self._history()
        self._menu = repertoire
        inbox, memory = Inbox(), SoundMemory()
        worker = Worker(engines.load_transcriber, engines.prompts, inbox.put, engines.aides())
        self._ahead = Ahead(engines, worker)
        stage = Stage(
            lifeline=self.line.lifeline,
            opened=lambda: self.line.moves.start(lambda what: inbox.put(DeviceMoved(what))),
            attention=engines.attention(memory, self.line.played),
            memory=memory,
            worker=worker,
            prompt_ready=engines.ready,
            tone=functools.partial(tone_at, rate=self.line.lifeline.speaker.rate),
            set_speed=self._ahead.set_speed,
            open_exercise=self._open,
            open_notebook=lambda: self._notebook(engines),
            inbox=inbox,
            clock=Clock(),
            sleepwatch=Sleepwatch(),
            again=engines.again(memory, inbox.put),
            on_level=self.on_level,
        )
        session = self._session(repertoire)
        self._ahead.program(session.program)
        keeper = [self._keeper] if self._keeper is not None else []
        with contextlib.ExitStack() as around:
            around.callback(self.line.moves.stop)
            return _run(session, stage, [*self.listeners, *keeper], self.hands(inbox))

    def _language(self, repertoire: Repertoire | None) -> Language:
        """That of the exercise, or of the menu and all that it offers."""
        if self.part is not None:
            return self.part.program.language
        assert repertoire is not None  # an exercise, or a menu
        return repertoire.program.language

    def _session(self, repertoire: Repertoire | None) -> Session:
        manners, voice = self.tonight.manners(), self.tonight.voice()
        if self.part is not None:
            self._begun(self.part)
            return begin(self.part.program, manners, voice)
        assert repertoire is not None  # an exercise, or a menu
        return begin(repertoire.program, manners, voice, repertoire.offers)

    def _open(self, name: str, resume: bool) -> Program:
        menu = self._menu
        assert menu is not None  # nothing is chosen but from the menu
        part = menu.waiting if resume else self.tonight.part(name, menu.exercises[name], greeted=True)
        assert part is not None  # else it was not offered
        self._ahead.program(part.program)
        self._begun(part)
        return part.program

    def _begun(self, part: Part) -> None:
        self.part = part
        if self._keeper is not None:
            self._keeper.begin(part.program, part.name, script_hash(part.exercise), part.own_steps)

    def _notebook(self, engines: Engines) -> JournalNotebook:
        assert self.shelf is not None and self.part is not None  # else nobody is asked whether to write
        return self.shelf.open(evening_info(self.part.exercise, self.tonight.couple, engines.all_names))

    def _history(self) -> HistoryKeeper | None:
        if self.shelf is None or not self.tonight.settings.remember:
            return None
        return HistoryKeeper(self.shelf.home.history, self.tonight.history)


def rehearsed_evening(
    exercise: Exercise,
    partners: tuple[str, str],
    entries: Sequence[Entry],
    shelf: Shelf,
    pace: str,
    listeners: Sequence[Listener],
) -> int:
    """An evening without people in a simulated room, through the real models; returns the exit code.

    `pace` is fast, real, or aloud: real, and heard through the loudspeaker. Raises VoiceGuideError.
    """
    program = framed(program_of(exercise, partners), protected=shelf.protected)
    engines = find_engines(prompt_cache(shelf.home), RATE, program.language)
    room = VirtualRoom()
    timing = FastPace(room) if pace == "fast" else RealPace(room)
    memory = SoundMemory()
    worker = Worker(engines.load_transcriber, engines.prompts, timing.inbox.put, engines.aides())
    timing.idle = lambda: worker.idle
    ahead = Ahead(engines, worker)
    stage = Stage(
        lifeline=RoomLine(room),
        attention=engines.attention(memory),
        memory=memory,
        worker=worker,
        prompt_ready=engines.ready,
        tone=functools.partial(tone_at, rate=RATE),
        set_speed=ahead.set_speed,
        open_exercise=lambda *_: program,  # a rehearsal has no menu
        open_notebook=lambda: shelf.open(evening_info(exercise, partners, engines.names)),
        inbox=timing.inbox,
        clock=timing.clock,
    )
    couple = SpokenCouple(
        Cues(program, Couple(program, invented(exercise.language), entries)), room, engines.voice, partners
    )
    settings = read_settings(shelf.home.settings) or Settings()
    with heard_aloud(room, settings) if pace == "aloud" else contextlib.nullcontext(), timing:
        ahead.program(program, with_asides=False)
        return _run(begin(program), stage, [*listeners, couple], contextlib.nullcontext())


def _run(
    session: Session, stage: Stage, listeners: Sequence[Listener], hands: AbstractContextManager[object]
) -> int:
    # The signals outside: none of them finds a terminal that is set otherwise, and nobody who restores it.
    with _signals(stage.inbox) as came, hands:
        reason = Runner(session, stage, listeners).run()
    return int(_SIGNALS[came[0]]) if reason == "interrupted" and came else int(ExitCode.WELL)


@contextlib.contextmanager
def _signals(inbox: Source) -> Iterator[list[str]]:
    """Ctrl-C, SIGTERM and a closed terminal come through the inbox like everything else.

    A signal that whoever started us has set to be ignored (`nohup`) stays so.
    """
    came: list[str] = []

    def put(number: int, frame: FrameType | None) -> None:
        del frame
        came.append(signal.Signals(number).name)
        inbox.put(SignalCame(came[-1]))

    heeded = [signal.Signals[name] for name in _SIGNALS]
    heeded = [one for one in heeded if signal.getsignal(one) is not signal.SIG_IGN]
    before = {one: signal.signal(one, put) for one in heeded}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
