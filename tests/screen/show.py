"""A small player: shows an evening that was written with --events on the live screen, to be looked at.

voice-guide rehearse what-im-afraid-of --text --events FILE
python -m tests.screen.show FILE --speed 20 [--captions] [--from SECONDS] [--plain]
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from voice_guide.screen.keyboard import Keyboard
from voice_guide.screen.live import LiveScreen
from voice_guide.screen.plain import PlainScreen
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell

FRAME = 0.032


class ShownHands:
    """What was pressed becomes a small note on the screen, and `stop` ends the show."""

    def __init__(self, tell: LiveScreen | PlainScreen, clock: Callable[[], float]) -> None:
        self._tell = tell
        self._clock = clock
        self.stopped = threading.Event()

    def command(self, command: Command) -> None:
        """Show it as a failure would be shown: here it is seen that it came."""
        self._note(f"Key: {command}.")
        if command is Command.STOP:
            self.stopped.set()

    def any_key(self) -> None:
        """Another key."""
        self._note("Key: silence.")

    def typing(self) -> None:
        """Seen in the typed line."""

    def typed(self, text: str) -> None:
        """A line."""
        self._note(f"Typed {len(text)} characters.")

    def gone(self) -> None:
        """Nobody types any more; a closed terminal ends the show by its signal."""

    def _note(self, what: str) -> None:
        self._tell(self._clock(), Tell(name="failed", fields={"what": what, "hint": ""}))


def events(path: Path) -> Iterator[tuple[float, Tell]]:
    """Each event of a file with its time."""
    for line in path.read_text("utf-8").splitlines():
        fields = json.loads(line)
        at, name = fields.pop("at"), fields.pop("event")
        yield at, Tell(name=name, fields=fields)


def play(screen: LiveScreen | PlainScreen, hands: ShownHands, clock: Callable[[], float], file: Path) -> None:
    """The events one after the other, with a level that looks like speech."""
    for at, tell in events(file):
        while (now := clock()) < at:
            screen.level(-35 + 15 * math.sin(now * 3))
            if hands.stopped.wait(FRAME):
                return
        screen(at, tell)


def main() -> None:
    """Play a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--speed", type=float, default=20.0)
    parser.add_argument("--from", type=float, default=0.0, dest="begin")
    parser.add_argument("--captions", action="store_true")
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    began = time.monotonic() - args.begin / args.speed

    def clock() -> float:
        return float((time.monotonic() - began) * args.speed)

    if args.plain:
        plain = PlainScreen(lambda line: print(line, flush=True), captions=args.captions)
        hands = ShownHands(plain, clock)
        with Keyboard(hands, plain):
            play(plain, hands, clock, args.file)
        return
    live = LiveScreen(sys.stdout, captions=args.captions)
    hands = ShownHands(live, clock)
    with live, Keyboard(hands, live):
        play(live, hands, clock, args.file)


if __name__ == "__main__":
    main()
