"""The runner's notebook: the machine's lines put into the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from voice_guide.errors import UsageError
from voice_guide.exercise.steps import Exercise
from voice_guide.home import Home, is_there
from voice_guide.journal.evening import EveningInfo, Said
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault import create_vault
from voice_guide.journal.vault_file import Mode, PublicVault, Vault, read_vault
from voice_guide.library import script_hash
from voice_guide.privacy.seal import how_closed
from voice_guide.session.effects import Record


class JournalNotebook:
    """An evening's record; its file is made when this is made."""

    def __init__(self, home: Home, vault: PublicVault, info: EveningInfo, *, rehearsal: bool) -> None:
        self._recorder = Recorder.create(home.sessions, vault, info, rehearsal=rehearsal)

    def append(self, line: Record) -> int:
        """Keep a line on the disk and give its number. Raises StorageError."""
        said = Said(
            at=line.said_at,
            turn=line.turn,
            step=line.step,
            who=line.who,
            text=line.text,
            mirrors=line.mirrors,
        )
        return self._recorder.append(said)

    def strike(self, turns: Collection[int]) -> Sequence[int]:
        """Remove the lines of these turns and what mirrors them; their numbers. Raises StorageError."""
        return self._recorder.strike(turns)

    def improve(self, seq: int, text: str, sure: tuple[int, ...]) -> bool:
        """Put better words in a line's place, also after the end; whether it is still there. Raises StorageError."""
        return self._recorder.improve(seq, text, sure)

    def close(self, kept: bool, reason: str) -> None:
        """End the record. Raises StorageError."""
        self._recorder.close(kept, reason)

    def discard(self) -> None:
        """Delete it. Raises StorageError."""
        self._recorder.discard()

    def abandon(self) -> None:
        """Let go of it as it is: it reads as interrupted."""
        self._recorder.abandon()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where tonight's record would go, and what would protect it; nothing is made before both consent."""

    home: Home
    passphrases: tuple[str, str] | None = field(default=None, repr=False)
    """For a vault that does not exist yet."""
    rehearsal: bool = False

    @property
    def vault_path(self) -> Path:
        """The couple's vault; for a rehearsal without one, a vault of its own."""
        if self.rehearsal and not is_there(self.home.vault):
            return self.home.rehearsal_vault
        return self.home.vault

    def vault(self) -> Vault | None:
        """The vault, if there is one. Raises StorageError, KeyProblem."""
        return read_vault(self.vault_path) if is_there(self.vault_path) else None

    @property
    def protected(self) -> bool:
        """Whether a passphrase guards the record."""
        vault = self.vault()
        return vault.mode is not Mode.NONE if vault is not None else self.passphrases is not None

    def partners(self) -> tuple[str, str] | None:
        """The names of the couple that the vault belongs to."""
        vault = self.vault()
        if vault is None:
            return None
        first, second = vault.partners
        return first.name, second.name

    def open(self, info: EveningInfo) -> JournalNotebook:
        """Begin tonight's record; the first one makes the vault. Raises StorageError, KeyProblem."""
        vault = self.vault() or self._new_vault(info.partners)
        return JournalNotebook(self.home, vault.public, info, rehearsal=self.rehearsal)

    def _new_vault(self, partners: tuple[str, str]) -> Vault:
        try:
            return create_vault(self.vault_path, partners, self.passphrases)
        except UsageError:
            made = self.vault()
            if made is None:
                raise
            return made  # by another program, while this one made its own: the couple has one vault


def evening_info(exercise: Exercise, partners: tuple[str, str], models: tuple[str, ...]) -> EveningInfo:
    """What the record says of the evening itself."""
    return EveningInfo(
        exercise=exercise.name,
        title=exercise.title,
        script_hash=script_hash(exercise),
        partners=partners,
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        models=models,
        seal=how_closed().value,
    )
