"""Performs what the machine asks of the record; a disk that refuses is told, and costs no evening."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from voice_guide.errors import KeyProblem, StorageError, VoiceGuideError
from voice_guide.home import storage_error
from voice_guide.session import effects as fx
from voice_guide.session.events import Event, RecordDone, RecordFailed
from voice_guide.stage import Notebook

_ACTS = (fx.Strike, fx.CloseRecord, fx.DiscardRecord)
"""What the guide says next depends on their outcome."""


class Scribe:
    """The one hand on tonight's notebook, which is opened when both have agreed."""

    def __init__(
        self,
        open_notebook: Callable[[], Notebook],
        feed: Callable[[Event], None],
        tell: Callable[[fx.Tell], None],
    ) -> None:
        self._open = open_notebook
        self._feed = feed
        self._tell = tell
        self._notebook: Notebook | None = None

    def perform(self, effect: fx.Effect, at: float) -> None:
        """Write, strike, close or delete; feeds `RecordDone` or `RecordFailed`."""
        try:
            self._write(effect, at)
        except (StorageError, KeyProblem) as error:
            self._refused(error, at)
        except OSError as error:  # a disk that goes away refuses where nobody expected it
            self._refused(storage_error("The record cannot be reached", error), at)

    def _refused(self, error: VoiceGuideError, at: float) -> None:
        with contextlib.suppress(OSError):  # the disk that refused once may refuse to close as well
            self.let_go()
        self._feed(RecordFailed(at=at, what=error.message, hint=error.hint))

    def let_go(self) -> None:
        """Leave the record as it is: it reads as interrupted."""
        notebook, self._notebook = self._notebook, None
        if notebook is not None:
            notebook.abandon()

    def _write(self, effect: fx.Effect, at: float) -> None:
        if isinstance(effect, fx.StartRecord):
            self._notebook = self._open()
        notebook = self._notebook
        if notebook is None:
            if isinstance(effect, _ACTS):
                raise StorageError("The record is closed.", "voice-guide forget deletes an evening")
            return  # it failed before; the couple was told
        match effect:
            case fx.Record():
                self._say("kept", seq=notebook.append(effect))
            case fx.Strike(turns=turns):
                for seq in notebook.strike(turns):
                    self._say("struck", seq=seq)
            case fx.CloseRecord(kept=kept, reason=reason):
                notebook.close(kept, reason)
                self._notebook = None
            case fx.DiscardRecord():
                notebook.discard()
                self._notebook = None
        if isinstance(effect, _ACTS):
            self._feed(RecordDone(at=at))

    def _say(self, name: str, **fields: object) -> None:
        self._tell(fx.Tell(name=name, fields=fields))
