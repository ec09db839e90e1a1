"""A turn: what one partner (or both together) says to one question, and how it grows.

A turn is a row of pieces. All but the last are committed: their sound is final and their text is
on its way or known. The last one may be an open tail. Speech that resumes gives the tail a new
revision; the text of an older revision is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voice_guide.exercise.flat import Question, Who
from voice_guide.session.events import Heard
from voice_guide.session.turn_end import CUT, POST_ROLL, PRE_ROLL, TALK_LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One stretch of a turn's sound."""

    start: float
    """Seconds since the evening's start, pre-roll included."""
    speech_from: float
    """Where the speech itself begins."""
    end: float | None = None
    """None while somebody is speaking."""
    revision: int | None = None
    """The transcription that was asked for, if any is valid."""
    text: str | None = field(default=None, repr=False)
    """None until heard."""
    hinted: str = field(default="", repr=False)
    """Another reading, for commands and plain answers only; never kept as text."""
    doubtful: bool = False
    """Too improbable to be taken for a consent."""
    voice: Who | None = None
    """Whose voice it clearly was; None if nobody can tell."""
    strange: bool = False
    """It clearly was neither partner's."""
    committed: bool = False
    alone: bool = True
    """It began after a silence, so that it can be a command."""
    settled: bool = False
    """Looked at: not a command, and recorded if anything is."""
    tail: bool = False
    """It ended with "that's all" or the like, which its text leaves out."""

    @property
    def shown(self) -> str:
        """Its text for the record; speech without any sure text is not lost silently."""
        if self.text is None:
            return ""
        return self.text or f"[unclear, {max(1, round(self.length))} s]"

    @property
    def length(self) -> float:
        """Seconds of speech."""
        return (self.end if self.end is not None else self.speech_from) - self.speech_from

    @property
    def sound(self) -> tuple[float, float] | None:
        """From and to, seconds; None while it lasts, and of what was typed."""
        return None if self.end is None or self.end <= self.start else (self.start, self.end)

    @property
    def by(self) -> Who | None:
        """The one partner whose voice it clearly was."""
        return None if self.voice is Who.BOTH else self.voice

    def of_other(self, question: Question) -> bool:
        """Whether it clearly is the voice of the partner who was not asked."""
        return self.by is not None and question.who not in (Who.BOTH, self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn as it stands."""

    number: int
    """1, 2, ...; 0 is no turn but command spotting."""
    question: Question | None
    opened: float
    """When the ears opened, seconds."""
    quiet_since: float
    """End of the last speech, or the moment from which the silence counts."""
    pieces: tuple[Piece, ...] = ()
    speaking: bool = False
    nudges: int = 0
    """Kind words that were said to whoever has not begun."""
    assured: bool = False
    """Whoever fell silent in a turn that no silence ends was told that the guide still listens."""
    fresh: bool = True
    """Nobody has spoken since the question, or since the guide came in between."""
    more: float = 1.0
    """Factor on the silence that ends it ("more time")."""
    ends_at: float | None = None
    """When the time of a timed turn is over."""
    added: float = 0.0
    """Seconds of it that "more time" has added: the other one is offered what of them was used."""
    cued: bool = False
    over: bool = False
    """Its time is over, and the chime has sounded."""
    retries: int = 0
    """How often the question was asked again because the answer was not understood."""
    said_yes: bool = False
    """What was not understood was a yes, but a doubtful one."""
    talked: bool = False
    """They talked to each other instead of answering, and the guide kept out of it."""
    strayed: bool = False
    """The other partner answered."""
    reminded: bool = False
    """Both were told whose turn it is."""
    typing_until: float = 0.0
    """A line is being typed, and nothing ends or hurries the turn before then."""
    asked: int = 0
    """How often the turn model was asked about this silence ..."""
    verdicts: tuple[float, ...] = ()
    """... and its answers: probabilities that the turn is over."""

    @property
    def tail(self) -> Piece | None:
        """The piece that may still grow."""
        return self.pieces[-1] if self.pieces and not self.pieces[-1].committed else None

    @property
    def text(self) -> str:
        """All that was heard so far."""
        return " ".join(p.shown for p in self.pieces if p.shown)

    @property
    def hinted(self) -> str:
        """The other reading of the whole turn, if it has a single piece that has one."""
        return self.pieces[0].hinted if len(self.pieces) == 1 else ""

    @property
    def doubtful(self) -> bool:
        """Whether any of it is too improbable to be taken for a consent."""
        return any(p.doubtful for p in self.pieces)

    @property
    def waiting_for_text(self) -> bool:
        """Some piece has no text yet."""
        return any(p.text is None for p in self.pieces)


def speech_began(turn: Turn, since: float) -> Turn:
    """Somebody speaks: the open tail goes on, or a new piece begins."""
    turn = replace(turn, asked=0, verdicts=())
    tail = turn.tail
    if tail is not None:
        grown = replace(tail, end=None, revision=None, text=None)
        return replace(turn, speaking=True, pieces=(*turn.pieces[:-1], grown))
    floor = turn.pieces[-1].end if turn.pieces else None
    start = max(turn.opened, since - PRE_ROLL, floor if floor is not None else turn.opened)
    # A prompt is a pause, too: what follows it at once can be a command.
    alone = turn.fresh or not turn.pieces or since >= turn.quiet_since + CUT
    piece = Piece(start=start, speech_from=since, alone=alone)
    return replace(turn, speaking=True, fresh=False, pieces=(*turn.pieces, piece))


def speech_paused(turn: Turn, since: float, revision: int | None) -> Turn:
    """The tail has an end for now; `revision` is its transcription, if one is asked for already."""
    tail = turn.tail
    if tail is None:
        return replace(turn, speaking=False, quiet_since=since)
    ended = replace(tail, end=since + POST_ROLL, revision=revision, text=None)
    return replace(turn, speaking=False, quiet_since=since, pieces=(*turn.pieces[:-1], ended))


def asked_for(turn: Turn, revision: int) -> Turn:
    """The tail is being transcribed under this revision."""
    tail = turn.tail
    return (
        turn if tail is None else replace(turn, pieces=(*turn.pieces[:-1], replace(tail, revision=revision)))
    )


def cut_at(turn: Turn, since: float, revision: int) -> Turn:
    """Commit the tail up to `since`, in the middle of long speech, and go on with a new one."""
    tail = turn.tail
    if tail is None or since <= tail.start:
        return turn
    done = replace(tail, end=since, revision=revision, text=None, committed=True, alone=False)
    new = Piece(start=since, speech_from=since, alone=False)
    return replace(turn, pieces=(*turn.pieces[:-1], done, new))


def commit(turn: Turn, *, alone: bool) -> Turn:
    """The tail is final; `alone` tells whether a silence follows it."""
    tail = turn.tail
    if tail is None or tail.end is None:
        return turn
    done = replace(tail, committed=True, alone=tail.alone and alone)
    return replace(turn, pieces=(*turn.pieces[:-1], done))


def heard(turn: Turn, found: Heard) -> Turn:
    """Give a piece its text; that of an old revision, or for a piece that is settled, changes nothing."""
    pieces = tuple(
        _read(p, found) if p.revision == found.revision and not p.settled else p for p in turn.pieces
    )
    return replace(turn, pieces=pieces)


def _read(piece: Piece, found: Heard) -> Piece:
    said = replace(piece, text=found.text, hinted=found.hinted, doubtful=found.doubtful)
    return replace(said, voice=found.voice, strange=found.strange)


def without(turn: Turn, revision: int) -> Turn:
    """The turn without the piece of this revision: it was noise, or a command."""
    return replace(turn, pieces=tuple(p for p in turn.pieces if p.revision != revision))


def before(turn: Turn, piece: Piece) -> Turn:
    """The turn up to this piece and with it; what was said later is dropped."""
    return replace(turn, speaking=False, pieces=turn.pieces[: turn.pieces.index(piece) + 1])


def settle(turn: Turn, revision: int, text: str, *, tail: bool = False) -> Turn:
    """A committed piece is what it is: part of the answer, with this text; `tail` says that its end is left out."""
    pieces = tuple(
        replace(p, text=text, settled=True, tail=tail) if p.revision == revision else p for p in turn.pieces
    )
    return replace(turn, pieces=pieces)


def talked_in(turn: Turn) -> bool:
    """So much was said that it was for each other, not for the guide; believed once in a turn."""
    return not turn.talked and sum(piece.length for piece in turn.pieces) > TALK_LEAST


def shifted(turn: Turn, now: float, away: float) -> Turn:
    """The turn after `away` seconds that do not count (a pause, a repeated prompt)."""
    return replace(
        turn,
        opened=now,
        quiet_since=now,
        speaking=False,
        fresh=True,
        asked=0,
        verdicts=(),
        ends_at=turn.ends_at + away if turn.ends_at is not None else None,
    )
