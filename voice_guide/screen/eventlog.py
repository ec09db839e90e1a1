"""`--events FILE`: one JSON object a line, written as the evening goes.

Besides the record this is the only place that ever holds words, and it holds them in the clear:
the file is for its owner alone (mode 0600), and whoever asks for it is warned.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

from voice_guide.errors import StorageError, UsageError
from voice_guide.session.effects import Tell


class EventLog:
    """Appends events to a file, flushed line by line so that other programs can follow.

    Raises UsageError where something else than a file stands, StorageError where none can be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            _refuse_all_but_files(path)
            # Follows no link and reuses no looser mode: the file is made anew, for its owner alone.
            path.unlink(missing_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise StorageError(
                f"The event file {path} cannot be written.", f"{error.strerror}; choose another --events FILE"
            ) from error
        self._file = os.fdopen(descriptor, "w", encoding="utf-8")
        self.problem = ""
        """Why nothing more is written, in a sentence; empty while all is well."""

    def __call__(self, at: float, tell: Tell) -> None:
        """Write one event. A disk that is full costs the log its end, never the couple their evening."""
        if self.problem:
            return
        try:
            self._file.write(json.dumps({"at": round(at, 3), "event": tell.name, **tell.fields}) + "\n")
            self._file.flush()
        except OSError as error:
            self.problem = f"The event file ends at {at:.0f} s: {error.strerror}."

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # what a full disk did not take is told in `problem`
            self._file.close()


def _refuse_all_but_files(path: Path) -> None:
    """What stands there is taken away, so it has to be a file: the link `/dev/stdout` is one of the whole system."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "no file"
        raise UsageError(f"{path} cannot be written: it is {what}.", "choose another --events FILE")
