"""The whole of setup's equipment on real devices: PortAudio and PulseAudio, in a living room of virtual ones."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.room import Room
from voice_guide import models
from voice_guide.audio.devices import refresh
from voice_guide.audio.naming import Kind, outlets
from voice_guide.settings import Settings, read_settings
from voice_guide.setup.effects import What
from voice_guide.setup.equipment import Equipment
from voice_guide.setup.findings import Reading
from voice_guide.sound import Sound
from voice_guide.speaking.piper import PiperVoice

pytestmark = [pytest.mark.devices, pytest.mark.models]

LEAK_DB = -20.0
SENTENCE = "I say this sentence only to hear how much of my own voice comes back to me."


@pytest.fixture(scope="module")
def voice() -> PiperVoice:
    """The real voice, loaded."""
    one = PiperVoice(models.find("voice").folder)
    one.load()
    return one


@pytest.fixture(scope="module")
def transcriber() -> Path:
    """The real transcriber; found before the room moves the user's folders."""
    return models.find("transcriber").folder


@pytest.fixture
def room() -> Iterator[Room]:
    """A room whose devices are this process's default devices, with a second loudspeaker and microphone."""
    with Room() as one, pytest.MonkeyPatch.context() as patch:
        for name, value in one.env.items():
            patch.setenv(name, value)
        for variable in ("PULSE_SINK", "PULSE_SOURCE"):
            patch.delenv(variable, raising=False)
        _pactl("load-module", "module-null-sink", "sink_name=kitchen", "rate=48000", "norewinds=1",
               'sink_properties=device.description="Caf\\é\\ kitchen"')  # fmt: skip
        _pactl("load-module", "module-remap-source", "source_name=lapel", "master=kitchen.monitor",
               "source_properties=device.description=Lapel")  # fmt: skip
        # Not the room's own leak: that one plays a few per cent faster or slower while it finds its latency.
        _pactl("load-module", "module-loopback", "source=loudspeaker.monitor", "sink=room", "adjust_time=0",
               "latency_msec=60")  # fmt: skip
        _pactl("set-sink-input-volume", _pactl("list", "short", "sink-inputs").split()[0], f"{LEAK_DB}dB")
        refresh()
        yield one


@pytest.fixture
def equipment(room: Room, voice: PiperVoice, transcriber: Path) -> Iterator[Equipment]:
    """What setup speaks and listens with, in that room."""
    assert room.env
    one = Equipment(voice, transcriber)
    yield one
    one.close()


def _pactl(*command: str) -> str:
    return subprocess.run(["pactl", *command], check=True, capture_output=True, text=True).stdout


@pytest.mark.usefixtures("room")
def test_what_is_there_is_named() -> None:
    """Every sink and source in the words of the sound server, monitors as such and muted ones as muted."""
    _pactl("set-source-mute", "lapel", "1")
    found = outlets(anew=True)
    assert [(one.id, one.kind) for one in found.loudspeakers] == [
        ("", Kind.PLAIN),
        ("pulse:loudspeaker", Kind.PLAIN),
        ("pulse:room", Kind.PLAIN),
        ("pulse:kitchen", Kind.PLAIN),
    ]
    assert found.loudspeakers[3].name == "Café kitchen"
    assert found.loudspeakers[0].name == "What this computer uses (now Null Output (loudspeaker))"
    assert {one.id: (one.kind, one.muted) for one in found.microphones if one.id} == {
        "pulse:microphone": (Kind.PLAIN, False),
        "pulse:lapel": (Kind.PLAIN, True),
        "pulse:loudspeaker.monitor": (Kind.MONITOR, False),
        "pulse:room.monitor": (Kind.MONITOR, False),
        "pulse:kitchen.monitor": (Kind.MONITOR, False),
    }


def test_a_known_leak_is_measured(equipment: Equipment) -> None:
    """The guide's own voice comes back 20 dB below what was sent, and is measured so, louder or softer."""
    for loudness in (0.0, -9.0):
        equipment.tune(Settings(loudness=loudness))
        reading = _best_of_three(equipment)
        assert reading.echo_db == pytest.approx(LEAK_DB, abs=2.0)
        assert reading.echo_dbfs == pytest.approx(LEAK_DB - 20 + loudness, abs=3.0)


