"""The devices that a couple chose: the same ones each time they are opened, never silently another."""

from __future__ import annotations

from collections.abc import Callable

from voice_guide.audio.devices import Device, find_input, find_output, same_input, same_output
from voice_guide.audio.microphone import PortAudioMicrophone
from voice_guide.audio.played import Played
from voice_guide.audio.speaker import PortAudioSpeaker
from voice_guide.errors import DeviceError


def chosen_microphone(name: str = "") -> Callable[[], PortAudioMicrophone]:
    """Opens the microphone of this name, as often as it is called; without a name, the system's own choice.

    The call raises DeviceError if it is not there.
    """
    find = _Finder(name, find_input, same_input)
    return lambda: PortAudioMicrophone(find())


def chosen_speaker(
    name: str = "", volume: float = 1.0, played: Played | None = None
) -> Callable[[], PortAudioSpeaker]:
    """Opens the loudspeaker of this name, as often as it is called; without a name, the system's own choice.

    `played` is told of all that it plays. The call raises DeviceError if it is not there.
    """
    find = _Finder(name, find_output, same_output)
    return lambda: PortAudioSpeaker(find(), volume, played)


class _Finder:
    """Finds one device again and again."""

    def __init__(
        self, name: str, nearest: Callable[[str | None], Device], same: Callable[[str], Device]
    ) -> None:
        self._name = name
        self._nearest = nearest
        self._same = same
        self._met = False

    def __call__(self) -> Device:
        if not self._name:
            return self._nearest(None)
        device = self._first()
        self._name, self._met = device.name, True
        return device

    def _first(self) -> Device:
        try:
            return self._same(self._name)
        except DeviceError:
            if self._met:
                raise
            # A part of a name may be written in the settings; a slip of the finger may be another device by now.
            near = self._nearest(self._name)
            if self._name.casefold() not in near.name.casefold():
                raise
            return near
