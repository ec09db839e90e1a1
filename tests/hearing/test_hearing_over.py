"""Being heard while the guide speaks: the echo goes, a voice stays, and nothing of it is kept."""

from __future__ import annotations

import numpy as np
import pytest

from voice_guide.audio.played import Played
from voice_guide.hearing.echo import Subtractor, Suppressor, suppressor_installed
from voice_guide.hearing.overhearing import Overhearing
from voice_guide.session.events import SpokenOver
from voice_guide.sound import FRAME, FRAME_SECONDS, RATE, Samples

webrtc = pytest.mark.skipif(not suppressor_installed(), reason="the extra `echo` is not installed")


def guide(seconds: float) -> Samples:
    """A voice, as an echo canceller sees it: noise in syllables."""
    random = np.random.default_rng(4)
    count = round(seconds * RATE) // FRAME * FRAME
    syllables = 0.5 + 0.5 * np.sin(np.arange(count) * 2 * np.pi * 4 / RATE)
    return (random.standard_normal(count) * 0.1 * syllables).astype(np.float32)


def echo(far: Samples, delay: float = 0.1) -> Samples:
    """What the room makes of it at the microphone."""
    random = np.random.default_rng(5)
    response = random.standard_normal(1600) * np.exp(-np.arange(1600) / 300) * 0.05
    heard = np.convolve(far, response)[: len(far)]
    return np.concatenate([np.zeros(round(delay * RATE)), heard])[: len(far)].astype(np.float32)


def fed(canceller: Subtractor | Suppressor, near: Samples, far: Samples) -> Samples:
    """All that is left, frame by frame."""
    return np.concatenate(
        [canceller.feed(near[at : at + FRAME], far[at : at + FRAME]) for at in range(0, len(far), FRAME)]
    )


def level(samples: Samples) -> float:
    """dBFS"""
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12))


def test_the_filter_learns_the_room_and_leaves_little() -> None:
    """After five seconds at least 15 dB of the echo are gone."""
    far = guide(8.0)
    near = echo(far)
    rest = fed(Subtractor(), near, far)
    assert level(near[5 * RATE :]) - level(rest[5 * RATE :]) > 15


def test_another_voice_goes_through_the_filter_unharmed() -> None:
    """What somebody else says over the echo comes out as loud as it went in, to 1 dB, and in its shape."""
    far = guide(10.0)
    voice = np.zeros(len(far), np.float32)
    voice[6 * RATE : 7 * RATE] = np.sin(np.arange(RATE) * 2 * np.pi * 300 / RATE) * 0.1
    rest = fed(Subtractor(), echo(far) + voice, far)
    said, came = voice[6 * RATE : 7 * RATE], rest[6 * RATE : 7 * RATE]
    assert abs(level(came) - level(said)) < 1.0
    assert float(np.dot(said, came) / np.sqrt(np.dot(said, said) * np.dot(came, came))) > 0.95


def test_silence_stays_silence() -> None:
    """Nothing played, nothing heard: no noise of its own, no division by nothing."""
    nothing = np.zeros(20 * FRAME, np.float32)
    assert not fed(Subtractor(), nothing, nothing).any()


@webrtc
def test_webrtc_leaves_little_of_the_guide() -> None:
    """Of noise, which is harder than a voice, at least 15 dB are gone; as many samples come out as go in."""
    far = guide(8.0)
    near = echo(far)
    rest = fed(Suppressor(), near, far)
    assert len(rest) == len(near)
    assert level(near[5 * RATE :]) - level(rest[5 * RATE :]) > 15


class Loudness:
    """A speech detector that takes for speech what is loud."""

    def probability(self, frame: Samples) -> float:
        """1 or 0."""
        return 1.0 if level(frame) > -45 else 0.0


class Sofa:
    """A guide that speaks, and somebody who says something over it."""

    def __init__(self) -> None:
        self.played = Played()
        self.over = Overhearing(self.played, Suppressor(), Loudness())
        self.at = 0
        self.found: list[SpokenOver] = []

    def hears(self, near: Samples, far: Samples) -> None:
        """What the microphone hears while this is played."""
        for at in range(0, len(far), FRAME):
            self.played(far[at : at + FRAME], RATE, self.at / RATE)
            self.at += FRAME
            self.over.arrived(self.at / RATE, self.at / RATE)
            found = self.over.feed(near[at : at + FRAME], self.at / RATE)
            self.found += [found] if found else []


