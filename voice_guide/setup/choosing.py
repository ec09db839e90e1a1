"""Choosing a device: by its number, or by a part of its name; and what is worth knowing of each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from voice_guide.audio.naming import Kind, Outlet
from voice_guide.setup.draft import Draft
from voice_guide.setup.effects import Effect, Look, Say
from voice_guide.setup.findings import Finding, Looked
from voice_guide.setup.question import AGAIN, SKIP, Question, Taken, Unfit

_MARKS = {
    Kind.PLAIN: "",
    Kind.BLUETOOTH: "Bluetooth",
    Kind.NETWORK: "on the network",
    Kind.HDMI: "HDMI",
    Kind.MONITOR: "hears the computer, not you",
}

_LOUDSPEAKERS = {
    Kind.BLUETOOTH: "Bluetooth adds a delay of up to half a second. A cable is quicker.",
    Kind.NETWORK: "This one would send sound off this machine, through the network.",
    Kind.HDMI: "HDMI leads to a screen or a television. That has to be switched on to be heard.",
}

_MICROPHONES = {
    Kind.BLUETOOTH: "Bluetooth adds a delay, and often makes words harder to understand. A cable is better.",
    Kind.NETWORK: "This one hears another place, and its sound comes through the network.",
    Kind.MONITOR: "This one hears what the computer plays, and not you.",
}


def listed(found: tuple[Outlet, ...]) -> tuple[Effect, ...]:
    """A line for each, with its number in front."""
    return tuple(
        Say(f"{number}  {described(one)}", f"Number {number}: {described(one)}.")
        for number, one in enumerate(found, 1)
    )


def described(one: Outlet) -> str:
    """Its name, what kind it is, and whether it is switched off."""
    marks = [mark for mark in (_MARKS[one.kind], "switched off" if one.muted else "") if mark]
    return f"{one.name}, {', '.join(marks)}" if marks else one.name


def chosen(found: tuple[Outlet, ...], line: str, stands: str) -> Outlet:
    """What a number, a part of a name, or Enter stands for. Raises Unfit."""
    if not line:
        return standing(found, stands)
    if line.isdecimal():
        if 1 <= int(line) <= len(found):
            return found[int(line) - 1]
        raise Unfit(f"There are {len(found)} in the list. Please type a number up to {len(found)}.")
    said = line.casefold()
    near = [one for one in found if said == one.name.casefold()]
    # From the beginning of a word on: a "no" is not meant for the monitor.
    part = re.compile(rf"(?<!\w){re.escape(said)}")
    near = near or [one for one in found if one.id and part.search(one.name.casefold())]
    if len(near) == 1:
        return near[0]
    if near:
        raise Unfit(f"{len(near)} of them have that in their name. Please type its number.")
    raise Unfit("None of them is called that. Please type a number from the list.")


def standing(found: tuple[Outlet, ...], id: str) -> Outlet:
    """The one of the settings, or the system's own choice where that is gone."""
    return next((one for one in found if one.id == id), found[0])


def warned(one: Outlet, *, listens: bool) -> tuple[Effect, ...]:
    """What is worth knowing of the one that was chosen."""
    told = (_MICROPHONES if listens else _LOUDSPEAKERS).get(one.kind)
    return (Say(told),) if told else ()


def gone(found: tuple[Outlet, ...], id: str, what: str) -> tuple[Effect, ...]:
    """A word if the one of the settings is not there any more."""
    if any(one.id == id for one in found):
        return ()
    return (Say(f"The {what} that you chose before is not there now."),)


def place_of(found: tuple[Outlet, ...], id: str) -> str:
    """The number in the list of the one that stands."""
    return str(found.index(standing(found, id)) + 1)


def looking(id: str) -> Question:
    """Look anew at what is plugged in; only for those who asked for it."""
    return Question(id=id, when=lambda draft: draft.anew, before=lambda _: (Look(),), learn=_looked)


def look_again(draft: Draft, what: str) -> Taken:
    """Go there."""
    return Taken(replace(draft, anew=True), to=f"{what}/look")


def nothing_there(what: str, told: str, when: Callable[[Draft], bool]) -> Question:
    """No such device was found: go on, or plug one in and look again."""

    def take(draft: Draft, line: str) -> Taken:
        if line.casefold() in AGAIN:
            return look_again(draft, what)
        if line and line.casefold() not in SKIP:
            raise Unfit("Please type again, or press Enter to go on.")
        return Taken(draft)

    return Question(
        id=f"{what}/none",
        ask=lambda draft: " ".join((told, draft.problem, "Plug one in and type again, or go on.")).replace(
            "  ", " "
        ),
        stands=lambda _: "go on",
        why=f"A {what} that was plugged in just now may take a few seconds to be found.",
        take=take,
        when=when,
    )


def _looked(draft: Draft, finding: Finding) -> Draft:
    if not isinstance(finding, Looked):
        return draft
    draft = replace(draft, anew=False, problem=finding.problem)
    return replace(draft, loudspeakers=finding.loudspeakers, microphones=finding.microphones)
