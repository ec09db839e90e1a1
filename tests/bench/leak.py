"""The guide's own words in the record: whole evenings, its voice leaking into the microphone in measured rooms.

    python -m tests.bench.leak [EXERCISE...]

Each exercise is rehearsed through the real models in each room of VOICE_GUIDE_SPEECH, with a leak of -20 and of -10 dB.
Counted are words of what would be kept that stand in a row of four which the guide has said and the couple has not.
The aim is none. The ears are told apart from the guide by time alone here: nothing is taken out of the sound.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np

from tests.bench.figures import machine, say
from tests.bench.over import LEAKS, convolved, impulses
from tests.recordings import SPEECH
from tests.wer import words
from voice_guide import wiring
from voice_guide.audio.playlist import Playlist
from voice_guide.audio.virtual import VirtualRoom
from voice_guide.home import Home, make_private_folder
from voice_guide.languages import invented
from voice_guide.library import open_script
from voice_guide.notebook import Shelf
from voice_guide.session.effects import Tell
from voice_guide.sound import Samples

EXERCISES = ("what-im-afraid-of", "eye-level")
PARTNERS = ("Ana", "Ben")


class Walls(Playlist):
    """A loudspeaker whose sound reaches the microphone by way of the room."""

    impulse: Samples

    def fill(self, out: Samples, latency: int) -> list[int]:
        """The next block, and the room's answer to all before it."""
        heard = super().fill(out, latency)
        rest = getattr(self, "_rest", np.zeros(len(self.impulse), np.float32))
        echo = convolved(out, self.impulse)
        echo[: len(rest)] += rest[: len(echo)]
        out[:] = echo[: len(out)]
        self._rest = echo[len(out) :]
        return heard


def _evening(name: str, impulse: Samples, leak_db: float, folder: Path) -> tuple[str, str]:
    """What the guide said, and what would be kept."""
    said: list[str] = []
    kept: list[str] = []

    def note(at: float, tell: Tell) -> None:
        del at
        if tell.name == "prompt":
            said.append(str(tell.fields["text"]))
        if tell.name == "heard" and tell.fields["final"]:
            kept.append(str(tell.fields["text"]))

    Walls.impulse = impulse
    home = Home(folder)
    make_private_folder(home.root)
    room = functools.partial(VirtualRoom, leak_db)
    with patch("voice_guide.audio.virtual.Playlist", Walls), patch.object(wiring, "VirtualRoom", room):
        wiring.rehearsed_evening(open_script(name), PARTNERS, [], Shelf(home, rehearsal=True), "fast", [note])
    return " ".join(said), " ".join(kept)


def _rows(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(found, found[1:], found[2:], found[3:], strict=False))


def _texts(value: object) -> Iterator[str]:
    """All that the invented couple can say."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def main(names: list[str]) -> None:
    """Print the guide's words in what is kept."""
    say(machine())
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for leak in LEAKS:
            own = total = 0
            theirs = set().union(*(_rows(text) for text in _texts(dataclasses.astuple(invented("en")))))
            for name in names or EXERCISES:
                for impulse in impulses(SPEECH):
                    guide, kept = _evening(name, impulse, leak, folder)
                    own += len((_rows(guide) & _rows(kept)) - theirs)
                    total += len(words(kept))
            say(f"  {leak:.0f} dB: {own} rows of four words of the guide's in {total} words kept")


if __name__ == "__main__":
    main(sys.argv[1:])
