"""What English-speaking partners say to the guide: a table for each meaning, no code.

Phrases are in normal form (see `speech.normal`): lower case, no punctuation, straight apostrophes.
"""

from __future__ import annotations

from voice_guide.session.command import Command

COMMANDS: dict[Command, tuple[str, ...]] = {
    Command.REPEAT: (
        "repeat", "repeat that", "repeat it", "repeat the question", "say that again", "say it again",
        "again", "once more", "one more time", "what was the question", "what was that", "come again",
        "pardon", "sorry what",
    ),
    Command.PAUSE: (
        "pause", "wait", "hold on", "wait a moment", "wait a minute", "wait a second", "one moment",
        "hang on", "just a moment", "just a second", "give us a moment", "give me a moment",
        "give us a minute", "give me a minute",
    ),
    Command.CONTINUE: (
        "continue", "go on", "resume", "carry on", "let's continue", "let's go on", "we can continue",
        "we can go on", "go ahead", "keep going", "i'm back", "we're back", "we're ready", "i'm ready",
    ),
    Command.MORE_TIME: (
        "more time", "i need more time", "a bit more time", "a little more time", "some more time",
        "let me think", "i'm thinking", "i'm still thinking", "not yet", "i need a minute", "i need a moment",
    ),
    Command.PASS: (
        "pass", "skip", "i pass", "i'll pass", "i will pass", "skip this", "skip it", "skip that",
        "skip this one", "pass on this one", "i'd like to pass", "i would like to pass", "next question",
        "i want to pass", "i want to skip",
    ),
    Command.GO_BACK: (
        "go back", "back", "go back one", "back up", "previous", "previous question", "the previous question",
        "go back to the last question",
    ),
    Command.HELP: (
        "help", "help me", "what can i say", "what can we say", "what do i do", "what should i do",
        "i don't understand the question", "i don't get it", "what does that mean",
    ),
    Command.DONE: (
        "i'm done", "i am done", "that's all", "that is all", "that's it", "that is it", "done",
        "i'm finished", "i am finished", "finished", "that's everything", "that's all for now",
        "that's all i have to say", "nothing more", "nothing else",
    ),
    Command.STRIKE: (
        "strike that", "strike it", "scratch that", "delete that", "remove that", "erase that", "take that out",
        "take that back", "strike the last answer", "strike that from the record",
    ),
    Command.OFF_RECORD: (
        "off the record", "go off the record", "off record", "let's go off the record", "this is off the record",
    ),
    Command.ON_RECORD: (
        "on the record", "back on the record", "go on the record", "on record", "let's go back on the record",
        "we're back on the record", "go back on the record",
    ),
    Command.STOP: (
        "stop", "stop it", "stop the exercise", "stop now", "stop here", "let's stop", "let's stop here",
        "i want to stop", "we want to stop", "i'd like to stop", "end the exercise", "quit", "stop please",
    ),
}  # fmt: skip

TAILS: tuple[str, ...] = (
    "that's all", "that is all", "that's it", "that is it", "i'm done", "i am done", "that's everything",
    "i'm finished",
)  # fmt: skip
"""Ends of an answer that end the turn and are left out of the text."""

TAIL_LINKS: tuple[str, ...] = ("and", "so", "well", "okay", "ok", "yeah", "um", "i think", "i guess")
"""Small words before such an end that go with it."""

POLITE: tuple[str, ...] = (
    "please", "okay", "ok", "um", "uh", "er", "erm", "well", "sorry", "hey", "so", "can we", "could we", "can you",
    "could you", "can i", "could i", "may i", "would you", "let's", "i think", "just", "thank you", "thanks", "now",
    "yes", "guide", "oh", "ah",
)  # fmt: skip
"""Words around a command that do not change it."""

YES: tuple[str, ...] = (
    "yes", "yeah", "yep", "yup", "ya", "yah", "yea", "aye", "sure", "ok", "okay", "of course", "absolutely", "definitely",
    "certainly", "gladly", "happily", "with pleasure", "i do", "i would", "i'd like to", "i would like to",
    "i'd like that", "i'd love to", "i want", "i am in", "i'm in", "i will", "i guess so", "i think so", "i suppose so",
    "i guess", "mhm", "mm hm", "mmhm", "mm hmm", "mmm hmm", "uh huh", "hm hm", "right", "correct", "exactly", "indeed",
    "please do", "please", "why not", "fine", "alright", "all right", "go ahead", "let's do it", "let's", "no problem",
    "i don't mind", "don't mind", "totally", "for sure", "very much", "i am", "it is", "there is", "we do", "we can",
    "do it", "i'm ready", "a little", "a bit",
)  # fmt: skip

NO: tuple[str, ...] = (
    "no", "nope", "nah", "no thanks", "no thank you", "not tonight", "not today", "not now", "not really", "not yet",
    "not at all", "not this time", "rather not", "i'd rather not", "i would rather not", "don't", "i don't", "do not",
    "i do not", "i don't want", "i don't want to", "i do not want", "i don't think so", "i do not think so", "never",
    "i'm not", "i am not", "it isn't", "it's not", "isn't", "i won't", "won't", "i wouldn't", "wouldn't", "uh uh",
    "nuh uh", "nothing", "not for me", "i can't", "cannot", "i'd prefer not", "prefer not", "maybe not", "maybe another time",
    "another time", "mm mm", "not", "that's all", "nothing is missing", "nothing's missing",
)  # fmt: skip

UNSURE: tuple[str, ...] = (
    "i don't know", "i do not know", "don't know", "not sure", "i'm not sure", "yes and no", "maybe", "perhaps",
    "i don't mind either way", "it depends", "hard to say",
)  # fmt: skip
"""Phrases that are neither, though they hold a yes or a no."""

KEEP: tuple[str, ...] = ("keep", "keep it", "keep them", "save", "save it", "keep the words")
DISCARD: tuple[str, ...] = (
    "discard", "delete", "delete it", "throw it away", "throw away", "let it go", "don't keep", "do not keep",
    "erase it", "forget it",
)  # fmt: skip

NUMBERS: dict[str, int] = {
    "zero": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip

ORDINALS: tuple[str, ...] = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
