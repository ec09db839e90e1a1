"""Performs what the machine asks of the record; a disk that refuses is told, and costs no evening.

What is written is heard again by a better model, where there is one; a changed line takes the place of the first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from voice_guide.errors import KeyProblem, StorageError, VoiceGuideError
from voice_guide.home import storage_error
from voice_guide.jobs import HeardAgain
from voice_guide.session import effects as fx
from voice_guide.session.events import Event, RecordDone, RecordFailed
from voice_guide.stage import Again, Notebook

_ACTS = (fx.Strike, fx.CloseRecord, fx.DiscardRecord)
"""What the guide says next depends on their outcome."""


class Scribe:
    """The one hand on tonight's notebook, which is opened when both have agreed."""

    def __init__(
        self,
        open_notebook: Callable[[], Notebook],
        feed: Callable[[Event], None],
        tell: Callable[[fx.Tell], None],
        again: Again | None = None,
    ) -> None:
        self._open = open_notebook
        self._feed = feed
        self._tell = tell
        self._again = again
        self._notebook: Notebook | None = None
        self._over = False
        self._tails: set[int] = set()
        """Lines whose end was a wish to the guide, and is left out."""
        self._places: dict[tuple[int, float], int] = {}
        """The number of each line, by its turn and the moment when it was said."""

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

    def improve(self, heard: HeardAgain) -> None:
        """Put better words in a line's place; one that is gone, or a disk that refuses, costs only these."""
        text = heard.text
        if text and heard.seq in self._tails and self._again is not None:
            text = self._again.without_tail(text)
        if not text or self._notebook is None:
            return
        with contextlib.suppress(StorageError, KeyProblem, OSError):
            if self._notebook.improve(heard.seq, text, heard.sure[: len(text.split())]):
                self._say("improved", seq=heard.seq)

    @property
    def left(self) -> int:
        """Lines that are still to be heard again."""
        return self._again.second_pass.left if self._again is not None else 0

    def let_go(self) -> None:
        """Leave the record as it is: without its end it reads as interrupted."""
        if self._again is not None:
            self._again.second_pass.clear()
        notebook, self._notebook = self._notebook, None
        if notebook is not None:
            notebook.abandon()

    def _write(self, effect: fx.Effect, at: float) -> None:
        if isinstance(effect, fx.StartRecord):
            self._notebook = self._open()
        notebook = None if self._over else self._notebook
        if notebook is None:
            if isinstance(effect, _ACTS):
                raise StorageError("The record is closed.", "voice-guide forget deletes an evening")
            return  # it failed before; the couple was told
        match effect:
            case fx.Record():
                seq = notebook.append(effect)
                self._places[effect.turn, effect.said_at] = seq
                self._hear_again(seq, effect)
                self._say("kept", seq=seq)
            case fx.FillIn():
                self._fill_in(notebook, effect)
            case fx.Strike(turns=turns):
                gone = notebook.strike(turns)
                if self._again is not None:
                    self._again.second_pass.drop(gone)
                for seq in gone:
                    self._say("struck", seq=seq)
            case fx.CloseRecord(kept=kept, reason=reason):
                notebook.close(kept, reason)
                self._over = True
            case fx.DiscardRecord():
                notebook.discard()
                self._notebook = None
                self.let_go()
        if isinstance(effect, _ACTS):
            self._feed(RecordDone(at=at))

    def _fill_in(self, notebook: Notebook, line: fx.FillIn) -> None:
        """What its speaker says it was counts more than what a better model makes of the sound."""
        seq = self._places[line.turn, line.said_at]
        if self._again is not None:
            self._again.second_pass.drop([seq])
        if notebook.improve(seq, line.text, ()):
            self._hear_again(seq, line)
            self._say("improved", seq=seq)

    def _hear_again(self, seq: int, line: fx.Record | fx.FillIn) -> None:
        if self._again is None or line.sound is None:
            return
        if line.tail:
            self._tails.add(seq)
        memory = self._again.memory
        self._again.second_pass.add(seq, memory.span(*line.sound), memory.clearness(*line.sound))

    def _say(self, name: str, **fields: object) -> None:
        self._tell(fx.Tell(name=name, fields=fields))
