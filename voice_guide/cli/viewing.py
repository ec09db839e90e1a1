"""Who sees an evening, and whose hands are on it: the live screen or plain lines, and the keyboard with them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from voice_guide.audio.devices import hushed_drivers
from voice_guide.awake import Awake, keeping_awake
from voice_guide.hands import InboxHands
from voice_guide.screen.keyboard import Keyboard
from voice_guide.screen.listener import Listener
from voice_guide.screen.outlet import Outlet
from voice_guide.screen.plain import PlainScreen
from voice_guide.screen.terminal import can_show
from voice_guide.session.effects import Tell

if TYPE_CHECKING:
    from voice_guide.inbox import Source
    from voice_guide.screen.live import LiveScreen


class Viewing:
    """A screen for one evening: the live one on a terminal, plain lines where nobody looks or they were asked for."""

    def __init__(self, *, plain: bool, captions: bool) -> None:
        self._live = _live_screen(captions=captions) if not plain and can_show(sys.stdout) else None
        self._out = Outlet(sys.stdout)
        self._plain = PlainScreen(self._out.line, captions=captions)
        self._awake: Awake | None = None
        self._shown: Listener = self._live if self._live is not None else self._plain

    def __call__(self, at: float, tell: Tell) -> None:
        """Show what happens; and once, that the computer may fall asleep, as soon as that is known."""
        if self._awake is not None and self._awake.notice:
            notice, self._awake = self._awake.notice, None
            self._shown(at, Tell(name="failed", fields={"what": notice, "hint": ""}))
        self._shown(at, tell)

    @property
    def on_level(self) -> Callable[[float], None]:
        """Takes the microphone's level, dBFS."""
        return self._live.level if self._live is not None else lambda _: None

    @contextlib.contextmanager
    def hands(self, inbox: Source) -> Iterator[None]:
        """Screen and keyboard while the evening lasts, and a computer that stays awake."""
        with contextlib.ExitStack() as around:
            self._awake = around.enter_context(keeping_awake())
            if self._live is not None:
                around.enter_context(self._live)
                around.enter_context(Keyboard(InboxHands(inbox), self._live))
            else:
                around.enter_context(hushed_drivers())  # a screen reader would read them out
                around.enter_context(self._out)
                around.enter_context(Keyboard(InboxHands(inbox), self._plain))
            yield


def _live_screen(*, captions: bool) -> LiveScreen:
    from voice_guide.screen.live import LiveScreen  # draws with a library that plain lines need not wait for

    return LiveScreen(sys.stdout, captions=captions)
