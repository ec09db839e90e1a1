"""The two names on a command line."""

from __future__ import annotations

import argparse

from voice_guide.names import folded
from voice_guide.setup.names import fitting_name
from voice_guide.setup.question import Unfit


def partners(text: str) -> tuple[str, str]:
    """Two names out of `Ana,Ben`; the first one begins."""
    given = text.split(",")
    try:
        names = [fitting_name(name) for name in given if len(given) == 2 and name.strip()]
    except Unfit as why:
        raise argparse.ArgumentTypeError(str(why)) from None
    if len(names) != 2 or folded(names[0]) == folded(names[1]):
        raise argparse.ArgumentTypeError("two different names with a comma between, as in Ana,Ben")
    return names[0], names[1]
