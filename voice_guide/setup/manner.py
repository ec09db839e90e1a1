"""The room of manners: how fast the voice is, what the screen shows, which language, which country."""

from __future__ import annotations

from voice_guide.exercise.problems import listed
from voice_guide.session.command import Command
from voice_guide.session.speech import normal
from voice_guide.session.voice import Voice, adjusted
from voice_guide.setup.countries import country, name_of
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Play, Say
from voice_guide.setup.question import AGAIN, Question, Taken, Unfit, played, yes_or_no

_SENTENCE = "This is my pace. I leave a little room between the sentences, as I do here."
_SLOWER = frozenset(("slower", "slow", "-"))
_FASTER = frozenset(("faster", "fast", "+"))
_NONE = frozenset(("none", "no", "all"))


def _take_speed(draft: Draft, line: str) -> Taken:
    said = line.casefold()
    if said in AGAIN:
        return Taken(draft, to="voice/speed")
    if said in _SLOWER or said in _FASTER:
        command = Command.FASTER if said in _FASTER else Command.SLOWER
        before = draft.settings.speed
        after = adjusted(Voice(speed=before), command).speed
        limit = "I cannot go further than that."
        return Taken(put(draft, speed=after), (Say(limit),) if after == before else (), "voice/speed")
    try:
        right = yes_or_no(line, True)
    except Unfit:
        raise Unfit("Please type slower, faster, again, or right.") from None
    if not right:
        raise Unfit("Please type slower or faster, and listen again.")
    return Taken(draft)


def _ask_speed(draft: Draft) -> str:
    if draft.played.problem:
        return f"{draft.played.problem} So the pace cannot be tried now."
    return "Is this pace right? Slower, faster, or right."


def _take_captions(draft: Draft, line: str) -> Taken:
    return Taken(put(draft, captions=yes_or_no(line, draft.settings.captions)))


def _take_country(draft: Draft, line: str) -> Taken:
    if not line:
        return Taken(draft)
    if line.casefold() in _NONE:
        return Taken(put(draft, country=""))
    code = country(line)
    if code is None:
        raise Unfit("I do not know that country. Two letters will do as well, or none.")
    return Taken(put(draft, country=code), (Say(f"{name_of(code)}."),))


def _ask_language(draft: Draft) -> str:
    return f"In which language shall I lead you? {listed(tongue.name for tongue in draft.facts.languages)}."


def _take_language(draft: Draft, line: str) -> Taken:
    if not line:
        return Taken(draft)
    for tongue in draft.facts.languages:
        if normal(line) in (tongue.code, normal(tongue.name)):
            chosen = put(draft, language=tongue.code)
            hint = f"What I need for it is not here yet. voice-guide models fetch --language {tongue.code} brings it."
            return Taken(chosen, (Say(hint),) if tongue.missing else ())
    raise Unfit(f"I know {listed((tongue.name for tongue in draft.facts.languages), 'and')}.")


def _language_name(draft: Draft) -> str:
    return next((known.name for known in draft.facts.languages if known.code == draft.settings.language), "")


ROOM = (
    Question(
        id="voice/speed",
        ask=_ask_speed,
        stands=lambda draft: "go on" if draft.played.problem else "right",
        why="Most people like about 145 words a minute. You can say slower or faster in an evening, too.",
        take=_take_speed,
        when=lambda draft: draft.speaks and draft.heard,
        before=lambda _: (Play(_SENTENCE),),
        learn=played,
    ),
    Question(
        id="captions",
        ask=lambda _: "Shall the screen show the words that I hear?",
        stands=lambda draft: "yes" if draft.settings.captions else "no",
        enter="keeps",
        why="Captions help whoever hears badly. They also draw eyes away from faces.",
        take=_take_captions,
    ),
    Question(
        id="language",
        ask=_ask_language,
        stands=_language_name,
        enter="keeps",
        why="Exercises, commands and answers are in that language then. Setup and the screen stay English.",
        take=_take_language,
        when=lambda draft: len(draft.facts.languages) > 1,
    ),
    Question(
        id="country",
        ask=lambda _: "In which country are you? Its name, two letters, or none.",
        stands=lambda draft: name_of(draft.settings.country) if draft.settings.country else "none",
        enter="keeps",
        why="The safety text names help lines of your country. With none it names those that I know of all countries."
        " Nothing is looked up.",
        take=_take_country,
    ),
)