def word(count: int, begins: float, seconds: float = 0.6) -> Samples:
    """Somebody says something."""
    samples = np.zeros(count, np.float32)
    length = round(seconds * RATE)
    tone = sum(np.sin(np.arange(length) * 2 * np.pi * f / RATE) for f in (150, 450, 700, 1200))
    samples[round(begins * RATE) :][:length] = np.asarray(tone) * 0.08
    return samples


@webrtc
def test_somebody_over_the_guides_voice_is_noticed() -> None:
    """One word is one event, at its place, and its sound can be had."""
    sofa, far = Sofa(), guide(9.0)
    said = word(len(far), 7.0)
    sofa.over.begin(0.0)
    sofa.hears(echo(far) + said, far)
    late = [each for each in sofa.found if each.since > 5]
    assert len(late) == 1
    assert late[0].since == pytest.approx(7.0, abs=0.2)
    assert late[0].until == pytest.approx(7.6, abs=0.2)
    sound = sofa.over.span(7.0, 7.6)
    assert abs(level(sound) - level(said[7 * RATE : round(7.6 * RATE)])) < 1.5
    sofa.over.forget()
    assert not sofa.over.span(7.0, 7.6).any()


@webrtc
def test_the_guide_alone_is_nobody() -> None:
    """Once the room is known, its echo makes no event."""
    sofa, far = Sofa(), guide(9.0)
    sofa.over.begin(0.0)
    sofa.hears(echo(far), far)
    assert not [each for each in sofa.found if each.since > 2]


@webrtc
def test_while_the_guide_is_silent_nothing_is_heard_here() -> None:
    """The ears are open then; what is said is theirs."""
    sofa = Sofa()
    quiet = np.zeros(3 * RATE // FRAME * FRAME, np.float32)
    sofa.over.begin(0.0)
    sofa.hears(word(len(quiet), 1.0), quiet)
    assert not sofa.found
    assert not sofa.over.span(0.0, 3.0).any()


@webrtc
def test_a_word_that_lasts_beyond_the_prompt_is_heard_to_its_end() -> None:
    """It began over the guide's voice, so the ears that open now do not report it."""
    sofa, far = Sofa(), guide(9.0)
    far[round(7.3 * RATE) :] = 0.0
    said = word(len(far), 7.0, 1.2)
    sofa.over.begin(0.0)
    cut = round(7.4 * RATE) // FRAME * FRAME
    near = echo(far) + said
    sofa.hears(near[:cut], far[:cut])
    sofa.over.end()
    sofa.hears(near[cut:], far[cut:])
    assert sofa.found[-1].until == pytest.approx(8.2, abs=0.2)
    assert sofa.found[-1].at < 9.0 - FRAME_SECONDS


class Convinced:
    """A speech detector that hears somebody from 7.0 to 7.6 s, whatever there is."""

    def __init__(self) -> None:
        self._frames = 0

    def probability(self, frame: Samples) -> float:
        """1 or 0."""
        del frame
        self._frames += 1
        return 1.0 if 7.0 < self._frames * FRAME / RATE <= 7.6 else 0.0


@webrtc
@pytest.mark.parametrize(("loudness", "heard"), [(0.0, False), (0.02, False), (0.3, True), (1.0, True)])
def test_what_is_much_fainter_than_the_echo_is_what_was_left_of_it(loudness: float, heard: bool) -> None:
    """Whatever the detector takes it for; somebody who is a little fainter than the guide is somebody."""
    sofa, far = Sofa(), guide(9.0)
    sofa.over = Overhearing(sofa.played, Suppressor(), Convinced())
    sofa.over.begin(0.0)
    sofa.hears(echo(far) + word(len(far), 7.0) * np.float32(loudness), far)
    assert bool(sofa.found) == heard
