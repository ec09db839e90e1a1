"""The guide's voice: what is played, how loud, what is dropped, and whether it is really heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from tests.english import ENGLISH
from tests.session.sofa import program, question
from tests.shell.parts import Hours, NotingSpeaker, NotingWorker, StillLine, sound, stage
from voice_guide.engines import Ahead, Engines
from voice_guide.exercise.flat import Program
from voice_guide.session.effects import Hush, PlayTone, SetVoice, Speak
from voice_guide.session.tones import Tone
from voice_guide.sound import RATE, Sound
from voice_guide.speaking.prompts import Prompts
from voice_guide.voicing import OVERDUE_AFTER, TONE, Voicing, gain
from voice_guide.worker import Worker

HELLO = ("Hello, Ana.",)
READY = ("How are you?",)


class Room:
    """A voice, and all that it uses."""

    def __init__(self, loudness: float = 0.0) -> None:
        self.hours = Hours()
        self.line = StillLine()
        self.speaker = self.line.speaker
        self.worker = NotingWorker()
        self.speeds: list[float] = []
        ready = {READY: sound(2.0)}
        built = stage(
            self.line,
            self.hours,
            worker=self.worker,
            prompt_ready=lambda said, _: ready.get(said),
            set_speed=self.speeds.append,
        )
        self.clock = built.clock
        self.voicing = Voicing(built, loudness)


@pytest.fixture
def room() -> Room:
    """A fresh one."""
    return Room()


def test_what_is_sound_already_plays_at_once(room: Room) -> None:
    """Nobody waits for the worker."""
    room.voicing.perform(Speak(prompt=3, sentences=READY))
    assert room.speaker.played == [(3, 2.0)]
    assert room.worker.rendering == []


def test_what_is_not_is_rendered_first(room: Room) -> None:
    """And plays when it comes."""
    room.voicing.perform(Speak(prompt=3, sentences=HELLO))
    assert room.worker.rendering == [(3, HELLO)]
    assert room.speaker.played == []
    room.voicing.rendered(3, sound(1.5))
    assert room.speaker.played == [(3, 1.5)]


def test_what_was_hushed_meanwhile_is_not_played(room: Room) -> None:
    """Nor what another prompt has overtaken."""
    room.voicing.perform(Speak(prompt=3, sentences=HELLO))
    room.voicing.perform(Hush())
    room.voicing.rendered(3, sound(1.5))
    room.voicing.perform(Speak(prompt=4, sentences=HELLO))
    room.voicing.perform(Speak(prompt=5, sentences=READY))
    room.voicing.rendered(4, sound(1.5))
    assert room.speaker.played == [(5, 2.0)]
    assert room.speaker.fades == 1


def test_a_tone_is_played_and_waited_for_by_nobody(room: Room) -> None:
    """It is never overdue."""
    room.voicing.perform(PlayTone(tone=Tone.LANDING))
    assert room.speaker.played == [(TONE, 0.3)]
    assert not room.voicing.overdue(1000.0)


def test_a_prompt_that_does_not_end_is_overdue(room: Room) -> None:
    """Three seconds after it should have: a Bluetooth loudspeaker is up to two seconds late."""
    room.voicing.perform(Speak(prompt=1, sentences=READY))
    due = room.clock.now() + 2.0 + OVERDUE_AFTER
    assert not room.voicing.overdue(due)
    assert room.voicing.overdue(due + 0.1)
    room.voicing.ended()
    assert not room.voicing.overdue(due + 0.1)


def test_nothing_is_overdue_that_is_not_yet_sound_or_was_hushed(room: Room) -> None:
    """Rendering may take its time."""
    room.voicing.perform(Speak(prompt=1, sentences=HELLO))
    assert not room.voicing.overdue(1000.0)
    room.voicing.rendered(1, sound(1.0))
    assert room.voicing.overdue(1000.0)
    room.voicing.perform(Hush())
    assert not room.voicing.overdue(1000.0)


def test_a_voice_that_never_spoke_is_known(room: Room) -> None:
    """An evening that begins mute is no evening; one that spoke before goes on."""
    assert room.voicing.mute_from_the_start
    room.voicing.perform(PlayTone(tone=Tone.LANDING))
    assert room.voicing.mute_from_the_start
    room.voicing.perform(Speak(prompt=1, sentences=READY))
    assert not room.voicing.mute_from_the_start


@pytest.mark.parametrize(("decibels", "factor"), [(0.0, 1.0), (6.0, 1.995), (-6.0, 0.501), (-20.0, 0.1)])
def test_decibels_are_a_factor(decibels: float, factor: float) -> None:
    """Six decibels are about twice the samples."""
    assert gain(decibels) == pytest.approx(factor, abs=1e-3)


def test_louder_and_faster(room: Room) -> None:
    """Loudness is the loudspeaker's, at once; pace is for all that is rendered from now on."""
    room.voicing.perform(SetVoice(speed=1.12, loudness=6.0))
    assert room.speaker.volume == pytest.approx(gain(6.0))
    assert room.speeds == [1.12]


