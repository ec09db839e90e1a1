"""Which languages the guide can speak here, and what each still lacks."""

from __future__ import annotations

from voice_guide import models
from voice_guide.errors import ModelError
from voice_guide.exercise.load import ENGLISH
from voice_guide.languages import known_languages, language
from voice_guide.setup.draft import Tongue


def tongues() -> tuple[Tongue, ...]:
    """All languages that have tables, English first."""
    codes = sorted(known_languages(), key=lambda code: (code != ENGLISH, code))
    return tuple(Tongue(code, language(code).name, missing=not _speaks(code)) for code in codes)


def _speaks(code: str) -> bool:
    try:
        for role in (models.Role.VOICE, models.Role.TRANSCRIBER):
            models.find(role, code)
    except ModelError:
        return False
    return True
