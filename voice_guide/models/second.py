"""Which model hears kept words again, if this machine can carry that."""

from __future__ import annotations

from voice_guide.models import machine
from voice_guide.models.manifest import Role
from voice_guide.models.store import Installed, installed, knows, read_choice

BESIDES = "second_pass"
"""The choice of what to have for it besides the transcriber that listens: a name, or nothing."""


def second_model(language: str) -> Installed | None:
    """The largest installed transcriber for a language, be it the one that listens: now it has time and a wide window.

    None where there is none, or where the machine, as it was measured when the models were chosen, is too slow for
    it or has too little memory now.
    """
    if not _carried():
        return None
    entries = [
        entry
        for entry in installed()
        if entry.role is Role.TRANSCRIBER and knows(entry.languages, language) and entry.complete
    ]
    return max(entries, key=lambda entry: entry.files[0].bytes, default=None)


def wanted_besides() -> tuple[str, ...]:
    """What to fetch for it, as it was settled once: a later fetch asks no network because more memory is free."""
    name = read_choice().get(BESIDES)
    return (name,) if isinstance(name, str) and name else ()


def _carried() -> bool:
    # Models that were chosen by hand were never measured: whoever does that knows the machine.
    factor = read_choice().get("base_real_time_factor", 0.0)
    memory = machine.available_memory()
    return isinstance(factor, int | float) and machine.carries_second_pass(float(factor), memory)
