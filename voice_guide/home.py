"""The one folder that holds everything of a couple: where it is, and that nobody else looks into it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from voice_guide.errors import StorageError, UsageError

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

_HINTS = {
    errno.ENOSPC: "the disk is full; free some space and try again",
    errno.EDQUOT: "your share of the disk is full; free some space and try again",
    errno.EROFS: "the disk is read-only; choose another folder with VOICE_GUIDE_HOME",
    errno.EACCES: "this user may not write there; choose another folder with VOICE_GUIDE_HOME",
    errno.EPERM: "this user may not write there; choose another folder with VOICE_GUIDE_HOME",
    errno.ENOTDIR: "a file is in its place; move it away, or choose another folder with VOICE_GUIDE_HOME",
    errno.EEXIST: "a file is in its place; move it away, or choose another folder with VOICE_GUIDE_HOME",
    errno.ELOOP: "links lead to one another there; choose another folder with VOICE_GUIDE_HOME",
    errno.EIO: "the disk reports an error; it may be failing or gone",
}


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder and the places in it."""

    root: Path

    @property
    def sessions(self) -> Path:
        """The evenings, of the couple and of rehearsals."""
        return self.root / "sessions"

    @property
    def vault(self) -> Path:
        """The couple's vault; a `vault.key` lies beside it if no passphrase was chosen."""
        return self.root / "vault.json"

    @property
    def rehearsal_vault(self) -> Path:
        """The unprotected vault of rehearsals, so that a real evening never lands in it."""
        return self.root / "rehearsal" / "vault.json"

    @property
    def settings(self) -> Path:
        """What the couple chose at setup."""
        return self.root / "settings.toml"

    @property
    def history(self) -> Path:
        """Who begins next, what was done, and where an interrupted evening stands; never words."""
        return self.root / "history.json"

    @property
    def scripts(self) -> Path:
        """Exercises of one's own."""
        return self.root / "scripts"

    @property
    def help_lines(self) -> Path:
        """The couple's own help lines, in place of those that come with the program."""
        return self.root / "help-lines.toml"


def where_home_is() -> Home:
    """The data folder, whether it exists or not; nothing is made. Raises UsageError if it cannot be known."""
    return Home(_root())


def data_home() -> Home:
    """The data folder, made private (0700) if it was not.

    `VOICE_GUIDE_HOME`, else `$XDG_DATA_HOME/voice-guide`, else the system's usual place.
    Raises StorageError, and UsageError if it cannot be known.
    """
    home = Home(_root())
    make_private_folder(home.root)
    make_private_folder(home.sessions)
    return home


def make_private_folder(path: Path) -> None:
    """Make a folder for its owner alone (0700), or close one that is open to others. Raises StorageError."""
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if stat.S_IMODE(path.stat().st_mode) & ~PRIVATE_FOLDER:
            path.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise storage_error(f"The folder {path} cannot be made private", error) from error


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; a place that refuses to say so is an error. Raises StorageError."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    return True


def storage_error(what: str, error: OSError) -> StorageError:
    """`what`, with the system's reason and a hint on what to do about it."""
    reason = (os.strerror(error.errno) if error.errno else "unknown reason").lower()
    hint = _HINTS.get(error.errno or 0, "look whether the disk is there and has room")
    return StorageError(f"{what}: {reason}.", hint)


def at_home(path: str, variable: str = "VOICE_GUIDE_HOME") -> Path:
    """The path with `~` in full; `variable` is where one without it can be named. Raises UsageError."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # no such user, or a user without a home
        whose = path.partition("/")[0].removeprefix("~")
        known = f"There is no home folder of a user {whose}." if whose else "This user has no home folder."
        raise UsageError(known, f"name a folder in full with {variable}") from None


def _root() -> Path:
    chosen = os.environ.get("VOICE_GUIDE_HOME")
    if chosen:
        return at_home(chosen).absolute()
    if sys.platform == "darwin":
        return at_home("~/Library/Application Support/voice-guide")
    # The XDG specification says to ignore a relative path.
    base = os.environ.get("XDG_DATA_HOME", "")
    shared = Path(base) if Path(base).is_absolute() else at_home("~/.local/share")
    return shared / "voice-guide"
