"""What the microphone hears: the room, and how much of the guide comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from voice_guide.audio.naming import Outlet
from voice_guide.doctor.finding import Finding, Part
from voice_guide.settings import Settings
from voice_guide.setup.effects import What
from voice_guide.setup.findings import Looked, Reading
from voice_guide.setup.sound_words import CLEAR, CLIPPED, LOUD

SENTENCE = "I say this sentence to hear how much of my own voice comes back to me."

_TOO_STRONG = -10.0
"""Decibels of the guide's voice at the microphone over what was sent: louder was not measured (tests.bench.over)."""


class Instruments(Protocol):
    """Devices that are tried."""

    def tune(self, settings: Settings) -> None:
        """Those that were chosen at setup."""

    def look(self, *, anew: bool) -> Looked:
        """What is there."""

    def measure(self, what: What, text: str) -> Reading:
        """A few seconds of it."""


def hearing(
    instruments: Instruments, settings: Settings, *, aloud: bool, ask: Callable[[], None] | None = None
) -> Iterator[Finding]:
    """Devices, the room, and the echo of a sentence, if it may be said `aloud`.

    Where somebody is there, `ask` has them say something, and how well they are heard is told between the two.
    """
    instruments.tune(settings)
    found = instruments.look(anew=False)
    yield _device("microphone", "Microphone", settings.microphone, found.microphones, found.problem)
    yield _device("loudspeaker", "Loudspeaker", settings.loudspeaker, found.loudspeakers, found.problem)
    if found.problem or not found.microphones:
        return
    room = instruments.measure(What.SILENCE, "")
    yield _room(room)
    if ask is not None and not room.problem and not room.zero:
        ask()
        yield _speech(instruments.measure(What.SPEECH, ""), room)
    if aloud and not room.problem and found.loudspeakers:
        yield _echo(instruments.measure(What.ECHO, SENTENCE))


def _device(name: str, title: str, chosen: str, there: tuple[Outlet, ...], problem: str) -> Finding:
    facts = {"chosen": chosen, "there": [outlet.name for outlet in there]}
    mend = "Plug one in, or choose another with voice-guide setup; voice-guide devices lists them."
    if problem or not there:
        said = problem or f"There is no {name}."
        return Finding(part=Part.HEARING, name=name, said=said, well=False, mend=mend, facts=facts)
    if chosen and chosen not in {outlet.id for outlet in there}:
        said = f"The {name} that was chosen at setup is not there: {chosen}."
        return Finding(part=Part.HEARING, name=name, said=said, well=False, mend=mend, facts=facts)
    said = f"{title}: {chosen or 'the one that this system has chosen'}."
    return Finding(part=Part.HEARING, name=name, said=said, facts=facts)


def _room(reading: Reading) -> Finding:
    facts = {"floor_dbfs": round(reading.floor_dbfs, 1), "lost_seconds": round(reading.lost, 3)}
    trouble = ""
    mend = "Look at the sound settings of this system, and whether another program uses the microphone."
    if reading.problem:
        trouble = reading.problem
    elif reading.zero:
        trouble, mend = "Not a single sound comes from the microphone: it is muted.", "Switch it on."
    elif reading.lost > 0:
        trouble = f"{reading.lost:.2f} s of three were lost on the way from the microphone."
    elif reading.floor_dbfs > LOUD:
        trouble = f"It is loud: the noise is at {reading.floor_dbfs:.0f} decibels."
        mend = "Close a window, switch something off, or come closer to the microphone."
    if trouble:
        return Finding(part=Part.HEARING, name="room", said=trouble, well=False, mend=mend, facts=facts)
    said = f"The noise of the room is at {reading.floor_dbfs:.0f} decibels; nothing was lost on the way."
    return Finding(part=Part.HEARING, name="room", said=said, facts=facts)


def _speech(reading: Reading, room: Reading) -> Finding:
    above = reading.speech_dbfs - room.floor_dbfs
    facts = {"speech_dbfs": round(reading.speech_dbfs, 1), "above_noise_db": round(above, 1)}
    trouble, mend = reading.problem, "Come closer to the microphone, or turn it up in the sound settings."
    if not trouble and reading.clipped > CLIPPED:
        trouble, mend = (
            "You are too loud for this microphone, and it crackles.",
            "Turn it down, or move it away.",
        )
    elif not trouble and above < CLEAR:
        trouble = f"You are only {max(0.0, above):.0f} decibels above the noise: words will be lost."
    if trouble:
        return Finding(part=Part.HEARING, name="speech", said=trouble, well=False, mend=mend, facts=facts)
    said = f"I hear you well: {above:.0f} decibels above the noise."
    return Finding(part=Part.HEARING, name="speech", said=said, facts=facts)


def _echo(reading: Reading) -> Finding:
    facts = {"echo_db": None if reading.echo_db is None else round(reading.echo_db, 1)}
    if reading.problem:
        mend = "Try another loudspeaker with voice-guide setup."
        return Finding(
            part=Part.HEARING, name="echo", said=reading.problem, well=False, mend=mend, facts=facts
        )
    if reading.echo_db is None:
        said = "The microphone does not hear me at all. With headphones, that is as it should be."
        return Finding(part=Part.HEARING, name="echo", said=said, facts=facts)
    side = "above" if reading.echo_db > 0 else "below"
    said = f"The microphone hears me {abs(reading.echo_db):.0f} decibels {side} what I send out."
    strong = reading.echo_db > _TOO_STRONG
    mend = (
        "Move it away from the loudspeaker, or turn that down: else I may hear you in my pauses only."
        if strong
        else ""
    )
    return Finding(part=Part.HEARING, name="echo", said=said, well=not strong, mend=mend, facts=facts)
