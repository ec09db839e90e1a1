"""`voice-guide` on a machine with a microphone and a loudspeaker; the evening itself is one line of text."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from voice_guide import wiring
from voice_guide.__main__ import main
from voice_guide.tonight import Repertoire, Tonight


class Evening:
    """Tells who would begin, with what, and whether a record is possible."""

    def __init__(self, *, tonight: Tonight, shelf: object, part: Any, **others: object) -> None:
        del others
        self._tonight, self._shelf, self._part = tonight, shelf, part

    def run(self, repertoire: Repertoire | None) -> int:
        """Tell it."""
        first, second = self._tonight.order
        offered = repertoire.offers if repertoire is not None else ()
        what = self._part.exercise.title if self._part else " or ".join(offer.title for offer in offered)
        kept = "may be kept" if self._shelf is not None else "cannot be kept"
        print(f"[the evening of {first} and {second}: {what}. It {kept}]")
        return 0


if __name__ == "__main__":
    wiring.open_line = lambda settings: SimpleNamespace(settings=settings)  # type: ignore[assignment,return-value]
    wiring.RealEvening = Evening  # type: ignore[assignment,misc]  # the real one needs people
    sys.exit(main())
