"""When is a turn over? Seconds of silence, by the kind of answer, the partner's patience and a few signs.

The numbers are a facilitator's manners (see the README): therapy has about 17 silences of 3 s and more
in a session, and the defaults of voice assistants (0.5-1.5 s) were made for "turn on the light".
"""

from __future__ import annotations

from dataclasses import dataclass

from voice_guide.exercise.flat import Who
from voice_guide.exercise.steps import AnswerKind

EPSILON = 1e-6
"""Seconds; sums of floats may miss a deadline by less than this."""

CUT = 1.2
"""Silence that sets an utterance apart: a command stands alone between two of these."""

SPECULATE = 0.6
"""Silence after which a patient answer is transcribed, in case it was the end. A yes or a no is at its first pause:
there the end is near. Most pauses within speech are shorter (0.43 s, Campione and Veronis), and a transcription
that speech overtakes is wasted on machines that have no time to waste."""

LONG_PIECE = 15.0
"""Speech after which any pause is good enough for a cut."""

PRE_ROLL = 0.8
"""Sound before the first frame of speech that belongs to it: soft beginnings."""

POST_ROLL = 0.2
"""Sound after the last frame of speech that belongs to it."""

EAR_TAIL = 0.1
"""How long the room still rings after a prompt."""

LANDING_ROOM = 1.2
"""After the landing tone, the room in which whoever goes on has the floor again."""

ONSET = 0.13
"""What it takes to know that somebody has begun; whoever began within the room is heard."""

LANDING_TONE = 0.6
CHIME_SECONDS = 1.6

OVERRUN_END = 2.5
"""Silence that ends a turn whose time is over."""

CUE_LEFT = 30.0
"""Seconds left at which a timed turn gets its cue."""

GAP = 1.2
"""Between two prompts, ears open, so that a command can be given."""

QUESTION_GAP = 2.0
"""Before a question that follows other words of the guide."""

NUDGE = 20.0
NUDGE_DEEP = 45.0
"""Silence of a partner who has not begun, before the guide says that there is no hurry; at depth 2 and 3."""

STILL_AFTER = 60.0
"""Silence in a turn that no silence ends, before the guide says once that it still listens."""

IDLE_PAUSE = 300.0
"""Silence after the last kind word, and the guide pauses: perhaps nobody is there any more."""

STIRRED_MOST = 20.0
"""Tears and laughter put off the end of an open answer, but a noisy room does not for ever."""

LONG_PAUSE = 60.0
"""After a pause longer than this, the guide says whose turn it was."""

BREAK_LEAST = 20 * 60.0
"""A break is over after so long: what is upset needs about that long to settle (Gottman's twenty minutes)."""

BREAK_LONGEST = 2 * 3600.0
"""After so long nobody comes back, and the evening closes itself."""

UNDO_STOP = 30.0
"""How long "continue" undoes a stop."""

TALK_QUIET = 10.0
"""Quiet after partners talked to each other, before the guide asks whether to go on."""

ASKED_QUIET = 20.0
"""Quiet after that question, and the guide goes on."""

TALK_LEAST = 6.0
"""Speech, none of it understood, that is a talk and no answer to a yes or no, a number or a choice."""

REMARK_ROOM = 2.0
"""After a short remark between words of the guide, room for the other partner to reply."""

TYPING_FLOOR = 20.0
"""After the last key of a line that has not been sent, its writer still has the floor."""

MUTED_AFTER = 8.0
"""A microphone that never gave anything but zeros is told of so long into a turn."""

SLEPT_LONG = 60.0
"""After the computer slept longer than this, others may be in the room: the guide waits for "continue"."""

SPOT_LONGEST = 4.0
"""Speech longer than this is no command, and is not transcribed while the guide only waits for one."""

OVER_PRE_ROLL = 0.5
"""Sound before what is said over the guide's voice: it is noticed later than in a silence."""

NAME_ROOM = 4.0
"""Silence after somebody has called the guide, for what they want of it."""

OPEN_EARLY = 8.0
"""Silence that ends an open answer of few words ..."""

OPEN_LEAST = 3.0
"""... one of many, where every sign agrees that it is over ..."""

OPEN_MOST = 10.0
"""... and one whose last words want to go on, or whose speaker is known for long pauses."""

SHORT_MOST = 4.0
"""The same of a short answer."""

EASED = (10.0, 30.0)
"""Seconds of speech between which that silence falls from the first to the least. Somebody who has said little is
still looking for words; see tests/bench/README.md for what this rests on, and for what it does not."""

INCOMPLETE = 0.2
"""Where the turn model stays below this probability it objects, and the answer has six seconds at least. It has no
other say: of read speech it knows nothing, and every gate on its "complete" made the wait longer without fewer cuts."""

