"""`python -m voice_guide`, and the command `voice-guide`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns its exit code."""
    from voice_guide.cli.streams import open_missing
    from voice_guide.leaving import leave

    open_missing()
    if sys.argv[1:3] != ["models", "fetch"]:  # the one door
        from voice_guide.privacy.seal import seal

        seal()  # before any engine is imported
    from voice_guide.cli.main import run  # late, so that the quiet variables are set before all else

    return leave(run(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
