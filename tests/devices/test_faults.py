"""What goes wrong with devices in the middle of an evening: it says so, waits, and goes on where it was."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.devices.test_lifeline import Plugs
from tests.evenings.live import CONSENTS, UNLIMITED, Live, Told, set_up, spoken, start_short
from tests.room import Room
from tests.wer import errors, words
from voice_guide.sound import RATE

pytestmark = [pytest.mark.devices, pytest.mark.models]

BEFORE, AFTER = "We walked along the river.", "And the heron did not fly away."
LOST = "! The {} is gone. I am looking for it."
FOUND = "It is connected again."
FEW = 3
"""Words of twelve that may be heard wrong: on a busy machine the room itself stutters."""


@pytest.fixture
def room() -> Iterator[Room]:
    """A living room."""
    with Room() as one:
        yield one


@pytest.fixture
def plugs(room: Room) -> Plugs:
    """Its devices."""
    return Plugs(room)


@contextlib.contextmanager
def in_mid_answer(room: Room, folder: Path) -> Iterator[tuple[Live, Told]]:
    """An evening in the middle of Ana's answer: she has spoken, and nobody knows her words yet."""
    with start_short(room, folder, UNLIMITED) as evening:
        evening.answer(*CONSENTS)
        turn = evening.until("listening", who="Ana", answer="timed")
        room.play_into_room(spoken(BEFORE))
        evening.until("pause")
        yield evening, turn


def goes_on(evening: Live, turn: Told, room: Room) -> None:
    """The same step and turn: what she says now is heard, and comes after what she said before."""
    assert evening.until("listening")["turn"] == turn["turn"]
    steps = evening.happened("step")
    room.play_into_room(spoken(AFTER))
    while len(words(evening.until("heard", final=False)["text"])) < len(words(f"{BEFORE} {AFTER}")) - FEW:
        pass  # the words of before, or some of the new ones
    evening.type("That's all.")
    evening.until("turn_ended", turn=turn["turn"])
    assert evening.happened("step") == steps
    evening.signal(signal.SIGTERM)
    assert evening.ended() == 143
    record = evening.record()
    assert record["state"] == "interrupted"
    kept = " ".join(line["text"] for line in record["lines"])
    assert errors(f"{BEFORE} {AFTER}", kept).edits <= FEW
    assert {(line["who"], line["turn"]) for line in record["lines"]} == {("Ana", turn["turn"])}
    assert "Traceback" not in evening.errors


def everything_unplugged(room: Room, plugs: Plugs, evening: Live) -> None:
    """All that there is, and plugged in again with other rates."""
    del room
    plugs.pull("microphone", "loudspeaker", "room")
    evening.until("microphone_lost")
    plugs.put_speaker("room", rate=44_100)
    plugs.put_microphone()
    plugs.put_speaker(rate=22_050)


def microphone_unplugged(room: Room, plugs: Plugs, evening: Live) -> None:
    """PulseAudio moves the stream to another source, and says nothing; the guide does."""
    del room
    plugs.pull("microphone")
    evening.until("microphone_lost")
    plugs.put_microphone()


def microphone_asleep(room: Room, plugs: Plugs, evening: Live) -> None:
    """No blocks for 1.5 s, as of many a USB microphone."""
    del room
    plugs.suspend("source", "microphone", 1)
    evening.until("microphone_lost")
    evening.until("prompt", text="I can't hear you any more. I'll wait until the microphone is back.")
    plugs.suspend("source", "microphone", 0)


def server_killed(room: Room, plugs: Plugs, evening: Live) -> None:
    """The sound server dies, and is started again on the same socket."""
    del plugs
    room.kill()
    evening.until("microphone_lost")
    room._start()


FAULTS = [everything_unplugged, microphone_unplugged, microphone_asleep, server_killed]


@pytest.mark.parametrize("fault", FAULTS)
def test_lost_in_mid_answer(
    room: Room, plugs: Plugs, tmp_path: Path, fault: Callable[[Room, Plugs, Live], None]
) -> None:
    """It is told, waited for and told again; the answer so far is kept, and goes on in the same turn."""
    with in_mid_answer(room, tmp_path) as (evening, turn):
        fault(room, plugs, evening)
        evening.until("microphone_back")
        goes_on(evening, turn, room)
        assert LOST.format("microphone") in evening.lines
        assert FOUND in evening.lines


def loudspeaker_unplugged(plugs: Plugs, evening: Live) -> None:
    """PulseAudio would go on with another one; the guide waits for the one that was chosen."""
    plugs.pull("loudspeaker")
    evening.until("loudspeaker_lost", hurry=False)
    plugs.put_speaker(rate=22_050)


