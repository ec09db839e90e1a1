"""What the two say in a rehearsal: from a file, and built in where the file has nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from voice_guide.errors import UsageError
from voice_guide.exercise.flat import Program, Purpose, Question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.tables import Invented
from voice_guide.names import composed
from voice_guide.session.counting import number

_FED = (AnswerKind.SHORT, AnswerKind.OPEN, AnswerKind.TIMED)
"""The kinds that entries without `step:` are fed to, in order for each partner."""

_KEYS = {"of", "text", "sound", "step"}
_SHAPE = "a list of {of: NAME, text: ...} or {of: NAME, sound: FILE}, with step: ID where it matters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One thing that somebody says."""

    text: str = field(default="", repr=False)
    sound: Path | None = None
    """A recording instead of words; it may hold pauses."""
    after: float = 1.0
    """Seconds from the end of the question to the first word."""
    breath: float = 0.7
    """Seconds between two sentences."""
    tears: bool = False
    """Somebody is moved between the sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an answers file."""

    of: str
    """A partner's name, or `both`."""
    reply: Reply
    step: str | None = None


def read_answers(path: Path, partners: tuple[str, str]) -> list[Entry]:
    """The entries of a file. Raises UsageError with the number of the entry that is wrong."""
    try:
        # Strings, lists and mappings only: "text: Yes" is a word, not a truth value.
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except OSError as error:
        raise UsageError(f"The answers in {path} cannot be read.", str(error.strerror)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        where = f":{place.line + 1}:{place.column + 1}" if place is not None else ""
        raise UsageError(f"{path}{where}: this is not YAML.", f"it has to be {_SHAPE}") from None
    if not isinstance(found, list):
        raise UsageError(f"{path} is no list.", f"it has to be {_SHAPE}")
    return [_entry(raw, f"{path}, entry {n}", path.parent, partners) for n, raw in enumerate(found, 1)]


def _entry(raw: object, where: str, folder: Path, partners: tuple[str, str]) -> Entry:
    if not isinstance(raw, dict) or not _known(raw):
        raise UsageError(f"{where}: this is not understood.", f"it has to be {_SHAPE}")
    of = composed(raw.get("of", ""))
    if of not in (*partners, "both"):
        raise UsageError(f"{where}: nobody is called {of!r}.", f"of: {partners[0]}, {partners[1]} or both")
    if "text" in raw:
        reply = Reply(text=raw["text"])
    else:
        sound = folder / raw["sound"]
        if not sound.is_file():
            raise UsageError(f"{where}: there is no sound {sound}.", "name a file beside the answers")
        reply = Reply(sound=sound)
    return Entry(of=of, reply=reply, step=raw.get("step"))


def _known(raw: dict[object, object]) -> bool:
    plain = all(isinstance(value, str) and value for value in raw.values())
    return plain and set(raw) <= _KEYS and ("text" in raw) != ("sound" in raw)


def refuse_unknown_steps(entries: Iterable[Entry], program: Program) -> None:
    """Raises UsageError if an entry is meant for a question that this evening does not have."""
    ids = [step.id for step in program.steps if isinstance(step, Question)]
    for step in (entry.step for entry in entries if entry.step is not None):
        if not any(_names(step, id) for id in ids):
            raise UsageError(
                f"No question of this evening is called {step!r}.", "voice-guide read NAME shows their ids"
            )


class Couple:
    """Two people who answer whatever they are asked."""

    def __init__(self, program: Program, words: Invented, entries: Iterable[Entry] = ()) -> None:
        self._program = program
        self._words = words
        self._entries = list(entries)
        self._said: dict[str, int] = {}
        self._count = 0
        """Answers so far, for tempers that change with the evening."""
        self._interrupted = False

    def reply(self, question: Question, who: str) -> Reply:
        """What `who` (a name, or `both`) says to a question: from the file as long as it lasts."""
        for entry in self._entries:
            if self._fits(entry, question, who):
                self._entries.remove(entry)
                return entry.reply
        return self._usual(question, who)

    def back(self, why: str) -> str:
        """What ends a pause, a break, or a time off the record."""
        return self._words.back_on_record if why == "off_record" else self._words.goes_on

    def _usual(self, question: Question, who: str) -> Reply:
        """What they say if nobody has written an answer for them."""
        return Reply(text=self._built_in(question, who))

    def _fits(self, entry: Entry, question: Question, who: str) -> bool:
        if entry.step is not None:
            at_step = _names(entry.step, question.id)
            return at_step and (entry.of == who or "both" in (entry.of, who))
        return entry.of == who and question.answer in _FED

    def _built_in(self, question: Question, who: str) -> str:
        words = self._words
        acts = {Purpose.CONSENT: words.consent, Purpose.WRITE: words.write, Purpose.KEEP: words.keep}
        if question.purpose is Purpose.MISSING:
            return words.nothing_missing
        if question.answer is AnswerKind.CHOICE:
            return question.choices[0]
        if question.purpose in acts:
            return acts[question.purpose]
        if question.answer is AnswerKind.YES_NO:
            return words.yes
        if question.answer is AnswerKind.NUMBER:
            seven = number(words.seven, self._program.language, question.low, question.high)
            return words.seven if seven else f"{question.high or question.low}."
        if question.purpose is Purpose.LANDING:
            return _next(words.landing[self._voice(who)], self._said, who)
        told = {AnswerKind.SHORT: words.short, AnswerKind.OPEN: words.open, AnswerKind.TIMED: words.timed}
        lines = words.mirrors if question.mirrors else told[question.answer]
        own = words.together if who == "both" and not question.mirrors else lines[self._voice(who)]
        return _next(own, self._said, f"{who} {question.answer} {bool(question.mirrors)}")

    def _voice(self, who: str) -> int:
        return self._program.partners.index(who) if who in self._program.partners else 0


def _next(lines: tuple[str, ...], said: dict[str, int], key: str) -> str:
    """The next of these lines, from the first again after the last."""
    said[key] = said.get(key, -1) + 1
    return lines[said[key] % len(lines)]


def _names(step: str, id: str) -> bool:
    """Whether an entry's `step` is this id, or its last part."""
    return id == step or id.endswith("/" + step)
