"""A sitting of setup without devices: what is typed goes in, what is seen and heard comes out, line by line.

A transcript holds both. `> ` stands before what is typed, `* ` before what is typed unseen, `(aloud)` before what
is spoken and not printed, or spoken otherwise than the line above it, and `(silent)` before what is printed only.
All other lines are printed and spoken alike, but that `[yes]` behind a question is spoken as `Enter means yes.`
`[...]` alone is what a fake device does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from voice_guide.audio.naming import Outlet
from voice_guide.errors import UsageError
from voice_guide.settings import Settings
from voice_guide.setup.draft import Draft, Facts
from voice_guide.setup.effects import What
from voice_guide.setup.findings import Looked, Played, Reading, Understood, Written
from voice_guide.setup.shell import converse

LOUDSPEAKERS = (Outlet("", "What this computer uses (now Built-in)"), Outlet("pulse:builtin", "Built-in"))
MICROPHONES = (Outlet("", "What this computer uses (now Table)"), Outlet("pulse:table", "Table"))

QUIET = Reading(floor_dbfs=-66.2)
CLEAR = Reading(floor_dbfs=-60.0, speech_dbfs=-27.4)
LITTLE = Reading(echo_db=-34.0, echo_dbfs=-54.0)


@dataclass
class Sitting:
    """Fakes that act as they are told, and the transcript of what comes of it."""

    draft: Draft = field(default_factory=lambda: draft())
    looks: list[Looked] = field(default_factory=list)
    """What is plugged in at each further look."""
    played: dict[str, str] = field(default_factory=dict)
    """Why the loudspeaker with this id plays nothing."""
    silence: list[Reading] = field(default_factory=lambda: [QUIET])
    speech: list[Reading] = field(default_factory=lambda: [CLEAR])
    echo: list[Reading] = field(default_factory=lambda: [LITTLE])
    """One for each measurement; the last one stays."""
    words: list[Understood] = field(default_factory=lambda: [Understood("A lamp and two cups.")])
    written: list[Written] = field(default_factory=lambda: [Written()])
    """What comes of each try to write all of it down; the last one stays."""
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._typed: Iterator[str] = iter(())
        self._settings = Settings()
        self._shown = ""
        self.secrets: list[bool] = []
        self.hushed = 0

    def type(self, lines: Iterable[str]) -> Sitting:
        """What will be typed."""
        self._typed = iter(lines)
        return self

    def run(self) -> Draft:
        """Ask everything; the draft at the end."""
        result = converse(self.draft, self, self, self.keep)
        self._silent()
        return result

    def tune(self, settings: Settings) -> None:
        """How it would sound from now on."""
        self._settings = settings

    def show(self, line: str) -> None:
        """Printed."""
        self._silent()
        self._shown = line

    def say(self, text: str) -> None:
        """Spoken."""
        shown, self._shown = self._shown, ""
        if shown:
            self.lines.append(shown)
        if text != shown and not _same_question(shown, text):
            self.lines.append(f"(aloud) {text}")

    def hush(self) -> None:
        """Somebody has typed."""
        self.hushed += 1

    def read(self, *, secret: bool) -> str:
        """Typed."""
        self._silent()
        self.secrets.append(secret)
        line = next(self._typed, None)
        if line is None:
            raise UsageError("The answers ended before setup did.")
        self.lines.append(f"{'*' if secret else '>'} {line}".rstrip())
        return line

    def look(self) -> Looked:
        """What is plugged in now."""
        self._act("looks anew")
        return self.looks.pop(0)

    def play(self, text: str) -> Played:
        """Played, if the loudspeaker does."""
        it = self._settings
        how = [f"speed {it.speed}"] * (it.speed != 1.0) + [f"{it.loudness:+.0f} dB"] * (it.loudness != 0.0)
        spelled = [s for s in (it.first_sounds, it.second_sounds) if s]
        how += [f"with {' and '.join(spelled)}"] * bool(spelled)
        where = it.loudspeaker or "the system's own"
        self._act(f"plays through {', '.join([where, *how])}: {text}")
        return Played(self.played.get(it.loudspeaker, ""))

    def measure(self, what: What, text: str) -> Reading:
        """The next reading of that kind."""
        where = self._settings.microphone or "the system's own"
        self._act(f"measures {what.name.lower()} at {where}" + (f", saying: {text}" if text else ""))
        readings = {What.SILENCE: self.silence, What.SPEECH: self.speech, What.ECHO: self.echo}[what]
        return readings.pop(0) if len(readings) > 1 else readings[0]

    def transcribe(self) -> Understood:
        """The next words."""
        self._act("transcribes")
        return self.words.pop(0) if len(self.words) > 1 else self.words[0]

    def keep(self, draft: Draft) -> Written:
        """Written down, or refused by the disk."""
        it = draft.settings
        self._act(f"writes down what {it.first} and {it.second} chose")
        return self.written.pop(0) if len(self.written) > 1 else self.written[0]

    def _act(self, what: str) -> None:
        self._silent()
        self.lines.append(f"[{what}]")

    def _silent(self) -> None:
        if self._shown:
            self.lines.append(f"(silent) {self._shown}")
            self._shown = ""


def _same_question(shown: str, spoken: str) -> bool:
    """Whether they differ only in how they tell what Enter does: `Shall I? [yes]`, `Shall I? Enter means yes.`"""
    asked = re.fullmatch(r"(.*) \[(.*)\]", shown)
    return asked is not None and spoken in (
        f"{asked[1]} Enter {how} {asked[2]}." for how in ("means", "keeps", "keeps number")
    )


def draft(
    settings: Settings | None = None,
    facts: Facts | None = None,
    loudspeakers: tuple[Outlet, ...] = LOUDSPEAKERS,
    microphones: tuple[Outlet, ...] = MICROPHONES,
) -> Draft:
    """What stands before the first question, on a machine where all is well."""
    return Draft(
        settings=settings or Settings(),
        facts=facts or Facts(),
        loudspeakers=loudspeakers,
        microphones=microphones,
    )


def typed_in(transcript: Path) -> Iterator[str]:
    """The lines that are typed in a transcript."""
    for line in transcript.read_text("utf-8").splitlines():
        if line[:1] in (">", "*"):
            yield line[2:]