def loudspeaker_asleep(plugs: Plugs, evening: Live) -> None:
    """It takes no sound any more, and a prompt never ends."""
    plugs.suspend("sink", "loudspeaker", 1)
    evening.until("loudspeaker_lost", hurry=False)
    plugs.suspend("sink", "loudspeaker", 0)


@pytest.mark.parametrize("fault", [loudspeaker_unplugged, loudspeaker_asleep])
def test_loudspeaker_lost_in_mid_prompt(
    room: Room, plugs: Plugs, tmp_path: Path, fault: Callable[[Plugs, Live], None]
) -> None:
    """A question that nobody could hear to its end is asked again, in the same step."""
    set_up(tmp_path, loudspeaker="pulse:loudspeaker")
    with start_short(room, tmp_path, UNLIMITED) as evening:
        evening.answer(*CONSENTS)
        question = evening.until("prompt", to="Ana", answer="timed", hurry=False)
        steps = evening.happened("step")
        fault(plugs, evening)
        evening.until("loudspeaker_back", hurry=False)
        evening.until("prompt", text="You can hear me again.", hurry=False)
        assert evening.until("prompt", to="Ana", hurry=False)["text"] == question["text"]
        evening.until("listening", who="Ana", hurry=False)
        assert evening.happened("step") == steps
        evening.type("A heron.")
        evening.until("kept")
        evening.signal(signal.SIGTERM)
        assert evening.ended() == 143
        assert evening.words() == [("Ana", "A heron.")]
        assert LOST.format("loudspeaker") in evening.lines


def test_muted(room: Room, plugs: Plugs, tmp_path: Path) -> None:
    """Switched off while the room is not silent: told aloud and in words, once; then it hears what is said."""
    plugs._pactl("set-source-mute", "microphone", "1")
    with background(room), start_short(room, tmp_path) as evening:
        evening.until("listening")
        evening.until("prompt", text="Your microphone seems to be muted.")
        plugs._pactl("set-source-mute", "microphone", "0")
        evening.until("unmuted")
        evening.until("listening")
        room.play_into_room(spoken("Yes, please."))
        evening.until("turn_ended", who="Ana", reason="silence")
        evening.until("listening", who="Ben")
        evening.signal(signal.SIGTERM)
        assert evening.ended() == 143
        assert evening.lines.count("! The microphone seems to be muted.") == 1


@contextlib.contextmanager
def background(room: Room) -> Iterator[None]:
    """The soft noise that every room has, at -66 dBFS, for at most two minutes."""
    noise = np.random.default_rng(1).normal(0, 5e-4, 120 * RATE).astype("<f4")
    command = ["pacat", "--playback", "--device=room", "--raw", "--format=float32le", "--channels=1"]
    with tempfile.TemporaryFile() as file:
        file.write(noise.tobytes())
        file.seek(0)
        with subprocess.Popen([*command, f"--rate={RATE}"], stdin=file, env=room.env) as player:
            try:
                yield
            finally:
                player.terminate()


def test_program_stopped_in_mid_answer(room: Room, tmp_path: Path) -> None:
    """As when the computer sleeps: it tells how long, and no word that was said before is lost."""
    with in_mid_answer(room, tmp_path) as (evening, turn):
        evening.sleep(4.0)
        slept = evening.until("suspended")
        assert 3.0 < slept["seconds"] < 12.0
        goes_on(evening, turn, room)
        assert f"The computer slept for {slept['seconds']:.0f} seconds." in evening.lines


def test_no_loudspeaker_at_the_start(room: Room, plugs: Plugs, tmp_path: Path) -> None:
    """One sentence, a hint, exit code 3, and no evening is there."""
    plugs.pull("microphone", "loudspeaker", "room")
    plugs._pactl("load-module", "module-null-source", "source_name=microphone")
    with start_short(room, tmp_path) as evening:
        assert evening.refused() == 3
        assert evening.errors == (
            "voice-guide: The loudspeaker default cannot be opened.\n"
            "  another program may hold it, or the system may refuse it; look at the sound settings\n"
        )
        assert evening.lines == []
        assert evening.run("sessions").stdout == ""


def test_no_microphone_at_the_start(room: Room, plugs: Plugs, tmp_path: Path) -> None:
    """What PulseAudio offers instead, the loudspeaker's own sound, is none."""
    plugs.pull("microphone", "room")
    with start_short(room, tmp_path) as evening:
        assert evening.refused() == 3
        assert evening.errors.startswith("voice-guide: There is no microphone.\n  ")
        assert evening.lines == []
        assert evening.run("sessions").stdout == ""
