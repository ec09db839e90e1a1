"""The couple that answers aloud in a simulated room, and the pace at which time passes there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.english import COUPLE
from tests.session.sofa import program, question
from voice_guide.audio.ports import Block
from voice_guide.audio.virtual import VirtualRoom
from voice_guide.errors import UsageError
from voice_guide.inbox import NOTHING, PlaybackEnded
from voice_guide.rehearsal.answers import Couple, Entry, Reply
from voice_guide.rehearsal.cues import Cues
from voice_guide.rehearsal.pace import FastPace
from voice_guide.rehearsal.spoken import SpokenCouple, decoded
from voice_guide.session.effects import Tell
from voice_guide.sound import FRAME_SECONDS, RATE, Sound

NAMES = ("Ana", "Ben")


class ToneVoice:
    """Says each sentence as half a second of a tone of 200 Hz, longer if it is to be slower."""

    identity = "tone"

    def __init__(self) -> None:
        self.said: list[str] = []

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """One sentence as sound."""
        self.said.append(text)
        at = np.arange(round(RATE * 0.5 / speed)) / RATE
        return Sound((0.5 * np.sin(2 * np.pi * 200 * at)).astype(np.float32), RATE)


def heard_from(who: str, text: str) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], list[str]]:
    """Five seconds of the room after somebody has been asked, and the sentences that were spoken."""
    room = VirtualRoom(noise_dbfs=-120)
    blocks: list[Block] = []
    room.listen(blocks.append)
    own = program(question("open"))
    voice = ToneVoice()
    cues = Cues(own, Couple(own, COUPLE, [Entry(of=who, reply=Reply(text=text))]))
    couple = SpokenCouple(cues, room, voice, NAMES)
    couple(0.0, Tell(name="step", fields={"id": "open"}))
    couple(0.0, Tell(name="listening", fields={"who": who, "answer": "open", "turn": 1}))
    for _ in range(round(5 / FRAME_SECONDS)):
        room.step()
    return np.concatenate([block.samples for block in blocks]), voice.said


def loud(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> list[tuple[float, float]]:
    """From and to, seconds, of what is said, cut at pauses of 0.1 s."""
    places = np.flatnonzero(np.abs(samples) > 0.05) / RATE
    cuts = np.flatnonzero(np.diff(places) > 0.1)
    return list(zip(places[[0, *(cuts + 1)]], places[[*cuts, -1]], strict=True))


def test_an_answer_is_spoken_sentence_by_sentence() -> None:
    """After a moment, with a breath in between; its voice keeps its pace whatever its pitch."""
    samples, said = heard_from("Ana", "The sea. It was cold.")
    assert said == ["The sea.", "It was cold."]
    first, second = loud(samples)
    assert first[0] == pytest.approx(0.9, abs=0.02)
    assert first[1] - first[0] == pytest.approx(0.5, abs=0.02)
    assert second[0] - first[1] == pytest.approx(0.35, abs=0.03)


def test_the_two_have_different_voices() -> None:
    """One is higher than the guide's voice, the other lower."""
    pitches = []
    for who in NAMES:
        samples, _ = heard_from(who, "The sea.")
        ((start, end),) = loud(samples)
        said = samples[round(start * RATE) : round(end * RATE)]
        pitches.append(float(np.argmax(np.abs(np.fft.rfft(said))) / (end - start)))
    assert pitches == [pytest.approx(244, abs=4), pytest.approx(184, abs=4)]


def test_what_is_no_recording(tmp_path: Path) -> None:
    """A file that cannot be decoded is a sentence, not a traceback of a decoder."""
    path = tmp_path / "ana.wav"
    path.write_bytes(b"this is text")
    with pytest.raises(UsageError, match=r"ana\.wav holds no sound that can be read\."):
        decoded(path)


def test_time_passes_only_while_the_engines_are_idle() -> None:
    """The next 32 ms come when nothing waits and nobody works."""
    room = VirtualRoom()
    pace = FastPace(room)
    blocks: list[Block] = []
    room.listen(blocks.append)
    idle = False
    pace.idle = lambda: idle
    assert pace.inbox.take(0.0) is NOTHING
    assert blocks == []
    idle = True
    pace.inbox.put(PlaybackEnded(1))
    assert pace.inbox.take(0.0) == PlaybackEnded(1)
    assert blocks == []
    assert pace.inbox.take(0.0) is NOTHING
    assert [block.index for block in blocks] == [0]


def test_fast_time_never_counts_as_a_lost_microphone() -> None:
    """However long an engine needs, the clock of a fast rehearsal stands still."""
    pace = FastPace(VirtualRoom())
    pace.clock.frame(3.0)
    assert pace.clock.silent_for() == 0
    assert pace.clock.now() == 3.0
