"""What the shell of setup finds out when the conversation asks for it: data, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice_guide.audio.naming import Outlet


@dataclass(frozen=True, slots=True)
class Looked:
    """The loudspeakers and microphones that there are."""

    loudspeakers: tuple[Outlet, ...] = ()
    microphones: tuple[Outlet, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """A sentence has been played to its end, or could not be."""

    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A few seconds of the microphone."""

    floor_dbfs: float = -100.0
    """Half of the time is more quiet than that."""
    speech_dbfs: float = -100.0
    """Mean level while somebody speaks."""
    clipped: float = 0.0
    """Part of the samples at full scale."""
    zero: bool = False
    """Not one sample differed from zero."""
    echo_db: float | None = None
    """The guide's voice at the microphone, over what was sent to the loudspeaker; None if it was not heard."""
    echo_dbfs: float | None = None
    """The same, as the microphone hears it."""
    lost: float = 0.0
    """Seconds that the driver lost."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the transcriber made of the last sentence; `repr` hides the words."""

    text: str = field(default="", repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """All that was chosen has been written down, or nothing of it."""

    problem: str = ""


Finding = Looked | Played | Reading | Understood | Written
