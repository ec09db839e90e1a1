"""What the guide itself says, in English. Warm, plain, and never a judgement."""

from __future__ import annotations

WELCOME = (
    "Hello {first}, hello {second}. Tonight's exercise is called {title}. It takes about {minutes} minutes."
)
WELCOME_CHOSEN = "So it is {title}. It takes about {minutes} minutes."
WELCOME_DEEP = "It goes deeper than most. You can leave it for another evening."
RIGHTS = "Either of you can say pass, pause or stop at any time. You never have to say why."

CONSENT = "{name}, would you like to do this tonight? Yes, no, and not tonight are all good answers."
CONSENT_AGAIN = "{name}, shall we do this tonight? You can say yes, or not tonight."
CONSENT_HELP = "Nothing begins unless you both say yes. You can say no without a reason."
WRITE = "{name}, shall I write down what you say? It stays on this machine. I write only if you both say yes."
WRITE_SECOND = "{name}, and you? Shall I write down what you say?"
WRITE_UNPROTECTED = "No passphrase protects it yet. Whoever uses this computer could open it."
WRITE_AGAIN = "{name}, may I write down your words tonight? You can say yes or no."
WRITE_HELP = "If you say no, the evening is the same, and nothing is kept. You decide again at the end."
NOT_WRITTEN = "Then I write nothing down. The evening is the same."
DECLINED = "Then not tonight. Thank you both. Nothing was kept."

LANDING = "We come to the end. Take one slow breath together."
LANDING_ASK = "{name}, tell the other one word for how you are now, or one thing that you appreciate."
LANDING_AGAIN = "{name}, one word or one thing that you appreciate. Only if you wish."
LANDING_HELP = "Any word is fine. You can also say pass."

KEEP = "{name}, shall I keep tonight's words? You can say keep, or let them go."
KEEP_SECOND = "{name}, and you? Keep them, or let them go?"
KEEP_AGAIN = "{name}, shall tonight's words be kept? You can say yes or no."
KEEP_HELP = "They are kept only if you both say so. Either of you can delete them later, alone."
KEPT = "Tonight's words are kept, on this machine only."
DISCARDED = "They are gone. What you told each other is still yours."
UNDECIDED = "Then we leave that open. They stay sealed, and go after seven days."
MENU_HELLO = "Hello {first}, hello {second}."
MENU_RESUME = "Last time, {title} was interrupted. Shall we go on where it was?"
MENU_RESUME_HELP = "Yes goes on there. After a no, I tell what else there is."
MENU_FIRST = "For a first evening, I offer something gentle."
MENU_OFFERS = "This is what I can offer tonight."
MENU_OFFER = "{title}: {minutes} minutes, {depth}."
MENU_SUGGEST = "I would suggest {title}."
MENU_ASK = "Which one would you like?"
MENU_MORE = "Or say, more."
MORE_NAME = "more"
MENU_AGAIN = "Which one shall it be? {choices}."
MENU_HELP = "Say its name, or the first or the second. You choose, says that I may."
MENU_SHALL = "Shall we take {title}?"
MENU_SHALL_HELP = "Yes begins it. After a no, we leave it for another evening."
MENU_NONE = "Then not tonight. Thank you both."
DEPTHS = ("gentle", "open", "deep")

GOODBYE = "Thank you both. Good night."

KEEP_FAILED = "I could not finish writing. What was written stays sealed, and goes after seven days."
DISCARD_FAILED = "I could not delete tonight's words now. Either of you can delete them later."
STRIKE_FAILED = "I could not remove it now. Either of you can delete the whole evening later."

MISSED_YES_NO = "I missed that, sorry. Was it yes or no?"
MISSED_NUMBER = "I missed that, sorry. Which number was it?"
MISSED_CHOICE = "I missed that, sorry. Which one was it? {choices}."
NO_HURRY = "There is no hurry. I'm here."
OFFER = "You can take more time, hear it again, or pass."
STILL_LISTENING = "I'm still listening. Say, I'm done, when you are."
NO_CLOCK = "No clock runs tonight. Say, I'm done, when you are."
OTHER_CLOCK = "Tonight the clock gives you {time}."
WAITING = "I'll wait. Say continue when you like."
PAUSED = "Paused. I'm waiting only for continue or stop."
OFF_RECORD = "Off the record. I'm waiting only for on the record, or stop."
STOPPED = "Stopped. You don't have to say why."
BREAK = "Take your break, at least twenty minutes. A chime tells when they are over. Then say continue."
SHALL_I_GO_ON = "Shall I go on, or leave you to talk?"
LEAVE_YOU = "I leave you to it. Say continue when you like."
YOUR_TURN = "It is your turn, {name}."
TURN_OF_BOTH = "It is the turn of you both."
NOT_BEGUN = "We have not begun yet. First, choose what to do."
NOBODYS_TURN = "It is nobody's turn just now."
LEFT_IN_TURN = "In this turn, {left} are left."
LEFT_IN_ALL = "In the whole exercise, {left}."
LIKE_THIS = "I speak like this now."
AT_THE_LIMIT = "I can't go any further than this."
MUTED = "Your microphone seems to be muted."
MICROPHONE_LOST = "I can't hear you any more. I'll wait until the microphone is back."
LOUDSPEAKER_BACK = "You can hear me again."
MICROPHONE_BACK = "I can hear you again."
NOTHING_KEPT = "Nothing is kept tonight, because nothing has been set up for it."
NOTHING_WRITTEN = "Nothing of this exercise is written down."
MORE_TIME = "Take your time."
STRUCK = "That answer is out of the record."
STRUCK_WITH_MIRRORS = "That answer is out of the record, and so is what repeated it."
NOTHING_TO_STRIKE = "Nothing of that is in the record."
HELP = "You can say repeat, more time, I'm done or pass. Also pause, take a break, off the record, or stop."
BACK_TO = "{name}, it is your turn again."
BACK_TO_BOTH = "It is the turn of you both."
TIME_LEFT = "There is time left: {left}."
RECORD_FAILED = "I can't write any more tonight. What was written is safe. We can go on without it."

ASIDES = (
    NO_HURRY, PAUSED, STOPPED, OFFER, MISSED_YES_NO, MORE_TIME, OFF_RECORD, STRUCK, STRUCK_WITH_MIRRORS, WAITING,
    HELP, NOTHING_TO_STRIKE, STRIKE_FAILED, DISCARD_FAILED, KEEP_FAILED,
    STILL_LISTENING, NO_CLOCK, SHALL_I_GO_ON, LIKE_THIS, BREAK,
    MICROPHONE_LOST, MICROPHONE_BACK, LOUDSPEAKER_BACK, MUTED, LEAVE_YOU, AT_THE_LIMIT,
    TURN_OF_BOTH, NOBODYS_TURN, NOT_BEGUN, NOT_WRITTEN, DECLINED, UNDECIDED, DISCARDED, RECORD_FAILED, MISSED_NUMBER,
)  # fmt: skip
"""Lines that may be needed at any moment, the likeliest first."""
