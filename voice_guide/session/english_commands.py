"""The spoken commands in English: tables, no code.

Phrases are in normal form (see `speech.normal`): lower case, no punctuation, straight apostrophes.
"""

from __future__ import annotations

from voice_guide.session.command import Command

COMMANDS: dict[Command, tuple[str, ...]] = {
    Command.REPEAT: (
        "repeat", "repeat that", "repeat it", "repeat the question", "say that again", "say it again", "say again",
        "say it once more", "say the question again", "again", "once more", "once again", "one more time",
        "what was the question", "what was the question again", "what's the question", "what was that",
        "what did you say", "read it again", "read that again", "come again", "pardon", "sorry what",
        "i didn't hear that", "i didn't hear the question", "i didn't catch that",
    ),
    Command.PAUSE: (
        "pause", "pause it", "pause here", "pause the exercise", "pause for a moment", "pause for a minute",
        "wait", "wait a moment", "wait a minute", "wait a second", "no wait", "hold on", "hold on a moment",
        "hold on a minute", "hold on a second", "hang on", "hang on a minute", "hang on a second", "one moment",
        "one second", "a moment", "just a moment", "just a minute", "just a second", "give us a moment",
        "give us a minute", "give us a second", "give me a moment", "give me a minute", "give me a second",
        "time out",
    ),
    Command.BREAK: (
        "take a break", "have a break", "i need a break", "we need a break", "let's take a break", "let's have a break",
        "a break", "break", "i'd like a break", "i want a break", "we'd like a break", "we want a break",
        "we need to take a break", "i need to take a break",
    ),
    Command.LOUDER: (
        "louder", "a bit louder", "a little louder", "speak louder", "speak up", "volume up", "turn it up",
        "i can't hear you", "we can't hear you", "speak a bit louder", "speak a little louder",
    ),
    Command.SOFTER: (
        "softer", "a bit softer", "a little softer", "speak softer", "speak more softly", "quieter", "a bit quieter",
        "a little quieter", "volume down", "turn it down", "not so loud", "too loud", "that's too loud", "you're too loud",
    ),
    Command.SLOWER: (
        "slower", "a bit slower", "a little slower", "speak slower", "speak more slowly", "more slowly", "slow down",
        "slowly", "not so fast", "too fast", "that's too fast", "you're too fast",
    ),
    Command.FASTER: (
        "faster", "a bit faster", "a little faster", "speak faster", "speak more quickly", "speed up", "not so slow",
        "too slow", "that's too slow", "you're too slow",
    ),
    Command.WHOSE_TURN: (
        "whose turn is it", "whose turn", "who's turn is it", "who's turn", "whose turn is it now", "who's turn is it now",
        "is it my turn", "is it my turn now", "who is it", "who is next", "who's next",
    ),
    Command.TIME_LEFT: (
        "how long is left", "how much time is left", "how long", "how much longer", "how long have we got",
        "how much time do we have", "how much time have i got", "how much time do i have", "how much time have we got",
        "how many minutes are left", "how long do i have", "how long do we have", "how long left", "time left",
        "how much is left", "how much time left",
    ),
    Command.CONTINUE: (
        "continue", "go on", "resume", "carry on", "let's continue", "let's go on", "we can continue",
        "we can go on", "go ahead", "keep going", "i'm back", "we're back", "we're ready", "i'm ready",
        "we are ready", "i am ready", "ready",
    ),
    Command.MORE_TIME: (
        "more time", "i need more time", "i'd like more time", "have more time", "give me more time",
        "a bit more time", "a little more time", "some more time", "have some more time", "a bit longer",
        "a little longer", "let me think", "i'm thinking", "i'm still thinking", "not yet", "i'm not done yet",
        "i'm not finished yet", "i'm not ready yet", "i need a minute", "i need a moment",
    ),
    Command.PASS: (
        "pass", "skip", "i pass", "i'll pass", "i will pass", "skip this", "skip it", "skip that", "skip this one",
        "skip the question", "skip this question", "i'll skip this one", "i will skip this one",
        "pass on this one", "pass on that", "i'll pass on this one", "i'd like to pass", "i would like to pass",
        "i'd rather pass", "next question", "i want to pass", "i want to pass on this one", "i want to skip",
        "i want to skip this", "i want to skip this one", "i don't want to answer", "i don't want to answer that",
        "i'd rather not answer", "i'd rather not answer that", "i'd rather not say",
    ),
    Command.GO_BACK: (
        "go back", "back", "go back one", "go back a step", "go back one step", "go back one question", "back up",
        "previous", "previous question", "the previous question", "go back to the last question",
        "go back to the previous question",
    ),
    Command.HELP: (
        "help", "help me", "i need help", "what can i say", "what can we say", "what can i do", "what do i do",
        "what should i do", "what are my options", "i don't understand the question", "i don't get it",
        "what does that mean",
    ),
    Command.DONE: (
        "i'm done", "i am done", "we're done", "we are done", "all done", "that's all", "that is all", "that was all",
        "that'll be all", "that's it", "that is it", "done", "i'm finished", "i am finished", "finished",
        "that's everything", "that's all for now", "that's all i have to say", "that's all i wanted to say",
        "nothing more", "nothing more to say", "i have nothing more to say", "nothing else", "i have nothing to add",
        "nothing to add",
    ),
    Command.STRIKE: (
        "strike that", "trike that", "strike it", "scratch that", "delete that", "remove that", "erase that", "take that out",
        "take that back", "strike the last answer", "strike my last answer", "strike my answer",
        "delete the last answer", "delete my last answer", "remove the last answer", "remove my last answer",
        "strike what i said", "delete what i said", "remove what i said", "strike what i just said",
        "delete what i just said", "remove what i just said", "forget i said that", "strike that from the record",
    ),
    Command.OFF_RECORD: (
        "off the record", "go off the record", "off record", "let's go off the record", "this is off the record",
        "stop recording", "stop the recording", "don't record this", "don't write this down",
    ),
    Command.ON_RECORD: (
        "on the record", "on the record again", "back on the record", "go on the record", "on record",
        "let's go back on the record", "we're back on the record", "go back on the record",
        "we can go back on the record",
    ),
    Command.STOP: (
        "stop", "stop it", "stop this", "stop the exercise", "stop now", "stop here", "stop for tonight", "no stop",
        "let's stop", "let's stop here", "i want to stop", "i want to stop here", "we want to stop",
        "we want to stop here", "i'd like to stop", "i'd like to stop here", "we'd like to stop", "i need to stop",
        "we need to stop", "end the exercise", "end it here", "quit",
    ),
}  # fmt: skip