JUDGED_AT = (1.2, 2.4)
"""Seconds of silence after which it is asked, the second time only if it objected: a hundredth of a second more can
change its mind altogether."""

JUDGED_LAST = 8.0
"""Seconds of a turn's end that it is given: what Smart Turn was trained on."""

USUAL_PAUSE = 0.85
"""Seconds: a geometric mean of pauses (from 0.32 s on) that hardly anybody reaches whose pauses are those of reflective
talk: 70 % around 0.43 s, 25 % around 1.6 s (Campione and Veronis 2002), 5 % from 3 to 10 s (therapy)."""

_LEARNT = 0.1
"""Weight of each new pause in a partner's own mean."""

_LONGEST_LEARNT = 6.0
"""A longer one counts as this: a thought is no habit."""

_PATIENCE_OF_PAUSES = 2.0
"""Whoever pauses twice as long as usual, or longer, is given twice the silence."""

_MOST_PATIENT = 4.0

BRIEF = (AnswerKind.YES_NO, AnswerKind.NUMBER, AnswerKind.CHOICE)

_SILENCE: dict[AnswerKind, float] = {
    AnswerKind.YES_NO: 1.2,
    AnswerKind.NUMBER: 1.2,
    AnswerKind.CHOICE: 1.2,
    AnswerKind.SHORT: 2.5,
    AnswerKind.OPEN: 6.0,
}

_MOST = {AnswerKind.SHORT: SHORT_MOST, AnswerKind.OPEN: OPEN_MOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How patient the guide is with each partner tonight."""

    patience: tuple[float | None, float | None] = (1.0, 1.0)
    """Factor for the first and the second partner: 1, 2, 4, or None for "only when I say or press done"."""

    def factor(self, who: Who) -> float | None:
        """The patience that applies; to both together, that of the more patient one."""
        if who is Who.BOTH:
            return None if None in self.patience else max(p for p in self.patience if p is not None)
        return self.patience[0 if who is Who.FIRST else 1]

    @property
    def time(self) -> float | None:
        """Factor on the length of a timed turn, the same for both: they get equal room. None is without limit."""
        return self.factor(Who.BOTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against the end of an answer, besides the silence."""

    spoken: float = 0.0
    """Seconds of speech so far."""
    unfinished: bool = False
    """Its last words want to go on: "and", "because", "um"."""
    complete: float | None = None
    """The turn model's probability that it is over; None without one, or where it has not said so yet."""
    pause: float = USUAL_PAUSE
    """Its speaker's own pauses, the geometric mean in seconds."""


NO_SIGNS = Signs()


def learnt(pause: float, new: float) -> float:
    """A partner's mean after one more pause within a turn: exponential, of the logarithms, seconds."""
    return float(pause ** (1 - _LEARNT) * min(new, _LONGEST_LEARNT) ** _LEARNT)


def end_silence(
    kind: AnswerKind, factor: float | None, own: float | None = None, signs: Signs = NO_SIGNS
) -> float | None:
    """Seconds of silence that end such an answer, or None if silence never ends it.

    `own` is what the script says; the signs change nothing about that. Without them plain silence rules.
    A partner who ends turns by saying so (factor None) need not say "done" after a plain yes or a number:
    there the silence of the greatest patience is enough.
    """
    if kind not in _SILENCE:
        return None
    if factor is None:
        return _SILENCE[kind] * _MOST_PATIENT if kind in BRIEF else None
    return (_by_signs(kind, signs) if own is None or kind in BRIEF else own) * factor


def _by_signs(kind: AnswerKind, signs: Signs) -> float:
    plain, most = _SILENCE[kind], _MOST.get(kind, _SILENCE[kind])
    if signs.unfinished:
        return most
    if kind is AnswerKind.OPEN:
        eased = _eased(signs.spoken)
        sure = signs.complete is not None and signs.complete >= INCOMPLETE
        plain = eased if sure else max(plain, eased)
    return min(most, plain * min(_PATIENCE_OF_PAUSES, max(1.0, signs.pause / USUAL_PAUSE)))


def turn_model_counts(spoken: float) -> bool:
    """Whether a turn model's word changes the silence after so many seconds of speech in an open answer."""
    return _eased(spoken) < _SILENCE[AnswerKind.OPEN]


def _eased(spoken: float) -> float:
    start, end = EASED
    share = min(1.0, max(0.0, (spoken - start) / (end - start)))
    return OPEN_EARLY - (OPEN_EARLY - OPEN_LEAST) * share


def nudge_after(depth: int, factor: float | None, own: float | None = None) -> float:
    """Seconds without a word after which the guide says that there is no hurry; `own` is what the script says."""
    usual = NUDGE if depth < 2 else NUDGE_DEEP
    return (usual if own is None else own) * (factor if factor is not None else _MOST_PATIENT)
