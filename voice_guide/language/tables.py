"""The tables of one language, as a translator writes them in scripts/languages/: frozen, without a word of code.

Phrases stand in normal form (see `session.speech.normal`): lower case, without accents and punctuation, straight
apostrophes. All tables compare by identity: what is derived from one of them is derived once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_guide.language.command import Command
from voice_guide.language.phrases import OwnQuestion, Phrase

Phrases = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A prompt, the same in other words, and what `help` says."""

    text: str
    again: str
    help: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Answers:
    """Yes and no, and what to do with the words of the evening."""

    yes: Phrases
    """Words that say yes wherever they stand."""
    no: Phrases
    unsure: Phrases
    """Phrases that are neither, though they may hold a yes or a no."""
    yes_alone: frozenset[str]
    """What says yes if a clause is nothing else: "it is raining" does not."""
    no_alone: frozenset[str]
    before: Phrases
    """Small words before an answer that do not change it."""
    after: Phrases
    joints: Phrases
    """Words that part two clauses, as a comma does."""
    rhetoric: Phrases
    """Questions that are a yes: "why not?"."""
    not_rhetoric_after: Phrases
    """Words after which they are none: "I don't see why not"."""
    corrections: Phrases
    """What somebody says who puts something else in place of the words before: "no", "I mean"."""
    second_thoughts: Phrases
    """Those of them that put a yes or a no in place of the one before: "yes, actually, no"."""
    keep: Phrases
    """What to do with the words of the evening; {} stands for them, and may be missing at the end."""
    discard: Phrases
    words_of_tonight: Phrases
    negations: frozenset[str]
    beside_negations: frozenset[str]
    """Words that may stand beside the negation of an act: "do", as in "do not delete them"."""
    plain: frozenset[str]
    """Words that may stand beside a yes, or an act of keeping, and change nothing, besides those of the tables."""
    not_plain: frozenset[str]
    """Words of the tables above that may not."""
    unfree: Phrases
    """Words by which a yes is a condition, a duty, a fear, or somebody else's."""
    brave: Phrases
    """Phrases that hold one of those, and are none: "not afraid"."""
    leave_us: Phrases
    """Answers to "shall I go on, or leave you to talk?" that mean: leave us."""
    go_on: Phrases
    one_of_us: Phrases
    """What is said where a voice was taken for a stranger's: "that was me"."""
    nothing_of_it: Phrases
    """Answers to "which one would you like?" that mean: nothing of it."""
    typed: Mapping[str, str]
    """What is typed for short."""

    @property
    def plain_words(self) -> frozenset[str]:
        """All words that may stand beside a yes and change nothing."""
        phrases = (*self.yes, *self.yes_alone, *self.before, *self.after, *self.words_of_tonight)
        words = {word for phrase in phrases for word in phrase.split()} | self.plain
        return frozenset(words) - self.negations - self.not_plain


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counting:
    """Numbers in words."""

    numbers: Mapping[str, int]
    sounds_like: Mapping[str, str]
    """What a transcriber may write where somebody said nothing but a number."""
    joins: Phrases
    """Words between tens and ones: "treinta y uno"."""
    minus: Phrases
    out_of: Phrases
    """Words before the end of a scale: "out of", as in "seven out of ten"."""
    scales: Phrases
    """Ends of scales in words, as they stand after such a word."""
    fractions: Phrases
    vague: Phrases
    """Words by which a number is a limit: "more than"."""
    not_counted: Phrases
    """Phrases that hold the word for one, and count nothing: "this one"."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choosing:
    """Which of several."""

    ordinals: tuple[Phrases, ...]
    """For each place, the words for it."""
    last: Phrases
    middle: Phrases
    articles: Phrases
    """Before an ordinal: "the first"."""
    nouns: Phrases
    """After an ordinal: "first one", "first option"."""
    counters: Phrases
    """Before a number: "number two", "option two"."""
    endings: Phrases
    """Of plurals and verbs; without them two words are the same."""
    none_of_them: frozenset[str]
    small_words: frozenset[str]
    """Words that name no choice."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Offers:
    """Ways to name an offer of the menu that are in neither its title nor its summary."""

    more: Phrases
    shortest: Phrases
    longest: Phrases
    you_choose: Phrases
    of_depth: tuple[Phrases, ...]
    """For each depth, where only one offer has it."""
    gentlest: Phrases
    deepest: Phrases
    minutes: Phrases
    """The words after a number of minutes."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Commands:
    """The spoken commands."""

    phrases: Mapping[Command, Phrases]
    keys: Mapping[Command, Phrases]
    """For some commands, key words in their order: whatever holds them and nothing but loose words is the command."""
    loose: frozenset[str]
    """Words that may stand around and between key words, and mean nothing to the guide."""
    subjects: frozenset[str]
    """Words with which a statement begins: "you pause too much" is none of the guide's business."""
    tails: Phrases
    """Ends of an answer that end the turn and are left out of the text."""
    tail_links: Phrases
    """Small words before such an end that go with it."""
    quoting: frozenset[str]
    """Words after which such an end is quoted: "she said, that's it"."""
    unfinished: Phrases
    """Last words of an answer that is to go on: "because", "and the"."""
    polite: Phrases
    """Words around a command that do not change it."""
    names: Phrases
    """What the guide is called: whoever says one of them over its voice is listened to."""
    over: str
    """The words that are listened for over its voice, as a transcriber writes them, each a sentence."""
    hints: str
    """What a single short utterance may well be; a transcriber that expects these words hears them better."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Invented:
    """What the two invented people of a rehearsal say, as they would say it."""

    consent: str
    write: str
    keep: str
    yes: str
    seven: str
    """A number, where a seven is allowed."""
    nothing_missing: str
    not_tonight: str
    passes: str
    needs_a_break: str
    stops: str
    goes_on: str
    back_on_record: str
    landing: tuple[Phrases, ...]
    """For the first partner, then for the second one; so are the next ones."""
    mirrors: tuple[Phrases, ...]
    short: tuple[Phrases, ...]
    open: tuple[Phrases, ...]
    timed: tuple[Phrases, ...]
    together: Phrases
    few: Phrases
    """What somebody says who finds no words."""
    commands: Phrases
    """What somebody says who interrupts all the time."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Language:
    """A language that the guide speaks and understands."""

    code: str
    """Two letters (ISO 639-1), as Whisper and the folders of scripts have it."""
    name: str
    """In the language itself."""
    says: Mapping[Phrase, str]
    asks: Mapping[OwnQuestion, Words]
    """The guide's own questions inside an exercise."""
    depths: Phrases
    """How deep an exercise goes, in a word each."""
    answers: Answers
    counting: Counting
    choosing: Choosing
    offers: Offers
    commands: Commands

    def line(self, phrase: Phrase, **fields: object) -> str:
        """What the guide says, with names and lengths put in as they are."""
        return self.says[phrase].format(**fields)
