"""Speech to text: Whisper on CTranslate2, called below faster-whisper's `transcribe` (1.2.1, pinned).

That call always lets the encoder work through 30 s. Here the encoder gets a window that fits the answer, for
half the cost at the same error (tests/bench); the full window follows where the text repeats itself or is
improbable.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_guide.errors import ModelError
from voice_guide.sound import RATE, Samples, silence

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ctranslate2

FULL_WINDOW = 30.0
"""Seconds of sound that Whisper was trained on."""

SHORTEST_WINDOW = 15.0
"""Seconds. In tighter windows whole sentences come twice, above all behind silence: in 10 s they did so for
4 to 10 of 50 utterances with a pre-roll of 0.8 s, in 15 s for one or two."""

_MARGIN = 2.0  # seconds of zeros behind the sound, where the window leaves room for them
_BEAM = 5
_HOP = 160  # samples for each column of the spectrogram

# No answer needs more tokens: English speech has about 4 a second, languages with several tokens a word
# up to 12. A loop ends here instead of at Whisper's 448.
_TOKENS_PER_SECOND = 16
_SPARE_TOKENS = 24

# Whisper's own thresholds (Radford et al. 2022, section 4.5).
_LOOPING = 2.4
_IMPROBABLE = -1.0
_NO_SPEECH = 0.6

_HINTED_LONGEST = 3.5
"""Seconds with pre-roll; a command lasts about one."""

_DOUBTFUL = -0.5
"""Average log-probability of a short span; a plain "yes" is above it, a "pass" that is misheard as one is not."""

_UNSURE = -0.4
_LIKELY = -0.65
_LIKELIER = 0.05
"""Average log-probabilities between which a hinted reading is worth telling: see tests/bench/README.md."""

_ROW = 4  # words in a row that come twice where a window was too tight, and seldom in speech

_WORDS_PER_SECOND = 7.0  # nobody is understood at more than about 6
_SPARE_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said in a span of sound, and how far to trust it; `repr` hides the words."""

    text: str = field(repr=False)
    """Empty if nothing was said, or more than anyone could say in that time."""
    speech: bool
    """False if the span held noise only, by two signs."""
    sure: bool
    """False if the words are improbable, loop, or are no words at all."""
    hinted: str = field(default="", repr=False)
    """What a short span holds if one of the hinted phrases was to be expected; empty unless that is likelier."""
    doubtful: bool = False
    """A short reading that is too improbable for a consent to hang on it."""
    no_speech: float
    """Whisper's probability that nobody speaks, 0 to 1."""
    average_log_probability: float
    """Natural logarithm, over the tokens of the text."""
    compression_ratio: float
    """Bytes of the text over its bytes compressed."""
    fitted: bool
    """True if the fitted window was enough, False if the full one was tried as well."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    text: str = field(repr=False)
    no_speech: float
    average_log_probability: float

    @property
    def compression_ratio(self) -> float:
        raw = self.text.encode()
        return len(raw) / len(zlib.compress(raw))

    @property
    def silent(self) -> bool:
        """Two signs: the surer Whisper is that nobody speaks, the more probable the words have to be.

        The slope keeps "That's it." from the far end of a table (0.68, -0.44) and drops "you" on digital
        silence (0.99, -0.65).
        """
        needed = _IMPROBABLE + 2 * (self.no_speech - _NO_SPEECH)
        return self.no_speech > _NO_SPEECH and self.average_log_probability < needed

    def too_many_words(self, seconds: float) -> bool:
        return len(self.text.split()) > _WORDS_PER_SECOND * seconds + _SPARE_WORDS

    @property
    def repeats(self) -> bool:
        words = self.text.casefold().split()
        rows = [tuple(words[i : i + _ROW]) for i in range(len(words) - _ROW + 1)]
        return len(set(rows)) < len(rows)

    def looping(self, seconds: float) -> bool:
        return self.compression_ratio > _LOOPING or self.too_many_words(seconds)

    def sure(self, seconds: float) -> bool:
        return self.average_log_probability >= _IMPROBABLE and not self.looping(seconds)


class Whisper:
    """A Whisper model in CTranslate2's form, int8 on the processor, deterministic up to 30 s of sound.

    `folder` holds model.bin, config.json, tokenizer.json and the vocabulary; `language` is a code such as
    "en", the only one that an English model knows. Raises ModelError if folder or language do not fit.
    """

    def __init__(self, folder: Path, threads: int, language: str = "en", hints: str = "") -> None:
        for name in ("model.bin", "config.json", "tokenizer.json"):
            # Without tokenizer.json the library would ask the hub for it.
            if not (folder / name).is_file():
                raise ModelError(f"The speech model in {folder} has no {name}.", "voice-guide models fetch")
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except Exception as error:  # the engines raise plain Exception and RuntimeError
            raise ModelError(
                f"The speech model in {folder} cannot be read.", "voice-guide models verify"
            ) from error
        if language not in self._model.supported_languages:
            raise ModelError(f"The speech model in {folder} does not know the language {language!r}.")
        self._language = language
        multilingual = self._model.model.is_multilingual
        self._tokenizer = Tokenizer(self._model.hf_tokenizer, multilingual, "transcribe", language)
        self._prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        # A text before the start token is taken for what was said before: it makes such words likelier.
        before = [self._tokenizer.sot_prev, *self._tokenizer.encode(" " + hints)] if hints else []
        self._hinted_prompt = [*before, *self._prompt] if hints else []

    def warm_up(self) -> None:
        """Transcribe a short silence, so that the first answer does not pay for first allocations."""
        self._decode(self._encode(silence(1.0, RATE), SHORTEST_WINDOW), 1.0, self._prompt)

    def transcribe(self, samples: Samples) -> Transcript:
        """The words in mono sound at 16 kHz, float32, shape (n,); a pre-roll of silence does no harm."""
        seconds = len(samples) / RATE
        if seconds > FULL_WINDOW:
            return _judged(self._slide(samples), seconds, fitted=False)
        window = min(FULL_WINDOW, max(SHORTEST_WINDOW, seconds + _MARGIN))
        encoded = self._encode(samples, window)
        fitted = self._decode(encoded, seconds, self._prompt)
        if fitted.silent or window == FULL_WINDOW or (fitted.sure(seconds) and not fitted.repeats):
            return _judged(fitted, seconds, fitted=True, hinted=self._hinted(encoded, fitted, seconds))
        full = self._decode(self._encode(samples, FULL_WINDOW), seconds, self._prompt)
        better = fitted if full.looping(seconds) and not fitted.looping(seconds) else full
        return _judged(better, seconds, fitted=False, hinted=self._hinted(encoded, better, seconds))

    def _hinted(self, encoded: ctranslate2.StorageView, free: _Attempt, seconds: float) -> str:
        """The hinted reading of a short span, if the free one is unsure and this one clearly likelier.

        A single word gives Whisper no context: "pass" comes out as "S.", "pause" as "boss".
        """
        unsure = free.average_log_probability < _UNSURE and not free.silent
        if not self._hinted_prompt or seconds > _HINTED_LONGEST or not unsure:
            return ""
        hinted = self._decode(encoded, seconds, self._hinted_prompt)
        likely = max(_LIKELY, free.average_log_probability + _LIKELIER)
        return hinted.text if hinted.average_log_probability >= likely else ""

    def _encode(self, samples: Samples, window: float) -> ctranslate2.StorageView:
        """The sound with zeros behind it up to `window` seconds, as the decoder takes it."""
        columns = round(window * RATE / _HOP)
        columns += columns % 2  # the encoder halves them
        sound = np.zeros(columns * _HOP, dtype=np.float32)
        sound[: len(samples)] = samples
        # Zeros behind the sound, as in Whisper's training; faster-whisper's lie behind the spectrogram.
        return self._model.encode(self._model.feature_extractor(sound, padding=0))

    def _decode(self, encoded: ctranslate2.StorageView, seconds: float, prompt: list[int]) -> _Attempt:
        """The words of `seconds` of sound by beam search."""
        tokens_at_most = round(seconds * _TOKENS_PER_SECOND) + _SPARE_TOKENS
        (result,) = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=_BEAM,
            max_length=min(self._model.max_length, len(prompt) + tokens_at_most),
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens = result.sequences_ids[0]
        # CTranslate2 averages over the tokens, Whisper over the tokens and the end.
        average = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return _Attempt(_tidy([self._tokenizer.decode(tokens)]), result.no_speech_prob, average)

    def _slide(self, samples: Samples) -> _Attempt:
        """The words of more than 30 s, by the library's own sliding window."""
        segments, _ = self._model.transcribe(
            samples,
            language=self._language,
            beam_size=_BEAM,
            temperature=(0.0, 0.4),  # the second only where the first loops or is improbable
            condition_on_previous_text=False,
            vad_filter=False,  # one voice activity detector decides, and it has spoken
        )
        heard = list(segments)
        if not heard:
            return _Attempt("", 1.0, _IMPROBABLE)
        tokens = [len(each.tokens) + 1 for each in heard]
        average = float(np.average([each.avg_logprob for each in heard], weights=tokens))
        return _Attempt(
            _tidy(each.text for each in heard), min(each.no_speech_prob for each in heard), average
        )


def _judged(attempt: _Attempt, seconds: float, *, fitted: bool, hinted: str = "") -> Transcript:
    speech = bool(attempt.text) and not attempt.silent
    believed = speech and not attempt.too_many_words(seconds)
    return Transcript(
        text=attempt.text if believed else "",
        speech=speech,
        sure=believed and attempt.sure(seconds),
        hinted=hinted,
        doubtful=seconds <= _HINTED_LONGEST and attempt.average_log_probability < _DOUBTFUL,
        no_speech=attempt.no_speech,
        average_log_probability=attempt.average_log_probability,
        compression_ratio=attempt.compression_ratio,
        fitted=fitted,
    )


def _tidy(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())
