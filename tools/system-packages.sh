#!/bin/sh
# Sees to what pip cannot bring: PortAudio, and Debian's venv. sh tools/system-packages.sh PYTHON VERSION
set -eu
python=$1
version=$2

say() { printf '%s\n' "$*" >&2; }

has_portaudio() {
    # On macOS the sounddevice package brings its own.
    [ "$(uname -s)" = Darwin ] && return 0
    "$python" -c 'import ctypes; ctypes.CDLL("libportaudio.so.2")' 2>/dev/null
}

has_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

# Installs the packages named; returns 1, after a sentence that says why, where it cannot.
apt_install() {
    if ! command -v apt-get >/dev/null; then
        say "There is no apt here: please install $* with your system's own package manager."
        return 1
    fi
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif ! command -v sudo >/dev/null; then
        say "There is no sudo here: please let an administrator run apt-get install $*"
        return 1
    elif [ ! -t 0 ]; then
        say "Nobody can be asked here: please run sudo apt-get install $*"
        return 1
    else
        printf 'Voice Guide needs %s from your system. Run sudo apt-get install now? [y/N] ' "$*" >&2
        read -r answer
        case $answer in
        y* | Y*) as_root=sudo ;;
        *)
            say "Then not now. Later: sudo apt-get install $*"
            return 1
            ;;
        esac
    fi
    # The lists may be missing or old: try with them, then renew them once.
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends "$@" >/dev/null 2>&1 ||
        { $as_root apt-get update -qq && $as_root apt-get install -qq -y --no-install-recommends "$@" >/dev/null; } ||
        { say "apt-get could not install $*; the lines above say why." && return 1; }
}

if ! has_venv; then
    apt_install "python$version-venv" || exit 1
fi
if ! has_portaudio; then
    apt_install libportaudio2 ||
        say "Going on without PortAudio: rehearsals work, microphone and loudspeaker do not."
fi
