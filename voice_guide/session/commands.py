"""Spoken commands, told from answers.

A command counts only when it stands alone between pauses, so that "I want to stop pretending"
is an answer. The one exception is the end of an answer ("... and that's all"), which ends the turn.
"""

from __future__ import annotations

import functools

from voice_guide.language.tables import Commands, Language
from voice_guide.session.command import Command
from voice_guide.session.speech import clauses, normal, original_prefix

__all__ = ["Command", "meant_command", "spoken_command", "without_tail"]


def spoken_command(text: str, language: Language) -> Command | None:
    """The command that a whole utterance is, or None if it is anything more or else.

    Polite words around it ("okay, pause please") and repeated sounds or words ("p-p-pause",
    "stop stop") do not hide it.
    """
    commands = language.commands
    words = normal(text)
    found = _known(words, commands) or _by_keys(_once(words).split(), commands)
    if found is not None:
        return found
    # "Stop! I want to stop." is one command, said twice.
    parts = {_known(part, commands) for part in clauses(text) if part not in commands.polite}
    return parts.pop() if len(parts) == 1 else None


@functools.cache
def _phrases(commands: Commands) -> dict[str, Command]:
    return {phrase: command for command, phrases in commands.phrases.items() for phrase in phrases}


def _known(words: str, commands: Commands) -> Command | None:
    """The command that these words are when as few small words as needed are dropped at their ends."""
    words, known = _once(words), _phrases(commands)
    while words not in known:
        fewer = _less_polite(words, commands.polite)
        if fewer == words:
            return None
        words = fewer
    return known[words]


_MOST_WORDS = 9
"""Of a command in words of one's own; more of them tell something."""


def _by_keys(words: list[str], commands: Commands) -> Command | None:
    """The command whose key words are all there, in their order, if everything else is loose."""
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    first = next((word for word in words if word not in commands.polite), "")
    if first in commands.subjects:
        return None
    found = {command for keys, command in _keys(commands) if _holds(words, keys, commands.loose)}
    return found.pop() if len(found) == 1 else None


@functools.cache
def _keys(commands: Commands) -> tuple[tuple[tuple[str, ...], Command], ...]:
    return tuple((tuple(key.split()), command) for command, keys in commands.keys.items() for key in keys)


def _holds(words: list[str], keys: tuple[str, ...], loose: frozenset[str]) -> bool:
    left = list(keys)
    for word in words:
        if left and word == left[0]:
            left.pop(0)
        elif word not in loose:
            return False
    return not left


def meant_command(text: str, hinted: str, language: Language) -> Command | None:
    """The command in an utterance, or in its other reading if the first is none.

    The evening is never stopped, nor put on the record again, on another reading alone; and a sentence is no command,
    however it may be misread.
    """
    other = spoken_command(hinted, language)
    if other in (Command.STOP, Command.ON_RECORD) or _longer(text, hinted):
        other = None
    return spoken_command(text, language) or other


_LONGER = 2
"""Words by which a misheard command may be longer than the command: "paws" for "pause", "I am gone" for "I'm done"."""


def _longer(text: str, hinted: str) -> bool:
    return len(normal(text).split()) > len(normal(hinted).split()) + _LONGER


def without_tail(text: str, language: Language) -> str | None:
    """The answer without an end such as "and that's all", or None if it has no such end.

    The end has to be set off by a small word or by punctuation: "he said that's it" is an answer.

    >>> without_tail("I was afraid of the dark, and that's all.", ENGLISH)
    'I was afraid of the dark'
    >>> without_tail("And then he said that's it.", ENGLISH) is None
    True
    """
    words, commands = normal(text), language.commands
    for tail in commands.tails:
        if not words.endswith(" " + tail):
            continue
        before = words[: -len(tail)].strip()
        kept = _drop_links(before, commands.tail_links)
        if not kept:
            return ""
        prefix = original_prefix(text, len(before.split()), strip="")
        if kept == before and kept.split()[-1] in commands.quoting:
            continue
        if kept == before and prefix[-1] not in ".,;:!?-\u2026\u2013\u2014":
            continue
        return original_prefix(text, len(kept.split()))
    return None


def _once(words: str) -> str:
    """Each word once where it was said twice in a row: "whose, whose turn is it" -> "whose turn is it"."""
    parts = words.split()
    return " ".join(word for before, word in zip(["", *parts], parts, strict=False) if word != before)


def _less_polite(words: str, small: tuple[str, ...]) -> str:
    """Without one polite word, or without repetition: 'stop stop stop' -> 'stop'."""
    for polite in small:
        fewer = words.removeprefix(polite + " ")
        fewer = fewer if fewer != words else words.removesuffix(" " + polite)
        if fewer != words:
            return fewer
    parts = words.split()
    return parts[0] if len(set(parts)) == 1 else words


def _drop_links(words: str, links: tuple[str, ...]) -> str:
    while True:
        before = words
        for link in links:
            words = "" if words == link else words.removesuffix(" " + link)
        if words == before:
            return words
