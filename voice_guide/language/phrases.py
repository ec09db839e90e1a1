"""What the guide says of its own accord: the name of each line. Its words are in the tables of a language."""

from __future__ import annotations

from enum import StrEnum


class Phrase(StrEnum):
    """A line of the guide's; its value is its key in scripts/languages/*/guide.yaml."""

    WELCOME = "welcome"
    WELCOME_CHOSEN = "welcome-chosen"
    WELCOME_DEEP = "welcome-deep"
    RIGHTS = "rights"
    LEARN_VOICES = "learn-voices"
    CONSENT = "consent"
    CONSENT_AGAIN = "consent-again"
    CONSENT_HELP = "consent-help"
    WRITE = "write"
    WRITE_SECOND = "write-second"
    WRITE_UNPROTECTED = "write-unprotected"
    WRITE_AGAIN = "write-again"
    WRITE_HELP = "write-help"
    NOT_WRITTEN = "not-written"
    DECLINED = "declined"
    LANDING = "landing"
    LANDING_ASK = "landing-ask"
    LANDING_AGAIN = "landing-again"
    LANDING_HELP = "landing-help"
    KEEP = "keep"
    KEEP_SECOND = "keep-second"
    KEEP_AGAIN = "keep-again"
    KEEP_HELP = "keep-help"
    KEPT = "kept"
    DISCARDED = "discarded"
    UNDECIDED = "undecided"
    MENU_HELLO = "menu-hello"
    MENU_RESUME = "menu-resume"
    MENU_RESUME_HELP = "menu-resume-help"
    MENU_FIRST = "menu-first"
    MENU_OFFERS = "menu-offers"
    MENU_OFFER = "menu-offer"
    MENU_SUGGEST = "menu-suggest"
    MENU_ASK = "menu-ask"
    MENU_MORE = "menu-more"
    MORE_NAME = "more-name"
    MENU_AGAIN = "menu-again"
    MENU_HELP = "menu-help"
    MENU_SHALL = "menu-shall"
    MENU_SHALL_HELP = "menu-shall-help"
    MENU_NONE = "menu-none"
    GOODBYE = "goodbye"
    KEEP_FAILED = "keep-failed"
    DISCARD_FAILED = "discard-failed"
    STRIKE_FAILED = "strike-failed"
    MISSED_YES_NO = "missed-yes-no"
    MISSED_NUMBER = "missed-number"
    MISSED_CHOICE = "missed-choice"
    NEW_VOICE = "new-voice"
    NOT_YOURS = "not-yours"
    SAY_AGAIN = "say-again"
    SAY_AGAIN_BOTH = "say-again-both"
    FILLED_IN = "filled-in"
    NOTHING_UNCLEAR = "nothing-unclear"
    SOME_UNCLEAR = "some-unclear"
    NO_HURRY = "no-hurry"
    OFFER = "offer"
    STILL_LISTENING = "still-listening"
    NO_CLOCK = "no-clock"
    OTHER_CLOCK = "other-clock"
    WAITING = "waiting"
    PAUSED = "paused"
    OFF_RECORD = "off-record"
    STOPPED = "stopped"
    BREAK = "break"
    SHALL_I_GO_ON = "shall-i-go-on"
    LEAVE_YOU = "leave-you"
    YOUR_TURN = "your-turn"
    TURN_OF_BOTH = "turn-of-both"
    NOT_BEGUN = "not-begun"
    NOBODYS_TURN = "nobodys-turn"
    LEFT_IN_TURN = "left-in-turn"
    LEFT_IN_ALL = "left-in-all"
    LIKE_THIS = "like-this"
    AT_THE_LIMIT = "at-the-limit"
    MUTED = "muted"
    MICROPHONE_LOST = "microphone-lost"
    LOUDSPEAKER_BACK = "loudspeaker-back"
    MICROPHONE_BACK = "microphone-back"
    NOTHING_KEPT = "nothing-kept"
    NOTHING_WRITTEN = "nothing-written"
    MORE_TIME = "more-time"
    STRUCK = "struck"
    STRUCK_WITH_MIRRORS = "struck-with-mirrors"
    NOTHING_TO_STRIKE = "nothing-to-strike"
    HELP = "help"
    BACK_TO = "back-to"
    BACK_TO_BOTH = "back-to-both"
    TIME_LEFT = "time-left"
    RECORD_FAILED = "record-failed"
    NOT_DEEPER = "not-deeper"
    OR = "or"
    """Between the last of several choices."""
    ABOUT_SECONDS = "about-seconds"
    ABOUT_A_MINUTE = "about-a-minute"
    ABOUT_A_MINUTE_AND_A_HALF = "about-a-minute-and-a-half"
    ABOUT_MINUTES = "about-minutes"
    ABOUT_MINUTES_AND_A_HALF = "about-minutes-and-a-half"


