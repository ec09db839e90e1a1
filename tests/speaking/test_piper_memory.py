"""A small computer keeps its memory: what a sentence needed goes back when it has been spoken."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from voice_guide import models

LARGEST = 40.0
"""MB that may stay. With onnxruntime's arena it was 200."""

# A process of its own: what other tests have loaded would hide it.
SPEAK = """
import os, sys
from pathlib import Path
from tests.bench.processes import memory
from voice_guide.speaking.piper import PiperVoice

voice = PiperVoice(Path(sys.argv[1]))
voice.synthesize("There is no hurry.")
before, _ = memory(os.getpid())
for words in (12, 30, 21, 40, 17, 35):
    voice.synthesize("and again " * words + "there is no hurry.")
print(memory(os.getpid())[0] - before)
"""


@pytest.mark.models
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="elsewhere memory goes back in other ways")
def test_long_sentences_leave_no_memory_behind() -> None:
    """After sentences of all lengths the process is about as large as after a short one."""
    command = [sys.executable, "-c", SPEAK, str(models.find("voice").folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) < LARGEST
