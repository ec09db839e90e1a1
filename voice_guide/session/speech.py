"""The normal form in which spoken words are compared."""

from __future__ import annotations

import re

_CONSONANTS = "[b-df-hj-np-tv-z]"
_STUTTER = re.compile(
    rf"""
    (?<!\w)
    (?: (\w{{1,3}}) (?:-\s*\1)* -\s* (?=\1[\w'])  # pa-pa-pause; "no-no" is two words
      | (\w) (?:-\s*\2)* -\s* (?=\2)              # I-I-I
      # st... st... stop, in consonants only: "No... not tonight" is no stutter
      | ({_CONSONANTS}{{1,2}}) (?:(?:\u2026|\.{{2,}})\s*\3)* (?:\u2026|\.{{2,}})\s* (?=\3)
      | ({_CONSONANTS}) (?:[.,]\s*\4)* [.,]\s* (?=\4)  # p, p, pause
    )""",
    re.VERBOSE,
)
_MEANT = r"(?:no|wait|sorry|actually|i mean|i meant|or rather|make that|well no)"
_CORRECTION = re.compile(rf"\b{_MEANT}\b(?:,? {_MEANT}\b)*[,.]?\s")
_NOT_WORD = re.compile(r"[^\w' ]+")
_SENTENCE = re.compile(r"[^.!?\u2026]+[.!?\u2026]*")
_BREAK = re.compile(r"[,;:\u2013\u2014]|\s-\s")


def normal(text: str) -> str:
    """Lower case, straight apostrophes, no punctuation, stuttered beginnings folded.

    >>> normal("P-p-pause, please.")
    'pause please'
    >>> normal("Mm-hm\u2026 That\u2019s all!")
    "mm hm that's all"
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


def corrected(text: str) -> str:
    """What follows the last "no", "sorry" or "I mean" inside a text: what its speaker put in place of the rest.

    >>> corrected("Six, no, seven."), corrected("Just seven.")
    ('seven.', '')
    """
    found = list(_CORRECTION.finditer(_straight(text).lower()))
    return text[found[-1].end() :].strip() if found and found[-1].start() else ""


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
    return _STUTTER.sub("", _straight(text).lower())
