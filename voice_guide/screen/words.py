"""The evening's state in words: what stands on the screen beside the prompt.

A screen tells it in words and never in colour alone. None of these lines tells who did something.
"""

from __future__ import annotations

import math

from voice_guide.screen.view import Activity, Held, View

COMMAND_NOTES = {
    "repeat": "Once more.",
    "more time": "Take your time.",
    "go back": "Back to the question before.",
}
"""Commands whose coming is shown; pass and stop leave no trace, and the others show by what they do."""

STRUCK = "That answer is removed from the record."
DEVICE_BACK = "It is connected again."
NEW_VOICE = "A voice that I don't know: “that was me” keeps its words, “continue” takes them out."
WRITTEN = "Your words are written down"
NOT_NOW = "Nothing is written down just now"
NOT_WRITTEN = "Nothing is written down"
FOOTER = "? keys   Enter: type an answer"
TYPING = "Enter sends it   Esc gives up"
DEPTHS = ("", "gentle", "open", "deep")

_HELD = {
    Held.PAUSED: ("paused", "Paused. “Continue” goes on, “stop” ends the evening."),
    Held.OFF_RECORD: ("off the record", "Off the record. “On the record” goes on."),
    Held.BREAK: ("a break", "Take your break. “Continue” goes on."),
    Held.STOPPING: ("stopped", "Stopped. Until the time is over, “continue” takes it back."),
    Held.TALKING: ("talking", "You are talking to each other. I keep none of it."),
}

_ACTIVITIES = {
    Activity.READY: ("getting ready", "Getting ready."),
    Activity.GUIDE: ("the guide speaks", "The guide speaks. Any key stops it."),
    Activity.SILENCE: ("silence", "Silence. Nothing has to be said."),
    Activity.MOMENT: ("one moment", "One moment. There is no hurry."),
    Activity.OVER: ("the end", "The evening is over."),
}

_LISTENING = {
    "yes-no": "Listening. Yes or no.",
    "number": "Listening. A number.",
    "choice": "Listening. Choose one.",
    "short": "Listening. A few words.",
    "open": "Listening. Take your time. “I'm done” ends the turn.",
    "timed": "Listening. The time is yours, silence too.",
}

ANSWERS = {
    "yes-no": "yes or no",
    "number": "a number",
    "choice": "choose one",
    "short": "a few words",
    "open": "take your time",
    "timed": "the time is yours",
}
"""Kinds of answer, as said beside a question."""

_ENDINGS = {
    "interrupted": "The evening was interrupted.",
    "break": "The break has lasted long, so the evening is over.",
}


def state(view: View) -> str:
    """What goes on, in a sentence or two."""
    if view.again and view.activity is Activity.OVER:
        return hearing_again(view)
    if view.held is Held.BREAK and view.break_over:
        return "The break may be over. “Continue” goes on."
    if view.held is not None:
        return _HELD[view.held][1]
    if view.lost and view.activity is not Activity.OVER:
        return "One moment. I wait for what is gone."
    if view.activity is not Activity.LISTENING:
        return _ACTIVITIES[view.activity][1]
    if view.time_over:
        return "The time is over. Finish in your own time."
    if view.waited:
        return "Listening. There is no hurry."
    clockless = view.answer == "timed" and view.deadline is None
    return _LISTENING.get("open" if clockless else view.answer, "Listening.")


def short_state(view: View) -> str:
    """What goes on, in a word or two."""
    if view.held is not None:
        return _HELD[view.held][0]
    return "listening" if view.listening else _ACTIVITIES[view.activity][0]


def whose(view: View) -> str:
    """Whose turn it is, or whom the guide speaks to; empty where it is nobody's."""
    if view.held is not None or view.activity in (Activity.READY, Activity.OVER, Activity.SILENCE):
        return ""
    name = "both of you" if view.to == "both" else view.to
    if view.activity is Activity.GUIDE:
        return f"For {name}"
    if not view.answer:
        return ""
    return "The turn of both of you" if view.to == "both" else f"{view.to}'s turn"


def clock(seconds: float) -> str:
    """The time left, for a glance.

    >>> clock(150.2), clock(30), clock(0)
    ('2:31', '0:30', '0:00')
    """
    whole = max(0, math.ceil(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def seconds_left(view: View, at: float) -> float | None:
    """How much time is left now, or None where no clock runs or stands."""
    if view.deadline is not None:
        return max(0.0, view.deadline - at)
    return view.left if view.answer == "timed" else None


def minutes_left(view: View) -> str:
    """How long the whole still takes."""
    if view.minutes_left is None or view.activity is Activity.OVER:
        return ""
    whole = math.ceil(view.minutes_left)
    return "less than a minute left" if whole < 1 else f"about {whole} minute{'s' if whole > 1 else ''} left"


def notices(view: View) -> list[str]:
    """What went wrong and what is worth a line, the most important first."""
    found = [f"The {each or 'device'} is gone. I am looking for it." for each in view.lost]
    if view.muted:
        found.append("The microphone seems to be muted.")
    if view.failure:
        found.append(with_hint(view.failure, view.hint))
    if view.note:
        found.append(view.note)
    if view.echo:
        found.append("I hear myself too loud: speak to me in my pauses, or press a key. Softer helps.")
    if view.dropped >= 0.05:
        found.append(f"Sound lost this evening: {view.dropped:.1f} s.")
    if view.underflows:
        found.append(f"The voice stumbled {view.underflows} time{'s' if view.underflows > 1 else ''}.")
    return found


def record(view: View) -> str:
    """Whether words are written down at the moment; once the evening is over, there is nothing more to say of it."""
    if view.activity is Activity.OVER:
        return ""
    if not view.writing:
        return NOT_WRITTEN
    return WRITTEN if view.held is None else NOT_NOW


def offers(view: View) -> list[str]:
    """The menu, a line for each exercise."""
    lines = []
    for number, each in enumerate(view.offers, 1):
        depth = DEPTHS[each.depth] if 0 < each.depth < len(DEPTHS) else ""
        details = ", ".join(filter(None, (f"{each.minutes} minutes" if each.minutes else "", depth)))
        lines.append(f"{number}  {each.title}" + (f" - {details}" if details else ""))
    return lines


def with_hint(what: str, hint: str) -> str:
    """A sentence and what to do about it."""
    return f"{what} ({hint})" if hint else what


def voice_note(speed: float, loudness: float) -> str:
    """How the voice sounds now."""
    level = "as loud as at first" if not round(loudness) else f"{loudness:+.0f} dB"
    return f"The voice: {speed:.0%} of its pace, {level}."


def slept(seconds: float) -> str:
    """The computer was asleep."""
    length = f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"
    return f"The computer slept for {length}."


def hearing_again(view: View) -> str:
    """Nothing is listened to any more, but the record gets better; nobody has to wait for that."""
    return f"For the record I go through your words once more: {view.again} to go. Ctrl-C leaves them as they are."


def ending(view: View) -> str:
    """How the evening ended; the same line whoever stopped or declined."""
    return _ENDINGS.get(view.reason, "The evening is over.")


def last_words(view: View) -> list[str]:
    """What still matters when the view is gone; never what partners said."""
    return ([ending(view)] if view.reason else []) + undecided(view) + list(view.failures)


def undecided(view: View) -> list[str]:
    """What becomes of words that nobody has decided about."""
    return ["What was written stays sealed, and goes after seven days."] if view.undecided else []
