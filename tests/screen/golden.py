"""Moments of an evening in four sizes, as files to be read: `python -m tests.screen.golden` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.screen.test_folding import LISTENING, TIMED, Told, heard, seen
from voice_guide.screen.pages import page
from voice_guide.screen.size import Size
from voice_guide.screen.view import View

FOLDER = Path(__file__).parent / "pages"
SIZES = ((40, 12), (80, 24), (120, 40), (200, 60))
AT = 16.0
LEVEL = 3

_OFFERS = [
    {"title": "Eye Level", "minutes": 12, "depth": 1},
    {"title": "Together and Equal", "minutes": 10, "depth": 1},
]
_WRONG: list[Told] = [
    *LISTENING,
    (9.0, "dropped", {"seconds": 1.25}),
    (9.0, "failed", {"what": "The disk is full.", "hint": "make room"}),
    (9.0, "writing", {"on": False}),
    (9.0, "microphone_lost", {"what": "microphone", "name": "USB"}),
]
_LONG = "I make jokes, and I clean the kitchen. Then nobody asks how I am. " * 6


def moments() -> dict[str, View]:
    """Views worth looking at."""
    typing = replace(seen(TIMED), typed="a heron, and more of it", cursor=7)
    return {
        "guide": seen(LISTENING[:4]),
        "timed": seen([*TIMED, (8.0, "speech_started", {})]),
        "captions": seen([*LISTENING, (6.0, "speech_started", {}), heard(_LONG)], captions=True),
        "paused": seen(
            [*TIMED, (9.0, "paused", {}), (9.0, "prompt", {"text": "Paused. I'm waiting.", "to": "both"})]
        ),
        "menu": seen(
            [(0.0, "menu", {"offers": _OFFERS}), (1.0, "prompt", {"text": "Which one?", "to": "both"})]
        ),
        "wrong": seen(_WRONG),
        "other-script": seen([(0.0, "prompt", {"text": "Аня, чего ты боишься? 你好。", "to": "Аня"})]),
        "keys": replace(seen(LISTENING), keys=True),
        "typing": typing,
        "over": seen([*LISTENING, (9.0, "finished", {"reason": "completed"})]),
    }


def drawn() -> Iterator[tuple[str, str]]:
    """Each file's name, and what belongs into it."""
    for name, view in moments().items():
        for width, height in SIZES:
            rows = page(view, LEVEL, AT, Size(width, height)).rows
            text = "".join(row.plain.rstrip() + "\n" for row in rows)
            yield f"{name}-{width}x{height}.txt", text


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in drawn():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