TAILS: tuple[str, ...] = (
    "that's all", "that is all", "that's it", "that is it", "i'm done", "i am done", "that's everything",
    "i'm finished", "that's all for now",
)  # fmt: skip
"""Ends of an answer that end the turn and are left out of the text."""

TAIL_LINKS: tuple[str, ...] = ("and", "so", "well", "okay", "ok", "yeah", "um", "i think", "i guess")
"""Small words before such an end that go with it."""

QUOTING: frozenset[str] = frozenset({"said", "say", "says", "saying", "told", "thought"})
"""Words after which such an end is quoted: "she said, that's it"."""

POLITE: tuple[str, ...] = (
    "please", "okay", "ok", "um", "uh", "er", "erm", "well", "sorry", "hey", "so", "and", "can we", "could we",
    "can you", "could you", "can i", "could i", "may i", "may we", "would you", "let's", "i think", "just", "thank you",
    "thanks", "now", "yes", "voice guide", "guide", "oh", "ah",
)  # fmt: skip
"""Words around a command that do not change it."""

HINTS = (
    "Pass. Skip. I pass. Pause. Continue. Repeat. More time. Go back. Help. I'm done. That's all. Strike that. "
    "Off the record. On the record. Louder. Softer. Slower. Faster. Take a break. Whose turn is it? "
    "How long is left? Stop. Yes. No. Pass."
)
"""What a single short utterance may well be; a transcriber that expects these words hears them better."""
