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
from voice_guide.session import english, lines
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
    *,
    first: bool,
    interrupted: str = "",
) -> Program:
    """The menu as a program; `interrupted` is the title of an evening that can be gone on with."""
    ordered = [suggested, *(offer for offer in offers if offer != suggested)]
    steps: list[FlatStep] = [
        Line(id="menu/hello", text=lines.MENU_HELLO.format(first=partners[0], second=partners[1]))
    ]
    if interrupted:
        text = lines.MENU_RESUME.format(title=interrupted)
        steps.append(_yes_no(RESUME, text, lines.MENU_RESUME_HELP))
    if len(ordered) > 1:
        steps.append(Line(id="menu/offers", text=lines.MENU_FIRST if first else lines.MENU_OFFERS))
        steps += _pages(ordered)
    shall = lines.MENU_SHALL.format(title=suggested.title)
    steps.append(replace(_yes_no(SHALL, shall, lines.MENU_SHALL_HELP), save=suggested.name))
    return Program(
        name=NAME, title="", minutes=suggested.minutes, depth=1, partners=partners, steps=tuple(steps)
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


def _pages(offers: Sequence[Offer]) -> list[FlatStep]:
    steps: list[FlatStep] = []
    for number, start in enumerate(range(0, len(offers), PAGE), 1):
        page = offers[start : start + PAGE]
        more = start + PAGE < len(offers)
        told = [lines.MENU_OFFER.format(**_told(offer)) for offer in page]
        if number == 1:
            told.append(lines.MENU_SUGGEST.format(title=page[0].title))
        steps.append(Line(id=f"menu/page/{number}", text=" ".join(told)))
        steps.append(_pick(number, offers, page, more=more))
    return steps


def _told(offer: Offer) -> dict[str, object]:
    return {
        "title": offer.title.rstrip("."),
        "minutes": offer.minutes,
        "depth": lines.DEPTHS[min(offer.depth, len(lines.DEPTHS)) - 1],
    }


def _pick(number: int, offers: Sequence[Offer], page: Sequence[Offer], *, more: bool) -> Question:
    """Any exercise can be named at any page; what was read is what "the first" and "the second" mean."""
    ordered = [*page, *(offer for offer in offers if offer not in page)]
    choices = tuple(offer.title for offer in ordered)
    aliases = aliases_of(ordered, offers[0])
    if more:
        choices, aliases = (*choices, lines.MORE_NAME), (*aliases, english.MORE_OFFERS)
    text = lines.MENU_ASK + (" " + lines.MENU_MORE if more else "")
    return Question(
        id=f"{_PICK}{number}",
        text=text,
        who=Who.BOTH,
        answer=AnswerKind.CHOICE,
        choices=choices,
        aliases=aliases,
        numbered=tuple(offer.title for offer in offers),
        read=len(page),
        again=(lines.MENU_AGAIN.format(choices=", or ".join(offer.title for offer in page)),),
        help=lines.MENU_HELP,
        purpose=Purpose.MENU,
    )


def aliases_of(offers: Sequence[Offer], suggested: Offer) -> tuple[tuple[str, ...], ...]:
    """Other words for each offer: its length, what only its title or summary says, and who leaves the choice."""
    words = [_words(f"{offer.title} {offer.summary}") for offer in offers]
    seen = Counter(word for own in words for word in own)
    lengths = Counter(offer.minutes for offer in offers)
    shortest = min(offers, key=lambda offer: offer.minutes)
    longest = max(offers, key=lambda offer: offer.minutes)
    found = []
    for offer, own in zip(offers, words, strict=True):
        names = sorted(word for word in own if seen[word] == 1)
        names += [form for word in names for form in _forms(word) if form not in seen]
        names += _by_depth(offer, offers)
        if lengths[offer.minutes] == 1:
            names += [f"{said} minute{s}" for said in _numerals(offer.minutes) for s in ("", "s")]
        names += english.SHORTEST if offer == shortest and lengths[offer.minutes] == 1 else ()
        names += english.LONGEST if offer == longest and lengths[offer.minutes] == 1 else ()
        names += english.YOU_CHOOSE if offer == suggested else ()
        found.append(tuple(names))
    return tuple(found)


def _forms(word: str) -> tuple[str, ...]:
    """A word in the singular or in the plural, as it may be said instead."""
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else (word + "s",)


def _by_depth(offer: Offer, offers: Sequence[Offer]) -> list[str]:
    """Words for how deep it goes, where no other goes as deep."""
    depths = [each.depth for each in offers]
    if depths.count(offer.depth) > 1 or len(depths) == 1:
        return []
    names = [*english.OF_DEPTH[min(offer.depth, len(english.OF_DEPTH)) - 1]]
    names += english.GENTLEST if offer.depth == min(depths) else ()
    names += english.DEEPEST if offer.depth == max(depths) else ()
    return names


def _words(text: str) -> set[str]:
    return {word for word in normal(text).split() if len(word) > 3} - english.SMALL_WORDS


def _numerals(number: int) -> list[str]:
    tens = {value: word for word, value in english.NUMBERS.items()}
    if number in tens:
        return [str(number), tens[number]]
    spoken = f"{tens[number - number % 10]} {tens[number % 10]}" if 20 < number < 100 else str(number)
    return [str(number), spoken]
