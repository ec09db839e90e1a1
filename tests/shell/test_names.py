"""Names: one spelling for what looks the same, and none that would mean somebody else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.names import composed, folded
from voice_guide.setup.names import fitting_name
from voice_guide.setup.question import Unfit

COMPOSED, IN_PARTS = "Zo\u00eb", "Zoe\u0308"


def test_one_name_has_one_spelling() -> None:
    """A Mac hands over a letter and its marks, others one character."""
    assert composed(IN_PARTS) == COMPOSED == fitting_name(f" {IN_PARTS} ")
    assert folded(IN_PARTS.upper()) == folded(COMPOSED)
    assert folded("Zoe") != folded(COMPOSED)


@given(st.text(max_size=20))
def test_any_spelling_is_the_same_name(name: str) -> None:
    """Put together or taken apart, in small letters or as it is."""
    spellings = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    assert {folded(one) for one in (*spellings, name.casefold())} == {folded(name)}


@pytest.mark.parametrize("name", ["both", "Both", " BOTH "])
def test_nobody_is_called_as_the_record_calls_the_two(name: str) -> None:
    """It would not be known whose words they are."""
    with pytest.raises(Unfit, match="The record calls the two of you both"):
        fitting_name(name)
