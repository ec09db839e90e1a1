"""The model hub, for users with a connection: pinned files, and any size or voice by its name."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from voice_guide.errors import ModelError
from voice_guide.models.files import DISK_ERRORS
from voice_guide.models.manifest import PLAIN_NAME, HubSource, Model, ModelFile, Role
from voice_guide.models.pip import Progress

WHISPERS = (
    (re.compile(r"(tiny|base|small|medium)(\.en)?|large-v[123]"), "Systran/faster-whisper-{}"),
    (re.compile(r"distil-(?P<size>small\.en|medium\.en|large-v[23])"), "Systran/faster-distil-whisper-{}"),
    (re.compile(r"large"), "Systran/faster-whisper-large-v3"),
    (re.compile(r"turbo|large-v3-turbo"), "mobiuslabsgmbh/faster-whisper-large-v3-turbo"),
    (re.compile(r"distil-large-v3\.5"), "distil-whisper/{}-ct2"),
)
"""Names of transcribers, and the repositories that faster-whisper itself takes them from."""

WHISPER_FILES = ("model.bin", "config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.*")
"""What faster-whisper reads of a repository; the main file first."""

VOICE = re.compile(r"(?P<family>[a-z]{2,3})_[A-Z]{2,3}-(?P<speaker>\w+)-(?P<quality>x_low|low|medium|high)")
VOICES = "rhasspy/piper-voices"

TIMEOUT = 20.0
"""Seconds to wait for the hub's first answer."""


def knows(name: str) -> bool:
    """Whether this name follows the pattern of a faster-whisper size or of a Piper voice."""
    return _place(name) is not None


def resolve(name: str) -> Model:
    """Ask the hub for a model by a name that it `knows`, at the commit that is newest now.

    Hashes that the hub does not tell are None: they are recorded at the download, and trusted from then on.
    Raises ModelError if the hub lacks it or cannot be reached.
    """
    place = _place(name)
    if place is None:
        raise ModelError(f"{name} is not a name that the model hub has")
    role, languages, source = place
    client = _client()
    try:
        info = client.HfApi().model_info(
            source.repository, revision=source.revision, files_metadata=True, timeout=TIMEOUT
        )
    except Exception as error:
        raise _problem(source, error) from error
    files = _files(name, role, source, info.siblings)
    licence = _licence(info.tags or ()) if role is Role.TRANSCRIBER else "see its model card"
    pinned = HubSource(source.repository, info.sha, source.folder)
    return Model(name, role, languages, licence, f"{source.repository}@{info.sha[:7]}", files, (pinned,))


def download_file(source: HubSource, name: str, folder: Path, progress: Progress) -> Path:
    """Download one file of a repository into `folder`. Raises ModelError, or OSError from the disk."""
    client = _client()
    path = f"{source.folder}/{name}" if source.folder else name
    try:
        # Asked once, without the library's minute of retries: no connection is soon said.
        url = client.hf_hub_url(source.repository, path, revision=source.revision)
        client.get_hf_file_metadata(url, timeout=TIMEOUT)
        bar = _progress_bar(progress)
        return Path(
            client.hf_hub_download(
                source.repository, path, revision=source.revision, local_dir=folder, tqdm_class=bar
            )
        )
    except Exception as error:
        raise _problem(source, error) from error


def _place(name: str) -> tuple[Role, tuple[str, ...], HubSource] | None:
    """What a name means: the role, the languages and the repository at its newest commit."""
    if voice := VOICE.fullmatch(name):
        locale = name.split("-")[0]
        folder = f"{voice['family']}/{locale}/{voice['speaker']}/{voice['quality']}"
        return Role.VOICE, (voice["family"],), HubSource(VOICES, "main", folder)
    for pattern, repository in WHISPERS:
        if match := pattern.fullmatch(name):
            languages = ("en",) if name.endswith(".en") else ("many",)
            source = HubSource(repository.format(match.groupdict().get("size") or name), "main")
            return Role.TRANSCRIBER, languages, source
    return None


def _files(name: str, role: Role, source: HubSource, siblings: Iterable[Any]) -> tuple[ModelFile, ...]:
    prefix = f"{source.folder}/" if source.folder else ""
    there = {
        file.rfilename.removeprefix(prefix): file for file in siblings if file.rfilename.startswith(prefix)
    }
    there = {path: file for path, file in there.items() if PLAIN_NAME.match(path)}  # none leaves our folder
    patterns = WHISPER_FILES if role is Role.TRANSCRIBER else (f"{name}.onnx", f"{name}.onnx.json")
    wanted = [path for pattern in patterns for path in there if fnmatch(path, pattern)]
    if patterns[0] not in wanted:
        raise ModelError("the model hub does not have it")
    return tuple(
        ModelFile(path, there[path].size, there[path].lfs and there[path].lfs.sha256) for path in wanted
    )


def _licence(tags: Iterable[str]) -> str:
    return next((tag.removeprefix("license:") for tag in tags if tag.startswith("license:")), "unknown")


def _client() -> Any:
    """The hub's library, allowed onto the network: it reads its offline switch once, when it is imported."""
    os.environ["HF_HUB_OFFLINE"] = "0"
    os.environ["HF_HUB_VERBOSITY"] = "error"  # our one sentence is enough
    import huggingface_hub

    return huggingface_hub


def _progress_bar(progress: Progress) -> type:
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        """Draws nothing: it only passes the number on."""

        def __init__(self, *args: Any, **settings: Any) -> None:
            super().__init__(*args, **{**settings, "file": io.StringIO()})

        def display(self, msg: str | None = None, pos: int | None = None) -> bool:  # noqa: ARG002 - tqdm's names
            progress(int(self.n))
            return True

    return Bar


def _problem(source: HubSource, error: Exception) -> Exception:
    if isinstance(error, OSError) and error.errno in DISK_ERRORS:
        return error  # the fetch knows what to say of it
    # By name: when there is no connection the library says "not found locally" (LocalEntryNotFoundError).
    if type(error).__name__ in {
        "RepositoryNotFoundError",
        "RevisionNotFoundError",
        "RemoteEntryNotFoundError",
    }:
        return ModelError(f"the model hub does not have {source.repository}")
    return ModelError("the model hub cannot be reached")
