"""`voice-guide devices`: the microphones and loudspeakers, one a line."""

from __future__ import annotations

import argparse
import sys

from voice_guide.audio.devices import Device, devices
from voice_guide.errors import ExitCode


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command; it sets `run`, which takes the arguments and returns the exit code."""
    parser = subparsers.add_parser("devices", help="list microphones and loudspeakers")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """One line for each direction of each device; nothing when there is none. Raises DeviceError."""
    for device in devices():
        if device.inputs:
            sys.stdout.write(_line("in", device, device.inputs, device.default_input) + "\n")
        if device.outputs:
            sys.stdout.write(_line("out", device, device.outputs, device.default_output) + "\n")
    return ExitCode.WELL


def _line(direction: str, device: Device, channels: int, default: bool) -> str:
    parts = [
        f"{direction:3}",
        device.name,
        device.api,
        f"{channels} channel{'' if channels == 1 else 's'}",
        f"{device.rate} Hz",
    ]
    return "  ".join([*parts, "default"] if default else parts)
