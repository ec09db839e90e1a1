"""Switches that keep libraries from phoning home, set before any of them is imported."""

from __future__ import annotations

import os

QUIET_VARIABLES = {
    # onnxruntime 1.29 and newer sends telemetry by default; it reads this once, at import.
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "DO_NOT_TRACK": "1",
}


def hush() -> None:
    """Set the quiet variables, whatever the user's environment says of them."""
    os.environ.update(QUIET_VARIABLES)
