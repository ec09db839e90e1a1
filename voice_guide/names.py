"""Names of partners as they are compared: by what is read, not by how a keyboard puts letters together."""

from __future__ import annotations

import unicodedata


def composed(name: str) -> str:
    """The name with each letter and its marks as one character, where there is one (Unicode's NFC).

    >>> composed("Zoe\\u0308") == "Zo\\u00eb"
    True
    """
    return unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """What two spellings of one name have in common, in small letters or capitals (a caseless match of Unicode).

    >>> folded("ZOE\\u0308") == folded("zo\\u00eb")
    True
    """
    return composed(unicodedata.normalize("NFD", name).casefold())
