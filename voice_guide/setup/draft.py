"""What is known so far: the settings as they would be written, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from voice_guide.audio.naming import Outlet
from voice_guide.settings import Settings
from voice_guide.setup.findings import Played, Reading, Understood, Written


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that the guide knows."""

    code: str
    name: str
    """In the language itself."""
    missing: bool
    """Its voice or its transcriber is not installed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What setup cannot change."""

    couple: tuple[str, str] | None = None
    """Whose record there is already."""
    voice: bool = True
    """The guide can speak, if there is a loudspeaker."""
    transcriber: bool = True
    terminal: bool = True
    """A passphrase can be typed unseen."""
    passphrase_file: bool = False
    """Passphrases come from a file."""
    languages: tuple[Tongue, ...] = ()
    """What the guide can speak, English first."""
    notes: tuple[str, ...] = ()
    """What is missing, in a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The settings so far; `repr` hides passphrases."""

    settings: Settings = field(default_factory=Settings)
    facts: Facts = field(default_factory=Facts)
    loudspeakers: tuple[Outlet, ...] = ()
    microphones: tuple[Outlet, ...] = ()
    anew: bool = False
    """They want to look once more at what is plugged in."""
    problem: str = ""
    """Why nothing was found."""
    played: Played = field(default_factory=Played)
    silence: Reading = field(default_factory=Reading)
    speech: Reading = field(default_factory=Reading)
    echo: Reading = field(default_factory=Reading)
    understood: Understood = field(default_factory=Understood)
    protect: bool = True
    """They want a passphrase each."""
    passphrases: tuple[str, str] = field(default=("", ""), repr=False)
    written: Written = field(default_factory=Written)
    """How writing all of it down went, once it was tried."""
    heard: bool = True
    """The loudspeaker works; until it was tried, that is supposed."""

    @property
    def speaks(self) -> bool:
        """Whether anything can be played."""
        return self.facts.voice and bool(self.loudspeakers)

    @property
    def listens(self) -> bool:
        """Whether the microphone can be tried."""
        return bool(self.microphones)


def put(draft: Draft, **chosen: Any) -> Draft:
    """The draft with other settings."""
    return replace(draft, settings=replace(draft.settings, **chosen))
