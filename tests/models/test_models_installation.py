"""What a fresh machine is given: locked dependencies, and clear sentences where something is missing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)")


def pins(lock: Path) -> set[tuple[str, str]]:
    """Names and versions that a lock pins."""
    return {(match["name"], match["version"]) for match in PIN.finditer(lock.read_text())}


def test_no_lock_names_a_host_or_a_path() -> None:
    """Packages come from whatever registry the user has."""
    assert [lock.name for lock in LOCKS] == ["build.txt", "dev.txt", "run.txt"]
    for lock in LOCKS:
        text = lock.read_text()
        assert "://" not in text
        assert "--index" not in text
        assert "/" not in text


def test_every_locked_package_has_hashes() -> None:
    """pip refuses anything else that a registry might answer."""
    for lock in LOCKS:
        entries = re.split(r"\n(?=[a-z])", lock.read_text().strip())
        assert len(entries) > 3
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree() -> None:
    """What a user runs is what was tested."""
    locks = {lock.stem: pins(lock) for lock in LOCKS}
    assert locks["run"] <= locks["dev"]
    assert locks["build"] <= locks["dev"]
    assert {name for name, _ in locks["build"]} >= {"pip", "hatchling", "editables"}


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH of its own: a Linux without apt, sudo or PortAudio, whose user is not root."""
    folder = tmp_path / "bin"
    folder.mkdir()
    write_command(folder, "uname", "echo Linux")
    write_command(folder, "id", "echo 1000")
    write_command(folder, "python", 'case "$2" in *portaudio*) exit 1 ;; esac')
    return folder


def write_command(folder: Path, name: str, body: str) -> None:
    """Put a small shell script on the PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def system_packages(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with nobody to ask."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "system-packages.sh"), "python", "3.11"],
        env={"PATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


GOING_ON = "Going on without PortAudio: rehearsals work, microphone and loudspeaker do not.\n"


def test_without_apt_the_user_is_told_what_to_install(bin_folder: Path) -> None:
    """The installation goes on: rehearsals need no PortAudio."""
    done = system_packages(bin_folder)
    said = "There is no apt here: please install libportaudio2 with your system's own package manager.\n"
    assert (done.returncode, done.stderr) == (0, said + GOING_ON)


def test_without_sudo_an_administrator_is_named(bin_folder: Path) -> None:
    """A user who may not install is told the command."""
    write_command(bin_folder, "apt-get", "exit 9")
    done = system_packages(bin_folder)
    said = "There is no sudo here: please let an administrator run apt-get install libportaudio2\n"
    assert (done.returncode, done.stderr) == (0, said + GOING_ON)


def test_sudo_is_never_run_unasked(bin_folder: Path) -> None:
    """Without a terminal there is nobody to ask, so nothing is run."""
    write_command(bin_folder, "apt-get", "exit 9")
    write_command(bin_folder, "sudo", f"echo ran >{bin_folder}/ran")
    done = system_packages(bin_folder)
    said = "Nobody can be asked here: please run sudo apt-get install libportaudio2\n"
    assert (done.returncode, done.stderr) == (0, said + GOING_ON)
    assert not (bin_folder / "ran").exists()


def test_root_needs_no_sudo(bin_folder: Path) -> None:
    """In a container the package is installed right away, after renewing the lists if need be."""
    write_command(bin_folder, "id", "echo 0")
    write_command(
        bin_folder, "apt-get", f'echo "$*" >>{bin_folder}/ran; [ "$1" = update ] || [ -e {bin_folder}/done ]'
    )
    done = system_packages(bin_folder)
    assert done.stderr.startswith("apt-get could not install libportaudio2")
    (bin_folder / "done").touch()
    assert system_packages(bin_folder).stderr == ""
    install = "install -qq -y --no-install-recommends libportaudio2"
    assert (bin_folder / "ran").read_text().splitlines() == [install, "update -qq", install, install]


def test_without_venv_the_installation_stops(bin_folder: Path) -> None:
    """Debian splits it off; nothing can go on without it."""
    write_command(bin_folder, "python", "exit 1")
    done = system_packages(bin_folder)
    assert done.returncode == 1
    assert "please install python3.11-venv" in done.stderr


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ("3.9 64 0", "Voice Guide needs Python 3.11 to 3.14; python is 3.9, so install one"),
        ("3.11 32 1", "python is a 32-bit Python, and the models' engines need a 64-bit system"),
    ],
)
def test_an_unfit_python_is_one_sentence(bin_folder: Path, tmp_path: Path, described: str, said: str) -> None:
    """Too old a version, or a 32-bit userland on a 64-bit kernel."""
    write_command(bin_folder, "python", f"echo {described}")
    project = tmp_path / "project"
    for folder in ("tools", "requirements"):
        (project / folder).mkdir(parents=True)
    for name in ("tools/install.sh", "requirements/build.txt", "requirements/run.txt", "pyproject.toml"):
        (project / name).write_bytes((ROOT / name).read_bytes())
    done = subprocess.run(
        ["/bin/sh", str(project / "tools" / "install.sh"), "run"],
        env={"PATH": f"{bin_folder}:/usr/bin:/bin", "PYTHON": "python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert not (project / ".venv").exists()
