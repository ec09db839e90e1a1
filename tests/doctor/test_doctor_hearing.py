"""What the doctor says of devices, the room and the echo, and the mend beside it."""

from __future__ import annotations

import pytest

from voice_guide.audio.naming import Outlet
from voice_guide.doctor.finding import Finding
from voice_guide.doctor.hearing import SENTENCE, hearing
from voice_guide.settings import Settings
from voice_guide.setup.effects import What
from voice_guide.setup.findings import Looked, Reading

QUIET = Reading(floor_dbfs=-65.0)
USUAL = Outlet("", "the usual one")
DESK = Outlet("pulse:desk", "the one on the desk")


class Room:
    """Devices, and what they hear; the order in which they are used is kept."""

    def __init__(self, looked: Looked, **readings: Reading) -> None:
        self.looked = looked
        self.readings = readings
        self.used: list[str] = []

    def tune(self, settings: Settings) -> None:
        """Before anything else."""
        assert not self.used
        self.used.append(f"tuned to {settings.microphone or 'the usual'}")

    def look(self, *, anew: bool) -> Looked:
        """Once."""
        assert not anew
        self.used.append("look")
        return self.looked

    def measure(self, what: What, text: str) -> Reading:
        """What was asked for."""
        assert text == (SENTENCE if what is What.ECHO else "")
        self.used.append(str(what))
        return self.readings[what.name.lower()]


def there(**readings: Reading) -> Room:
    """A room with a microphone and a loudspeaker."""
    return Room(
        Looked((USUAL, DESK), (USUAL, DESK)), **{"silence": QUIET, "echo": Reading(echo_db=-24.0)} | readings
    )


def told(room: Room, settings: Settings | None = None, *, aloud: bool = True) -> dict[str, Finding]:
    """By their names."""
    return {found.name: found for found in hearing(room, settings or Settings(), aloud=aloud)}


def test_all_is_well() -> None:
    """Each has a sentence, its figure for programs, and nothing to mend."""
    room = there()
    found = told(room)
    assert list(found) == ["microphone", "loudspeaker", "room", "echo"]
    assert all(each.well and not each.mend for each in found.values())
    assert "-65 decibels" in found["room"].said
    assert found["room"].facts == {"floor_dbfs": -65.0, "lost_seconds": 0.0}
    assert "24 decibels below" in found["echo"].said
    assert found["echo"].facts == {"echo_db": -24.0}
    assert room.used == ["tuned to the usual", "look", str(What.SILENCE), str(What.ECHO)]


def test_silent_means_silent() -> None:
    """Nothing is played."""
    assert list(told(there(), aloud=False)) == ["microphone", "loudspeaker", "room"]


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        (Reading(zero=True), "muted"),
        (Reading(floor_dbfs=-30.0), "loud"),
        (Reading(floor_dbfs=-60.0, lost=0.25), "0.25 s of three were lost"),
        (Reading(problem="The microphone sends nothing."), "sends nothing"),
    ],
)
def test_trouble_has_its_mend_beside_it(silence: Reading, said: str) -> None:
    """Whatever it is."""
    found = told(there(silence=silence))["room"]
    assert not found.well
    assert said in found.said
    assert found.mend


@pytest.mark.parametrize(
    ("echo", "well", "said"),
    [
        (Reading(echo_db=3.0), False, "3 decibels above"),
        (Reading(echo_db=-9.0), False, "9 decibels below"),
        (Reading(echo_db=-12.0), True, "12 decibels below"),
        (Reading(echo_db=None), True, "does not hear me at all"),
        (Reading(problem="The loudspeaker is busy."), False, "busy"),
    ],
)
def test_how_much_comes_back(echo: Reading, well: bool, said: str) -> None:
    """Above ten decibels below what is sent, nobody is heard beside the guide."""
    found = told(there(echo=echo))["echo"]
    assert found.well == well
    assert said in found.said
    assert bool(found.mend) != well


def test_what_is_not_there_is_not_measured() -> None:
    """No microphone, no figure; the loudspeaker is told all the same."""
    found = told(Room(Looked((USUAL,), ())))
    assert list(found) == ["microphone", "loudspeaker"]
    assert not found["microphone"].well
    assert "voice-guide setup" in found["microphone"].mend
    assert found["loudspeaker"].well


def test_a_chosen_device_that_is_gone_is_named() -> None:
    """Another one is no substitute."""
    found = told(there(), Settings(microphone="pulse:gone", loudspeaker="pulse:desk"))
    assert "pulse:gone" in found["microphone"].said
    assert not found["microphone"].well
    assert found["loudspeaker"].well


@pytest.mark.parametrize(
    ("speech", "well", "said"),
    [
        (Reading(speech_dbfs=-35.0), True, "30 decibels above the noise"),
        (Reading(speech_dbfs=-55.0), False, "only 10 decibels"),
        (Reading(speech_dbfs=-20.0, clipped=0.01), False, "crackles"),
        (Reading(problem="The microphone sends nothing."), False, "sends nothing"),
    ],
)
def test_somebody_who_is_there_is_asked_to_speak(speech: Reading, well: bool, said: str) -> None:
    """Once the room is known, and before the guide says its own sentence."""
    room = there(speech=speech)
    asked: list[int] = []
    found = {
        each.name: each
        for each in hearing(room, Settings(), aloud=True, ask=lambda: asked.append(len(room.used)))
    }
    assert list(found) == ["microphone", "loudspeaker", "room", "speech", "echo"]
    assert asked == [3]
    assert found["speech"].well == well
    assert said in found["speech"].said
    assert bool(found["speech"].mend) != well
