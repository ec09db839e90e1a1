"""What the engine worker has found, as the machine wants to know it."""

from __future__ import annotations

from voice_guide.jobs import Transcribed, TranscriptionFailed, TurnJudged
from voice_guide.session import events as ev


def found_event(found: Transcribed | TranscriptionFailed | TurnJudged, at: float) -> ev.Event:
    """The event that a result is."""
    if isinstance(found, TurnJudged):
        return ev.Judged(at=at, turn=found.job.turn, revision=found.job.revision, complete=found.complete)
    if found.job.over:
        text, hinted = (found.text, found.hinted) if isinstance(found, Transcribed) else ("", "")
        return ev.HeardOver(at=at, revision=found.job.revision, text=text, hinted=hinted)
    if isinstance(found, TranscriptionFailed):
        return ev.EngineFailed(at=at, turn=found.job.turn, revision=found.job.revision, what=found.what)
    return ev.Heard(
        at=at,
        turn=found.job.turn,
        revision=found.job.revision,
        text=found.text,
        speech=found.speech,
        hinted=found.hinted,
        doubtful=found.doubtful,
        voice=found.voice,
        strange=found.strange,
    )
