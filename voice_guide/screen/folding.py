"""From what the machine tells to what the screen shows: one table, no clock, no I/O.

Nothing of it depends on who passed, declined or stopped: every end of a turn leaves the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice_guide.screen import incidents
from voice_guide.screen.fields import Change, Fields, number, text
from voice_guide.screen.view import Activity, Held, Offer, View
from voice_guide.session.effects import Tell

NOTE_LASTS = 6.0
"""Seconds after which a small note goes with the next event."""

FAILURE_LASTS = 20.0
"""Seconds for which a failure stands at least."""

_DECIDES = "yes-no"


def fold(view: View, at: float, tell: Tell) -> View:
    """The view after something was told; unknown names and fields that are no such thing change nothing."""
    if view.note and at - view.note_at > NOTE_LASTS:
        view = replace(view, note="")
    if view.failure and at - view.failure_at > FAILURE_LASTS and tell.name in ("step", "prompt"):
        view = replace(view, failure="", hint="")
    if view.activity is Activity.OVER and tell.name not in ("failed", "hearing_again"):
        return view
    change = _CHANGES.get(tell.name)
    return view if change is None else change(view, at, tell.fields)


def _began(view: View, at: float, fields: Fields) -> View:
    del at
    title = text(fields, "title") or text(fields, "exercise").replace("-", " ")
    minutes = number(fields, "minutes") or None
    return replace(view, title=title, minutes_left=minutes, offers=())


def _menu(view: View, at: float, fields: Fields) -> View:
    del at
    offers = fields.get("offers")
    known = [each for each in offers if isinstance(each, Mapping)] if isinstance(offers, list | tuple) else []
    return replace(view, offers=tuple(_offer(each) for each in known))


def _offer(fields: Fields) -> Offer:
    minutes, depth = number(fields, "minutes"), number(fields, "depth")
    return Offer(title=text(fields, "title"), minutes=round(minutes), depth=round(depth))


def _step(view: View, at: float, fields: Fields) -> View:
    del at
    left = number(fields, "minutes_left") if "minutes_left" in fields else view.minutes_left
    view = replace(view, minutes_left=left, question=(), deadline=None, left=None, time_over=False)
    return replace(view, activity=Activity.MOMENT, held=None, waited=False, answer="", asks="")


def _prompt(view: View, at: float, fields: Fields) -> View:
    said = text(fields, "text")
    # Only what is said on the way to an answer belongs to its question: not a help, not "Paused".
    part = view.held is None and not view.answer and said not in view.question
    question = (*view.question, said) if part else view.question
    to = text(fields, "to") or "both"
    view = replace(_stopped_clock(view, at), prompt=said, to=to, question=question, speaking=False)
    # A word in between, such as a help or a repeat, leads back to the answer that was asked for before.
    return replace(view, activity=Activity.GUIDE, asks=text(fields, "answer") or view.asks)


def _silent(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, activity=Activity.MOMENT) if view.activity is Activity.GUIDE else view


def _listening(view: View, at: float, fields: Fields) -> View:
    turn = round(number(fields, "turn"))
    left = view.left if turn == view.turn else None
    deadline = at + left if view.deadline is None and left is not None else view.deadline
    question = text(fields, "question") or " ".join(view.question)
    view = replace(view, activity=Activity.LISTENING, held=None, deadline=deadline, left=None)
    if turn != view.turn:
        view = replace(view, turn=turn, who="", caption="")
    answer = text(fields, "answer")
    view = replace(view, to=text(fields, "who") or "both", answer=answer, asks=answer)
    return replace(view, prompt=question or view.prompt, speaking=False, waited=False)


def _speaks(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, speaking=True, waited=False)


def _pauses(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, speaking=False)


def _heard(view: View, at: float, fields: Fields) -> View:
    del at
    mine = round(number(fields, "turn")) == view.turn and view.turn > 0
    # What was said to a yes or no stays off the screen: it must not tell who declined.
    if not view.captions or view.held is not None or not mine or view.answer in ("", _DECIDES):
        return view
    return replace(view, who=text(fields, "who"), caption=text(fields, "text"))


def _turn_ended(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, activity=Activity.MOMENT, speaking=False, waited=False, left=None, asks="")


def _reopened(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, activity=Activity.LISTENING, asks=view.answer)


def _no_input(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, waited=True)


def _held(why: Held) -> Change:
    def change(view: View, at: float, fields: Fields) -> View:
        view = replace(_stopped_clock(view, at), held=why, break_over=False, who="", caption="")
        undo = at + number(fields, "seconds") if why is Held.STOPPING else None
        return replace(view, deadline=undo, speaking=False)

    return change


def _stopped_clock(view: View, at: float) -> View:
    """The clock of a turn stands still while the guide speaks or waits."""
    if view.deadline is None or view.held is not None:
        return view
    return replace(view, deadline=None, left=max(0.0, view.deadline - at))


def _resumed(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, held=None, deadline=None, activity=Activity.MOMENT)


def _break_over(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, break_over=True)


def _timer(view: View, at: float, fields: Fields) -> View:
    left = number(fields, "left")
    if view.held is not None:
        return view
    deadline = at + left if left > 0 else None
    quiet = view.activity is Activity.MOMENT and not view.answer and left > 0
    activity = Activity.SILENCE if quiet else view.activity
    if left <= 0 and activity is Activity.SILENCE:
        activity = Activity.MOMENT
    over = left <= 0 and view.activity is Activity.LISTENING
    return replace(view, deadline=deadline, left=None, time_over=over, activity=activity)


def _undecided(view: View, at: float, fields: Fields) -> View:
    del at, fields
    return replace(view, undecided=True)


def _finished(view: View, at: float, fields: Fields) -> View:
    del at
    view = replace(view, activity=Activity.OVER, held=None, who="", caption="", note="", deadline=None)
    view = replace(view, reason=text(fields, "reason") or "completed", speaking=False, offers=())
    return replace(view, writing=False, asks="")


def _hearing_again(view: View, at: float, fields: Fields) -> View:
    del at
    return replace(view, again=round(number(fields, "left")))


_CHANGES: dict[str, Change] = {
    "session_started": _began,
    "menu": _menu,
    "step": _step,
    "prompt": _prompt,
    "prompt_ended": _silent,
    "guide_silenced": _silent,
    "listening": _listening,
    "speech_started": _speaks,
    "resumed_speech": _speaks,
    "pause": _pauses,
    "heard": _heard,
    "turn_ended": _turn_ended,
    "turn_reopened": _reopened,
    "no_input": _no_input,
    "paused": _held(Held.PAUSED),
    "off_record": _held(Held.OFF_RECORD),
    "break": _held(Held.BREAK),
    "stopping": _held(Held.STOPPING),
    "talking": _held(Held.TALKING),
    "resumed": _resumed,
    "on_record": _resumed,
    "break_over": _break_over,
    "timer": _timer,
    "command": incidents.command,
    "voice": incidents.voice,
    "writing": incidents.writing,
    "struck": incidents.struck,
    "failed": incidents.failed,
    "microphone_lost": incidents.lost,
    "loudspeaker_lost": incidents.lost,
    "microphone_back": incidents.back,
    "loudspeaker_back": incidents.back,
    "muted": incidents.muted(True),
    "unmuted": incidents.muted(False),
    "new_voice": incidents.new_voice,
    "echo_too_strong": incidents.echo_too_strong,
    "dropped": incidents.dropped,
    "underflows": incidents.underflows,
    "suspended": incidents.suspended,
    "undecided": _undecided,
    "finished": _finished,
    "hearing_again": _hearing_again,
}
"""`landing` is not here: an answer that was passed does not land, and the screen must not tell."""
