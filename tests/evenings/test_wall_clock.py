"""A wall clock that is set, or jumps, in the middle of an evening or between two: nothing hangs on it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import voice_guide
from tests.journal.journal_help import a_vault, record
from voice_guide.home import Home
from voice_guide.journal.listing import expire_undecided, list_evenings

WALL_CLOCK = frozenset(
    {"now", "today", "utcnow", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
     "time.strftime", "time.CLOCK_REALTIME"}
)  # fmt: skip
READERS = {
    "cli/records.py": ["datetime.now"],  # which evenings have had their seven days
    "cli/start.py": ["datetime.now"],  # the same
    "notebook.py": ["datetime.now"],  # the date in the record
}
"""All modules that ask what time it is, and what for."""


def test_only_dates_of_records_need_it() -> None:
    """Every clock of an evening counts sound, or is monotonic."""
    package = Path(voice_guide.__file__).parent
    found = {
        str(path.relative_to(package)): asked
        for path in sorted(package.rglob("*.py"))
        if (asked := list(_asks(ast.parse(path.read_text("utf-8")))))
    }
    assert found == READERS


def _asks(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = f"{node.value.id}.{node.attr}"
            if whole in WALL_CLOCK or (node.value.id in ("datetime", "date") and node.attr in WALL_CLOCK):
                yield whole
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"time.{each.name}" for each in node.names if f"time.{each.name}" in WALL_CLOCK)


def test_a_clock_that_went_back_deletes_nothing(tmp_path: Path) -> None:
    """Evenings of a future that has not come are no week old."""
    home = Home(tmp_path)
    vault = a_vault(tmp_path)
    for kept in (False, None):
        record(tmp_path, vault, kept=kept).abandon()
    before = list_evenings(home)
    for years in (1, 56):
        assert expire_undecided(home, datetime(2026, 11, 23, 20, 41) - timedelta(days=365 * years)) == ()
    assert list_evenings(home) == before
    assert len(expire_undecided(home, datetime(2026, 12, 23))) == len(before) == 2
