"""Measured levels in words, each with its figure: quiet or loud, clear or faint, much echo or little."""

from __future__ import annotations

from voice_guide.setup.findings import Reading

_QUIET, LOUD = -50.0, -38.0
"""dBFS of the noise floor. A quiet living room is about -66 at a usual level of the microphone."""

CLEAR, _BARELY = 15.0, 6.0
"""Decibels by which speech stands out of the noise; with less than the first, words begin to be misheard."""

_FAINT = -48.0
"""dBFS of speech; below it a microphone is turned down, or far away."""

CLIPPED = 0.001
"""Of the samples; less than that nobody hears."""

_LITTLE, _STRONG = -20.0, 0.0
"""Decibels of the guide's voice over theirs, both as the microphone hears them."""

_USUAL_SPEECH, _USUAL_NOISE = -30.0, -60.0
"""dBFS, where they could not be measured."""

MISHEARD = (
    "Then come closer to the microphone, or try another one. A larger model understands more:"
    " voice-guide models list names those there are."
)

_OPTIONS = "Again, another microphone, or go on?"

_MUTED = "Your microphone seems to be muted: no sound at all comes from it."
_SWITCHED_OFF = "Your microphone is switched off in the sound settings of this computer."


def of_silence(reading: Reading, *, switched_off: bool) -> str:
    """How quiet it is where they sit."""
    trouble = _trouble(reading, switched_off=switched_off)
    if trouble:
        return trouble
    floor = reading.floor_dbfs
    if floor < _QUIET:
        told = "It is quiet where you are."
    elif floor < LOUD:
        told = "There is some noise where you are. That will do."
    else:
        told = "It is loud where you are. Can you switch something off, or close a window?"
    return f"{told} The noise is at {_dbfs(floor)}. {_OPTIONS}"


def of_speech(reading: Reading, silence: Reading, *, switched_off: bool) -> str:
    """How well somebody was heard."""
    trouble = _trouble(reading, switched_off=switched_off)
    if trouble:
        return trouble
    above = _above(reading, silence)
    if above < _BARELY:
        return f"I heard nobody above the noise. Please come closer, or turn the microphone up. {_OPTIONS}"
    if reading.clipped > CLIPPED:
        told = "You are too loud for this microphone, and it crackles. Please turn it down, or move it away."
    elif above < CLEAR:
        told = "I hear you, but the noise is nearly as loud. Please come closer."
    elif reading.speech_dbfs < _FAINT:
        told = "I hear you, but softly. Please turn the microphone up, or come closer."
    else:
        told = "I hear you well."
    return f"{told} Your voice is at {_dbfs(reading.speech_dbfs)}. {_OPTIONS}"


def of_echo(reading: Reading, speech: Reading) -> str:
    """How much the microphone hears of the guide."""
    if reading.problem:
        return f"{reading.problem} {_OPTIONS}"
    if reading.zero:
        return f"{_MUTED} {_OPTIONS}"
    if reading.echo_db is None or reading.echo_dbfs is None:
        return f"The microphone does not hear me at all. That is well with headphones. {_OPTIONS}"
    theirs = speech.speech_dbfs if speech.speech_dbfs > _FAINT else _USUAL_SPEECH
    over = reading.echo_dbfs - theirs
    if over < _LITTLE:
        told = "Little echo: the microphone hardly hears me."
    elif over < _STRONG:
        told = "Some echo: the microphone hears me, but less than you."
    else:
        told = (
            "Strong echo: the microphone hears me louder than you. Move it away from the loudspeaker,"
            " or turn the loudspeaker down."
        )
    against = f"{abs(reading.echo_db):.0f} decibels {'above' if reading.echo_db > 0 else 'below'}"
    return f"{told} My voice comes back {against} what I send out. {_OPTIONS}"


def somebody_spoke(speech: Reading, silence: Reading) -> bool:
    """Whether there is a sentence to be understood."""
    well = not (speech.problem or speech.zero)
    return well and _above(speech, silence) >= _BARELY


def _above(speech: Reading, silence: Reading) -> float:
    """Decibels by which somebody who speaks stands out of the noise."""
    unknown = silence.zero or silence.problem
    return speech.speech_dbfs - (_USUAL_NOISE if unknown else silence.floor_dbfs)


def _trouble(reading: Reading, *, switched_off: bool) -> str:
    if reading.problem:
        return f"{reading.problem} {_OPTIONS}"
    if reading.zero:
        return f"{_SWITCHED_OFF if switched_off else _MUTED} Please switch it on. {_OPTIONS}"
    return ""


def _dbfs(level: float) -> str:
    return f"{level:.0f} decibels"
