"""`voice-guide setup`: names, devices, patience and all else that is chosen once, without sight if need be."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from voice_guide import models
from voice_guide.cli.passphrases import add_passphrase_file, read_passphrases
from voice_guide.errors import ExitCode, KeyProblem, ModelError, StorageError, UsageError, VoiceGuideError
from voice_guide.home import data_home, is_there, storage_error, where_home_is
from voice_guide.journal.vault_file import read_vault
from voice_guide.settings import Settings, read_settings, try_file, write_settings

if TYPE_CHECKING:
    from pathlib import Path

    from voice_guide.setup.draft import Draft
    from voice_guide.setup.equipment import Equipment
    from voice_guide.setup.findings import Written

_UNCHANGED = "Nothing was changed."
_TRIAL = "#" * 16_384
"""More than the settings and a vault together."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("setup", help="choose names, devices and manners, once; can be repeated")
    parser.add_argument("--quiet", action="store_true", help="print only; nothing is spoken")
    parser.add_argument("--plain", action="store_true", help="plain lines; none is wrapped")
    add_passphrase_file(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask everything, then write it at once. Raises VoiceGuideError; until the end nothing is changed."""
    from voice_guide.audio.devices import hushed_drivers

    phrases = read_passphrases(args.passphrase_file) if args.passphrase_file else None
    _try_home()
    terminal = _Terminal(wraps=sys.stdout.isatty() and not args.plain)
    with hushed_drivers():  # they would write between the questions
        draft, equipment = _prepared(args.quiet, by_file=phrases is not None)
        try:
            _ask(draft, equipment, terminal, phrases)
        finally:
            equipment.close()
    return ExitCode.WELL


def _try_home() -> None:
    """Write for a try where all is written at the end, and leave nothing of it behind. Raises StorageError."""
    home = where_home_is()
    missing = [folder for folder in (home.sessions, *home.sessions.parents) if not is_there(folder)]
    try:
        data_home()
        try_file(home.settings, _TRIAL)
    finally:
        for folder in missing:
            with contextlib.suppress(OSError):  # it was not made, or is in use by now
                folder.rmdir()


def _ask(draft: Draft, equipment: Equipment, terminal: _Terminal, phrases: tuple[str, str] | None) -> None:
    from voice_guide.setup.shell import converse

    pen = _Pen(phrases)
    try:
        converse(draft, equipment, terminal, pen)
    except KeyboardInterrupt:
        if pen.unused:
            print(f"\n{_UNCHANGED}")
        raise
    except UsageError:
        if pen.failure is None:
            raise
        raise pen.failure from None  # whoever types nothing more is told of the disk
    equipment.wait()


def _prepared(quiet: bool, *, by_file: bool) -> tuple[Draft, Equipment]:
    """What stands before the first question. Raises StorageError, KeyProblem."""
    from voice_guide.setup.draft import Draft, Facts
    from voice_guide.setup.equipment import Equipment
    from voice_guide.setup.tongues import tongues
    from voice_guide.speaking.piper import PiperVoice

    home, notes = where_home_is(), []
    couple = _couple(home.vault)
    settings = Settings()
    try:
        settings = read_settings(home.settings) or settings
    except StorageError as error:
        notes.append(f"{error.message} So I ask everything anew.")
    if couple and settings.partners is None:
        settings = Settings(first=couple[0], second=couple[1])
    voice, transcriber = (None if quiet and role == "voice" else _model(role, notes) for role in _ROLES)
    equipment = Equipment(PiperVoice(voice) if voice else None, transcriber)
    found = equipment.look(anew=False)
    facts = Facts(
        couple=couple,
        voice=voice is not None,
        transcriber=transcriber is not None,
        terminal=sys.stdin.isatty(),
        passphrase_file=by_file,
        languages=tongues(),
        notes=tuple(notes),
    )
    draft = Draft(
        settings=settings,
        facts=facts,
        loudspeakers=found.loudspeakers,
        microphones=found.microphones,
        problem=found.problem,
    )
    return draft, equipment


_ROLES = {
    "voice": "My voice is not installed, so I only print. voice-guide models fetch brings it.",
    "transcriber": "I have nothing yet that makes out words. voice-guide models fetch brings it.",
}


def _model(role: str, notes: list[str]) -> Path | None:
    try:
        return models.find(role).folder
    except ModelError:
        notes.append(_ROLES[role])
        return None


def _couple(vault: Path) -> tuple[str, str] | None:
    if not is_there(vault):
        return None
    first, second = read_vault(vault).partners
    return first.name, second.name


class _Pen:
    """Writes what was chosen, whenever the conversation asks for it."""

    def __init__(self, phrases: tuple[str, str] | None) -> None:
        self._phrases = phrases
        self.unused = True
        """Nothing has been changed, nor is just being changed."""
        self.failure: VoiceGuideError | None = None
        """Why the last try failed."""

    def __call__(self, draft: Draft) -> Written:
        """Try it. Raises UsageError for what no other try would mend."""
        from voice_guide.setup.findings import Written
        from voice_guide.setup.voice import in_words

        self.unused, self.failure = False, None
        try:
            _keep(draft, self._phrases)
        except (StorageError, KeyProblem) as error:
            self.failure = error
        except OSError as error:  # a disk that goes away refuses where nobody expected it
            self.failure = storage_error("What you chose cannot be written", error)
        self.unused = self.failure is not None
        return Written(in_words(self.failure) if self.failure else "")


def _keep(draft: Draft, phrases: tuple[str, str] | None) -> None:
    """The vault, if they want one, and the settings: both or neither. Raises StorageError, KeyProblem, UsageError."""
    home = data_home()
    made = None
    phrases = phrases or (draft.passphrases if all(draft.passphrases) else None)
    if phrases and draft.facts.couple is None:
        from voice_guide.journal.vault import create_vault  # loads the crypto library

        # Before the settings: an evening that finds settings and no vault would seal its words without a passphrase.
        made = create_vault(home.vault, (draft.settings.first, draft.settings.second), phrases)
    try:
        write_settings(home.settings, draft.settings)
    except (OSError, StorageError):
        if made is not None:
            made.path.unlink(missing_ok=True)  # nothing has been sealed to it yet
        raise


def _wrapped(line: str) -> list[str]:
    """Cut between words only; a screen reader reads on over the ends of lines, an eye does not."""
    width = shutil.get_terminal_size().columns - 1
    return textwrap.wrap(line, max(20, width), break_long_words=False, break_on_hyphens=False)


class _Terminal:
    """Plain lines on stdout, typed lines from stdin, a terminal or not."""

    def __init__(self, *, wraps: bool) -> None:
        self._wraps = wraps

    def show(self, line: str) -> None:
        """Print a line; letters that the terminal lacks become question marks."""
        encoding = sys.stdout.encoding or "utf-8"
        known = line.encode(encoding, "replace").decode(encoding)
        print("\n".join(_wrapped(known)) if self._wraps else known, flush=True)

    def read(self, *, secret: bool) -> str:
        """The next line. Raises UsageError at the end of input."""
        try:
            line = self._secret() if secret else self._line()
        except UnicodeDecodeError:
            return "\ufffd"  # refused as any other answer that does not fit
        except OSError:
            line = ""  # the terminal is gone
        if not line:
            raise UsageError(
                f"The answers ended before setup did. {_UNCHANGED}", "run voice-guide setup again"
            )
        return line.rstrip("\r\n")

    def _line(self) -> str:
        if sys.stdin.isatty():
            print("> ", end="", flush=True)
        return sys.stdin.readline()

    def _secret(self) -> str:
        try:
            return getpass.getpass("> ") + "\n"
        except EOFError:
            return ""
