"""The room of patience: how long each partner wants to be waited for."""

from __future__ import annotations

from voice_guide.settings import PATIENCES
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Effect, Say
from voice_guide.setup.question import Question, Taken, Unfit

_X1, _X2, _X4, _SAY = PATIENCES

_MEANT = {
    _X1: frozenset(("1", "x1", "once", "one")),
    _X2: frozenset(("2", "x2", "twice", "two", "double")),
    _X4: frozenset(("4", "x4", "four", "four times")),
    _SAY: frozenset(("done", "say", "when i say", "only when i say", "press", "press done", "never")),
}

_EXPLAINED = (
    Say("Now, how long I wait for you. There are four ways."),
    Say("x1: I wait up to ten seconds in an open answer before I go on.", "Times one: I wait up to ten seconds"
        " in an open answer before I go on."),
    Say("x2: I wait twice as long, for those who think in long pauses.", "Times two: I wait twice as long, for"
        " those who think in long pauses."),
    Say("x4: I wait four times as long, for slow speech or a stutter.", "Times four: I wait four times as long,"
        " for slow speech or a stutter."),
    Say("done: I never end your turn, until you say or press done.", "Done: I never end your turn, until you say"
        " or press done."),
)  # fmt: skip


def _explained(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return _EXPLAINED


def _asking(which: str) -> Question:
    key = f"{which}_patience"

    def take(draft: Draft, line: str) -> Taken:
        said = " ".join(line.casefold().replace("x ", "x").rstrip(".!").split())
        if not said:
            return Taken(draft)
        for patience, meant in _MEANT.items():
            if said in meant:
                return Taken(put(draft, **{key: patience}))
        raise Unfit("Please type 1, 2, 4, or done.")

    return Question(
        id=f"patience/{which}",
        ask=lambda draft: (
            f"{getattr(draft.settings, which)}, how long shall I wait for you? 1, 2, 4, or done."
        ),
        stands=lambda draft: _shown(getattr(draft.settings, key)),
        enter="keeps",
        why="It counts for every silence of yours."
        " In timed turns the more patient of you counts for both; if either chooses done, no clock runs."
        " You can always say more time, or I'm done.",
        take=take,
    )


def _shown(patience: str) -> str:
    return "done" if patience == _SAY else patience.removeprefix("x")


def described(patience: str) -> str:
    """For the summary."""
    return "only when you say or press done" if patience == _SAY else patience


ROOM = (
    Question(id="patience/explained", before=_explained),
    _asking("first"),
    _asking("second"),
)
