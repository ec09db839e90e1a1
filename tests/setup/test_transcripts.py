"""Sittings of setup, typed and seen: each transcript is read by people, and played here line by line."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.setup.sitting import CLEAR, LOUDSPEAKERS, MICROPHONES, Sitting, draft, typed_in
from voice_guide.audio.naming import Kind, Outlet
from voice_guide.exercise.sentences import sentences
from voice_guide.settings import Settings
from voice_guide.setup.draft import Facts, Tongue
from voice_guide.setup.findings import Looked, Reading, Understood, Written

TRANSCRIPTS = Path(__file__).parent / "transcripts"

BEFORE = Settings(
    first="Ana",
    second="Ben",
    first_sounds="Anna",
    microphone="pulse:table",
    loudspeaker="pulse:builtin",
    first_patience="x2",
    second_patience="when I say",
    speed=1.12,
    loudness=-3.0,
    captions=True,
    country="DE",
    remember=False,
)
"""What somebody chose before."""

MANY = (
    *LOUDSPEAKERS,
    Outlet("pulse:bluez_output.1", "Soundbox", Kind.BLUETOOTH),
    Outlet("pulse:raop.2", "Kitchen", Kind.NETWORK),
    Outlet("pulse:hdmi", "Television", Kind.HDMI, muted=True),
)
EARS = (
    *MICROPHONES,
    Outlet("pulse:bluez_input.1", "Headset", Kind.BLUETOOTH),
    Outlet("pulse:lapel", "Lapel", Kind.PLAIN, muted=True),
    Outlet("pulse:builtin.monitor", "Monitor of Built-in", Kind.MONITOR),
)


def _first_time() -> Sitting:
    return Sitting()


def _second_time() -> Sitting:
    return Sitting(draft=draft(BEFORE, Facts(couple=("Ana", "Ben"))))


def _no_devices() -> Sitting:
    nothing = Looked(problem="PortAudio is not installed.")
    return Sitting(
        draft=draft(loudspeakers=(), microphones=()), looks=[nothing, Looked(LOUDSPEAKERS, MICROPHONES)]
    )


def _many_devices() -> Sitting:
    return Sitting(
        draft=draft(loudspeakers=MANY, microphones=EARS),
        looks=[Looked(LOUDSPEAKERS, EARS)],
        played={"pulse:bluez_output.1": "The loudspeaker Soundbox cannot be opened."},
    )


def _bad_sound() -> Sitting:
    muted = Reading(zero=True)
    return Sitting(
        draft=draft(microphones=EARS),
        silence=[muted, muted, Reading(problem="The microphone sends nothing."), Reading(floor_dbfs=-44.0)],
        speech=[
            Reading(floor_dbfs=-44.0, speech_dbfs=-42.0),
            Reading(floor_dbfs=-44.0, speech_dbfs=-3.0, clipped=0.02),
            Reading(floor_dbfs=-44.0, speech_dbfs=-33.0),
            CLEAR,
        ],
        echo=[Reading(echo_db=3.0, echo_dbfs=-20.0), Reading(echo_db=-17.0, echo_dbfs=-37.0), Reading()],
        words=[
            Understood(problem="The speech model cannot be read."),
            Understood(),
            Understood("A land and cups."),
        ],
    )


def _by_print() -> Sitting:
    facts = Facts(voice=False, transcriber=False, terminal=False, notes=("My voice is not installed.",))
    return Sitting(draft=draft(facts=facts))


def _full_disk() -> Sitting:
    facts = Facts(voice=False, transcriber=False, terminal=False)
    full = Written("The settings cannot be written: no space left on device. The disk is full.")
    return Sitting(
        draft=draft(facts=facts, loudspeakers=(), microphones=()), written=[full, full, full, Written()]
    )


def _two_languages() -> Sitting:
    known = (Tongue("en", "English", missing=False), Tongue("es", "español", missing=True))
    facts = Facts(voice=False, transcriber=False, terminal=False, languages=known)
    return Sitting(draft=draft(facts=facts, loudspeakers=(), microphones=()))


SITTINGS: dict[str, Callable[[], Sitting]] = {
    "first-time": _first_time,
    "second-time": _second_time,
    "no-devices": _no_devices,
    "many-devices": _many_devices,
    "bad-sound": _bad_sound,
    "print-only": _by_print,
    "names-that-do-not-work": lambda: Sitting(draft=draft(facts=Facts(voice=False))),
    "help-and-back": _first_time,
    "full-disk": _full_disk,
    "languages": _two_languages,
}


@pytest.mark.parametrize("name", SITTINGS)
def test_transcript(name: str) -> None:
    """What is typed leads to exactly these lines, printed and spoken."""
    path = TRANSCRIPTS / f"{name}.txt"
    sitting = SITTINGS[name]()
    sitting.type(typed_in(path))
    sitting.run()
    assert "\n".join(sitting.lines) + "\n" == path.read_text("utf-8")


@pytest.mark.parametrize("name", SITTINGS)
def test_sentences_are_short(name: str) -> None:
    """No sentence that is printed or spoken has more than 20 words, and none praises."""
    for line in (TRANSCRIPTS / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith((">", "*", "[")):
            continue
        for sentence in sentences(line.removeprefix("(aloud) ").removeprefix("(silent) ")):
            assert len(sentence.split()) <= 20, sentence
            assert not {"good", "great", "perfect"} & set(sentence.casefold().split())


def test_every_question_is_in_a_transcript() -> None:
    """No word of setup goes unread."""
    from voice_guide.setup.rooms import QUESTIONS

    seen = "".join((TRANSCRIPTS / f"{name}.txt").read_text("utf-8") for name in SITTINGS)
    missing = [one.id for one in QUESTIONS if one.why and f"{one.why} Back leads" not in seen]
    assert missing == []


def test_nothing_is_read_back_unasked() -> None:
    """What a partner has said is spoken only where they typed `aloud`; else it is printed at most."""
    for name in SITTINGS:
        lines = (TRANSCRIPTS / f"{name}.txt").read_text("utf-8").splitlines()
        for before, line in itertools.pairwise(lines):
            if "A lamp" in line or "A land" in line:
                assert line.startswith("(silent) ") or before == "> aloud"
