"""What English-speaking partners answer: a table for each meaning, no code.

Phrases are in normal form (see `speech.normal`): lower case, no punctuation, straight apostrophes.
"""

from __future__ import annotations

YES: tuple[str, ...] = (
    "i'm up for that", "i'm up for it", "up for that", "up for it", "i'm game", "i'm down for that", "go on then", "righto", "right you are", "fair enough", "suits me", "works for me", "that works", "sounds lovely", "sounds great", "sounds nice", "yes let's", "okey dokey", "alrighty", "yeah go on", "i'd be up for that", "i'd be up for it", "i'm happy with that", "i'm on board",
    "yes", "yeah", "yep", "yup", "yah", "yea", "aye", "sure", "of course", "gladly", "happily", "with pleasure",
    "by all means", "for sure", "mhm", "mm hm", "mmhm", "mm hmm", "mmm hmm", "uh huh", "affirmative", "no problem",
    "not a problem", "no problem with that", "i have no problem with that", "i have no problem", "don't have a problem", "no objection",
    "no objections", "no doubt", "no question", "no worries", "i don't mind", "don't mind", "do not mind",
    "wouldn't mind", "i don't see why not", "can't wait", "cannot wait", "wouldn't say no", "i guess so", "i think so",
    "i suppose so", "you bet",
)  # fmt: skip
"""Words that say yes wherever they stand."""

NO: tuple[str, ...] = (
    "let's not", "not that i can think of", "not that i know of", "no ta", "not keen", "not so keen", "not too keen", "not that keen", "give it a miss", "count me out", "hard no", "no chance", "not a chance", "no way", "i'd sooner not", "not up for it", "not up to it", "not feeling it", "no need", "not for now", "not just now", "not right now", "i'll leave it", "leave it for now", "leave it for tonight", "let's leave it", "you're all right", "not particularly", "doubt it", "i doubt it", "no thanks", "no thank you", "nothing comes to mind", "can't think of anything",
    "no", "nope", "nah", "uh uh", "uh-uh", "nuh uh", "mm mm", "mm-mm", "not tonight", "not today", "not now", "not really", "not yet",
    "not this time", "not for me", "not particularly", "not again", "better not", "rather not", "prefer not",
    "i'd like not", "i don't want", "don't want to", "i do not want", "we don't want", "i don't think so",
    "i do not think so", "i don't feel like", "i don't like", "i wouldn't like", "i would not like", "i wouldn't want",
    "absolutely not", "of course not", "definitely not", "certainly not", "sure not", "surely not", "i guess not",
    "guess not", "i think not", "i suppose not", "i hope not", "i'm afraid not", "don't write", "do not write",
    "i refuse", "i disagree", "i don't agree", "rather you didn't", "rather you don't", "i'm not ready",
    "i am not ready", "not in the mood", "maybe not", "probably not", "maybe later", "maybe tomorrow",
    "maybe another time", "maybe some other time", "another time", "some other time", "another night",
    "some other night", "another evening",
)  # fmt: skip
"""Words that say no wherever they stand."""

UNSURE: tuple[str, ...] = (
    "i don't know", "i do not know", "don't know", "dunno", "not sure", "not so sure", "not quite sure",
    "not entirely sure", "not certain", "yes and no", "no and yes", "yes or no", "yes but no", "maybe", "perhaps",
    "it depends", "that depends", "hard to say", "no idea", "i can't decide", "i can't say", "haven't decided",
    "undecided", "i'm torn", "either way", "i don't care", "never mind", "i don't understand", "let's see",
    "let me see", "let me think", "think about it", "keep or", "keep it or", "keep them or", "or not", "no wait",
    "i mean no", "i mean yes",
)  # fmt: skip
"""Phrases that are neither, though they may hold a yes or a no."""

_WANT = (
    "i want",
    "i do want",
    "i really want",
    "i would like",
    "i'd like",
    "i would love",
    "i'd love",
    "we want",
)
_WANTED = ("to", "that", "this", "it", "to do this", "to do that", "to do it", "to try", "to try this", "to try it",
           "to begin", "to start", "you to", "you to write")  # fmt: skip

