"""The normal form in which spoken words are compared."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

_CONSONANTS = "[b-df-hj-np-tv-z]"
_STUTTER = re.compile(
    rf"""
    (?<!\w)
    (?: (\w{{1,3}}) (?:-\s*\1)* -\s* (?=\1[\w'])  # pa-pa-pause; "no-no" is two words
      | (\w) (?:-\s*\2)* -\s* (?=\2)              # I-I-I
      # st... st... stop, in consonants only: "No... not tonight" is no stutter, and neither is "Mm... mm-hm"
      | ((?!mm|hm){_CONSONANTS}{{1,2}}) (?:(?:\u2026|\.{{2,}})\s*\3)* (?:\u2026|\.{{2,}})\s* (?=\3)
      | ({_CONSONANTS}) (?:[.,]\s*\4)* [.,]\s* (?=\4)  # p, p, pause
    )""",
    re.VERBOSE,
)
_NOT_WORD = re.compile(r"[^\w' ]+")
_SENTENCE = re.compile(r"[^.!?\u2026]+[.!?\u2026]*")
_BREAK = re.compile(r"[,;:\u2013\u2014]|\s-\s")


def normal(text: str) -> str:
    """Lower case, straight apostrophes, no accents, no punctuation, stuttered beginnings folded.

    >>> normal("P-p-pause, please.")
    'pause please'
    >>> normal("Mm-hm\u2026 That\u2019s all!"), normal("\u00bfQui\u00e9n sigue?")
    ("mm hm that's all", 'quien sigue')
    """
    return _plain(_fold(text))


def statements(text: str) -> list[str]:
    """The sentences in normal form, each with its own punctuation gone; questions are left out.

    >>> statements("Yes, I would. What about you?")
    ['yes i would']
    """
    return [_plain(sentence) for sentence in _statements(text)]


def clauses(text: str) -> list[str]:
    """The statements in normal form, cut at commas and dashes.

    >>> clauses("Keep it, don't let it go.")
    ['keep it', "don't let it go"]
    """
    parts = [_plain(part) for sentence in _statements(text) for part in _BREAK.split(sentence)]
    return [part for part in parts if part]


def corrected(text: str, corrections: tuple[str, ...]) -> str:
    """What follows the last of the words that correct: what its speaker put in place of the rest.

    >>> corrected("Six, no, seven.", ("no", "i mean")), corrected("Just seven.", ("no", "i mean"))
    ('seven.', '')
    """
    found = list(_correction(corrections).finditer(folded(text)))
    return text[found[-1].end() :].strip() if found and found[-1].start() else ""


def folded(text: str) -> str:
    """Lower case, straight apostrophes, no accents; punctuation stays."""
    return _without_accents(_straight(text).lower())


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for one of these, the longest first; for none of them, one that matches nothing."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"


def original_prefix(text: str, words: int, strip: str = " ,;:-\u2013\u2014") -> str:
    """The beginning of `text` that holds its first `words` normal words, without trailing `strip`."""
    tokens = _straight(text).split()
    fits = (n for n in range(len(tokens), 0, -1) if len(normal(" ".join(tokens[:n])).split()) <= words)
    return " ".join(tokens[: next(fits, 0)]).rstrip(strip)


def _statements(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(_fold(text)) if "?" not in sentence]


def _plain(folded: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", folded).split())


def _straight(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'")


def _fold(text: str) -> str:
    return _STUTTER.sub("", folded(text))


def _without_accents(text: str) -> str:
    """As many characters as before: transcribers and typists leave accents out, and nothing here hangs on one."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)


@functools.cache
def _correction(corrections: tuple[str, ...]) -> re.Pattern[str]:
    one = any_of(corrections)
    return re.compile(rf"\b{one}\b(?:,? {one}\b)*[,.]?\s")
