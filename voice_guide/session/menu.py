"""The spoken menu: a program of its own, whose answers open an exercise.

It offers a few at a time, in any words that fit; the first evening only what is gentle. An interrupted evening
comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from voice_guide.exercise.flat import FlatStep, Line, Program, Purpose, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.phrases import Phrase
from voice_guide.language.tables import Language
from voice_guide.session.counting import spelled
from voice_guide.session.notes import Offer
from voice_guide.session.speech import normal

NAME = "menu"
PAGE = 4
"""Offers that are read at once: more cannot be kept in mind."""

RESUME, SHALL = "menu/resume", "menu/shall"
_PICK = "menu/pick/"


def allowed(offers: Sequence[Offer], done: Collection[str]) -> tuple[Offer, ...]:
    """What may be offered: the first evening only depth 1."""
    return tuple(offer for offer in offers if done or offer.depth == 1)


def suggestion(offers: Sequence[Offer], done: Sequence[str], after: dict[str, tuple[str, ...]]) -> Offer:
    """What to do next: the gentlest that was not done and whose forerunners were; else what was done longest ago.

    `done` names what was done, the oldest first; `after` what an exercise asks to have done before.
    """
    new = [offer for offer in offers if offer.name not in done]
    ready = [offer for offer in new if set(after.get(offer.name, ())) <= set(done)]
    if ready:
        return min(ready, key=lambda offer: (offer.depth, offer.minutes))
    again = [offer for offer in offers if offer.name in done]
    latest = {name: place for place, name in enumerate(done)}
    return min(again, key=lambda offer: latest[offer.name]) if again else offers[0]


def menu(
    partners: tuple[str, str],
    offers: Sequence[Offer],
    suggested: Offer,
    language: Language,
    *,
    first: bool,
    interrupted: str = "",
) -> Program:
    """The menu as a program; `interrupted` is the title of an evening that can be gone on with."""
    say = language.line
    ordered = [suggested, *(offer for offer in offers if offer != suggested)]
    steps: list[FlatStep] = [
        Line(id="menu/hello", text=say(Phrase.MENU_HELLO, first=partners[0], second=partners[1]))
    ]
    if interrupted:
        text = say(Phrase.MENU_RESUME, title=interrupted)
        steps.append(_yes_no(RESUME, text, say(Phrase.MENU_RESUME_HELP)))
    if len(ordered) > 1:
        steps.append(Line(id="menu/offers", text=say(Phrase.MENU_FIRST if first else Phrase.MENU_OFFERS)))
        steps += _pages(ordered, language)
    shall = say(Phrase.MENU_SHALL, title=suggested.title)
    steps.append(replace(_yes_no(SHALL, shall, say(Phrase.MENU_SHALL_HELP)), save=suggested.name))
    return Program(
        name=NAME,
        title="",
        minutes=suggested.minutes,
        depth=1,
        partners=partners,
        language=language,
        steps=tuple(steps),
    )


def picked(offers: Sequence[Offer], question: Question, answer: object) -> Offer | None:
    """The offer that an answer to a question of the menu means, or None if it means none."""
    if question.id == SHALL:
        return next((offer for offer in offers if answer is True and offer.name == question.save), None)
    return next((offer for offer in offers if offer.title == answer), None)


def reads_on(program: Program, question: Question) -> bool:
    """Whether something else is offered after a no to this; after one to the last of the exercises, nothing is."""
    ids = [step.id for step in program.steps if isinstance(step, Question)]
    return question.id == RESUME or any(id.startswith(_PICK) for id in ids[ids.index(question.id) + 1 :])


def _yes_no(id: str, text: str, help_text: str) -> Question:
    return Question(
        id=id, text=text, who=Who.BOTH, answer=AnswerKind.YES_NO, help=help_text, purpose=Purpose.MENU
    )


def _pages(offers: Sequence[Offer], language: Language) -> list[FlatStep]:
    steps: list[FlatStep] = []
    for number, start in enumerate(range(0, len(offers), PAGE), 1):
        page = offers[start : start + PAGE]
        more = start + PAGE < len(offers)
        told = [language.line(Phrase.MENU_OFFER, **_told(offer, language)) for offer in page]
        if number == 1:
            told.append(language.line(Phrase.MENU_SUGGEST, title=page[0].title))
        steps.append(Line(id=f"menu/page/{number}", text=" ".join(told)))
        steps.append(_pick(number, offers, page, language, more=more))
    return steps


def _told(offer: Offer, language: Language) -> dict[str, object]:
    return {
        "title": offer.title.rstrip("."),
        "minutes": offer.minutes,
        "depth": language.depths[min(offer.depth, len(language.depths)) - 1],
    }


def _pick(
    number: int, offers: Sequence[Offer], page: Sequence[Offer], language: Language, *, more: bool
) -> Question:
    """Any exercise can be named at any page; what was read is what "the first" and "the second" mean."""
    say = language.line
    ordered = [*page, *(offer for offer in offers if offer not in page)]
    choices = tuple(offer.title for offer in ordered)
    aliases = aliases_of(ordered, offers[0], language)
    if more:
        choices, aliases = (*choices, say(Phrase.MORE_NAME)), (*aliases, language.offers.more)
    text = say(Phrase.MENU_ASK) + (" " + say(Phrase.MENU_MORE) if more else "")
    either = f", {say(Phrase.OR)} "
    return Question(
        id=f"{_PICK}{number}",
        text=text,
        who=Who.BOTH,
        answer=AnswerKind.CHOICE,
        choices=choices,
        aliases=aliases,
        numbered=tuple(offer.title for offer in offers),
        read=len(page),
        again=(say(Phrase.MENU_AGAIN, choices=either.join(offer.title for offer in page)),),
        help=say(Phrase.MENU_HELP),
        purpose=Purpose.MENU,
    )


def aliases_of(offers: Sequence[Offer], suggested: Offer, language: Language) -> tuple[tuple[str, ...], ...]:
    """Other words for each offer: its length, what only its title or summary says, and who leaves the choice."""
    tables = language.offers
    words = [_words(f"{offer.title} {offer.summary}", language) for offer in offers]
    seen = Counter(word for own in words for word in own)
    lengths = Counter(offer.minutes for offer in offers)
    shortest = min(offers, key=lambda offer: offer.minutes)
    longest = max(offers, key=lambda offer: offer.minutes)
    found = []
    for offer, own in zip(offers, words, strict=True):
        names = sorted(word for word in own if seen[word] == 1)
        names += [form for word in names for form in _forms(word) if form not in seen]
        names += _by_depth(offer, offers, language)
        if lengths[offer.minutes] == 1:
            names += _by_length(offer.minutes, language)
            names += tables.shortest if offer == shortest else ()
            names += tables.longest if offer == longest else ()
        names += tables.you_choose if offer == suggested else ()
        found.append(tuple(names))
    return tuple(found)


def _forms(word: str) -> tuple[str, ...]:
    """A word in the singular or in the plural, as it may be said instead."""
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else (word + "s",)


def _by_depth(offer: Offer, offers: Sequence[Offer], language: Language) -> list[str]:
    """Words for how deep it goes, where no other goes as deep."""
    depths, tables = [each.depth for each in offers], language.offers
    if depths.count(offer.depth) > 1 or len(depths) == 1:
        return []
    names = [*tables.of_depth[min(offer.depth, len(tables.of_depth)) - 1]]
    names += tables.gentlest if offer.depth == min(depths) else ()
    names += tables.deepest if offer.depth == max(depths) else ()
    return names


def _by_length(minutes: int, language: Language) -> list[str]:
    numerals = dict.fromkeys((str(minutes), spelled(minutes, language.counting)))
    return [f"{said} {unit}" for said in numerals for unit in language.offers.minutes]


def _words(text: str, language: Language) -> set[str]:
    return {word for word in normal(text).split() if len(word) > 3} - language.choosing.small_words
