"""Wait against cuts: points, the curve of fixed silences, a bootstrap over speakers, and the picture of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.bench.virtual import OUTPUT, Told

Policy = Callable[[Told], tuple[bool, float]]
"""Whether a rule cuts an answer off, and how long it waits at its end, seconds."""

GRID = np.arange(0.4, 10.6, 0.1)
"""Seconds of the fixed silences on the curve."""

ROUNDS = 2000


def ours(one: Told) -> tuple[bool, float]:
    """What the program did."""
    return one.cut, one.wait


def fixed(seconds: float) -> Policy:
    """The same silence after every answer."""

    def rule(one: Told) -> tuple[bool, float]:
        return any(end - start > seconds + OUTPUT for start, end in one.gaps), seconds + OUTPUT

    return rule


def figure(told: Sequence[Told], rule: Policy) -> tuple[float, float]:
    """Mean wait in seconds, and the share of the answers that were cut off."""
    found = [rule(one) for one in told]
    return float(np.mean([wait for _, wait in found])), float(np.mean([cut for cut, _ in found]))


@dataclass(frozen=True)
class Gain:
    """How much shorter the wait is than that of the fixed silence that cuts off as many."""

    fixed: float
    """Seconds of that silence."""
    mean: float
    low: float
    high: float


def gain(told: Sequence[Told], seed: int = 1) -> Gain:
    """With a 95 % interval: speakers drawn with replacement, each with all of their answers."""
    speakers = sorted({one.speaker for one in told})
    parts = [_sums([one for one in told if one.speaker == speaker]) for speaker in speakers]
    random = np.random.default_rng(seed)
    draws = [random.integers(0, len(parts), len(parts)) for _ in range(ROUNDS)]
    gains = [np.subtract(*_equal(sum(parts[index] for index in draw))) for draw in draws]
    low, high = np.percentile(gains, [2.5, 97.5])
    fixed_, mine = _equal(sum(parts))
    return Gain(fixed_, fixed_ - mine, float(low), float(high))


Sums = npt.NDArray[np.float64]


def _sums(told: Sequence[Told]) -> Sums:
    """Answers, our waits, our cuts, and the cuts of each fixed silence."""
    cut = [[any(end - start > s + OUTPUT for start, end in one.gaps) for s in GRID] for one in told]
    waits, cuts = sum(one.wait for one in told), sum(one.cut for one in told)
    return np.array([len(told), waits, cuts, *np.sum(cut, axis=0)], dtype=np.float64)


def _equal(sums: Sums | int) -> tuple[float, float]:
    """The wait of the fixed silence at our cuts, and ours; longer silences than the curve's count as its longest."""
    assert not isinstance(sums, int)  # there is a speaker
    count, waits, cuts, curve = sums[0], sums[1], sums[2], sums[3:]
    # The curve falls; of equally good silences the shortest counts.
    enough = np.flatnonzero(curve <= cuts)
    index = int(enough[0]) if len(enough) else len(GRID) - 1
    silence = GRID[index]
    if index and curve[index - 1] > cuts > curve[index]:
        silence -= 0.1 * (cuts - curve[index]) / (curve[index - 1] - curve[index])
    return float(silence) + OUTPUT, float(waits / count)


# --- the picture

_WIDTH, _HEIGHT, _EDGE = 640, 400, 56
_LONGEST = 8.0


def draw(told: Sequence[Told], others: Mapping[str, Policy], named: Sequence[float]) -> str:
    """An SVG: the curve of fixed silences with those that are named, the other rules, and ours."""
    curve = [figure(told, fixed(seconds)) for seconds in GRID if seconds <= _LONGEST]
    line = " ".join(f"{_x(wait):.1f},{_y(cuts):.1f}" for wait, cuts in curve)
    parts = [_axes(), f'<polyline points="{line}" fill="none" stroke="#777" stroke-width="2"/>']
    for seconds in named:
        parts.append(_dot(f"fixed {seconds:g} s", *figure(told, fixed(seconds)), colour="#777"))
    for label, rule in others.items():
        parts.append(_dot(label, *figure(told, rule), colour="#b5532a"))
    parts.append(_dot("Voice Guide", *figure(told, ours), colour="#1b6ca8"))
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    style = 'font-family="sans-serif" font-size="13" fill="#222"'
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _x(wait: float) -> float:
    return _EDGE + wait / _LONGEST * (_WIDTH - _EDGE - 20)


def _y(cuts: float) -> float:
    return _HEIGHT - _EDGE - cuts * (_HEIGHT - _EDGE - 20)


def _dot(label: str, wait: float, cuts: float, colour: str) -> str:
    x, y = _x(wait), _y(cuts)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        f'<text x="{x + 9:.1f}" y="{y + (9 if label.startswith("fixed") else -7):.1f}" fill="{colour}">{label}</text>'
    )


def _axes() -> str:
    left, bottom = _x(0), _y(0)
    parts = [
        f'<path d="M{left} {_y(1)}V{bottom}H{_x(_LONGEST)}" fill="none" stroke="#222"/>',
        f'<text x="{left}" y="{_HEIGHT - 14}">seconds from the last word to the guide\'s first sample</text>',
        f'<text x="14" y="{bottom}" transform="rotate(-90 14 {bottom})">answers cut off</text>',
    ]
    for seconds in range(int(_LONGEST) + 1):
        parts.append(f'<text x="{_x(seconds):.1f}" y="{bottom + 17}" text-anchor="middle">{seconds}</text>')
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<text x="{left - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>')
    return "\n".join(parts)
