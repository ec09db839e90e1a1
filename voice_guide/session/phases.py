"""What the guide is doing, what follows it, and why it waits: the names of these."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """What the guide is doing."""

    READY = "ready"
    SPEAKING = "speaking"
    """A prompt sounds; the ears are closed."""
    GAP = "gap"
    """A short silence before more words of the guide, with ears open for commands."""
    LISTENING = "listening"
    LANDING = "landing"
    """The turn seems over; whoever goes on has the floor again."""
    CLOSING = "closing"
    """The turn is over; its last words are still being transcribed."""
    TALKING = "talking"
    """They talk to each other, and the guide keeps out of it."""
    SILENCE = "silence"
    """A silence that is the point of its step."""
    SETTLING = "settling"
    """The record is being changed, and what the guide says next depends on the outcome."""
    WAITING = "waiting"
    """Paused, off the record, in a break, or stopped a moment ago: commands only."""
    AWAY = "away"
    """The microphone or the loudspeaker is gone, and being looked for."""
    FINISHED = "finished"


class Then(StrEnum):
    """What follows a prompt or a handler."""

    NEXT = "next step"
    LISTEN = "open a turn"
    RESTORE = "back to where we were"
    WAIT = "wait for continue"
    DECIDE = "act on a consent"
    TALK = "hear whether to go on"
    KEEP_OUT = "leave them to talk"
    FILL_IN = "hear unclear words again"
    COMPANY = "wait, since somebody else is here"
    SEARCH = "look for the lost device"
    FINISH = "finish"


class Why(StrEnum):
    """Why the guide waits."""

    PAUSED = "paused"
    OFF_RECORD = "off the record"
    BREAK = "break"
    STOPPED = "stopped"


class Closing(StrEnum):
    """What follows a turn that is over, once all of its words are known."""

    ANSWERED = "act on the answer"
    PASSED = "no answer counts"
    BACK = "the question before"
