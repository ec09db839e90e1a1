"""Errors that a person can act on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; other programs rely on them."""

    WELL = 0
    WRONG = 1
    USAGE = 2
    DEVICE = 3
    MODEL = 4
    STORAGE = 5
    KEY = 6
    SEAL = 7
    INTERRUPTED = 130
    TERMINATED = 143


class VoiceGuideError(Exception):
    """One sentence that says what happened, and a hint that says what to do.

    Neither may hold a word that a partner said: errors reach terminals and logs.
    """

    exit_code = ExitCode.WRONG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(VoiceGuideError):
    """What was typed cannot be meant."""

    exit_code = ExitCode.USAGE


class DeviceError(VoiceGuideError):
    """A microphone or loudspeaker is missing, busy or gone."""

    exit_code = ExitCode.DEVICE


class ModelError(VoiceGuideError):
    """A model is missing, damaged or cannot be fetched."""

    exit_code = ExitCode.MODEL


class StorageError(VoiceGuideError):
    """The disk refused to read or to keep something."""

    exit_code = ExitCode.STORAGE


class KeyProblem(VoiceGuideError):
    """A passphrase or a key does not fit."""

    exit_code = ExitCode.KEY
