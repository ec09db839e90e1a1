"""Which microphones and loudspeakers there are, and finding one by name."""

from __future__ import annotations

import contextlib
import ctypes
import difflib
import functools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from voice_guide.errors import DeviceError

_LIST_HINT = "voice-guide devices lists what there is"


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

    ALSA and JACK tell there, past Python, of every device that they try in vain.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


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

    Raises DeviceError.
    """
    sd = portaudio()
    with quiet_stderr():
        sd._terminate()
        sd._initialize()


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
