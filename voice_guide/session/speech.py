"""The normal form in which spoken words are compared."""

from __future__ import annotations

import re

_STUTTER = re.compile(r"\b(\w{1,3})(?:[-\u2026.]+\s*\1)*[-\u2026.]+\s*(?=\1)", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^\w' ]+")


def normal(text: str) -> str:
    """Lower case, straight apostrophes, no punctuation, stuttered beginnings folded.

    >>> normal("P-p-pause, please.")
    'pause please'
    >>> normal("Mm-hm\u2026 That\u2019s all!")
    "mm hm that's all"
    """
    return " ".join(_NOT_WORD.sub(" ", _fold(text)).split())


def original_prefix(text: str, words: int, strip: str = " ,;:-\u2013\u2014") -> str:
    """The beginning of `text` that holds its first `words` normal words, without trailing `strip`."""
    kept: list[str] = []
    count = 0
    for token in _STUTTER.sub("", _straight(text)).split():
        if count >= words:
            break
        kept.append(token)
        count += len(normal(token).split())
    return " ".join(kept).rstrip(strip) if strip else " ".join(kept)


def _straight(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'")


def _fold(text: str) -> str:
    return _STUTTER.sub("", _straight(text).lower())
