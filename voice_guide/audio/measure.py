"""What a few seconds of sound tell of a microphone: levels, clipping, silence, and how much it hears of the guide."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice_guide.sound import Samples

QUIETEST_DBFS = -100.0
"""What digital silence is called."""

_FRAME_SECONDS = 0.032
_FULL = 0.99  # a converter's highest value, whatever rounding it went through
_SPEECH_DB = 20.0  # speech swings by about that much; what is fainter are its pauses
_LOUDEST = 95  # percent of frames: a knock on the table is no speech

_TAPS_SECONDS = 0.04
"""Of the room's answer that count as echo: the direct sound and the first reflections."""

_LEAD_SECONDS = 0.005  # the loudest path need not be the first one
_SPAN_SECONDS = 1.0  # two clocks part by 0.05 ms in that time: less than a sample
_NOTHING_PLAYED = 10 ** (-60 / 10)  # power
_RIDGE = 1e-6  # of the played power: keeps bands that the voice does not use out of the solution

_AUDIBLE = 5.0
"""The guide is heard if its voice explains so many times the power that chance explains.

Piper's sentence through four measured rooms explained 7 to 12 times as much, down to noise as loud as the echo;
15 other sentences, of Piper and of 12 people, at most 4 times.
"""

_SEARCH_SECONDS = 0.1  # a busy sound server drops or repeats a block now and then

_ELSEWHERE = (0.35, 0.47, -0.35)
"""Seconds by which a recording is shifted to see what chance explains: one or two syllables."""


def level_dbfs(samples: Samples) -> float:
    """Root mean square of all samples; 0 for a full-scale square wave, -100 for digital silence or none."""
    return _decibels(float(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else QUIETEST_DBFS


def noise_floor_dbfs(samples: Samples, rate: int) -> float:
    """The level below which half of the time lies: a cough or a passing car does not count."""
    powers = _frame_powers(samples, rate)
    return _decibels(float(np.median(powers))) if len(powers) else QUIETEST_DBFS


def speech_level_dbfs(samples: Samples, rate: int) -> float:
    """The mean level while somebody speaks: of the frames that lie at most 20 dB below the loud ones."""
    powers = _frame_powers(samples, rate)
    if not len(powers):
        return QUIETEST_DBFS
    loud = float(np.percentile(powers, _LOUDEST, method="higher"))
    return _decibels(float(np.mean(powers[powers >= loud * 10 ** (-_SPEECH_DB / 10)])))


def clipped_share(samples: Samples) -> float:
    """The part of all samples that lies at full scale, 0 to 1."""
    return float(np.mean(np.abs(samples) >= _FULL)) if len(samples) else 0.0


def is_all_zero(samples: Samples) -> bool:
    """Whether not one sample differs from zero: no microphone that is switched on is as silent as that."""
    return not samples.any()


def echo_db(played: Samples, recorded: Samples, rate: int) -> float | None:
    """How loud what was played came back: its power in the recording over its power as it was played, in dB.

    Only that part of the recording counts which a filter of 40 ms makes of the played samples (least squares,
    second by second, after the delay that fits best), so that noise and voices beside it do not count. Both
    arrays are float32, shape (n,), at `rate`; the recording began no later than the playing. None if the
    recording holds nothing of it that chance would not explain.
    """
    if is_all_zero(played) or is_all_zero(recorded):
        return None
    # Then as if it had been played at other moments: voices are alike now and then, noise and voice less often.
    begins = [_delay(played, recorded, len(recorded)) + round(shift * rate) for shift in (0.0, *_ELSEWHERE)]
    taps, size = round(_TAPS_SECONDS * rate), round(_SPAN_SECONDS * rate)
    energies, sent = np.zeros(len(begins)), 0.0
    for at in range(0, len(played), size):
        piece = played[at : at + size].astype(np.float64)
        inside = begins[0] + at + len(piece) <= len(recorded)
        if inside and len(piece) > 2 * taps and np.mean(piece**2) > _NOTHING_PLAYED:
            heard = np.stack([_heard(piece, recorded, begin + at, rate) for begin in begins])
            energies += _fitted(piece, heard, taps)
            sent += float(np.sum(piece**2))
    energy, chance = float(energies[0]), float(energies[1:].max())
    return 10 * math.log10((energy - chance) / sent) if energy > _AUDIBLE * chance else None


def _heard(piece: NDArray[np.float64], recorded: Samples, begin: int, rate: int) -> NDArray[np.float64]:
    """What was recorded of a piece, near `begin`: where the recording is most like it."""
    search = round(_SEARCH_SECONDS * rate)
    near = _around(recorded, begin - search, len(piece) + 2 * search)
    at = begin - search + _delay(piece, near, 2 * search) - round(_LEAD_SECONDS * rate)
    return _around(recorded, at, len(piece))


def _around(recorded: Samples, begin: int, count: int) -> NDArray[np.float64]:
    """So many samples from `begin` on; the recording goes round and round."""
    return np.take(recorded, np.arange(begin, begin + count), mode="wrap").astype(np.float64)


def _fitted(sent: NDArray[np.float64], heard: NDArray[np.float64], taps: int) -> NDArray[np.float64]:
    size = 1 << (len(sent) + taps).bit_length()
    spectrum = np.fft.rfft(sent, size)
    own = np.fft.irfft(spectrum * spectrum.conj(), size)[:taps]
    shared = np.fft.irfft(np.fft.rfft(heard, size) * spectrum.conj(), size)[:, :taps]
    lags = np.abs(np.subtract.outer(np.arange(taps), np.arange(taps)))
    answers = np.linalg.solve(own[lags] + _RIDGE * own[0] * np.eye(taps), shared.T)
    energies: NDArray[np.float64] = np.clip(np.sum(answers.T * shared, axis=1), 0.0, np.sum(heard**2, axis=1))
    return energies


def _delay(played: NDArray[Any], recorded: NDArray[Any], longest: int) -> int:
    """Samples after which the recording is most like what was played, `longest` at most."""
    size = 1 << (len(played) + len(recorded)).bit_length()
    product = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size))
    return int(np.argmax(np.abs(np.fft.irfft(product, size)[: longest + 1])))


def _frame_powers(samples: Samples, rate: int) -> NDArray[np.float64]:
    size = round(rate * _FRAME_SECONDS)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    powers: NDArray[np.float64] = np.mean(np.square(frames, dtype=np.float64), axis=1)
    return powers


def _decibels(power: float) -> float:
    return max(QUIETEST_DBFS, 10 * math.log10(max(power, 1e-12)))
