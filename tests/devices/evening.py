"""A real evening, as its users would have it: `voice-guide start` in a living room of virtual devices.

Two people are played into the room whenever `--events` says that the guide listens: a woman and a man of
LibriSpeech where the recordings are at hand, Piper's voice at two pitches otherwise and for yes, no and commands.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.recordings import SPEECH, utterances
from tests.room import Room
from voice_guide import models
from voice_guide.sound import RATE, Sound, silence
from voice_guide.speaking.piper import PiperVoice

PARTNERS = ("Ana", "Ben")
SPEAKERS = {"Ana": "533", "Ben": "2033"}
"""A woman and a man."""

PITCHES = {"Ana": 1.22, "Ben": 0.92}
REACTION = 0.7
LEAK_DB = -20.0
LONGEST_ANSWER = 9.5
"""Seconds; longer recordings would only make the test longer."""

OWN_WORDS = {
    "Ana": ("I was afraid of the quiet after you had left.", "We never talk about the money.",
            "You said that you would rather not be asked.", "I would like to remember your hand on mine."),
    "Ben": ("I think you are afraid of growing old.", "Nobody ever taught me how to say that.",
            "You told me that the evenings are the hardest part.", "Thank you for waiting for me."),
}  # fmt: skip
"""What they say where there are no recordings."""


@dataclass
class Evening:
    """What happened in one evening."""

    said: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Who was played in each turn, and the words; no commands and no yes or no."""
    played: dict[int, Sound] = field(default_factory=dict, repr=False)
    """What was played in each of these turns."""
    events: list[dict[str, Any]] = field(default_factory=list)
    exit_code: int | None = None
    output: str = ""
    exported: dict[str, Any] = field(default_factory=dict)
    home: Path = Path()


class Couple:
    """Answers by sound."""

    def __init__(self, room: Room, evening: Evening) -> None:
        self._room = room
        self._evening = evening
        self._voice = PiperVoice(models.find("voice").folder)
        self._spoken: dict[tuple[str, str], Sound] = {}
        self._answers = {name: _answers(name, self._say) for name in PARTNERS}

    def handle(self, event: dict[str, Any]) -> None:
        """Say what this event calls for."""
        if event["event"] == "listening":
            self._answer(event["who"], event["answer"], event["turn"])
        elif event["event"] == "timer" and event["left"] >= 10 and not self._timed():
            self._play(self._say("Ana", "Skip."))  # a silence step; this test has no time for it

    def _timed(self) -> bool:
        """Was the last thing told that a timed turn is open, or is about to be?"""
        asked = [e for e in self._evening.events if e["event"] in ("listening", "step")]
        return bool(asked) and "tell" in str(asked[-1].get("id", asked[-1].get("answer")))

    def _answer(self, who: str, kind: str, turn: int) -> None:
        """Say the next answer; one that was heard already is not said again when its turn goes on."""
        if any(e["event"] == "heard" and e["turn"] == turn for e in self._evening.events):
            return
        name = "Ben" if who == "both" else who
        if kind == "yes-no":
            missing = self._evening.events and "missing" in self._step()
            self._play(self._say(name, "No, that was all." if missing else "Yes, please."))
            return
        words, sound = next(self._answers[name])
        self._evening.said[turn] = (who, words)
        self._evening.played[turn] = sound
        if kind == "timed":
            done = self._say(name, "I'm done.")
            gap = Sound(silence(2.0, RATE), RATE)
            sound = _joined(sound, gap, done)
        self._play(sound)

    def _step(self) -> str:
        return str(next(e["id"] for e in reversed(self._evening.events) if e["event"] == "step"))

    def _play(self, sound: Sound) -> None:
        time.sleep(REACTION)  # people take a moment; this is real time, not a wait for something
        self._room.play_into_room(sound)

    def _say(self, name: str, text: str) -> Sound:
        if (name, text) not in self._spoken:
            pitch = PITCHES[name]
            spoken = self._voice.synthesize(text, 1 / pitch)
            from voice_guide.audio.resample import resample

            self._spoken[name, text] = resample(Sound(spoken.samples, round(spoken.rate * pitch)), RATE)
        return self._spoken[name, text]


