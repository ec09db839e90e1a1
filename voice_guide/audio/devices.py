"""Which microphones and loudspeakers there are, finding one by name, and starting PortAudio anew."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import difflib
import functools
import os
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from voice_guide.errors import DeviceError

_LIST_HINT = "voice-guide devices lists what there is"

ONE_AT_A_TIME = threading.RLock()
"""Held while PortAudio opens, closes, lists or starts anew: it lets no two threads do these at once.

A sound server that hangs keeps it held, so the main thread of an evening never waits for it (audio.lifeline).
"""

_CARD = re.compile(r" \(hw:\d+,\d+\)$")
"""What Linux adds to a name; the numbers change when a device is plugged in again."""

_swallowing = threading.Lock()
_swallowers: list[int] = []  # the kept descriptor, once for each block that is inside


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device as PortAudio knows it."""

    index: int
    """Its number until PortAudio is started anew."""
    name: str
    api: str
    """The system it is reached through: ALSA, Core Audio, ..."""
    inputs: int
    """Channels; 0 if it is no microphone."""
    outputs: int
    """Channels; 0 if it is no loudspeaker."""
    rate: int
    """Hertz, its own default."""
    default_input: bool
    default_output: bool


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Swallow what C libraries write to file descriptor 2; it is restored in any case.

    ALSA and JACK tell there, past Python, of every device that they try in vain. Two threads may be inside at
    once: the last one out restores it.
    """
    sys.stderr.flush()
    with _swallowing:
        _swallowers.append(_swallowers[0] if _swallowers else _point_nowhere())
    try:
        yield
    finally:
        with _swallowing:
            kept = _swallowers.pop()
            if not _swallowers:
                os.dup2(kept, 2)
                os.close(kept)


@contextlib.contextmanager
def hushed_drivers() -> Iterator[None]:
    """For a whole evening: what C libraries write to descriptor 2 is swallowed, what Python writes is not.

    PortAudio's own threads write there when a device goes away, in the middle of whatever stands on the screen.
    """
    with quiet_stderr():
        before = sys.stderr
        sys.stderr = os.fdopen(os.dup(_swallowers[0]), "w", encoding="utf-8", buffering=1)
        try:
            yield
        finally:
            sys.stderr.close()
            sys.stderr = before


def _point_nowhere() -> int:
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return kept


def portaudio() -> ModuleType:
    """The sounddevice module, imported (and PortAudio started) when first needed. Raises DeviceError."""
    try:
        with quiet_stderr():
            import sounddevice
    except OSError as error:
        raise DeviceError(
            "PortAudio, which reaches microphone and loudspeaker, is not installed.",
            "on Debian, Ubuntu and Raspberry Pi OS: sudo apt install libportaudio2",
        ) from error
    _hush_alsa()
    module: ModuleType = sounddevice
    return module


@functools.cache
def _hush_alsa() -> object:
    """Have ALSA tell nobody of underruns: it would write them into the terminal, all evening long.

    Gives back the callback, which the cache keeps alive as long as ALSA may call it.
    """
    handler = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )(lambda *_: None)
    with contextlib.suppress(OSError, AttributeError):  # there is no ALSA on this system
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    return handler


def devices() -> tuple[Device, ...]:
    """All devices, as they were when PortAudio started. Raises DeviceError."""
    sd = portaudio()
    try:
        with ONE_AT_A_TIME:
            return _listed(sd)
    except sd.PortAudioError as error:
        raise no_answer() from error


def _listed(sd: ModuleType) -> tuple[Device, ...]:
    apis = [api["name"] for api in sd.query_hostapis()]
    default_input, default_output = sd.default.device
    return tuple(
        Device(
            index=info["index"],
            name=info["name"],
            api=apis[info["hostapi"]],
            inputs=info["max_input_channels"],
            outputs=info["max_output_channels"],
            rate=round(info["default_samplerate"]),
            default_input=info["index"] == default_input,
            default_output=info["index"] == default_output,
        )
        for info in sd.query_devices()
    )


def refresh() -> None:
    """Start PortAudio anew, so that it sees what was plugged in or out; every open stream dies of it.

    Close the streams first: PortAudio frees them, and closing one afterwards is a use after free. Waits for
    as long as a sound server hangs. Raises DeviceError.
    """
    sd = portaudio()
    try:
        with ONE_AT_A_TIME, quiet_stderr():
            if sd._initialized:  # not so if the last attempt ended in between
                sd._terminate()
            sd._initialize()
    except sd.PortAudioError as error:
        raise no_answer() from error


def abandon() -> None:
    """Leave PortAudio unclosed at the program's end: a sound server that hangs would keep it from ending.

    What is written to descriptor 2 is seen again, though a thread may hang where it is swallowed.
    """
    # Not imported: the thread that hangs may do so in the middle of the import.
    closing = getattr(sys.modules.get("sounddevice"), "_exit_handler", None)
    if closing is not None:
        atexit.unregister(closing)
    with _swallowing:
        if _swallowers:
            os.dup2(_swallowers[0], 2)


def no_answer() -> DeviceError:
    """The error for a sound server that is there and does nothing."""
    return DeviceError(
        "The sound system does not answer.", "look at the system's sound settings, or start the computer anew"
    )


def has_input() -> bool:
    """Is there any microphone? Without PortAudio there is none."""
    try:
        return any(device.inputs for device in devices())
    except DeviceError:
        return False


def find_input(name: str | None = None) -> Device:
    """The microphone whose name is nearest to `name`, or the default one. Raises DeviceError."""
    return _find("microphone", [device for device in devices() if device.inputs], name)


def find_output(name: str | None = None) -> Device:
    """The loudspeaker whose name is nearest to `name`, or the default one. Raises DeviceError."""
    return _find("loudspeaker", [device for device in devices() if device.outputs], name)


def same_input(name: str) -> Device:
    """The microphone of this very name (a card's number may differ), never a similar one. Raises DeviceError."""
    return _same("microphone", [device for device in devices() if device.inputs], name)


def same_output(name: str) -> Device:
    """The loudspeaker of this very name (a card's number may differ), never a similar one. Raises DeviceError."""
    return _same("loudspeaker", [device for device in devices() if device.outputs], name)


def _same(kind: str, found: list[Device], name: str) -> Device:
    for known in (lambda one: one.name == name, lambda one: _plain(one.name) == _plain(name)):
        for device in found:
            if known(device):
                return device
    raise DeviceError(f"There is no {kind} named {name}.", _LIST_HINT)


def _plain(name: str) -> str:
    return _CARD.sub("", name).casefold()


def _find(kind: str, found: list[Device], name: str | None) -> Device:
    if not found:
        raise DeviceError(f"There is no {kind}.", "plug one in, or look at the system's sound settings")
    if name is None:
        return next((one for one in found if _is_default(one, kind)), found[0])
    wanted = name.casefold()
    names = [one.name.casefold() for one in found]
    # The whole name, else a part of it, else one that differs by a slip of the finger.
    near = [known for known in names if wanted in known] or difflib.get_close_matches(wanted, names, n=1)
    if wanted in names:
        near = [wanted]
    if not near:
        raise DeviceError(f"There is no {kind} named {name}.", _LIST_HINT)
    return found[names.index(near[0])]


def _is_default(device: Device, kind: str) -> bool:
    return device.default_input if kind == "microphone" else device.default_output
