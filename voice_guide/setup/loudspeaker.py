"""The room of the loudspeaker: chosen, heard, and loud enough."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.session.command import Command
from voice_guide.session.voice import Voice, adjusted
from voice_guide.setup.choosing import (
    chosen,
    gone,
    listed,
    look_again,
    looking,
    nothing_there,
    place_of,
    warned,
)
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Effect, Play, Say
from voice_guide.setup.question import AGAIN, SKIP, Question, Taken, Unfit, played, yes_or_no

_SENTENCE = "This is how I speak. Am I loud enough to be heard from where you sit?"
_LOUDER = frozenset(("louder", "+", "up"))
_SOFTER = frozenset(("softer", "quieter", "-", "down"))


def _list(draft: Draft) -> tuple[Effect, ...]:
    found = draft.loudspeakers
    return (
        Say("Now the loudspeaker. These are there:"),
        *listed(found),
        *gone(found, draft.settings.loudspeaker, "loudspeaker"),
    )


def _choose(draft: Draft, line: str) -> Taken:
    if line.casefold() in AGAIN:
        return look_again(draft, "loudspeaker")
    one = chosen(draft.loudspeakers, line, draft.settings.loudspeaker)
    muted = (Say("It is switched off in the sound settings of this computer."),) if one.muted else ()
    return Taken(put(draft, loudspeaker=one.id), (*warned(one, listens=False), *muted))


def _ask_heard(draft: Draft) -> str:
    if draft.played.problem:
        return f"{draft.played.problem} Shall we try another one?"
    return "Did you hear that? Yes, no, louder or softer."


def _take_heard(draft: Draft, line: str) -> Taken:
    said = line.casefold()
    if said in AGAIN:
        return Taken(draft, to="loudspeaker/heard")
    if said in SKIP:
        return Taken(replace(draft, heard=False))
    if draft.played.problem:
        another = yes_or_no(line, True)
        return Taken(replace(draft, heard=another), to="loudspeaker/which" if another else "")
    if said in _LOUDER or said in _SOFTER:
        return _adjust(draft, Command.LOUDER if said in _LOUDER else Command.SOFTER)
    try:
        heard = yes_or_no(line, True)
    except Unfit:
        raise Unfit("Please type yes, no, louder, softer, again, or skip.") from None
    if heard:
        return Taken(replace(draft, heard=True))
    hint = "Look whether it is switched on and turned up. Then choose again."
    return Taken(draft, (Say(hint),), "loudspeaker/which")


def _adjust(draft: Draft, command: Command) -> Taken:
    before = draft.settings.loudness
    after = adjusted(Voice(loudness=before), command).loudness
    limit = "I cannot go louder than that." if command is Command.LOUDER else "I cannot go softer than that."
    told = (Say(limit),) if after == before else ()
    return Taken(put(draft, loudness=after), told, "loudspeaker/heard")


ROOM = (
    looking("loudspeaker/look"),
    nothing_there(
        "loudspeaker",
        "I find no loudspeaker, so I only print. An evening needs one.",
        lambda draft: not draft.loudspeakers,
    ),
    Question(
        id="loudspeaker/which",
        ask=lambda _: "Which one shall I use? A number, a part of its name, or again to look anew.",
        stands=lambda draft: place_of(draft.loudspeakers, draft.settings.loudspeaker),
        enter="keeps number",
        why="My voice comes from there. Best is one that stands near you both, on a cable.",
        take=_choose,
        when=lambda draft: bool(draft.loudspeakers),
        before=_list,
    ),
    Question(
        id="loudspeaker/heard",
        ask=_ask_heard,
        stands=lambda _: "yes",
        why="You should both hear me well from where you sit. Skip goes on without trying it."
        " Again plays it once more.",
        take=_take_heard,
        when=lambda draft: draft.speaks,
        before=lambda _: (Play(_SENTENCE),),
        learn=played,
    ),
)
