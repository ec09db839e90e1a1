"""After the closing words: what the second pass has still to say, before the sound is dropped."""

from __future__ import annotations

from collections.abc import Callable

from voice_guide.inbox import Nothing, SignalCame, Source
from voice_guide.jobs import HeardAgain
from voice_guide.scribe import Scribe

_TAKE_TIMEOUT = 0.1


def hear_the_rest(scribe: Scribe, inbox: Source, tell: Callable[..., None]) -> None:
    """Until every line has its answer, or a signal comes: then the others stay as they are.

    Microphone and loudspeaker are closed; what else comes in is of no account any more.
    """
    shown = 0
    while True:
        left = scribe.left
        if left != shown:
            tell("hearing_again", left=left)
            shown = left
        match inbox.take(_TAKE_TIMEOUT):
            case HeardAgain() as heard:
                scribe.improve(heard)
            case SignalCame():
                return
            case Nothing() if not left:
                return
