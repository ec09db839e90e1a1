"""The room of names: what they are called, and how the voice has to read that."""

from __future__ import annotations

from voice_guide.names import composed, folded
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Effect, Play, Say
from voice_guide.setup.question import AGAIN, NO, SKIP, YES, Question, Taken, Unfit, played

LONGEST = 40
"""Letters; the longest name that still fits into a spoken sentence."""

_JOINERS = "\u200c\u200d"
"""The only unseen marks that names need: Persian and Indian ones."""

_OF_THE_RECORD = "both"
"""Its own word for the two of them, which nobody can be called."""

_AN_EXAMPLE = "For example, Siobhan is written Shivawn."


def fitting_name(line: str) -> str:
    """A name that can be said, shown and put into a script. Raises Unfit."""
    line = composed(line)
    name = " ".join(line.split()) if line.replace("\u00a0", " ").strip(" ") else ""
    if not name:
        raise Unfit("I need a name here. Any name that you like will do.")
    if not all(letter.isprintable() or letter in _JOINERS for letter in line.replace("\u00a0", " ")):
        raise Unfit("There is a key in this name that I cannot read. Please type it once more.")
    if any(mark in name for mark in ",{}"):
        raise Unfit("A name cannot hold a comma or a brace. Please leave it out.")
    if len(name) > LONGEST:
        raise Unfit(f"That is too long for me to say. Please use {LONGEST} letters at most.")
    if not any(letter.isalpha() for letter in name):
        raise Unfit("I cannot say a name without a letter. Please type one that I can say.")
    if folded(name) == _OF_THE_RECORD:
        raise Unfit("The record calls the two of you both. Please type another name.")
    return name


def _greeting(name: str) -> str:
    return f"{name}, welcome. This is how I say {name}."


def _take_first(draft: Draft, line: str) -> Taken:
    name = fitting_name(line or draft.settings.first)
    _of_the_couple(draft, name)
    second = draft.settings.second
    if draft.facts.couple and folded(name) == folded(second):
        # They are named in the other order this time.
        one, other = draft.facts.couple
        second = other if folded(name) == folded(one) else one
    sounds = draft.settings.first_sounds if name == draft.settings.first else ""
    return Taken(put(draft, first=name, first_sounds=sounds, second=second))


def _take_second(draft: Draft, line: str) -> Taken:
    name = fitting_name(line or draft.settings.second)
    if folded(name) == folded(draft.settings.first):
        raise Unfit("Both names are the same, and I could not tell you apart. A nickname will do.")
    _of_the_couple(draft, name)
    sounds = draft.settings.second_sounds if name == draft.settings.second else ""
    return Taken(put(draft, second=name, second_sounds=sounds))


def _of_the_couple(draft: Draft, name: str) -> None:
    """A record is sealed to two people; another name would not fit it."""
    couple = draft.facts.couple
    if couple and folded(name) not in (folded(one) for one in couple):
        raise Unfit(
            f"The record here belongs to {couple[0]} and {couple[1]}. Please type one of these names."
        )


def _second_stands(draft: Draft) -> str:
    second = draft.settings.second
    return "" if folded(second) == folded(draft.settings.first) else second


def _ask_sound(draft: Draft) -> str:
    if draft.played.problem:
        return f"{draft.played.problem} The loudspeaker comes next."
    return "Is that how it sounds? Yes, or type it as it sounds."


def _saying(which: str) -> Question:
    """How one of the names sounds; heard again until they agree."""

    def name(draft: Draft) -> str:
        return str(getattr(draft.settings, which))

    def sounds(draft: Draft) -> str:
        return str(getattr(draft.settings, f"{which}_sounds"))

    def before(draft: Draft) -> tuple[Effect, ...]:
        shown = f"I say {name(draft)} like this" + (f": {sounds(draft)}." if sounds(draft) else ".")
        return Say(shown, ""), Play(_greeting(name(draft)))

    def take(draft: Draft, line: str) -> Taken:
        said = line.casefold()
        if not line or said in YES or said in SKIP:
            return Taken(draft)
        if said in NO:
            raise Unfit(f"Please type it as it sounds. {_AN_EXAMPLE}")
        if said in AGAIN:
            return Taken(draft, to=f"say/{which}")
        written = fitting_name(line)
        heard = "" if written == name(draft) else written
        return Taken(put(draft, **{f"{which}_sounds": heard}), to=f"say/{which}")

    return Question(
        id=f"say/{which}",
        ask=_ask_sound,
        stands=lambda draft: "go on" if draft.played.problem else "yes",
        why=f"I read names as I guess them. Spelled otherwise, they may sound better. {_AN_EXAMPLE}"
        " Your name is still shown as you wrote it. Again lets you hear it once more.",
        take=take,
        when=lambda draft: draft.speaks,
        before=before,
        learn=played,
    )


_WHY = "I call you by your names, and the record says whose words are whose. A nickname is fine."

ROOM = (
    Question(
        id="name/first",
        ask=lambda _: "What is the name of one of you?",
        stands=lambda draft: draft.settings.first,
        enter="keeps",
        why=_WHY,
        take=_take_first,
    ),
    _saying("first"),
    Question(
        id="name/second",
        ask=lambda draft: f"{draft.settings.first}, what is your partner's name?",
        stands=_second_stands,
        enter="keeps",
        why=_WHY,
        take=_take_second,
    ),
    _saying("second"),
)