def test_another_loudspeaker_is_as_loud_as_the_one_before() -> None:
    """As it was chosen at setup, or asked for since; what is said goes through it."""
    room, found = Room(loudness=-6.0), NotingSpeaker()
    room.voicing.through(found)
    assert found.volume == pytest.approx(gain(-6.0))
    room.voicing.perform(SetVoice(speed=1.0, loudness=3.0))
    again = NotingSpeaker()
    room.voicing.through(again)
    room.voicing.perform(Speak(prompt=1, sentences=READY))
    room.voicing.perform(Hush())
    assert again.volume == pytest.approx(gain(3.0))
    assert (again.played, again.fades) == ([(1, 2.0)], 1)
    assert (found.played, room.speaker.played) == ([], [])


# --- what is rendered ahead


class Beep:
    """A voice that says anything in a tenth of a second."""

    identity = "beep"

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """A constant."""
        del text, speed
        return Sound(np.full(RATE // 10, 0.5, np.float32), RATE)


class Forethought:
    """What is rendered ahead, and what it is rendered with."""

    def __init__(self, cache: Path | None = None) -> None:
        self.prompts = Prompts(Beep(), cache, RATE)
        self.engines = Engines(
            cast(Any, Beep()), self.prompts, cast(Any, None), Path(), cast(Any, None), (), ENGLISH, None
        )
        self.worker = NotingWorker()
        self.ahead = Ahead(self.engines, cast(Worker, self.worker))

    @property
    def waiting(self) -> list[str]:
        """What waits to be rendered, a sentence each."""
        assert all(len(sentences) == 1 for sentences in self.worker.ahead)
        return [sentence for (sentence,) in self.worker.ahead]


TWO: Program = program(question("one"), question("two", help="Take a breath. Then begin."))


def test_a_program_is_rendered_sentence_by_sentence() -> None:
    """In the order of the evening, what may be said besides at the end; what is sound already is left out."""
    ahead = Forethought()
    ahead.prompts.render(("What about one?",))
    ahead.ahead.program(TWO)
    assert ahead.waiting[0] == "What about two?"
    assert ahead.waiting[-2:] == ["Take a breath.", "Then begin."]
    assert len(set(ahead.waiting)) > 10


def test_what_lies_on_disk_is_looked_at_by_the_worker(tmp_path: Path) -> None:
    """It may be damaged, and reading all of it takes its time: neither is for the main thread to find out."""
    Forethought(tmp_path).prompts.render(("What about one?",))
    ahead = Forethought(tmp_path)
    ahead.ahead.program(TWO)
    assert ahead.waiting[0] == "What about one?"
    assert ahead.engines.ready(("What about one?",)) is not None
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-2])
    assert Forethought(tmp_path).engines.ready(("What about one?",)) is None


def test_a_rehearsal_renders_what_is_sure_only() -> None:
    """Whoever has no people needs no help for them."""
    ahead = Forethought()
    ahead.ahead.program(TWO, with_asides=False)
    assert ahead.waiting[:2] == ["What about one?", "What about two?"]
    assert "Take a breath." not in ahead.waiting


def test_another_program_takes_the_place_of_the_first() -> None:
    """From the menu into the exercise: nothing of the menu is waited for."""
    ahead = Forethought()
    ahead.ahead.program(TWO, with_asides=False)
    ahead.ahead.program(program(question("three")), with_asides=False)
    assert ahead.waiting[0] == "What about three?"
    assert "What about one?" not in ahead.waiting


def test_another_pace_renders_all_anew() -> None:
    """What was rendered at the old one is not ready at the new one, and is still there if they change back."""
    ahead = Forethought()
    ahead.prompts.render(("What about one?",))
    ahead.ahead.program(TWO)
    before = list(ahead.waiting)
    ahead.ahead.set_speed(1.12)
    assert ahead.waiting == ["What about one?", *before]
    ahead.ahead.set_speed(1.0)
    assert ahead.waiting == before


def test_how_it_is_said_goes_with_the_words(room: Room) -> None:
    """At the script's pace; what quotes a partner is not kept."""
    room.voicing.perform(Speak(prompt=4, sentences=HELLO, pace=0.88, quotes=True))
    assert room.worker.how == [(0.88, False)]