_NAME, _TITLE, _CHOICES, _LEFT = (
    frozenset({"name"}),
    frozenset({"title"}),
    frozenset({"choices"}),
    frozenset({"left"}),
)
_COUNT = frozenset({"count"})

FIELDS: dict[Phrase, frozenset[str]] = {
    Phrase.WELCOME: frozenset({"first", "second", "title", "minutes"}),
    Phrase.WELCOME_CHOSEN: frozenset({"title", "minutes"}),
    Phrase.CONSENT: _NAME,
    Phrase.CONSENT_AGAIN: _NAME,
    Phrase.WRITE: _NAME,
    Phrase.WRITE_SECOND: _NAME,
    Phrase.WRITE_AGAIN: _NAME,
    Phrase.LANDING_ASK: _NAME,
    Phrase.LANDING_AGAIN: _NAME,
    Phrase.KEEP: _NAME,
    Phrase.KEEP_SECOND: _NAME,
    Phrase.KEEP_AGAIN: _NAME,
    Phrase.MENU_HELLO: frozenset({"first", "second"}),
    Phrase.MENU_RESUME: _TITLE,
    Phrase.MENU_OFFER: frozenset({"title", "minutes", "depth"}),
    Phrase.MENU_SUGGEST: _TITLE,
    Phrase.MENU_AGAIN: _CHOICES,
    Phrase.MENU_SHALL: _TITLE,
    Phrase.MISSED_CHOICE: _CHOICES,
    Phrase.OTHER_CLOCK: frozenset({"time"}),
    Phrase.SAY_AGAIN: _NAME,
    Phrase.YOUR_TURN: _NAME,
    Phrase.LEFT_IN_TURN: _LEFT,
    Phrase.LEFT_IN_ALL: _LEFT,
    Phrase.BACK_TO: _NAME,
    Phrase.TIME_LEFT: _LEFT,
    Phrase.ABOUT_SECONDS: _COUNT,
    Phrase.ABOUT_MINUTES: _COUNT,
    Phrase.ABOUT_MINUTES_AND_A_HALF: _COUNT,
}
"""What a line has to hold in braces, each of them; the others hold nothing."""


class OwnQuestion(StrEnum):
    """A question of the guide's own inside an exercise.

    In a mirror `{teller}` told something, and `{hearer}` says it back; else `{name}` is the partner who is asked. The
    form of a mirror (say back, ask whether something is missing) is that of the Imago dialogue and of the
    speaker-listener technique.
    """

    SAY_BACK = "say-back"
    MISSING = "missing"
    ADD = "add"
    SAY_BACK_MORE = "say-back-more"
    STILL_MISSING = "still-missing"
    ADD_MORE = "add-more"
    DEEPER = "deeper"
    RECALL = "recall"
    RECALL_BOTH = "recall-both"


OWN_FIELDS: dict[OwnQuestion, frozenset[str]] = {
    **dict.fromkeys(OwnQuestion, frozenset({"teller", "hearer"})),
    OwnQuestion.DEEPER: _NAME,
    OwnQuestion.RECALL: _NAME,
    OwnQuestion.RECALL_BOTH: frozenset(),
}
"""What the texts of such a question may hold in braces."""

_ASIDES = (
    "NO_HURRY PAUSED STOPPED OFFER MISSED_YES_NO MORE_TIME OFF_RECORD STRUCK STRUCK_WITH_MIRRORS WAITING HELP",
    "NOTHING_TO_STRIKE STRIKE_FAILED DISCARD_FAILED KEEP_FAILED STILL_LISTENING NO_CLOCK SHALL_I_GO_ON LIKE_THIS",
    "BREAK MICROPHONE_LOST MICROPHONE_BACK LOUDSPEAKER_BACK MUTED LEAVE_YOU AT_THE_LIMIT TURN_OF_BOTH",
    "NEW_VOICE NOT_YOURS SAY_AGAIN_BOTH FILLED_IN NOTHING_UNCLEAR SOME_UNCLEAR",
    "NOBODYS_TURN NOT_BEGUN NOT_WRITTEN DECLINED UNDECIDED DISCARDED RECORD_FAILED MISSED_NUMBER",
)
ASIDES = tuple(Phrase[name] for line in _ASIDES for name in line.split())
"""Lines that may be needed at any moment, the likeliest first."""