YES_ALONE: frozenset[str] = frozenset({
    "grand", "grand so", "lovely idea", "brilliant", "cool", "fine by me", "all good", "i'm game", "game", "i'm down", "let's give it a go",
    "let's give it a try", "give it a go", "ah go on", "oh go on", "go on", "that suits me", "that'd be nice", "that'd be lovely",
    "that would be lovely", "that would be great", "i'd be glad", "i'd be happy", "very well", "by all means", "we should",
    "we would", "we'd love to", "we'd like to", "we want to", "nice", "super", "excellent",
    "ok", "okay", "okay then", "all right then", "ya", "absolutely", "definitely", "certainly", "totally", "right", "that's right", "correct",
    "exactly", "indeed", "true", "that's true", "fine", "that's fine", "it's fine", "that's okay", "it's okay", "alright",
    "all right", "that's all right", "i'm okay with that", "i'm okay with it", "i'm fine with that", "i'm fine with it",
    "sounds good", "that sounds good", "good", "great", "good idea", "perfect", "lovely", "wonderful", "agreed",
    "i agree", "please", "please do", "do", "do it", "do that", "go ahead", "go for it", "let's", "let's do it",
    "let's do this", "let's do that", "let's go", "let's try", "let's try it", "let's try this", "let's begin",
    "let's start", "why not", "i do", "i would", "i will", "i am", "it is", "there is", "we do", "we can", "i can",
    "you can", "you may", "i can do that", "i could do that", "i'd be happy to", "i would be happy to", "happy to",
    "i'd be glad to", "i'd be delighted", "i'm happy to", "it would be nice", "that would be nice", "i'm in",
    "i am in", "count me in", "i'm ready", "i am ready", "ready", "i want", "i guess", "i suppose", "very much",
    "a little", "a bit", "write it down", "write it", "you can write it down", "you may write it down",
    *(f"{want} {wanted}" for want in _WANT for wanted in _WANTED),
})  # fmt: skip
"""What says yes if a clause is nothing else: "it is raining" does not."""

NO_ALONE: frozenset[str] = frozenset({
    "know", "nowt", "i'm good", "we're good", "i'm all right", "i'm alright", "we're all right", "i'll skip it", "i've said it all",
    "all covered", "you got it all", "you've got it all", "you got it", "you've got it", "he got it", "she got it", "he got it all",
    "she got it all", "i'm too tired for that", "too tired", "i'm not up for it", "i'm not up to it", "i'm not in the mood for that",
    "not", "not at all", "never", "don't", "do not", "i don't", "i do not", "i'm not", "i am not", "it isn't",
    "it's not", "it is not", "isn't", "i won't", "i will not", "won't", "i wouldn't", "i would not", "i can't",
    "i cannot", "we don't", "we can't", "later", "tomorrow", "leave it", "nothing", "nothing at all",
    "nothing missing", "nothing is missing", "nothing's missing", "nothing more", "nothing else", "nothing to add",
    "that's all", "that is all", "that was all", "that was all of it", "that's everything", "that was everything",
    "i'm too tired", "i am too tired",
})  # fmt: skip
"""What says no if a clause is nothing else."""

BEFORE_ANSWERS: tuple[str, ...] = (
    "um", "uh", "er", "oh", "ah", "hm", "hmm", "well", "so", "then", "okay", "ok", "alright", "all right", "please",
    "just", "now", "sorry", "i'm sorry", "i think", "i guess", "i believe", "i suppose", "i'd say", "i would say",
    "i think that", "actually", "honestly", "really",
)  # fmt: skip
AFTER_ANSWERS: tuple[str, ...] = (
    "please", "thanks", "thank you", "tonight", "today", "now", "then", "too", "also", "actually", "really", "very much",
    "so much", "a lot", "with you", "together", "for me", "for us", "by me", "with me", "to me", "sorry", "down", "i think",
    "i guess",
)  # fmt: skip
"""Small words around an answer that do not change it."""

KEEP: tuple[str, ...] = ("keep {}", "save {}", "store {}", "hold on to {}")
DISCARD: tuple[str, ...] = (
    "discard {}", "delete {}", "erase {}", "remove {}", "forget {}", "wipe {}", "burn {}", "destroy {}", "lose {}",
    "throw {} away", "throw {} out", "throw away {}", "get rid of {}", "let {} go", "let go",
)  # fmt: skip
"""What to do with the words of the evening; {} stands for them, and may be missing at the end."""

WORDS_OF_TONIGHT: tuple[str, ...] = (
    "it all", "them all", "it", "them", "'em", "em", "that", "this", "these", "those", "everything", "all of it",
    "all of them", "all", "tonight's words", "the words", "our words", "my words", "words", "the record",
)  # fmt: skip
NEGATIONS: frozenset[str] = frozenset(
    {"not", "don't", "never", "won't", "wouldn't", "can't", "cannot", "shouldn't", "didn't"}
)

