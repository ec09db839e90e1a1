"""What sounds in a simulated room, through a loudspeaker."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes import FakeSpeaker, House
from voice_guide.audio.ports import Block
from voice_guide.audio.virtual import VirtualRoom
from voice_guide.errors import DeviceError
from voice_guide.rehearsal import aloud
from voice_guide.rehearsal.aloud import Overheard, heard_aloud
from voice_guide.settings import Settings
from voice_guide.sound import FRAME_SECONDS, RATE, Sound


def tone(seconds: float, level: float = 0.3) -> Sound:
    """A tone of 300 Hz."""
    at = np.arange(round(seconds * RATE)) / RATE
    return Sound((level * np.sin(2 * np.pi * 300 * at)).astype(np.float32), RATE)


class Collecting:
    """A loudspeaker at 48 kHz that keeps what it is given."""

    rate = 48_000

    def __init__(self) -> None:
        self.sounds: list[Sound] = []

    def play(self, id: int, sound: Sound) -> None:
        """Keep a sound; ids count up."""
        assert id == len(self.sounds)
        self.sounds.append(sound)

    @property
    def seconds(self) -> list[float]:
        """When something louder than a whisper was to be heard, from and to, if all were played in a row."""
        samples = np.concatenate([sound.samples for sound in self.sounds])
        places = np.flatnonzero(np.abs(samples) > 0.02) / self.rate
        cuts = np.flatnonzero(np.diff(places) > 0.05)
        return [*places[[0, *(cuts + 1)]], *places[[*cuts, -1]]]


def test_both_are_heard_as_loud_as_they_are_and_silence_is_not_played() -> None:
    """The guide without its leak's 30 dB; after each silence a cushion, because two clocks are never one."""
    room, speaker = VirtualRoom(), Collecting()
    room.overheard = Overheard(speaker)  # type: ignore[arg-type]  # it plays, and does nothing else
    room.play(1, tone(1.0))
    room.say(tone(0.5), 3.0)
    for _ in range(round(6 / FRAME_SECONDS)):
        room.step()
    samples = np.concatenate([sound.samples for sound in speaker.sounds])
    assert np.abs(samples).max() == pytest.approx(0.3, abs=0.02)
    begins, ends = speaker.seconds[:2], speaker.seconds[2:]
    assert [end - begin for begin, end in zip(begins, ends, strict=True)] == pytest.approx(
        [1.0, 0.5], abs=0.03
    )
    assert len(samples) / speaker.rate < 3.0


def test_who_speaks_at_once_is_mixed_and_never_clipped() -> None:
    """The couple's voices and the guide's, one over the other."""
    room, speaker = VirtualRoom(), Collecting()
    room.overheard = Overheard(speaker)  # type: ignore[arg-type]  # as above
    room.play(1, tone(0.5, 0.9))
    room.say(tone(0.5, 0.9), 0.0)
    for _ in range(round(1 / FRAME_SECONDS)):
        room.step()
    assert max(np.abs(sound.samples).max(initial=0) for sound in speaker.sounds) <= 1.05


def test_nothing_in_the_room_changes() -> None:
    """The microphone hears the same, whether anybody listens or not."""
    heard = []
    for listener in (None, lambda _: None):
        room, blocks = VirtualRoom(), list[Block]()
        room.listen(blocks.append)
        room.overheard = listener
        room.play(1, tone(0.5))
        room.say(tone(0.5), 0.2)
        for _ in range(30):
            room.step()
        heard.append(np.concatenate([block.samples for block in blocks]))
    assert np.array_equal(heard[0], heard[1])


def test_the_loudspeaker_is_closed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the rehearsal breaks; and whoever is heard is heard between."""
    house, room = House(), VirtualRoom()
    speaker = FakeSpeaker(house)
    speaker.start(lambda _: None)
    monkeypatch.setattr(aloud, "_opened", lambda _: speaker)

    def breaks() -> None:
        with heard_aloud(room, Settings()):
            room.play(1, tone(0.1))
            room.step()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks()
    assert room.overheard is None
    assert house.sounds
    assert house.order == ["speaker.start", "speaker.stop"]


def test_without_a_loudspeaker_there_is_nothing_to_listen_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of the device, before anything sounds."""

    def missing(_: object) -> None:
        raise DeviceError("There is no loudspeaker.", "plug one in")

    monkeypatch.setattr(aloud, "_opened", missing)
    with pytest.raises(DeviceError), heard_aloud(VirtualRoom(), Settings()):
        pytest.fail("nothing can be heard")
