"""Sound that would leave this machine: a sound server on another one is refused before anything is opened."""

from __future__ import annotations

import os
import re

from voice_guide.errors import DeviceError

_MACHINE = re.compile(r"^\{[^}]*\}")
"""A server may be for one machine only: {id}unix:/run/pulse."""


def refuse_elsewhere() -> None:
    """Raises DeviceError if PULSE_SERVER names another computer; the kernel would refuse the connection anyway.

    A list of servers, parted by spaces, each a path, `unix:` and a path, or a host (PulseAudio, "Server Strings").
    """
    for server in os.environ.get("PULSE_SERVER", "").split():
        place = _MACHINE.sub("", server)
        if not place.startswith(("/", "unix:")):
            raise DeviceError(
                "Sound would go to another computer: PULSE_SERVER names one.",
                "unset PULSE_SERVER; this program reaches no network, and sound is words",
            )
