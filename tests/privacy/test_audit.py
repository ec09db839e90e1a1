"""What arrives: `make audit` without a network finds nothing that nobody has looked at."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_all_is_as_it_should_be() -> None:
    """Locked with hashes, installed as locked, licences that fit to ours, a reason for each, models with hashes."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "audit.py"), "--offline"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-800:] + done.stderr[-400:]
    assert "faster-whisper" in done.stdout
    assert "All is as it should be." in done.stdout


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT License", True), ("3-Clause BSD License", True), ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-or-later", True), ("LGPL-2.1-or-later", True), ("PSF-2.0", True), ("Proprietary", False),
        ("Example Limited, all rights reserved", False), ("GPL-2.0-only", False), ("unknown", False),
    ],
)  # fmt: skip
def test_which_licences_fit(licence: str, fits: bool) -> None:
    """By whole words."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None and spec.loader is not None
    audit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(audit)
    assert audit.fits(licence) == fits


def test_no_pickle_no_eval_no_shell() -> None:
    """In the program: what is read is data."""
    forbidden = (
        "import pickle", "pickle.load", "eval(", "exec(", "shell=True", "os.system", "UnsafeLoader", "FullLoader",
    )  # fmt: skip
    for file in (ROOT / "voice_guide").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not [word for word in forbidden if word in text], file
