"""What is believed of a transcriber's words, without one and with one."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.recordings import SPEECH, utterances
from tests.wer import Errors, errors
from voice_guide.errors import ModelError
from voice_guide.hearing.transcript import Attempt, judged
from voice_guide.hearing.whisper import FULL_WINDOW, SHORTEST_WINDOW, Whisper
from voice_guide.models import Role, find
from voice_guide.sound import RATE, Samples, silence

SENTENCE = "I was afraid of it for a long time"


class Scripted(Whisper):
    """Whisper whose attempts are written down beforehand."""

    def __init__(self, *attempts: Attempt, hints: bool = False) -> None:
        self.left = list(attempts)
        self.windows: list[float] = []
        self._prompt = [1]
        self._hinted_prompt = [2, 1] if hints else []

    def _encode(self, samples: Samples, window: float) -> Any:
        assert len(samples) <= window * RATE
        self.windows.append(window)
        return "encoded"

    def _decode(self, encoded: Any, seconds: float, prompt: list[int]) -> Attempt:
        assert encoded == "encoded"
        assert seconds > 0
        assert prompt == ([2, 1] if self._hinted_prompt and not self.left[1:] else [1])
        return self.left.pop(0)


def attempt(text: str, no_speech: float = 0.1, log_probability: float = -0.3) -> Attempt:
    """An attempt, by default a good one."""
    return Attempt(text, no_speech, log_probability)


def test_good_words() -> None:
    """Probable words are taken from the first attempt, in a window of 15 s at least."""
    whisper = Scripted(attempt(SENTENCE))
    heard = whisper.transcribe(silence(3.0, RATE))
    assert (heard.text, heard.speech, heard.sure, heard.fitted) == (SENTENCE, True, True, True)
    assert whisper.windows == [SHORTEST_WINDOW]


@pytest.mark.parametrize(("seconds", "window"), [(4.0, 15.0), (13.0, 15.0), (20.0, 22.0), (29.0, 30.0)])
def test_window(seconds: float, window: float) -> None:
    """The window leaves two seconds behind the sound, and is never more than 30 s."""
    whisper = Scripted(attempt(SENTENCE))
    whisper.transcribe(silence(seconds, RATE))
    assert whisper.windows == [window]


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(attempt(f"{SENTENCE}. {SENTENCE}."), id="said twice"),
        pytest.param(attempt("a a a a a " * 30), id="loop"),
        pytest.param(attempt(SENTENCE, log_probability=-1.2), id="improbable"),
        pytest.param(attempt(" ".join(map(str, range(40)))), id="more words than time"),
    ],
)
def test_full_window(first: Attempt) -> None:
    """Words that repeat themselves, are improbable or too many are tried again with the full window."""
    whisper = Scripted(first, attempt(SENTENCE))
    heard = whisper.transcribe(silence(4.0, RATE))
    assert whisper.windows == [SHORTEST_WINDOW, FULL_WINDOW]
    assert (heard.text, heard.sure, heard.fitted) == (SENTENCE, True, False)


def test_really_said_twice() -> None:
    """What the full window hears twice as well was said twice."""
    twice = f"{SENTENCE}. {SENTENCE}."
    heard = Scripted(attempt(twice), attempt(twice)).transcribe(silence(8.0, RATE))
    assert (heard.text, heard.sure) == (twice, True)


def test_full_window_loops() -> None:
    """If the full window loops and the fitted one did not, the fitted words stand, unsure."""
    heard = Scripted(attempt(SENTENCE, log_probability=-1.2), attempt("a " * 300)).transcribe(
        silence(8.0, RATE)
    )
    assert (heard.text, heard.speech, heard.sure) == (SENTENCE, True, False)


def test_both_have_too_many_words() -> None:
    """More words than anyone could say are not kept, but it was speech: no silent loss."""
    many = attempt(" ".join(map(str, range(40))))
    heard = Scripted(many, many).transcribe(silence(2.0, RATE))
    assert (heard.text, heard.speech, heard.sure) == ("", True, False)


@pytest.mark.parametrize(
    ("no_speech", "log_probability", "speech"),
    [
        (0.99, -0.65, False),  # "you" on digital silence
        (0.92, -1.63, False),  # "Yeah. Yeah." on a street
        (0.68, -0.44, True),  # "That's it." from the far end of a table
        (0.99, -0.1, True),  # one sign alone
        (0.3, -2.0, True),  # the other alone
    ],
)
def test_two_signs(no_speech: float, log_probability: float, speech: bool) -> None:
    """Words are dropped as noise only if nobody seems to speak and the words are improbable as well."""
    same = attempt("Thank you.", no_speech, log_probability)
    heard = Scripted(same, same).transcribe(silence(2.0, RATE))
    assert heard.speech is speech
    assert heard.text == ("Thank you." if speech else "")
    assert not (heard.sure and log_probability < -1)


def test_noise_is_tried_once() -> None:
    """What is dropped as noise costs no second attempt."""
    whisper = Scripted(attempt("you", 0.95, -1.5))
    whisper.transcribe(silence(2.0, RATE))
    assert whisper.windows == [SHORTEST_WINDOW]


def test_no_words() -> None:
    """No words are no speech."""
    heard = Scripted(attempt("")).transcribe(silence(2.0, RATE))
    assert (heard.text, heard.speech, heard.sure) == ("", False, False)


def test_repr() -> None:
    """Neither a transcript nor an attempt shows its words."""
    heard = Scripted(attempt(SENTENCE)).transcribe(silence(3.0, RATE))
    assert "afraid" not in repr(heard)
    assert "afraid" not in repr(attempt(SENTENCE))


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_missing_file(tmp_path: Path, missing: str) -> None:
    """A folder without one of its files is named, and nothing is asked of a network."""
    for name in {"model.bin", "config.json", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match=f"has no {missing}"):
        Whisper(tmp_path, threads=1)


def test_damaged_files(tmp_path: Path) -> None:
    """Files that are no model are one error of ours."""
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match="cannot be read"):
        Whisper(tmp_path, threads=1)


@pytest.fixture(scope="module")
def folder() -> Path:
    """The transcriber in use."""
    return find(Role.TRANSCRIBER).folder


@pytest.fixture(scope="module")
def whisper(folder: Path) -> Whisper:
    """Loaded and warm."""
    loaded = Whisper(folder, threads=2)
    loaded.warm_up()
    return loaded


@pytest.mark.models
def test_silence_and_noise(whisper: Whisper) -> None:
    """Digital silence, hiss and no sound at all give no words."""
    hiss = (0.02 * np.random.default_rng(3).standard_normal(4 * RATE)).astype(np.float32)
    for samples in (silence(0.0, RATE), silence(3.0, RATE), hiss):
        heard = whisper.transcribe(samples)
        assert (heard.text, heard.speech) == ("", False)


@pytest.mark.models
def test_unknown_language(folder: Path) -> None:
    """A language that the model does not know is refused when it is loaded."""
    with pytest.raises(ModelError, match="does not know the language 'xx'"):
        Whisper(folder, threads=1, language="xx")


@pytest.mark.models
def test_damaged_model(folder: Path, tmp_path: Path) -> None:
    """A model that was cut off does not load."""
    shutil.copytree(folder, tmp_path / "cut")
    with (tmp_path / "cut" / "model.bin").open("r+b") as file:
        file.truncate(1_000_000)
    with pytest.raises(ModelError, match="cannot be read"):
        Whisper(tmp_path / "cut", threads=1)


@pytest.fixture(scope="module")
def spoken() -> list[tuple[str, Samples]]:
    """Utterances of a woman and of a man, with their words."""
    if not SPEECH.is_dir():
        pytest.skip(f"no recorded speech in {SPEECH}")
    return list(utterances(SPEECH, ("3080", "2414")))[5:15]


@pytest.mark.models
def test_words(whisper: Whisper, spoken: list[tuple[str, Samples]]) -> None:
    """Read speech behind a pre-roll has at most a fifth of its words wrong, and the same words again."""
    pre_roll = silence(0.8, RATE)
    total = Errors()
    for said, samples in spoken:
        heard = whisper.transcribe(np.concatenate([pre_roll, samples]))
        assert heard.speech
        total += errors(said, heard.text)
    assert total.rate <= 0.2
    assert whisper.transcribe(spoken[0][1]) == whisper.transcribe(spoken[0][1])


@pytest.mark.models
def test_long_speech(whisper: Whisper, spoken: list[tuple[str, Samples]]) -> None:
    """More than 30 s go through the sliding window, and no sentence is lost or said twice."""
    seconds, parts = 0.0, []
    for said, samples in spoken:
        parts.append((said, samples))
        seconds += len(samples) / RATE
        if seconds > FULL_WINDOW + 5:
            break
    heard = whisper.transcribe(np.concatenate([samples for _, samples in parts]))
    assert errors(" ".join(said for said, _ in parts), heard.text).rate <= 0.3
    assert heard.speech
    assert not heard.fitted


@pytest.mark.parametrize(
    ("free", "hinted", "told"),
    [
        pytest.param(-0.8, -0.3, "Pass.", id="unsure, and clearly likelier"),
        pytest.param(-0.8, -0.75, "", id="unsure, but hardly likelier"),
        pytest.param(-1.5, -0.9, "", id="likelier, but not likely"),
    ],
)
def test_hinted_reading(free: float, hinted: float, told: str) -> None:
    """A short unsure span is read again with hints; that reading is told if it is clearly likelier."""
    second = [attempt("S.", log_probability=free)] if free < -1.0 else []
    attempts = [attempt("S.", log_probability=free), *second, attempt("Pass.", log_probability=hinted)]
    heard = Scripted(*attempts, hints=True).transcribe(silence(1.5, RATE))
    assert heard.hinted == told
    assert heard.text == "S."


@pytest.mark.parametrize(("seconds", "probability"), [(1.5, -0.2), (6.0, -0.8)])
def test_no_second_reading(seconds: float, probability: float) -> None:
    """What is sure, or longer than any command, is read once."""
    whisper = Scripted(attempt(SENTENCE, log_probability=probability), hints=True)
    whisper._hinted_prompt = [2, 1]
    whisper.left.append(attempt("Stop."))
    assert whisper.transcribe(silence(seconds, RATE)).hinted == ""
    assert len(whisper.left) == 1


@pytest.mark.parametrize(
    ("clear", "likely", "kept"),
    [(0.9, -0.9, True), (0.3, -0.5, True), (0.3, -0.7, False), (0.0, -0.7, False)],
)
def test_faint_sounds_need_likely_words(clear: float, likely: float, kept: bool) -> None:
    """Two signs before words are dropped, and then speech is left behind: that is "[unclear]"."""
    found = judged(Attempt("You did well.", 0.4, likely), 2.0, fitted=True, clear=clear)
    assert (found.text, found.speech) == ("You did well." if kept else "", True)


class Aligning:
    """The network's `align`: each word is as likely as it is said to be."""

    def __init__(self, likely: dict[str, float]) -> None:
        self.model = self
        self.likely = likely

    def align(self, encoded: Any, start: Any, tokens: list[list[str]], columns: list[int]) -> Any:
        """One word at a time."""
        assert (encoded, start) == ("encoded", [1])
        assert columns[0] >= 2
        (word,) = tokens[0]
        return [SimpleNamespace(text_token_probs=[self.likely[word]])]


