"""What an evening can be, for this couple and tonight: who begins, how patient the guide is, what it offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voice_guide.errors import UsageError, VoiceGuideError
from voice_guide.exercise.flat import Program
from voice_guide.exercise.steps import Exercise
from voice_guide.history import Bookmark, History
from voice_guide.languages import language
from voice_guide.library import all_scripts, lasting_name, open_script, program_of, script_hash
from voice_guide.names import folded
from voice_guide.session import menu
from voice_guide.session.frame import framed
from voice_guide.session.notes import Offer
from voice_guide.session.turn_end import Manners
from voice_guide.session.voice import Voice
from voice_guide.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An exercise as it will be led tonight."""

    exercise: Exercise
    name: str
    """By which it can be opened again: its name, or the path of its file."""
    program: Program
    """With the machine's frame around it."""

    @property
    def own_steps(self) -> frozenset[str]:
        """Ids of the exercise's own steps."""
        return frozenset(step.id for step in program_of(self.exercise, self.program.partners).steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """The couple, what they chose at setup, and what is remembered of them."""

    couple: tuple[str, str]
    settings: Settings = field(default_factory=Settings)
    history: History = field(default_factory=History)
    protected: bool | None = None
    """Whether a passphrase guards the record; None if nothing is kept at all."""
    voices: bool = False
    """Whether the guide can learn who speaks."""

    @property
    def order(self) -> tuple[str, str]:
        """The two names, whoever begins tonight first."""
        return self._from(self.history.begins)

    def part(self, name: str, exercise: Exercise | None = None, *, greeted: bool = False) -> Part:
        """An exercise by name or file. Raises UsageError, StorageError, ScriptErrors."""
        exercise = exercise or open_script(name, self.settings.language)
        program = program_of(exercise, self.order)
        program = framed(program, protected=self.protected, greeted=greeted, voices=self.voices)
        return Part(exercise=exercise, name=lasting_name(name), program=program)

    def resumed(self) -> Part | None:
        """The interrupted evening, from the step that was not finished; None if it cannot be gone on with."""
        mark = self.history.interrupted
        if mark is None or not same(mark.starter, *self.couple):
            return None
        exercise = _unchanged(mark, self.settings.language)
        if exercise is None:
            return None
        program = program_of(exercise, self._from(mark.starter))
        if mark.step not in {step.id for step in program.steps}:
            return None
        whole = framed(program, protected=self.protected, greeted=True, voices=self.voices, start=mark.step)
        return Part(exercise=exercise, name=mark.exercise, program=whole)

    def manners(self) -> Manners:
        """Each partner's patience, in tonight's order."""
        first, second = (self.settings.patience[self._place(name)] for name in self.order)
        return Manners(patience=(first, second))

    def voice(self) -> Voice:
        """Pace and loudness as chosen."""
        return Voice(speed=self.settings.speed, loudness=self.settings.loudness)

    def sounds(self) -> dict[str, str]:
        """How each name is spelled for the voice, where that differs."""
        spelled = (self.settings.first_sounds, self.settings.second_sounds)
        return {name: sound for name in self.couple if (sound := spelled[self._place(name)])}

    def _place(self, name: str) -> int:
        """Whether setup calls this partner the first (0) or the second (1), whoever was named first tonight."""
        first, _ = self.settings.partners or self.couple
        return 0 if same(name, first) else 1

    def _from(self, starter: str) -> tuple[str, str]:
        first, second = self.couple
        return (second, first) if same(starter, second) else (first, second)


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What the menu offers tonight, and the menu itself."""

    offers: tuple[Offer, ...]
    program: Program
    left_out: tuple[str, ...]
    """Names of own exercises that cannot be used; `voice-guide check` says why."""
    exercises: Mapping[str, Exercise]
    """Read already: a file that vanishes while they choose leaves nobody in silence."""
    waiting: Part | None
    """The interrupted evening."""


def repertoire(tonight: Tonight) -> Repertoire:
    """All that may be offered, what is suggested, and whether an evening waits to be gone on with.

    Raises UsageError if there is no exercise, and the error of the last one if none can be used.
    """
    spoken = tonight.settings.language
    found, left_out = usable(spoken)
    every = _offers(found)
    offers = menu.allowed(every, tonight.history.done) or every
    after = {name: e.after for name, e in found}
    suggested = menu.suggestion(offers, tonight.history.done, after)
    offers = (suggested, *(offer for offer in offers if offer != suggested))  # as they are read
    waiting = tonight.resumed()
    program = menu.menu(
        tonight.order,
        offers,
        suggested,
        language(spoken),
        first=not tonight.history.done,
        interrupted=waiting.exercise.title if waiting is not None else "",
    )
    return Repertoire(offers, program, left_out, dict(found), waiting)


def _offers(found: Sequence[tuple[str, Exercise]]) -> tuple[Offer, ...]:
    """Each under a title of its own: a copy that kept its title is called by its file as well."""
    titles = Counter(exercise.title for _, exercise in found)
    offers = []
    for name, e in found:
        title = e.title if titles[e.title] == 1 else f"{e.title}, {name.replace('-', ' ')}"
        offers.append(Offer(name=name, title=title, summary=e.summary, minutes=e.minutes, depth=e.depth))
    return tuple(offers)


def usable(spoken: str) -> tuple[list[tuple[str, Exercise]], tuple[str, ...]]:
    """The exercises by name, and the names of those that cannot be used. Raises what `repertoire` raises."""
    found: list[tuple[str, Exercise]] = []
    broken: dict[str, VoiceGuideError] = {}
    for name in all_scripts(spoken):
        try:
            found.append((name, open_script(name, spoken)))
        except VoiceGuideError as error:
            broken[name] = error
    if not found:
        gone = UsageError(
            "There is no exercise to start.", "the folder scripts/ came with the program; is it gone?"
        )
        raise next(reversed(broken.values()), gone)
    return found, tuple(broken)


def gentlest(spoken: str) -> Exercise:
    """What a first evening would be offered. Raises what `usable` raises."""
    found, _ = usable(spoken)
    return min(found, key=lambda each: (each[1].depth, each[1].minutes))[1]


def same(name: str, *others: str) -> bool:
    """Whether this is how one of the others is called, in small letters or capitals."""
    return folded(name) in {folded(other) for other in others}


def _unchanged(mark: Bookmark, spoken: str) -> Exercise | None:
    try:
        exercise = open_script(mark.exercise, spoken)
    except VoiceGuideError:
        return None
    return exercise if script_hash(exercise) == mark.script_hash else None
