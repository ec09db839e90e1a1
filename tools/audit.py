"""What arrives with this program: python tools/audit.py [--offline]

Locked versions and their hashes, licences, the libraries that wheels bring along, the models; then the known
vulnerabilities of the locked versions, where a network allows (pip-audit, in an environment of its own). The exit code
is 1 if something is not as it should be. Run by `make audit`; it is not part of the program.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "run.txt"

PIP_AUDIT = "pip-audit>=2.7,<3"

FREE = r"\b(MIT|BSD|Apache|Python|PSF|ISC|MPL|LGPL|GPL-3|Unlicense|CC0|0BSD|Zlib)"
"""Words of licences that GPL-3.0-or-later can be joined with, and of one that it cannot."""
UNFIT = r"\bGPL-2.0-only|[Pp]roprietary"

_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+?)(?: *;(?P<marker>[^\\]*))?(?: \\)?$")


def main() -> int:
    """Print the report."""
    wrong = [*_packages(), *_reasons(), *_models()]
    if "--offline" not in sys.argv[1:]:
        wrong += _vulnerabilities()
    print(f"\n{len(wrong)} things are not as they should be." if wrong else "\nAll is as it should be.")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


def locked() -> dict[str, dict[str, int]]:
    """Each locked distribution: its versions (one for each kind of Python), and how many hashes each may have."""
    found: dict[str, dict[str, int]] = {}
    name = version = ""
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if match := _LOCKED.match(line.strip()):
            name, version = _normal(match["name"]), match["version"]
            found.setdefault(name, {})[version] = 0
        elif line.strip().startswith("--hash=sha256:"):
            found[name][version] += 1
    return found


def _packages() -> list[str]:
    wrong = []
    installed = {_normal(each.metadata["Name"]): each for each in metadata.distributions()}
    print(f"{'package':28} {'version':14} {'hashes':>6}  licence; libraries that it brings along")
    for name, versions in sorted(locked().items()):
        there = installed.get(name)
        version = there.version if there is not None and there.version in versions else max(versions)
        hashes = versions[version]
        licence = _licence(there) if there is not None else "(not for this system)"
        brought = ", ".join(_brought(there)) if there is not None else ""
        print(f"{name:28} {version:14} {hashes:6d}  {licence}{'; ' if brought else ''}{brought}")
        if not all(versions.values()):
            wrong.append(f"{name} is locked without a hash")
        if there is not None and there.version not in versions:
            wrong.append(f"{name} is locked at {version}, and {there.version} is installed: run make install")
        if there is not None and not fits(licence):
            wrong.append(f"{name} has a licence that nobody has looked at: {licence}")
    return wrong


def fits(licence: str) -> bool:
    """Whether a licence can be joined with GPL-3.0-or-later, as far as its name tells."""
    return re.search(FREE, licence) is not None and re.search(UNFIT, licence) is None


def _licence(there: metadata.Distribution) -> str:
    told = there.metadata
    classifiers = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier") or () if line.startswith("License ::")
    ]
    licence = told.get("License-Expression") or "; ".join(classifiers) or told.get("License") or "unknown"
    return " ".join(licence.split())[:60]


def _brought(there: metadata.Distribution) -> list[str]:
    """Shared libraries of others that lie in the wheel, by their first names."""
    names = {path.name.split("-")[0].split(".so")[0] for path in there.files or () if ".libs/" in str(path)}
    return sorted(names)


def _reasons() -> list[str]:
    """Every dependency that is named in pyproject.toml has its reason beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(text)["project"]["dependencies"]
    return [
        f"{each} has no reason in pyproject.toml"
        for each in wanted
        if not re.search(rf'"{re.escape(each)}",\s*#\s*\S', text)
    ]


def _models() -> list[str]:
    wrong = []
    tables = tomllib.loads((ROOT / "models" / "models.toml").read_text(encoding="utf-8"))
    print(f"\n{'model':28} {'licence':14} {'files':>6}  all with a hash")
    for model in tables["model"]:
        files = model.get("file") or model.get("files") or []
        hashed = all(re.fullmatch(r"[0-9a-f]{64}", each.get("sha256", "")) for each in files)
        print(
            f"{model['name']:28} {model['licence']:14} {len(files):6d}  {'yes' if hashed and files else 'NO'}"
        )
        if not (hashed and files):
            wrong.append(f"the model {model['name']} has a file without a hash")
    return wrong


def _vulnerabilities() -> list[str]:
    """What is known against the locked versions, by pip-audit; nothing of it stays."""
    print("\nknown vulnerabilities of the locked versions:")
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "bin", "python")
        try:
            venv.create(folder, with_pip=True)
            run = [str(python), "-m"]
            subprocess.run(
                [*run, "pip", "install", "--quiet", PIP_AUDIT], check=True, capture_output=True, timeout=300
            )
            done = subprocess.run(
                [*run, "pip_audit", "--requirement", str(LOCK), "--require-hashes", "--disable-pip"],
                check=False, capture_output=True, text=True, timeout=300,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            print(f"  not looked up: pip-audit cannot be had here ({type(error).__name__}).")
            return ["vulnerabilities were not looked up"]
    if done.returncode == 0:
        print("  none.")
        return []
    if "Found" in done.stderr:
        print(done.stdout)
        return ["there are known vulnerabilities, above"]
    print(f"  not looked up: {done.stderr.strip()[-300:]}")
    return ["vulnerabilities were not looked up"]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
