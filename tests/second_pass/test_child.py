"""The process that hears again: only what is sure, in its own time, and silently."""

from __future__ import annotations

import io
import os
import queue
import signal
from pathlib import Path
from subprocess import PIPE, Popen
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.recordings import SPEECH, utterances
from tests.wer import errors
from voice_guide.jobs import HeardAgain
from voice_guide.models import find
from voice_guide.second_pass.child import NICENESS, serve
from voice_guide.second_pass.desk import Desk, second_pass_command
from voice_guide.second_pass.wire import Job, next_heard, send_job

SOUND = np.ones(100, dtype=np.int16)


class Scripted:
    """Hears what is written down beforehand."""

    def __init__(self, *heard: Any) -> None:
        self._heard = list(heard)
        self.before: list[str] = []

    def transcribe_surely(self, samples: Any, clear: float, before: str) -> Any:
        """The next of it."""
        self.before.append(before)
        assert samples.dtype == np.float32
        assert clear == 0.75
        found = self._heard.pop(0)
        if isinstance(found, Exception):
            raise found
        text, sure = found
        return SimpleNamespace(text=text, sure=sure), (50,) * len(text.split())


def answers(*heard: Any) -> list[HeardAgain]:
    """What comes out of the process for as many jobs."""
    jobs, out = io.BytesIO(), io.BytesIO()
    for seq in range(len(heard)):
        send_job(jobs, Job(seq, SOUND, 0.75))
    jobs.seek(0)
    serve(Scripted(*heard), jobs, out)  # type: ignore[arg-type]  # a stand-in for Whisper
    out.seek(0)
    found = [next_heard(out) for _ in heard]
    assert next_heard(out) is None
    return [each for each in found if each is not None]


def test_what_is_sure_takes_the_place_of_the_first_words() -> None:
    """And nothing else does: what is unsure, empty or an engine's failure leaves the line as it is."""
    found = answers(("I was afraid.", True), ("Thank you.", False), ("", False), RuntimeError("words"))
    assert found == [
        HeardAgain(0, "I was afraid.", (50, 50, 50)),
        HeardAgain(1),
        HeardAgain(2),
        HeardAgain(3),
    ]


def test_each_line_is_heard_in_the_light_of_those_before() -> None:
    """Of what was sure, and of nothing any more once a line was struck."""
    whisper = Scripted(
        ("I was afraid.", True), ("Mumble.", False), ("Of the dark.", True), ("And you?", True)
    )
    jobs = io.BytesIO()
    for seq, afresh in enumerate((False, False, False, True)):
        send_job(jobs, Job(seq, SOUND, 0.75, afresh))
    jobs.seek(0)
    serve(whisper, jobs, io.BytesIO())  # type: ignore[arg-type]  # a stand-in for Whisper
    assert whisper.before == ["", "I was afraid.", "I was afraid.", ""]


def started(model: str = "tiny.en") -> Popen[bytes]:
    """The process, as the program starts it."""
    command = second_pass_command(str(find(model).folder), "en", 1)
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, process_group=0)


@pytest.mark.models
def test_it_steps_back_and_ends_with_its_input() -> None:
    """Nice in all of its threads, no core file, deaf to Ctrl-C; the end of its input is its own."""
    with started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        send_job(process.stdin, Job(1, np.zeros(16000, dtype=np.int16)))
        assert next_heard(process.stdout) == HeardAgain(1)  # so it is up and running
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == NICENESS
        threads = Path(f"/proc/{process.pid}/task")
        if threads.is_dir():
            nice = [
                int((task / "stat").read_text().rsplit(")", 1)[1].split()[16]) for task in threads.iterdir()
            ]
            assert set(nice) == {NICENESS}
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == [
                "0",
                "0",
            ]
        process.send_signal(signal.SIGINT)
        send_job(process.stdin, Job(2, np.zeros(16000, dtype=np.int16)))
        assert next_heard(process.stdout) == HeardAgain(2)
        process.stdin.close()
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.models
@pytest.mark.skipif(not SPEECH.is_dir(), reason="needs the recordings of shared/speech")
def test_the_whole_way() -> None:
    """Recorded people through another process and back: as many right words as the model gives."""
    inbox: queue.SimpleQueue[HeardAgain] = queue.SimpleQueue()
    desk = Desk(second_pass_command(str(find("tiny.en").folder), "en", 1), inbox.put)
    spoken = list(utterances(SPEECH, ("1688",)))[:4]
    try:
        for seq, (_, samples) in enumerate(spoken):
            desk.add(seq, samples, 1.0)
        heard = [inbox.get(timeout=120) for _ in spoken]
    finally:
        desk.stop()
    for (said, _), found in zip(spoken, heard, strict=True):
        assert found.text is not None
        assert errors(said, found.text).rate < 0.5
        assert len(found.sure) == len(found.text.split())
