"""The yardsticks: what the parts cost without a program around them.

    python -m tests.bench.bare tone | play REPORT TIMES | listen [--deaf] | engines TRANSCRIBER VOICE VAD

Each runs until it is ended, but `play`. Streams are opened as the guide opens its own (48 kHz, blocks of 20 ms,
0.1 s of buffer), so that the kernel wakes both as often.
"""

from __future__ import annotations

import json
import queue
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

RATE = 48_000
STREAM = {"samplerate": RATE, "channels": 1, "dtype": "float32", "blocksize": RATE // 50, "latency": 0.1}


def tone() -> None:
    """Import sounddevice, open an output stream, play a tone."""
    import numpy as np
    import sounddevice

    wave = (0.1 * np.sin(2 * np.pi * 440 * np.arange(RATE // 50) / RATE)).astype(np.float32)[:, None]

    def send(out: Any, *_: object) -> None:
        out[:] = wave[: len(out)]

    with sounddevice.OutputStream(callback=send, **STREAM):
        signal.pause()


def play(report_file: str, times: str) -> None:
    """Hand ready arrays to the program's own loudspeaker; report how long until the stream takes each."""
    from tests.bench.probe import Report, watch_speaker
    from voice_guide.audio.speaker import PortAudioSpeaker
    from voice_guide.sound import Sound, silence

    report = Report()
    watch_speaker(report)
    ended: queue.SimpleQueue[int] = queue.SimpleQueue()
    speaker = PortAudioSpeaker()
    speaker.start(ended.put)
    ready = Sound(silence(0.5, speaker.rate), speaker.rate)
    for number in range(1, int(times) + 1):
        time.sleep(0.0137 * (number % 7))  # no multiple of a block: the call meets each phase of the stream
        report.decided.append((number, time.monotonic()))
        speaker.play(number, ready)
        ended.get()
    speaker.stop()
    Path(report_file).write_text(json.dumps(asdict(report)))


def listen(model: str, *deaf: str) -> None:
    """PortAudio, soxr and Silero in a loop; with an output stream that is silent, unless `--deaf` is said."""
    import numpy as np
    import onnxruntime
    import sounddevice
    import soxr

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    silero = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    blocks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    resampler = soxr.ResampleStream(RATE, 16_000, 1, dtype="float32", quality="HQ")
    h = c = np.zeros((1, 1, 128), np.float32)
    rest, context = np.zeros(0, np.float32), np.zeros(64, np.float32)

    def send(out: Any, *_: object) -> None:
        out.fill(0)

    if not deaf:
        output = sounddevice.OutputStream(callback=send, **STREAM)
        output.start()
    with sounddevice.InputStream(callback=lambda data, *_: blocks.put(data[:, 0].copy()), **STREAM):
        while True:
            sound = np.concatenate([rest, resampler.resample_chunk(blocks.get())])
            while len(sound) >= 512:
                frame, sound = sound[:512], sound[512:]
                window = np.concatenate([context, frame])[None]
                _, h, c = silero.run(None, {"input": window, "h": h, "c": c})
                context = frame[-64:]
            rest = sound


def engines(transcriber: str, voice: str, vad: str) -> None:
    """faster-whisper, Piper and Silero, loaded, each used once."""
    import numpy as np
    import onnxruntime
    from faster_whisper import WhisperModel
    from piper import PiperVoice

    whisper = WhisperModel(transcriber, device="cpu", compute_type="int8", cpu_threads=1)
    piper = PiperVoice.load(voice)
    silero = onnxruntime.InferenceSession(vad, providers=["CPUExecutionProvider"])
    chunks = list(piper.synthesize("This is one sentence, and it is not a long one."))
    sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
    list(whisper.transcribe(sound.astype(np.float32), beam_size=5, language="en")[0])
    state = np.zeros((1, 1, 128), np.float32)
    silero.run(None, {"input": np.zeros((1, 576), np.float32), "h": state, "c": state})
    sys.stdout.write("loaded\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    which, *rest = sys.argv[1:]
    {"tone": tone, "play": play, "listen": listen, "engines": engines}[which](*rest)  # type: ignore[operator]
