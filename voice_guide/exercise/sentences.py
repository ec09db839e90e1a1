"""Text cut for speech: sentences, how long they take, and groups short enough to be heard in between."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 145
"""The guide's pace with its pauses; spoken guidance is comfortable at 140-150."""

PAUSE = 0.6
"""Seconds of silence between two sentences."""

LIMIT = 10.0
"""Seconds after which the guide must have left a gap in which it can be heard."""

# Titles whose full stop ends no sentence, in lower case; capital initials are seen to by `_INITIALS`.
_TITLES = frozenset(("dr", "dra", "mr", "mrs", "ms", "mx", "prof", "rev", "sr", "sra", "srta", "st", "vs"))
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_OPENING = "\"'([«“\u2018"
_CLOSING = "\"')]»”\u2019"
_BOUNDARY = re.compile(rf"[.?!…]+[{re.escape(_CLOSING)}]*(?=\s)")
_CLAUSE_ENDS = (",", ";", ":", "—", "\u2013")


def sentences(text: str) -> tuple[str, ...]:
    """Cut `text` after `.`, `?`, `!` and `…`, but not inside numbers, after initials or after "Dr.".

    No word is lost and the order stays: joined with spaces, the sentences are the text with its white
    space made single. A sentence begins with anything but a small letter, so "Well... yes" stays whole.
    """
    line = " ".join(text.split())
    found, begin = [], 0
    for match in _BOUNDARY.finditer(line):
        if _ends_sentence(line, match):
            found.append(line[begin : match.end()])
            begin = match.end() + 1
    if begin < len(line):
        found.append(line[begin:])
    return tuple(found)


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    if line[match.end() :].lstrip(" " + _OPENING)[:1].islower():
        return False
    if match.group().rstrip(_CLOSING) != ".":
        return True
    word = line[: match.start()].rpartition(" ")[2].lstrip(_OPENING)
    if word == "I":  # the one capital letter that is a word, and ends sentences
        return True
    return word.lower() not in _TITLES and not _INITIALS.fullmatch(word)


def estimated_seconds(sentence: str) -> float:
    """How long a sentence takes on average, the pause behind it counted, at `WORDS_A_MINUTE`."""
    return len(sentence.split()) * 60 / WORDS_A_MINUTE


def longest_seconds(sentence: str) -> float:
    """How long a sentence can take at most, without a pause behind it.

    Measured on Piper's en_US-joe at the guide's pace: no sentence took more than 0.093 s a character
    (many long words, many commas), and a figure is read as up to 0.35 s of words for each digit.
    """
    digits = sum(character.isdigit() for character in sentence)
    return max(estimated_seconds(sentence), 0.5 + 0.095 * len(sentence) + 0.35 * digits)


def chunks(text: str, limit: float = LIMIT) -> tuple[tuple[str, ...], ...]:
    """Group the sentences of `text` so that each group, with its pauses, certainly stays under `limit` s.

    A sentence that is too long by itself is cut at a comma, else between words; only a single word
    that is longer than `limit` is left as it is.
    """
    groups: list[tuple[str, ...]] = []
    used = limit
    for piece in (piece for sentence in sentences(text) for piece in _pieces(sentence, limit)):
        seconds = longest_seconds(piece)
        if groups and used + PAUSE + seconds <= limit:
            groups[-1] += (piece,)
            used += PAUSE + seconds
        else:
            groups.append((piece,))
            used = seconds
    return tuple(groups)


def _pieces(sentence: str, limit: float) -> list[str]:
    """The sentence itself if it is short enough, else its parts, each as long as fits."""
    pieces = []
    words = sentence.split()
    while words:
        fits = len(words)
        while fits > 1 and longest_seconds(" ".join(words[:fits])) > limit:
            fits -= 1
        if fits < len(words):
            fits = next((n for n in range(fits, 0, -1) if words[n - 1].endswith(_CLAUSE_ENDS)), fits)
        pieces.append(" ".join(words[:fits]))
        words = words[fits:]
    return pieces
