"""A whole rehearsal, watched by strace: which sockets are asked for, and what is left on the disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.doctor.test_doctor_promise import doctors_word
from tests.evenings.live import SHORT
from voice_guide.models import models_home

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed (Debian: strace)"),
]

OURS = ("home", "short.yaml", "trace")
"""What the test and the program put into the folder that is the home of the user."""

POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
"""Without a single capability, as any user; the files stay readable."""

CALL = re.compile(r"(socket|socketpair|io_uring_setup)\((AF_\w+)?(?:.*= (-?\d+)(?: (E\w+))?)?")
"""The result stands in another line where two threads were at it."""

RAW = re.compile(
    r"(?P<name>socket|io_uring_setup)\((?P<family>\w+).*= (?P<result>-?\d+)(?: (?P<error>E\w+))?"
)

Calls = list[tuple[str | None, ...]]


class House:
    """A user's home, with a short script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "short.yaml").write_text(SHORT)

    def rehearse(self, module: str, *before: str, env: Mapping[str, str] | None = None) -> Calls:
        """Each such call of a rehearsal through the real models: its name, family, result and error."""
        trace = self.folder / "trace"
        watch = ["strace", "-f", "-qq", "-e", "trace=socket,socketpair,io_uring_setup", "-o", str(trace)]
        places = {
            "HOME": str(self.folder),
            "VOICE_GUIDE_HOME": str(self.folder / "home"),
            "VOICE_GUIDE_MODELS": str(models_home()),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            places[name] = ""
        done = subprocess.run(
            [*before, *watch, sys.executable, "-m", module, "rehearse", "short.yaml", "--audio", "--pace", "fast"],
            env={**os.environ, **places, **(env or {})},
            cwd=self.folder, capture_output=True, text=True, check=False, timeout=400,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-500:]
        assert "the evening is over: completed" in done.stdout
        return [found.groups() for line in trace.read_text().splitlines() if (found := CALL.search(line))]

    def strangers(self) -> set[str]:
        """Files that no part of ours has left."""
        files = (path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())
        return {str(path) for path in files if path.parts[0] not in OURS}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One for all, so that prompts are rendered once."""
    return House(tmp_path_factory.mktemp("house"))


@pytest.mark.parametrize("before", [(), POWERLESS], ids=["as we are", "without capabilities"])
def test_not_one_socket_is_attempted(house: House, before: tuple[str, ...]) -> None:
    """Outside AF_UNIX; nor a ring. Nothing of any library is left on the disk."""
    calls = house.rehearse("voice_guide", *before)
    assert [call for call in calls if call[1] != "AF_UNIX"] == []
    assert house.strangers() == set()


@pytest.mark.parametrize("before", [(), POWERLESS], ids=["as we are", "without capabilities"])
def test_a_library_that_phones_home_is_refused_and_the_evening_goes_on(
    house: House, before: tuple[str, ...]
) -> None:
    """With each telemetry switch taken out: onnxruntime tries, and the kernel says no."""
    calls = house.rehearse("tests.privacy.loud", *before)
    attempts = [call for call in calls if call[1] != "AF_UNIX"]
    print("\nattempts with telemetry left on:", attempts)
    assert {(result, error) for _, _, result, error in attempts if result} == {("-1", "EACCES")}
    assert house.strangers(), "it was not left on: this would show nothing"
    shutil.rmtree(house.folder / ".cache")


def test_the_doctor_says_what_strace_sees(tmp_path: Path) -> None:
    """Family by family, of the program itself and of the one that it starts: its own questions are all there is."""
    trace = tmp_path / "trace"
    watch = ("strace", "-f", "-qq", "-X", "raw", "-e", "trace=socket,io_uring_setup", "-o", str(trace))
    found = doctors_word(tmp_path, *watch)
    seen = [RAW.search(line) for line in trace.read_text().splitlines()]
    asked = [
        (int(call["family"], 0), call["error"] or "made")
        for call in seen
        if call and call["name"] == "socket"
    ]
    for name in ("sockets", "child"):
        answers = list(found[name]["facts"]["answers"].values())
        told = list(zip(range(1, 46), answers, strict=True))
        assert all(each in asked for each in told), name
    others = Counter(asked) - Counter(told) - Counter(told)
    assert {family for family, _ in others} <= {1}, "a socket that no question was about"
    assert [call["error"] for call in seen if call and call["name"] == "io_uring_setup"] == ["EPERM"]


def test_nobody_is_asked_for_a_name(tmp_path: Path) -> None:
    """Not even over AF_UNIX, as a daemon that keeps or resolves names is; a program that is not sealed asks."""
    asked = {}
    for how in ("names", "open names"):
        trace = tmp_path / how
        watch = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(trace)]
        subprocess.run(
            [*watch, sys.executable, "-m", "tests.privacy.tries", how],
            cwd=Path(__file__).parents[2], check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        asked[how] = trace.read_text()
    assert "connect(" not in asked["names"]
    assert "connect(" in asked["open names"], "nobody is asked here anyway: this shows nothing"


def test_without_any_network_nothing_changes(house: House) -> None:
    """In a namespace that has no interface at all, by bwrap."""
    if shutil.which("bwrap") is None:
        pytest.skip("bwrap is not installed (Debian: bubblewrap)")
    alone = ("bwrap", "--unshare-net", "--dev-bind", "/", "/")
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody make a namespace")
    assert [call for call in house.rehearse("voice_guide", *alone) if call[1] != "AF_UNIX"] == []
