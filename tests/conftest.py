"""What all tests share: the evening in real time runs beside them, because it takes as long as they do."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator

import hypothesis
import pytest

from voice_guide import models
from voice_guide.errors import ModelError

# Speed lives in benchmarks: a test that takes long on a busy machine is not wrong.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

# Tests that run behind (`make test &`, `nohup`) ignore these; the programs that they start and interrupt must not.
# A handler that does nothing is the same for us, and is not handed on.
for _number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda *_: None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What plays in real time comes last, one after the other; tests of models are skipped where there are none.

    The evening in the background takes as long as all tests that need no device; those that do come after it, so
    that no two of them share the processor.
    """
    items.sort(key=_turn)
    missing = _missing_models()
    for item in items:
        if missing and item.get_closest_marker("models"):
            item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session", autouse=True)
def evening_in_background(request: pytest.FixtureRequest) -> Iterator[object]:
    """An evening on real devices that begins with the first test, if any test asks for it."""
    wanted = any(_waits_for_evening(item) for item in request.session.items)
    if not wanted or _missing_models() or shutil.which("pulseaudio") is None:
        yield None
        return
    from tests.devices.evening import EveningRun

    run = EveningRun()
    run.start()
    yield run
    run.close()


def _turn(item: pytest.Item) -> int:
    if item.path.name == "test_real_evening.py":
        return 1
    return 2 if item.get_closest_marker("devices") else 0


def _waits_for_evening(item: pytest.Item) -> bool:
    return "evening" in getattr(item, "fixturenames", ())


def _missing_models() -> str:
    """Why the tests of models cannot run, or an empty text."""
    try:
        for role in ("transcriber", "voice", "vad"):
            models.find(role)
    except ModelError as error:
        return str(error)
    return ""
