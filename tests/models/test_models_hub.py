"""The model hub: names and their repositories, and the real client against a hub on this machine."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.models.models_fakes import BODY, CONFIG, digest
from voice_guide.models import hub

COMMIT = "c" * 40
FILES = {
    "rhasspy/piper-voices": {
        "en/en_US/ann/low/en_US-ann-low.onnx": BODY,
        "en/en_US/ann/low/en_US-ann-low.onnx.json": CONFIG,
        "en/en_US/ann/low/MODEL_CARD": b"A card.",
        "en/en_US/ann/high/en_US-ann-high.onnx": b"another",
    },
    "Systran/faster-whisper-small.en": {
        "vocabulary.d/../../outside": b"words",
        "README.md": b"Read me.",
        "vocabulary.txt": b"words",
        "model.bin": BODY,
        "config.json": CONFIG,
        "tokenizer.json": b"{}",
    },
}


class Hub(BaseHTTPRequestHandler):
    """As much of a hub as its client asks for."""

    def do_HEAD(self) -> None:
        """Headers of a file."""
        self.do_GET()

    def do_GET(self) -> None:
        """A repository's list of files, or one of them."""
        path = self.path.split("?")[0].lstrip("/")
        for repository, files in FILES.items():
            if path == f"api/models/{repository}/revision/main":
                self._answer(json.dumps(_info(repository, files)).encode(), "application/json")
                return
            name = path.removeprefix(f"{repository}/resolve/{COMMIT}/")
            if name in files:
                self._answer(files[name], "application/octet-stream")
                return
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{digest(body)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def _info(repository: str, files: dict[str, bytes]) -> dict[str, object]:
    siblings = [
        {
            "rfilename": name,
            "size": len(body),
            "blobId": hashlib.sha1(body, usedforsecurity=False).hexdigest(),
        }
        | ({"lfs": {"size": len(body), "sha256": digest(body), "pointerSize": 1}} if body is BODY else {})
        for name, body in files.items()
    ]
    return {"id": repository, "sha": COMMIT, "tags": ["license:mit"], "siblings": siblings}


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A hub on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


FETCH = """
import sys
from dataclasses import replace
from voice_guide.errors import ModelError
from voice_guide.models.fetch import fetch
class Reporter:
    def say(self, line): print(line)
    def progress(self, name, done, total): self.last = (done, total)
reporter = Reporter()
try:
    fetch(sys.argv[1:], reporter)
    print(reporter.last)
except ModelError as error:
    print(error.message)
"""


def fetch_from(endpoint: str, home: Path, *names: str) -> list[str]:
    """Fetch in a process of its own, since the client reads its environment once."""
    environment = {
        **os.environ,
        "VOICE_GUIDE_MODELS": str(home / "models"),
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(home / "cache"),
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-W", "ignore", "-c", FETCH, *names]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_voice_and_a_transcriber_come_by_name(endpoint: str, tmp_path: Path) -> None:
    """The real client resolves a commit and brings the files that engines need, and only those."""
    lines = fetch_from(endpoint, tmp_path, "en_US-ann-low", "small.en")
    trusted = "its hashes are recorded, and trusted from here on."
    size = len(BODY) + len(CONFIG) + len("{}words")
    assert lines == [f"en_US-ann-low is here; {trusted}", f"small.en is here; {trusted}", f"({size}, {size})"]
    voice = tmp_path / "models" / "en_US-ann-low"
    assert {path.name for path in voice.iterdir()} == {
        "en_US-ann-low.onnx",
        "en_US-ann-low.onnx.json",
        "receipt.json",
    }
    assert (voice / "en_US-ann-low.onnx").read_bytes() == BODY
    receipt = json.loads((tmp_path / "models" / "small.en" / "receipt.json").read_text())
    assert receipt["source"] == f"hub: Systran/faster-whisper-small.en@{COMMIT}"
    assert receipt["origin"] == "Systran/faster-whisper-small.en@ccccccc"
    assert [file["name"] for file in receipt["files"]] == [
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.txt",
    ]
    assert {path.name for path in (tmp_path / "models").iterdir()} == {"en_US-ann-low", "small.en", ".lock"}


def test_a_name_that_the_hub_lacks_is_said(endpoint: str, tmp_path: Path) -> None:
    """A voice that nobody made, and a repository that is not there."""
    (line,) = fetch_from(endpoint, tmp_path, "en_US-bob-low")
    assert line == "en_US-bob-low could not be fetched: the model hub does not have it."
    (line,) = fetch_from(endpoint, tmp_path, "medium")
    assert line == "medium could not be fetched: the model hub does not have Systran/faster-whisper-medium."


def test_no_hub_is_soon_said(tmp_path: Path) -> None:
    """A refused connection is one sentence, without a minute of retries."""
    (line,) = fetch_from("http://127.0.0.1:9", tmp_path, "small.en")
    assert line == "small.en could not be fetched: the model hub cannot be reached."


@pytest.mark.parametrize(
    "name", ["tiny", "small.en", "large-v3", "large-v3-turbo", "distil-small.en", "de_DE-thorsten-high"]
)
def test_sizes_and_voices_are_known(name: str) -> None:
    """Every size of faster-whisper, and every Piper voice by its pattern."""
    assert hub.knows(name)


@pytest.mark.parametrize(
    "name", ["", "large-v4", "base.fr", "en-US-lessac-medium", "en_US-lessac", "joe", "a/b"]
)
def test_other_names_are_not(name: str) -> None:
    """The hub is not asked for them."""
    assert not hub.knows(name)


def test_the_distilled_sizes_have_their_own_repositories() -> None:
    """faster-whisper keeps them under another name."""
    place = hub._place("distil-large-v3")
    assert place is not None
    assert place[2].repository == "Systran/faster-distil-whisper-large-v3"
