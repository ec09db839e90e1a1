"""Where the files that travel with the program lie: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from voice_guide.errors import StorageError


def share_folder(name: str) -> Path:
    """The folder `name` ("scripts" or "models") of this installation.

    A checkout keeps it beside the package, a wheel in `voice_guide/_share`. Raises StorageError if
    it is in neither.
    """
    package = Path(__file__).resolve().parent
    # The wheel's own copy first: whatever lies beside an installed package belongs to somebody else.
    for folder in (package / "_share" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise StorageError(f"This installation has no folder named {name}.", "Install Voice Guide again.")
