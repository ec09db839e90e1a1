"""What an evening tells beside its course: commands, the record, devices, losses."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.screen import words
from voice_guide.screen.fields import Change, Fields, number, text
from voice_guide.screen.view import View
from voice_guide.session.command import Command

_KEPT_FAILURES = 5


def command(view: View, at: float, fields: Fields) -> View:
    """What was asked for, where that leaves no trace of who would not go on."""
    note = words.COMMAND_NOTES.get(text(fields, "name"))
    if text(fields, "name") == Command.STRIKE:
        view = replace(view, who="", caption="")  # also where nothing of it had been written
    return view if note is None else replace(view, note=note, note_at=at)


def voice(view: View, at: float, fields: Fields) -> View:
    """The guide's voice sounds otherwise."""
    note = words.voice_note(number(fields, "speed"), number(fields, "loudness"))
    return replace(view, note=note, note_at=at)


def writing(view: View, at: float, fields: Fields) -> View:
    """A record is begun, or there is none any more: closed, discarded, or refused by the disk."""
    del at
    return replace(view, writing=fields.get("on") is True)


def struck(view: View, at: float, fields: Fields) -> View:
    """Something is removed from it."""
    del fields
    return replace(view, note=words.STRUCK, note_at=at, who="", caption="")


def failed(view: View, at: float, fields: Fields) -> View:
    """Something did not work; it is shown again when the view is over."""
    what, hint = text(fields, "what"), text(fields, "hint")
    told = (*view.failures, words.with_hint(what, hint))
    view = replace(view, failure=what, hint=hint, failure_at=at)
    return replace(view, failures=tuple(dict.fromkeys(told))[-_KEPT_FAILURES:])


def lost(view: View, at: float, fields: Fields) -> View:
    """A device is gone."""
    del at
    what = text(fields, "what")
    return replace(view, lost=(*(each for each in view.lost if each != what), what), speaking=False)


def back(view: View, at: float, fields: Fields) -> View:
    """A device is there again."""
    what = text(fields, "what")
    lost = tuple(each for each in view.lost if what and each != what)  # without a name: all are back
    return replace(view, lost=lost, note=words.DEVICE_BACK, note_at=at)


def muted(on: bool) -> Change:
    """The microphone gives nothing, or gives something again."""
    return lambda view, at, fields: replace(view, muted=on)  # noqa: ARG005 - one shape for all changes


def new_voice(view: View, at: float, fields: Fields) -> View:
    """Somebody else is in the room, and the evening waits."""
    del fields
    return replace(view, note=words.NEW_VOICE, note_at=at)


def echo_too_strong(view: View, at: float, fields: Fields) -> View:
    """The guide hears its own voice: from now on it listens in its pauses only."""
    del at, fields
    return replace(view, echo=True)


def dropped(view: View, at: float, fields: Fields) -> View:
    """Sound was lost between the microphone and the ears."""
    del at
    return replace(view, dropped=view.dropped + max(0.0, number(fields, "seconds")))


def underflows(view: View, at: float, fields: Fields) -> View:
    """The voice stumbled: the machine was too slow for it."""
    del at
    return replace(view, underflows=max(view.underflows, round(number(fields, "count"))))


def suspended(view: View, at: float, fields: Fields) -> View:
    """The computer was asleep."""
    return replace(view, note=words.slept(number(fields, "seconds")), note_at=at)
