#!/bin/sh
# Makes .venv with the locked dependencies and this project: sh tools/install.sh run|dev
# A stamp in .venv is written last, so an interrupted install starts from nothing, and a finished one costs no time.
set -eu
umask 022
cd "$(dirname "$0")/.."
what=$1

say() { printf '%s\n' "$*" >&2; }

# A stamp holds what was installed and where: a new lock, or a checkout that moved, installs again.
state_of() {
    { pwd; cat requirements/build.txt "requirements/$1.txt" pyproject.toml; } | cksum
}
stamp=.venv/.installed-$what

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(state_of "$what")" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

# Prints "version bits fits" of a Python; 3.11 to 3.14 are those that the locked wheels exist for.
describe() {
    "$1" -c 'import struct, sys
v = sys.version_info
print("%d.%d" % v[:2], struct.calcsize("P") * 8, int((3, 11) <= v[:2] <= (3, 14)))' 2>/dev/null
}

find_python() {
    seen=
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        set -- $(describe "$candidate")
        [ $# -eq 3 ] || continue
        if [ "$2" -lt 64 ]; then
            say "$candidate is a 32-bit Python, and the models' engines need a 64-bit system: install the 64-bit edition."
            exit 1
        fi
        if [ "$3" -eq 1 ]; then
            python=$candidate
            version=$1
            return
        fi
        seen="$seen $candidate is $1,"
    done
    say "Voice Guide needs Python 3.11 to 3.14;${seen:- none was found,} so install one, or name it: make install PYTHON=..."
    exit 1
}

find_python
sh tools/system-packages.sh "$python" "$version"

if [ ! -f .venv/.installed-run ] && [ ! -f .venv/.installed-dev ]; then
    rm -rf .venv
fi
rm -f .venv/.installed-*
if [ "$(describe .venv/bin/python)" != "$(describe "$python")" ]; then
    rm -rf .venv
    "$python" -m venv .venv
fi

say "Installing the dependencies into .venv (Python $version) ..."
pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"
}
quiet=--quiet
if [ -t 1 ]; then
    quiet= # somebody watches, and it can take minutes: show pip's bars
fi
# Wheels only: nothing that comes from the network is built or run while it is installed.
locked() {
    pip install $quiet --only-binary=:all: --require-hashes -r "$1"
}
if ! { locked requirements/build.txt && locked "requirements/$what.txt"; }; then
    say "The dependencies could not be installed; the lines above say why. The next try starts clean."
    exit 1
fi
pip install --quiet --no-build-isolation --no-deps -e .
if [ "$what" = dev ]; then
    state_of run >.venv/.installed-run # dev.txt holds all of run.txt
fi
state_of "$what" >"$stamp"
say "Installed: .venv/bin/voice-guide"