def _best_of_three(equipment: Equipment) -> Reading:
    """A busy machine loses some of what is played or heard, and never adds any: the most is the truth."""
    best = Reading()
    for _ in range(3):
        reading = equipment.measure(What.ECHO, SENTENCE)
        assert reading.problem == ""
        if best.echo_db is None or (reading.echo_db or -100.0) > best.echo_db:
            best = reading
        if best.echo_db is not None and best.echo_db > LEAK_DB - 1:
            break
    return best


def test_the_chosen_devices_are_used(room: Room, equipment: Equipment) -> None:
    """What is said comes out of the chosen loudspeaker and no other; the microphone beside it hears it."""
    equipment.tune(Settings(loudspeaker="pulse:kitchen", microphone="pulse:lapel"))
    with room.record_loudspeaker() as recording:
        reading = _best_of_three(equipment)
    assert reading.echo_db == pytest.approx(0.0, abs=2.0)
    assert not recording.sound.samples.any()
    equipment.tune(Settings())
    with room.record_loudspeaker() as recording:
        assert equipment.play("Here I am.").problem == ""
    assert recording.spans()


def test_a_device_that_is_gone_is_no_other_device(room: Room, equipment: Equipment) -> None:
    """A chosen sink or source that is not there any more is a problem in words, and nothing else sounds."""
    equipment.tune(Settings(loudspeaker="pulse:garden", microphone="pulse:collar"))
    with room.record_loudspeaker() as recording:
        played = equipment.play("Here I am.")
    assert "cannot be opened" in played.problem
    assert not recording.sound.samples.any()
    assert "cannot be opened" in equipment.measure(What.SILENCE, "").problem


def test_a_muted_microphone(equipment: Equipment) -> None:
    """Nothing but zeros is told as such, in three seconds of silence and while the guide speaks."""
    _pactl("set-source-mute", "microphone", "1")
    assert equipment.measure(What.SILENCE, "").zero
    assert equipment.measure(What.ECHO, SENTENCE).zero


def test_a_sentence_is_heard_and_understood(room: Room, voice: PiperVoice, equipment: Equipment) -> None:
    """Somebody speaks after the tone: the level, no clipping, and the words."""
    said = voice.synthesize("There are two cups on the table.")
    done = threading.Event()
    speaking = threading.Thread(target=_speak_for_a_while, args=(room, said, done))
    speaking.start()
    reading = equipment.measure(What.SPEECH, "")
    done.set()
    speaking.join()
    assert not reading.zero
    assert reading.clipped == 0.0
    assert reading.speech_dbfs == pytest.approx(-20.0, abs=4.0)
    assert "on the table" in equipment.transcribe().text.casefold()


def _speak_for_a_while(room: Room, said: Sound, done: threading.Event) -> None:
    """Again and again, so short that the six seconds hold it whole at least once."""
    pause = Sound(np.zeros(said.rate // 2, np.float32), said.rate)
    whole = Sound(np.concatenate([pause.samples, said.samples]), said.rate)
    while not done.is_set():
        room.play_into_room(whole)


def test_setup_from_the_command_line(room: Room, transcriber: Path, tmp_path: Path) -> None:
    """The program itself, piped: it measures the muted microphone, names it, and writes what was chosen."""
    _pactl("set-source-mute", "microphone", "1")
    # Names, loudspeaker, microphone, silence, speech, and all else.
    typed = ["Ana", "Ben", "kitchen", "2", "", "", "2", "done", "yes", "es", "de", "no"]
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-m", "voice_guide", "setup", "--quiet"],
        input="\n".join(typed) + "\n",
        env={**os.environ, **room.env, "VOICE_GUIDE_HOME": str(home),
             "VOICE_GUIDE_MODELS": str(transcriber.parent)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "Your microphone is switched off in the sound settings of this computer." in done.stdout
    assert done.stdout.endswith("That is written down. voice-guide start begins an evening.\n")
    assert read_settings(home / "settings.toml") == Settings(
        first="Ana",
        second="Ben",
        loudspeaker="pulse:kitchen",
        microphone="pulse:microphone",
        first_patience="x2",
        second_patience="when I say",
        captions=True,
        language="es",
        country="DE",
        remember=False,
    )