def spotting(free: Attempt, **likely: float) -> Scripted:
    """A transcriber that knows these words to the guide."""
    whisper = Scripted(free)
    whisper._words_over = {f"{word}.": [word] for word in likely}
    whisper._model = Aligning(likely)
    whisper._tokenizer = SimpleNamespace(sot_sequence=[1])
    return whisper


def test_a_word_to_the_guide_is_spotted_where_it_is_likely_enough() -> None:
    """The likeliest of the words, if the free one is likelier by e^6 at most, and the next by e^2 less likely."""
    free = Attempt("Starboard.", 0.1, -0.5, (7, 8))  # log-probability -1.5 in all
    heard = spotting(free, Stop=0.001, Pause=0.0001).spot(silence(1.0, RATE))
    assert (heard.text, heard.hinted) == ("Starboard.", "Stop.")
    assert spotting(free, Stop=0.0005, Pause=0.00001).spot(silence(1.0, RATE)).hinted == "", "too unlikely"
    assert spotting(free, Stop=0.01, Pause=0.002).spot(silence(1.0, RATE)).hinted == "", "either of two"


def test_a_word_that_is_read_plainly_is_not_looked_for() -> None:
    """The free reading is one of the words already."""
    heard = spotting(Attempt("stop!", 0.1, -0.2, (7,)), Stop=0.9, Pause=0.1).spot(silence(1.0, RATE))
    assert (heard.text, heard.hinted) == ("stop!", "")
