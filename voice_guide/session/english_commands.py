"""The spoken commands in English: tables, no code.

Phrases are in normal form (see `speech.normal`): lower case, no punctuation, straight apostrophes.
"""

from __future__ import annotations

from voice_guide.session.command import Command

COMMANDS: dict[Command, tuple[str, ...]] = {
    Command.REPEAT: (
        "repeat please", "what was that again", "say that one more time", "say that once more", "could i hear that again", "can i hear that again", "can we hear that again", "hear it again", "what was the question please", "the question again", "tell me again", "read the question again", "i missed that", "i missed the question", "run that by me again", "i didn't get that", "ask again", "ask that again", "ask me again",
        "repeat", "repeat that", "repeat it", "repeat the question", "say that again", "say it again", "say again",
        "say it once more", "say the question again", "again", "once more", "once again", "one more time",
        "what was the question", "what was the question again", "what's the question", "what was that",
        "what did you say", "read it again", "read that again", "come again", "pardon", "sorry what",
        "i didn't hear that", "i didn't hear the question", "i didn't catch that",
    ),
    Command.PAUSE: (
        "pause it there", "pause there", "pause this", "let's pause", "hold it", "hold it there", "hang on a sec", "hold on a sec", "wait a sec", "one sec", "just a sec", "give me a sec", "give us a sec", "bear with me", "bear with us", "hold that thought", "wait there", "stop for a moment", "stop for a minute", "we need a moment", "pause everything", "hold up",
        "pause", "pause it", "pause here", "pause the exercise", "pause for a moment", "pause for a minute",
        "wait", "wait a moment", "wait a minute", "wait a second", "no wait", "hold on", "hold on a moment",
        "hold on a minute", "hold on a second", "hang on", "hang on a minute", "hang on a second", "one moment",
        "one second", "a moment", "just a moment", "just a minute", "just a second", "give us a moment",
        "give us a minute", "give us a second", "give me a moment", "give me a minute", "give me a second",
        "time out",
    ),
    Command.BREAK: (
        "take a brake", "break time", "time for a break", "can we have a break", "can we take a break", "shall we take a break", "i could do with a break", "we could do with a break", "let's break", "let's break for a bit", "let's stop for a break", "a short break", "a little break", "a quick break", "take five", "breather", "take a breather", "i need a breather", "we need a breather", "let's take a breather", "have a breather", "i need to take a breather", "tea break",
        "take a break", "have a break", "i need a break", "we need a break", "let's take a break", "let's have a break",
        "a break", "break", "i'd like a break", "i want a break", "we'd like a break", "we want a break",
        "we need to take a break", "i need to take a break",
    ),
    Command.LOUDER: (
        "talk louder", "talk up", "a bit louder please", "louder again", "more volume", "turn up the volume", "turn the volume up", "turn yourself up", "raise your voice", "volume up a bit", "i can hardly hear you", "i can barely hear you", "we can hardly hear you", "you're too quiet", "too quiet", "that's too quiet", "a bit more volume", "can't hear you",
        "louder", "a bit louder", "a little louder", "speak louder", "speak up", "volume up", "turn it up",
        "i can't hear you", "we can't hear you", "speak a bit louder", "speak a little louder",
    ),
    Command.SOFTER: (
        "talk softer", "talk quieter", "speak quieter", "speak more quietly", "talk more quietly", "more quietly", "keep it down", "keep your voice down", "lower your voice", "lower the volume", "turn the volume down", "turn down the volume", "turn yourself down", "volume down a bit", "not so loudly", "less loud", "less volume", "a bit too loud", "that's a bit loud", "you're very loud", "quieter again", "softly",
        "softer", "a bit softer", "a little softer", "speak softer", "speak more softly", "quieter", "a bit quieter",
        "a little quieter", "volume down", "turn it down", "not so loud", "too loud", "that's too loud", "you're too loud",
    ),
    Command.SLOWER: (
        "talk slower", "talk more slowly", "speak slowly", "talk slowly", "take it slower", "go slower", "go a bit slower", "a bit more slowly", "slow it down", "slow down a bit", "you're going too fast", "you're speaking too fast", "you're talking too fast", "less fast", "less quickly", "slower again", "not so quick", "not so quickly", "you're rushing",
        "slower", "a bit slower", "a little slower", "speak slower", "speak more slowly", "more slowly", "slow down",
        "slowly", "not so fast", "too fast", "that's too fast", "you're too fast",
    ),
    Command.FASTER: (
        "talk faster", "go faster", "a bit quicker", "quicker", "quicker please", "speak quicker", "talk quicker", "go quicker", "pick up the pace", "speed it up", "speed up a bit", "hurry up", "you're speaking too slowly", "you're talking too slowly", "you're going too slowly", "less slow", "faster again", "not so slowly", "a bit more quickly",
        "faster", "a bit faster", "a little faster", "speak faster", "speak more quickly", "speed up", "not so slow",
        "too slow", "that's too slow", "you're too slow",
    ),
    Command.WHOSE_TURN: (
        "whose go is it", "whose go", "who's go is it", "who's up", "who's up next", "is it me", "is it me now", "is it my go", "is it his turn", "is it her turn", "is it your turn", "who goes now", "who goes next", "who speaks now", "who's speaking now", "who's talking now", "whose turn now", "who is it now", "who do you mean", "which of us", "which one of us", "whose turn are we on", "whose turn was it", "who's turn was it", "who's it now",
        "whose turn is it", "whose turn", "who's turn is it", "who's turn", "whose turn is it now", "who's turn is it now",
        "is it my turn", "is it my turn now", "who is it", "who is next", "who's next",
    ),
    Command.TIME_LEFT: (
        "how long have we got left", "how long have i got left", "how long have i got", "how long do i have left", "how long do we have left", "how much time have we got left", "how much time have i got left", "how much time do i have left", "how much time do we have left", "how much time is there", "how much time is there left", "how many minutes left", "how many minutes do i have", "how many minutes have i got", "how many minutes have we got", "what's the time left", "how's the time", "how's the time looking", "are we nearly done", "how much is left of it", "how long is there left", "how long to go", "how much longer have we got", "how much longer have i got", "how much longer is there", "how much longer is left", "how long until the end", "what time is left", "time check",
        "how long is left", "how much time is left", "how long", "how much longer", "how long have we got",
        "how much time do we have", "how much time have i got", "how much time do i have", "how much time have we got",
        "how many minutes are left", "how long do i have", "how long do we have", "how long left", "time left",
        "how much is left", "how much time left",
    ),
    Command.CONTINUE: (
        "let's carry on", "we can carry on", "carry on please", "let's keep going", "go on please", "off we go", "back to it", "let's get back to it", "please continue", "continue please", "you can continue", "you can carry on", "you can go on", "we can resume", "let's resume", "okay we're back", "pick it up again",
        "continue", "go on", "resume", "carry on", "let's continue", "let's go on", "we can continue",
        "we can go on", "go ahead", "keep going", "i'm back", "we're back", "we're ready", "i'm ready",
        "we are ready", "i am ready", "ready",
    ),
    Command.MORE_TIME: (
        "i need a bit more time", "i need a little more time", "i need some more time", "i need longer", "a few more minutes", "a few more seconds", "a minute more", "one more minute", "another minute", "give me a bit longer", "give me a little longer", "can i have longer", "let me think about it", "let me think for a moment", "i'm not done", "i'm not finished", "we need more time", "i want more time", "i'm still going", "bit longer", "more time for me", "i haven't finished", "i haven't finished yet",
        "more time", "i need more time", "i'd like more time", "have more time", "give me more time",
        "a bit more time", "a little more time", "some more time", "have some more time", "a bit longer",
        "a little longer", "let me think", "i'm thinking", "i'm still thinking", "not yet", "i'm not done yet",
        "i'm not finished yet", "i'm not ready yet", "i need a minute", "i need a moment",
    ),
    Command.PASS: (
        "i'm going to pass", "i'm gonna pass", "i'm passing", "can i pass", "can i skip", "can we skip", "can we skip this", "can we skip this one", "can we skip that", "pass this one", "pass that", "pass on that one", "pass on this", "not this one", "next", "next one", "next please", "move on", "let's move on", "let's skip it", "let's skip this one", "let's skip that", "skip that one", "skip me", "leave this one out", "leave that one", "i don't want to answer this one", "i don't want to say", "i'd rather skip this one", "i'd rather skip", "i'd rather pass on this one", "i'll skip", "i'll skip that", "i'll skip that one", "i'll pass on that one", "i'll pass on that",
        "pass", "skip", "i pass", "i'll pass", "i will pass", "skip this", "skip it", "skip that", "skip this one",
        "skip the question", "skip this question", "i'll skip this one", "i will skip this one",
        "pass on this one", "pass on that", "i'll pass on this one", "i'd like to pass", "i would like to pass",
        "i'd rather pass", "next question", "i want to pass", "i want to pass on this one", "i want to skip",
        "i want to skip this", "i want to skip this one", "i don't want to answer", "i don't want to answer that",
        "i'd rather not answer", "i'd rather not answer that", "i'd rather not say",
    ),
    Command.GO_BACK: (
        "go back please", "back one", "one back", "go back again", "take me back", "take us back", "step back", "back to the last one", "back to the last question", "back to the question before", "the last question again", "the question before", "go back to that", "go back to the one before", "go to the previous question", "back to the previous one", "can we go back one", "can we go back to that", "can we go back to the last one", "go back to the last one",
        "go back", "back", "go back one", "go back a step", "go back one step", "go back one question", "back up",
        "previous", "previous question", "the previous question", "go back to the last question",
        "go back to the previous question",
    ),
    Command.HELP: (
        "give me a hint", "a hint", "i'm stuck", "i don't know what to say", "i don't understand", "help please", "can you help", "can you help me", "i don't know what to do", "how does this work", "what are we meant to do", "what am i meant to do", "what am i supposed to do", "what am i supposed to say", "what do you mean", "what do i say", "i need some help", "a little help", "some help", "what are the commands",
        "help", "help me", "i need help", "what can i say", "what can we say", "what can i do", "what do i do",
        "what should i do", "what are my options", "i don't understand the question", "i don't get it",
        "what does that mean",
    ),
    Command.DONE: (
        "that's me done", "that's me", "i've finished", "i've said it all", "that was everything", "that's all from me", "that's it from me", "that's it for me", "that's all of it", "i think i'm done", "i think that's it", "i think that's all", "i think that's everything", "i'm all done", "all finished", "i'm through", "i've nothing to add", "i've nothing more to say", "no more to say", "that's all i've got", "that's all i've got to say", "we're finished", "over to you",
        "i'm done", "i am done", "we're done", "we are done", "all done", "that's all", "that is all", "that was all",
        "that'll be all", "that's it", "that is it", "done", "i'm finished", "i am finished", "finished",
        "that's everything", "that's all for now", "that's all i have to say", "that's all i wanted to say",
        "nothing more", "nothing more to say", "i have nothing more to say", "nothing else", "i have nothing to add",
        "nothing to add",
    ),
    Command.STRIKE: (
        "strike that last bit", "strike that last one", "strike the last bit", "scratch what i said", "take that last bit out", "take out that last bit", "take out what i said", "delete that last bit", "delete my answer", "erase what i said", "remove my answer", "remove that last bit", "cut that", "cut that out", "don't keep that", "don't keep that bit", "don't write that", "don't write that down", "strike it from the record", "take that off the record", "forget that last bit", "undo that",
        "strike that", "trike that", "strike it", "scratch that", "delete that", "remove that", "erase that", "take that out",
        "take that back", "strike the last answer", "strike my last answer", "strike my answer",
        "delete the last answer", "delete my last answer", "remove the last answer", "remove my last answer",
        "strike what i said", "delete what i said", "remove what i said", "strike what i just said",
        "delete what i just said", "remove what i just said", "forget i said that", "strike that from the record",
    ),
    Command.OFF_RECORD: (
        "of the record", "off the records", "take us off the record", "can we go off the record", "this bit's off the record", "this bit is off the record", "go off record", "off the record for a moment", "off the record for a minute", "let's talk off the record", "don't write this bit down", "don't write this", "don't record this bit", "not for the record", "stop writing", "stop writing this down",
        "off the record", "go off the record", "off record", "let's go off the record", "this is off the record",
        "stop recording", "stop the recording", "don't record this", "don't write this down",
    ),
    Command.ON_RECORD: (
        "back on record", "on the record please", "put us back on the record", "go back on record", "record again", "you can write again", "start writing again", "start recording again", "we can go on the record", "let's go on the record", "let's go on the record again", "we're on the record", "we're on the record again", "on the records",
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
    "thanks", "now", "yes", "voice guide", "guide", "oh", "ah", "actually", "there", "for a bit", "a bit", "a little",
    "a tiny bit", "a touch", "will you", "would you mind", "maybe", "perhaps",  "right", "for now", "if you can", "if you could", "hang on", "excuse me", "we'd like to", "i'd like to", "i'd like you to", "can we just",
    "if that's okay", "if you don't mind", "again please", "quickly", )  # fmt: skip
"""Words around a command that do not change it."""

HINTS = (
    "Pass. Skip. I pass. Pause. Continue. Repeat. More time. Go back. Help. I'm done. That's all. Strike that. "
    "Off the record. On the record. Louder. Softer. Slower. Faster. Take a break. Whose turn is it? "
    "How long is left? Stop. Yes. No. Pass."
)
"""What a single short utterance may well be; a transcriber that expects these words hears them better."""
