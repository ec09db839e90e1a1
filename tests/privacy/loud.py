"""The program with every telemetry switch taken out: what libraries would do if only the switches kept them from it."""

from __future__ import annotations

import os
import sys

import voice_guide.__main__ as program
from voice_guide.privacy.quiet import QUIET_VARIABLES

if __name__ == "__main__":
    # Whoever counts uses leaves out those of a continuous integration.
    for name in (*QUIET_VARIABLES, "CI"):
        os.environ.pop(name, None)
    sys.exit(program.main())
