"""The room of the microphone: chosen, quiet, heard, understood, and not deafened by the guide itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_guide.setup import sound_words as words
from voice_guide.setup.choosing import (
    chosen,
    gone,
    listed,
    look_again,
    looking,
    nothing_there,
    place_of,
    standing,
    warned,
)
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Effect, Measure, Say, Transcribe, What
from voice_guide.setup.findings import Finding, Reading, Understood
from voice_guide.setup.question import AGAIN, SKIP, Question, Taken, Unfit, yes_or_no

_ECHO = "I say this sentence only to hear how much of my own voice comes back to me."
_ALOUD = frozenset(("aloud", "say it", "speak", "a"))


def _list(draft: Draft) -> tuple[Effect, ...]:
    found = draft.microphones
    return (
        Say("Now the microphone. These are there:"),
        *listed(found),
        *gone(found, draft.settings.microphone, "microphone"),
    )


def _choose(draft: Draft, line: str) -> Taken:
    if line.casefold() in AGAIN:
        return look_again(draft, "microphone")
    one = chosen(draft.microphones, line, draft.settings.microphone)
    return Taken(put(draft, microphone=one.id), warned(one, listens=True))


def _switched_off(draft: Draft) -> bool:
    return bool(draft.microphones) and standing(draft.microphones, draft.settings.microphone).muted


def _reading(kind: str) -> Callable[[Draft, Finding], Draft]:
    def learn(draft: Draft, finding: Finding) -> Draft:
        return replace(draft, **{kind: finding}) if isinstance(finding, Reading) else draft  # type: ignore[arg-type]  # kind is a Reading

    return learn


def _measured(id: str, why: str) -> Callable[[Draft, str], Taken]:
    """Enter goes on, again measures again, another chooses another microphone."""

    def take(draft: Draft, line: str) -> Taken:
        said = line.casefold()
        if not said or said in SKIP:
            return Taken(draft)
        if said in AGAIN:
            return Taken(draft, to=id)
        if said in ("another", "other"):
            return Taken(draft, to="microphone/which")
        raise Unfit(why)

    return take


_CHOICES = "Please type again or another, or press Enter to go on."


def _understood(draft: Draft, finding: Finding) -> Draft:
    return replace(draft, understood=finding) if isinstance(finding, Understood) else draft


def _ask_understood(draft: Draft) -> str:
    found = draft.understood
    if found.problem:
        return f"{found.problem} Go on, or try again?"
    if not found.text:
        return "I made out no word. Again tries once more."
    return "Is that about right? Yes, no, again, or aloud to hear it."


def _take_understood(draft: Draft, line: str) -> Taken:
    said = line.casefold()
    found = draft.understood
    if said in AGAIN:
        return Taken(draft, to="microphone/speech")
    if said in _ALOUD and found.text:
        return Taken(draft, (Say("", f"I heard: {found.text}"),), "microphone/understood")
    if said in SKIP or not found.text:
        return Taken(draft)
    if yes_or_no(line, True):
        return Taken(draft)
    return Taken(draft, (Say(words.MISHEARD),))


def _show(draft: Draft) -> tuple[Effect, ...]:
    text = draft.understood.text
    return (Say(f"I heard: {text}", ""),) if text else ()


def _has_words(draft: Draft) -> bool:
    return draft.listens and draft.facts.transcriber and words.somebody_spoke(draft.speech, draft.silence)


def _invite(draft: Draft) -> tuple[Effect, ...]:
    when = "after the tone" if draft.speaks and draft.heard else "now"
    asked = "One of you, please tell me what you see around you."
    return Say(f"{asked} I listen for six seconds, {when}."), Measure(What.SPEECH)


ROOM = (
    looking("microphone/look"),
    nothing_there(
        "microphone",
        "I find no microphone, so I cannot try one. An evening needs one.",
        lambda draft: not draft.microphones,
    ),
    Question(
        id="microphone/which",
        ask=lambda _: "Which one shall I use? A number, a part of its name, or again to look anew.",
        stands=lambda draft: place_of(draft.microphones, draft.settings.microphone),
        enter="keeps number",
        why="I hear you through it. Best is one on the table between you. What I hear is never written to disk"
        " as sound.",
        take=_choose,
        when=lambda draft: draft.listens,
        before=_list,
    ),
    Question(
        id="microphone/silence",
        ask=lambda draft: words.of_silence(draft.silence, switched_off=_switched_off(draft)),
        stands=lambda _: "go on",
        why="I wait for silence to know when you have ended. Noise makes that harder."
        " Again listens once more, another chooses another microphone.",
        take=_measured("microphone/silence", _CHOICES),
        when=lambda draft: draft.listens,
        before=lambda _: (
            Say("Please be silent for three seconds. I listen for noise."),
            Measure(What.SILENCE),
        ),
        learn=_reading("silence"),
    ),
    Question(
        id="microphone/speech",
        ask=lambda draft: words.of_speech(draft.speech, draft.silence, switched_off=_switched_off(draft)),
        stands=lambda _: "go on",
        why="I should hear you both clearly from where you sit. I keep nothing of this."
        " Again listens once more, another chooses another microphone.",
        take=_measured("microphone/speech", _CHOICES),
        when=lambda draft: draft.listens,
        before=_invite,
        learn=_reading("speech"),
    ),
    Question(
        id="microphone/transcribe",
        when=_has_words,
        before=lambda _: (Transcribe(),),
        learn=_understood,
    ),
    Question(
        id="microphone/understood",
        ask=_ask_understood,
        stands=lambda draft: "yes" if draft.understood.text else "go on",
        why="A word or two may be wrong. If most are, come closer, or use another microphone.",
        take=_take_understood,
        when=_has_words,
        before=_show,
    ),
    Question(
        id="microphone/echo",
        ask=lambda draft: words.of_echo(draft.echo, draft.speech),
        stands=lambda _: "go on",
        why="If I hear myself too loudly, I cannot hear you while I speak."
        " Again measures once more, another chooses another microphone.",
        take=_measured("microphone/echo", _CHOICES),
        when=lambda draft: draft.listens and draft.speaks and draft.heard and not draft.silence.problem,
        before=lambda _: (
            Say("Last, how much I hear of myself. Please be silent once more."),
            Measure(What.ECHO, _ECHO),
        ),
        learn=_reading("echo"),
    ),
)
