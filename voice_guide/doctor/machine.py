"""How fast this machine is, and which models follow from that."""

from __future__ import annotations

from collections.abc import Iterator

from voice_guide import models
from voice_guide.doctor.finding import Finding, Part
from voice_guide.errors import ModelError
from voice_guide.hearing.echo import suppressor_installed
from voice_guide.models.machine import (
    LARGE,
    LEAST_CORES,
    LEAST_MEMORY,
    MOST_FOR_SECOND_PASS,
    MOST_REAL_TIME_FACTOR,
    Machine,
    choose_transcriber,
    this_machine,
)
from voice_guide.models.manifest import Role

_GIB = 2**30
_FETCH = "Run: voice-guide models fetch"

_HELPERS = {
    Role.TURN: "Without the turn model only silence tells when an answer is over.",
    Role.SPEAKER: "Without the voice model I cannot tell your voices apart, nor a stranger's.",
}


def machine(language: str) -> Iterator[Finding]:
    """The processor, then who listens, who hears again, who speaks, and who helps."""
    found = this_machine()
    yield _speed(found)
    yield _transcriber(found, language)
    yield _second(found, language)
    yield _voice(language)
    yield from _helpers(language)
    yield _echo()


def _speed(found: Machine) -> Finding:
    factor = found.base_real_time_factor
    free = found.memory / _GIB
    said = (
        f"{found.cores} processor core{'s' if found.cores != 1 else ''}, {free:.1f} GB of memory free. "
        f"The transcriber {LARGE} would take about {factor:.2f} s for one second of speech."
    )
    facts = {
        "cores": found.cores,
        "memory": found.memory,
        "gflops": round(found.gflops, 1),
        "base_real_time_factor": round(factor, 3),
    }
    well = found.gflops > 0
    mend = "" if well else "The speed could not be measured; the small transcriber is taken."
    return Finding(part=Part.MACHINE, name="speed", said=said, well=well, mend=mend, facts=facts)


def _transcriber(found: Machine, language: str) -> Finding:
    fits = choose_transcriber(found)
    try:
        name = models.find(Role.TRANSCRIBER, language).name
    except ModelError as error:
        return _missing("transcriber", error, {"fits": fits})
    why = _why(found)
    said = f"{name} listens. {why}"
    facts = {"in_use": name, "fits": fits}
    return Finding(part=Part.MACHINE, name="transcriber", said=said, facts=facts)


def _why(found: Machine) -> str:
    if found.cores < LEAST_CORES:
        return f"{LARGE} wants {LEAST_CORES} cores."
    if found.memory < LEAST_MEMORY:
        return f"{LARGE} wants {LEAST_MEMORY / _GIB:.0f} GB of free memory."
    if found.base_real_time_factor > MOST_REAL_TIME_FACTOR:
        return f"{LARGE} may take {MOST_REAL_TIME_FACTOR} s for one second at most, so that nobody waits."
    return f"This machine carries {LARGE}: at most {MOST_REAL_TIME_FACTOR} s for one second of speech."


def _second(found: Machine, language: str) -> Finding:
    second = models.second_model(language)
    facts = {"in_use": None if second is None else second.name}
    if second is not None:
        said = f"{second.name} hears kept words again, in a process of its own that gives way to all others."
    elif found.base_real_time_factor > MOST_FOR_SECOND_PASS:
        said = f"Kept words are not heard again: {LARGE} may take {MOST_FOR_SECOND_PASS} s for one second at most."
    else:
        said = "Kept words are not heard again: there is too little free memory, or no larger transcriber."
    return Finding(part=Part.MACHINE, name="second_pass", said=said, facts=facts)


def _voice(language: str) -> Finding:
    try:
        name = models.find(Role.VOICE, language).name
    except ModelError as error:
        return _missing("voice", error, {})
    return Finding(part=Part.MACHINE, name="voice", said=f"{name} speaks.", facts={"in_use": name})


def _helpers(language: str) -> Iterator[Finding]:
    for role, without in _HELPERS.items():
        try:
            name = models.find(role, language).name
        except ModelError as error:
            yield Finding(
                part=Part.MACHINE, name=str(role), said=f"{error.message} {without}", well=False, mend=_FETCH
            )
        else:
            yield Finding(part=Part.MACHINE, name=str(role), said=f"{name} helps.", facts={"in_use": name})


def _echo() -> Finding:
    if suppressor_installed():
        said = "Stop, pause, repeat, skip and guide are heard while I speak."
        return Finding(part=Part.MACHINE, name="echo_cancellation", said=said)
    said = "While I speak I hear nobody: echo cancellation is not installed. Keys and my pauses remain."
    mend = 'Install it with the extra "echo" (make start does).'
    return Finding(part=Part.MACHINE, name="echo_cancellation", said=said, well=False, mend=mend)


def _missing(name: str, error: ModelError, facts: dict[str, object]) -> Finding:
    hint = error.hint or _FETCH
    mend = hint[0].upper() + hint[1:]
    return Finding(part=Part.MACHINE, name=name, said=error.message, well=False, mend=mend, facts=facts)
