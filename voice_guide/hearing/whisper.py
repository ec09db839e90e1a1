"""Speech to text: Whisper on CTranslate2, called below faster-whisper's `transcribe` (1.2.1, pinned).

That call always lets the encoder work through 30 s. Here the encoder gets a window that fits the answer, for
half the cost at the same error (tests/bench); the full window follows where the text repeats itself or is
improbable.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_guide.errors import ModelError
from voice_guide.hearing.transcript import (
    IMPROBABLE,
    SHORT,
    Attempt,
    Transcript,
    judged,
    spotted,
    word_percents,
)
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

_CONTEXT_TOKENS = 200  # of the 223 that Whisper takes

_UNSURE = -0.4
_LIKELY = -0.65
_LIKELIER = 0.05
"""Average log-probabilities between which a hinted reading is worth telling: see tests/bench/README.md."""

_SPOT_WINDOW = 8.0
"""Seconds: a word to the guide needs no more, its loops do no harm, and in 15 s the encoder took twice as long."""

_LEAST_PROBABILITY = 1e-9


class Whisper:
    """A Whisper model in CTranslate2's form, int8 on the processor, deterministic up to 30 s of sound.

    `folder` holds model.bin, config.json, tokenizer.json and the vocabulary; `language` is a code such as
    "en", the only one that an English model knows. Raises ModelError if folder or language do not fit.
    """

    def __init__(
        self, folder: Path, threads: int, language: str = "en", hints: str = "", over: str = ""
    ) -> None:
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
        words = [f"{word.strip()}." for word in over.split(".") if word.strip()]
        self._words_over = {word: self._tokenizer.encode(f" {word}") for word in words}

    def warm_up(self) -> None:
        """Transcribe a short silence, so that the first answer does not pay for first allocations."""
        self._decode(self._encode(silence(1.0, RATE), SHORTEST_WINDOW), 1.0, self._prompt)

    def transcribe(self, samples: Samples, clear: float = 1.0) -> Transcript:
        """The words in mono sound at 16 kHz, float32, shape (n,); a pre-roll of silence does no harm.

        `clear` is the share of the speech frames in which the detector was sure: faint sounds need likelier words.
        """
        seconds = len(samples) / RATE
        found, encoded, fitted = self._hear(samples)
        hinted = self._hinted(encoded, found, seconds) if encoded is not None else ""
        return judged(found, seconds, fitted=fitted, hinted=hinted, clear=clear)

    def transcribe_surely(
        self, samples: Samples, clear: float = 1.0, before: str = ""
    ) -> tuple[Transcript, tuple[int, ...]]:
        """The words with all the time there is, in the full window, and how sure each of them is: 0 to 100.

        `before` is what was said before: it makes words that fit to it likelier. A word is as sure as the least
        probable of its tokens, each given those before it (CTranslate2's `align`); of more than 30 s nothing is said.
        """
        found, encoded = self._hear_in_context(samples, before)
        transcript = judged(found, len(samples) / RATE, fitted=False, clear=clear)
        if encoded is None or not found.tokens or not transcript.text:
            return transcript, ()
        columns = min(encoded.shape[1] * 2, len(samples) // _HOP)
        (aligned,) = self._model.model.align(
            encoded, list(self._tokenizer.sot_sequence), [list(found.tokens)], [columns]
        )
        pieces = [self._tokenizer.decode([token]) for token in found.tokens]
        return transcript, word_percents(pieces, aligned.text_token_probs, transcript.text)

    def spot(self, samples: Samples) -> Transcript:
        """A word to the guide in sound of which its own voice was taken out, 16 kHz, float32, shape (n,).

        Its voice leaves the others damaged: one of the `over` words counts, in `hinted`, also where the free reading is
        likelier, by a factor of e^6 at most; else what is heard when commands are expected, as of any short span.
        """
        seconds = len(samples) / RATE
        encoded = self._encode(samples, _SPOT_WINDOW)
        found = self._decode(encoded, seconds, self._prompt)
        plain = found.text.strip(" .,!?").casefold()
        hinted = ""
        if len(samples) and plain not in {word.rstrip(".").casefold() for word in self._words_over}:
            hinted = self._likeliest(encoded, found, len(samples)) or self._hinted(encoded, found, seconds)
        return judged(found, seconds, fitted=True, hinted=hinted)

    def _likeliest(self, encoded: ctranslate2.StorageView, free: Attempt, count: int) -> str:
        """The word that the sound most likely is, if it is likely enough beside the free reading."""
        found = []
        for word, tokens in self._words_over.items():
            (aligned,) = self._model.model.align(
                encoded, list(self._tokenizer.sot_sequence), [tokens], [max(2, count // _HOP)]
            )
            likely = np.log(np.maximum(aligned.text_token_probs, _LEAST_PROBABILITY))
            found.append((float(likely.sum()), word))
        return spotted(found, free)

    def _hear_in_context(
        self, samples: Samples, before: str
    ) -> tuple[Attempt, ctranslate2.StorageView | None]:
        """What fits to the words before, unless that goes round in circles or is improbable."""
        seconds = len(samples) / RATE
        if seconds > FULL_WINDOW:
            return self._slide(samples), None
        encoded = self._encode(samples, FULL_WINDOW)
        if before:
            context = self._tokenizer.encode(" " + before)[-_CONTEXT_TOKENS:]
            found = self._decode(encoded, seconds, [self._tokenizer.sot_prev, *context, *self._prompt])
            if found.sure(seconds) and not found.repeats and not found.silent:
                return found, encoded
        return self._decode(encoded, seconds, self._prompt), encoded

    def _hear(self, samples: Samples) -> tuple[Attempt, ctranslate2.StorageView | None, bool]:
        """The words, the encoded sound that they come from if one window holds it, and whether that was fitted."""
        seconds = len(samples) / RATE
        if seconds > FULL_WINDOW:
            return self._slide(samples), None, False
        window = min(FULL_WINDOW, max(SHORTEST_WINDOW, seconds + _MARGIN))
        encoded = self._encode(samples, window)
        found = self._decode(encoded, seconds, self._prompt)
        if found.silent or window == FULL_WINDOW or not (found.repeats or not found.sure(seconds)):
            return found, encoded, True
        wide = self._encode(samples, FULL_WINDOW)
        full = self._decode(wide, seconds, self._prompt)
        if full.looping(seconds) and not found.looping(seconds):
            return found, encoded, False
        return full, wide, False

    def _hinted(self, encoded: ctranslate2.StorageView, free: Attempt, seconds: float) -> str:
        """The hinted reading of a short span, if the free one is unsure and this one clearly likelier.

        A single word gives Whisper no context: "pass" comes out as "S.", "pause" as "boss".
        """
        unsure = free.average_log_probability < _UNSURE and not free.silent
        if not self._hinted_prompt or seconds > SHORT or not unsure:
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

    def _decode(self, encoded: ctranslate2.StorageView, seconds: float, prompt: list[int]) -> Attempt:
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
        text = _tidy([self._tokenizer.decode(tokens)])
        return Attempt(text, result.no_speech_prob, average, tuple(tokens))

    def _slide(self, samples: Samples) -> Attempt:
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
            return Attempt("", 1.0, IMPROBABLE)
        tokens = [len(each.tokens) + 1 for each in heard]
        average = float(np.average([each.avg_logprob for each in heard], weights=tokens))
        return Attempt(
            _tidy(each.text for each in heard), min(each.no_speech_prob for each in heard), average
        )


def _tidy(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())
