"""The device that was chosen is opened again and again, or none."""

from __future__ import annotations

import pytest

from tests.fake_portaudio import FakePortAudio
from voice_guide.audio.chosen import chosen_microphone, chosen_speaker
from voice_guide.errors import DeviceError


def plug(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """From now on there are these, each with one input and two outputs; the last is the default."""
    FakePortAudio(dict.fromkeys(names, (1, 2))).install(monkeypatch)


def test_the_systems_own_choice_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name, each time the default of that moment."""
    plug(monkeypatch, "webcam", "headset")
    microphone, speaker = chosen_microphone(), chosen_speaker()
    assert (microphone().name, speaker().name) == ("headset", "headset")
    plug(monkeypatch, "webcam")
    assert (microphone().name, speaker().name) == ("webcam", "webcam")


def test_never_another_than_the_chosen_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is gone there is none, however similar; when it is back it is found, on whichever card."""
    plug(monkeypatch, "Jabra 410 (hw:1,0)", "default")
    microphone, speaker = chosen_microphone("Jabra 410 (hw:1,0)"), chosen_speaker("Jabra 410 (hw:1,0)")
    assert microphone().name == speaker().name == "Jabra 410 (hw:1,0)"
    plug(monkeypatch, "Jabra 510 (hw:1,0)", "Jabra 410 (hw:1,0) monitor", "default")
    with pytest.raises(DeviceError, match=r"There is no microphone named Jabra 410 \(hw:1,0\)\."):
        microphone()
    with pytest.raises(DeviceError, match=r"There is no loudspeaker named Jabra 410 \(hw:1,0\)\."):
        speaker()
    plug(monkeypatch, "default", "Jabra 410 (hw:2,0)")
    assert microphone().name == speaker().name == "Jabra 410 (hw:2,0)"


def test_missing_from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is a letter off is another device, too."""
    plug(monkeypatch, "Jabra 510", "default")
    with pytest.raises(DeviceError, match=r"There is no microphone named Jabra 410\."):
        chosen_microphone("Jabra 410")()


def test_a_part_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be written in the settings; from then on the whole name counts."""
    plug(monkeypatch, "Jabra 410", "default")
    microphone = chosen_microphone("jabra")
    assert microphone().name == "Jabra 410"
    plug(monkeypatch, "Jabra 510", "default")
    with pytest.raises(DeviceError, match="named Jabra 410"):
        microphone()


def test_the_first_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each loudspeaker begins with it."""
    plug(monkeypatch, "default")
    assert chosen_speaker(volume=0.5)().volume == 0.5
