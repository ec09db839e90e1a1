"""What the guide says of its own accord inside an exercise: mirrors, fresh consents, leave to say something again.

`{name}` is the partner who is asked. In a mirror `{teller}` told something, and `{hearer}` says it back.
The words are the project's own; the form of a mirror (say back, ask whether something is missing) is that of the
Imago dialogue and of
the speaker-listener technique.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A prompt, the same in other words, and what `help` says."""

    text: str
    again: str
    help: str


SAY_BACK = Words(
    text="{hearer}, please tell {teller} what you heard, in your own words. You do not have to agree.",
    again="{hearer}, what did you hear {teller} say? A few words are enough.",
    help="You can begin with: what I heard is. Your own view can wait. You can also say pass.",
)

MISSING = Words(
    text="{teller}, is something important missing? Yes or no?",
    again="{teller}, would you like to add something to that? Yes or no?",
    help="Say yes to add something, or no to go on. You can also say pass.",
)

ADD = Words(
    text="{teller}, what was missing?",
    again="{teller}, what would you like {hearer} to hear as well?",
    help="One sentence is enough. You can also say pass.",
)

SAY_BACK_MORE = Words(
    text="{hearer}, please tell {teller} what you heard this time.",
    again="{hearer}, what did {teller} add? A few words are enough.",
    help="Only what was new, in your own words. You can also say pass.",
)

STILL_MISSING = Words(
    text="{teller}, is anything still missing? Yes or no?",
    again="{teller}, would you like to add one more thing? Yes or no?",
    help="Say yes to add one last thing, or no to go on. You can also say pass.",
)

ADD_MORE = Words(
    text="{teller}, please tell it now. {hearer} only listens, and then we go on.",
    again="{teller}, what is the last thing you would like {hearer} to hear?",
    help="One sentence is enough. You can also say pass.",
)

DEEPER = Words(
    text="{name}, from here it goes deeper. Would you like to go on? You can also say, not tonight.",
    again="{name}, shall we go deeper from here? Yes, or not tonight.",
    help="If either of you says no, we leave that part out. You can also say pass.",
)

NOT_DEEPER = "Then we leave that for another evening."

RECALL = Words(
    text="{name}, may I say aloud what you told before?",
    again="{name}, may I speak your words? Yes or no?",
    help="If you say no, I leave it out. You can also say pass.",
)

RECALL_BOTH = Words(
    text="May I say aloud what you two told before?",
    again="May I speak your words? Yes or no?",
    help="If you say no, I leave it out. You can also say pass.",
)