def _answers(name: str, say: Any) -> Iterator[tuple[str, Sound]]:
    """Words and sound of a partner's answers, over and over."""
    while True:
        if SPEECH.is_dir():
            for words, samples in utterances(SPEECH, (SPEAKERS[name],)):
                if len(samples) < LONGEST_ANSWER * RATE:
                    yield words, Sound(samples, RATE)
        else:
            for text in OWN_WORDS[name]:
                yield text, say(name, text)


def _joined(*sounds: Sound) -> Sound:
    return Sound(np.concatenate([sound.samples for sound in sounds]), RATE)


class EveningRun:
    """An evening in the background, so that other tests go on meanwhile.

    It has a process of its own: what other tests put in place of the system's functions is not for it.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="evening-")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _log(self) -> Path:
        return Path(self._folder.name) / "log"

    def start(self) -> None:
        """Begin."""
        command = [sys.executable, "-m", "tests.devices.evening", self._folder.name]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=Path(__file__).parents[2]
            )

    def wait(self, seconds: float) -> Evening:
        """The evening when it is over."""
        assert self._process is not None, "it was never begun"
        code = self._process.wait(seconds)
        assert code == 0, self._log.read_text(errors="replace")
        return _loaded(Path(self._folder.name))

    def close(self) -> None:
        """End it, wherever it is."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)
        self._folder.cleanup()


def _save(evening: Evening, folder: Path) -> None:
    told = {
        "said": [[turn, who, words] for turn, (who, words) in evening.said.items()],
        "events": evening.events,
        "exit_code": evening.exit_code,
        "output": evening.output,
        "exported": evening.exported,
    }
    (folder / "evening.json").write_text(json.dumps(told))
    sounds = {str(turn): sound.samples for turn, sound in evening.played.items()}
    np.savez(folder / "played.npz", allow_pickle=False, **sounds)


def _loaded(folder: Path) -> Evening:
    told = json.loads((folder / "evening.json").read_text())
    with np.load(folder / "played.npz") as sounds:
        played = {int(turn): Sound(sounds[turn], RATE) for turn in sounds.files}
    return Evening(
        said={turn: (who, words) for turn, who, words in told["said"]},
        played=played,
        events=told["events"],
        exit_code=told["exit_code"],
        output=told["output"],
        exported=told["exported"],
        home=folder / "home",
    )


def _live(evening: Evening, room: Room, folder: Path) -> None:
    """The guide runs, two people answer it, and the record is read back."""
    env = {**room.env, "VOICE_GUIDE_HOME": str(folder / "home")}
    env["VOICE_GUIDE_MODELS"] = str(models.models_home())
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    events = folder / "events.jsonl"
    guide = [sys.executable, "-m", "voice_guide"]
    start = ["start", "what-im-afraid-of", "--partners", ",".join(PARTNERS), "--events", str(events)]
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            [*guide, *start], env=env, stdout=output, stderr=subprocess.STDOUT, text=True
        )
        try:
            couple = Couple(room, evening)
            for event in _follow(events, process):
                evening.events.append(event)
                couple.handle(event)
            evening.exit_code = process.wait(30)
        finally:
            process.kill()  # nothing, if it has ended
            process.wait()
    evening.output = (folder / "output").read_text()
    export = [*guide, "export", "last", "--format", "json"]
    done = subprocess.run(export, env=env, check=True, capture_output=True, text=True)
    evening.exported = json.loads(done.stdout)


def _follow(path: Path, process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """The events of a file that grows, until its writer has ended."""
    rest = ""
    position = 0
    while True:
        ended = process.poll() is not None
        if path.exists():
            with path.open() as file:
                file.seek(position)
                rest += file.read()
                position = file.tell()
        *lines, rest = rest.split("\n")
        yield from (json.loads(line) for line in lines)
        if ended and not lines:
            return
        time.sleep(0.02)


def main(folder: Path) -> None:
    """Have the evening, and leave what happened in the folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that room and guide are ended
    evening = Evening()
    with Room(leak=LEAK_DB) as room:
        _live(evening, room, folder)
    _save(evening, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
