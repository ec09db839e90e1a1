"""Smart Turn: what it is given, and what it makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.recordings import SPEECH, decode
from voice_guide.errors import ModelError
from voice_guide.hearing.smart_turn import HEARS, SmartTurn
from voice_guide.models import find
from voice_guide.session.turn_end import JUDGED_LAST
from voice_guide.sound import RATE, Samples


@pytest.fixture(scope="module")
def turns() -> SmartTurn:
    """The real model."""
    return SmartTurn(find("turn").main)


def noise(seconds: float, seed: int = 1) -> Samples:
    """Quiet noise."""
    samples: Samples = np.random.default_rng(seed).normal(0, 0.01, round(seconds * RATE)).astype(np.float32)
    return samples


def test_the_machine_hands_in_as_much_as_the_model_hears() -> None:
    """More would be copied for nothing, less would make it guess."""
    assert HEARS == JUDGED_LAST


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    """With a hint; the engine's own words are not shown."""
    file = tmp_path / "turn.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"^The turn model cannot be read from .*verify\)$"):
        SmartTurn(file)


@pytest.mark.models
def test_another_model_is_refused() -> None:
    """Silero's file, for one."""
    with pytest.raises(ModelError, match=r"is not Smart Turn v3"):
        SmartTurn(find("silero").main)


@pytest.mark.models
@pytest.mark.parametrize("seconds", [0.0, 0.5, 7.99, 8.0, 8.01, 60.0])
def test_any_length_gives_a_probability(turns: SmartTurn, seconds: float) -> None:
    """Nothing at all, too."""
    assert 0.0 <= turns.complete(noise(seconds)) <= 1.0


@pytest.mark.models
def test_only_the_end_of_a_long_turn_counts(turns: SmartTurn) -> None:
    """What lies more than eight seconds back changes nothing."""
    end = noise(8.0)
    alone = turns.complete(end)
    assert turns.complete(np.concatenate([noise(5.0, seed=2), end])) == pytest.approx(alone, abs=1e-6)


@pytest.mark.models
def test_how_loud_it_is_does_not_count(turns: SmartTurn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network is shown the same; what it makes of the last digit of an int8 differs between processors."""
    shown: list[Any] = []

    class Network:
        def run(self, outputs: None, inputs: dict[str, Any]) -> list[Any]:
            assert outputs is None
            shown.append(inputs["input_features"])
            return [np.array([0.5])]

    monkeypatch.setattr(turns, "_session", Network())
    for loudness in (10.0, 5.0):  # far above the tiny number that keeps silence finite
        turns.complete(noise(8.0) * np.float32(loudness))
    assert shown[0].shape == (1, 80, 800)
    assert np.allclose(shown[1], shown[0], atol=1e-3)


@pytest.mark.models
@pytest.mark.skipif(not SPEECH.is_dir(), reason="needs the recordings of shared/speech")
def test_it_hears_that_a_question_is_over_and_that_a_thought_is_not(turns: SmartTurn) -> None:
    """Two moments of a meeting: after a question, and in a pause of 3.7 s in the middle of a turn."""
    over = decode(SPEECH / "meetings" / "dev00.flac")[: round(17.1 * RATE)]
    thinking = decode(SPEECH / "meetings" / "dev01.flac")[: round(11.9 * RATE)]
    assert turns.complete(over) > 0.9
    assert turns.complete(thinking) < 0.7  # 0.1 to 0.6, by where exactly it is asked