PLAIN_WORDS: frozenset[str] = frozenset(
    {word for phrase in (*YES, *YES_ALONE, *BEFORE_ANSWERS, *AFTER_ANSWERS, *WORDS_OF_TONIGHT) for word in phrase.split()}
    | {"a", "an", "the", "both", "us", "we", "our", "me", "my", "all", "give", "will", "we'll", "i'll", "thing", "more", "time",
       "again", "exercise", "evening", "one", "by", "for", "should", "as", "well", "safe", "indeed", "very", "really", "keep",
       "keeping", "kept", "know", "without", "i've", "am", "here", "done", "let", "is", "was", "be", "to", "of", "course"}
) - NEGATIONS - {"not", "no", "nothing", "mind", "question", "doubt", "problem", "objection", "objections", "worries", "have",
                 "say", "hate", "need", "isn't", "won't"}  # fmt: skip
"""Words that may stand beside a yes, or an act of keeping, and change nothing."""

UNFREE: tuple[str, ...] = (
    "if", "unless", "scared", "afraid", "forced", "i have to", "i had to", "have no choice", "no choice", "i must", "make me do",
    "make me say", "makes me", "making me", "wants me", "want me to", "made me", "told me to", "tells me to", "he wants", "she wants",
    "they want", "against my will", "supposed to", "he says", "she says", "he said", "she said",
)  # fmt: skip
"""Words by which a yes is a condition, a duty, a fear, or somebody else's."""

NUMBERS: dict[str, int] = {
    "zero": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
SOUNDS_LIKE: dict[str, str] = {"won": "one", "to": "two", "too": "two", "for": "four", "ate": "eight"}
"""What a transcriber may write where somebody said nothing but a number."""

ORDINALS: tuple[str, ...] = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
NONE_OF_THEM: frozenset[str] = frozenset({"neither", "none", "both", "not", "don't", "never"})
"""Words that make a choice unsure."""
SMALL_WORDS: frozenset[str] = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "and",
        "or",
        "my",
        "your",
        "i",
        "it",
        "is",
        "one",
        "not",
        "no",
        "want",
        "say",
        "first",
        "never",
        "don't",
    }
)
"""Words that name no choice."""

MORE_OFFERS: tuple[str, ...] = (
    "what else",
    "something else",
    "others",
    "other ones",
    "the others",
    "what are the others",
)
SHORTEST: tuple[str, ...] = ("shortest", "the short one", "something short", "quickest", "the quick one")
LONGEST: tuple[str, ...] = ("longest", "the long one", "something long")
YOU_CHOOSE: tuple[str, ...] = (
    "you choose", "you decide", "you pick", "your suggestion", "your choice", "what you suggest", "whatever you suggest",
    "as you suggest", "the one you suggest", "the suggested one", "that one", "you suggested", "surprise us", "surprise me",
    "whichever", "any of them", "any", "whatever", "we don't mind",
)  # fmt: skip
"""Ways to name an offer of the menu that are in neither its title nor its summary."""

NOTHING_OF_IT: tuple[str, ...] = (
    "none", "none of them", "none of these", "none of those", "neither", "neither of them", "nothing",
    "nothing tonight", "no exercise", "none tonight", "not any of them", "none of the above",
)  # fmt: skip
"""Answers to "which one would you like?" that mean: nothing of it."""

OF_DEPTH: tuple[tuple[str, ...], ...] = (
    ("the gentle one", "gentle", "something gentle", "an easy one", "the easy one", "something easy"),
    ("the open one", "something open"),
    ("the deep one", "deep", "something deep"),
)
GENTLEST: tuple[str, ...] = ("gentlest", "the lightest", "easiest")
DEEPEST: tuple[str, ...] = ("deepest", "the deeper one", "something deeper", "deeper")
"""Ways to name an offer by its depth, where only one has it."""

LEAVE_US: tuple[str, ...] = (
    "leave us", "leave us to talk", "leave us to it", "leave us alone", "let us talk", "we're talking", "we are talking",
    "we want to talk", "we'd like to talk", "we're still talking", "we are still talking", "let us be", "leave it",
    "keep quiet", "be quiet", "later", "to talk", "talk", "don't go on", "not now",
)  # fmt: skip
"""Answers to "shall I go on, or leave you to talk?" that mean: leave us."""

GO_ON: tuple[str, ...] = (
    "go on",
    "you can go on",
    "you may go on",
    "please go on",
    "continue",
    "on",
    "go ahead",
)
"""Those that mean: go on."""

TYPED: dict[str, str] = {"y": "yes", "n": "no"}
"""What is typed for short."""
