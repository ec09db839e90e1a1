"""Whoever follows an evening."""

from __future__ import annotations

from collections.abc import Callable

from voice_guide.session.effects import Tell

Listener = Callable[[float, Tell], None]
"""Is told what happens and when, seconds since the start: a screen, an event log, a rehearsal's couple."""
