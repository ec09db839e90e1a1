"""The rate changes, and nothing else does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.audio.resample import HIGHEST, LOWEST, StreamResampler, resample
from voice_guide.sound import FRAME, RATE, Samples, Sound

RATES = (8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000)


def tone(rate: int, seconds: float = 1.0, hertz: float = 440.0) -> Samples:
    """A sine of half the full scale."""
    time = np.arange(round(seconds * rate)) / rate
    samples: Samples = (0.5 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    return samples


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("to_rate", [RATE, 48_000])
def test_tone(rate: int, to_rate: int) -> None:
    """A tone of 440 Hz stays one: same length, same pitch, same level, same phase."""
    out = resample(Sound(tone(rate), rate), to_rate)
    assert out.rate == to_rate
    assert out.samples.dtype == np.float32
    assert abs(len(out.samples) - to_rate) <= 1
    inner = slice(to_rate // 10, -to_rate // 10)  # away from the edges, where the filter sees silence
    assert (
        np.abs(out.samples[: len(tone(to_rate))][inner] - tone(to_rate)[: len(out.samples)][inner]).max()
        < 1e-3
    )


@pytest.mark.parametrize("rate", RATES)
def test_stream_length(rate: int) -> None:
    """While it runs, a stream holds back less than 0.1 s and four frames; flushed, it holds back nothing."""
    stream = StreamResampler(rate, RATE)
    got = sum(len(stream.feed(block)) for block in np.array_split(tone(rate, 2.0), 200))
    assert 0 <= 2 * RATE - got < RATE // 10 + 4 * FRAME
    assert got + len(stream.flush()) == pytest.approx(2 * RATE, abs=1)


@settings(deadline=None, max_examples=40)
@given(rate=st.sampled_from(RATES), sizes=st.lists(st.integers(0, 3000), min_size=1, max_size=12))
def test_any_chunks(rate: int, sizes: list[int]) -> None:
    """However a stream is cut into blocks, the same samples come out."""
    sound = np.random.default_rng(1).uniform(-1, 1, sum(sizes)).astype(np.float32)
    stream = StreamResampler(rate, RATE)
    pieces = [stream.feed(block) for block in np.split(sound, np.cumsum(sizes)[:-1])]
    whole = resample(Sound(sound, rate), RATE)
    assert np.array_equal(np.concatenate([*pieces, stream.flush()]), whole.samples)


def test_flushed_stream_begins_anew() -> None:
    """After a flush, nothing of the sound before is heard in the next."""
    stream = StreamResampler(48_000, RATE)
    first = np.concatenate([stream.feed(tone(48_000)), stream.flush()])
    second = np.concatenate([stream.feed(tone(48_000)), stream.flush()])
    assert np.array_equal(first, second)


def test_equal_rates_pass_through() -> None:
    """Between equal rates no sample is touched or held back."""
    stream = StreamResampler(RATE, RATE)
    assert np.array_equal(stream.feed(tone(RATE)), tone(RATE))
    assert len(stream.flush()) == 0


def test_stride() -> None:
    """A view with a stride, such as one channel of two, is as good as its copy."""
    stereo = np.stack([tone(48_000), -tone(48_000)], axis=1)
    left = StreamResampler(48_000, RATE).feed(stereo[:, 0])
    assert np.array_equal(left, StreamResampler(48_000, RATE).feed(tone(48_000)))


@pytest.mark.parametrize("rates", [(LOWEST - 1, RATE), (RATE, HIGHEST + 1)])
def test_absurd_rates(rates: tuple[int, int]) -> None:
    """A rate that no device has is refused."""
    with pytest.raises(ValueError, match="outside 8000 to 192000"):
        StreamResampler(*rates)
