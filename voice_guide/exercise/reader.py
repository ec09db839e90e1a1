"""Reads the steps of a script and of its parts, and the rules that tie steps to one another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voice_guide.exercise import asks
from voice_guide.exercise.fields import Fields
from voice_guide.exercise.mirror import TOLD
from voice_guide.exercise.parts import Parts, ReadPart
from voice_guide.exercise.problems import Notes, listed, nearest
from voice_guide.exercise.program import RESERVED, labels
from voice_guide.exercise.saved import Saved
from voice_guide.exercise.source import Mapping, Node
from voice_guide.exercise.steps import (
    Ask,
    Each,
    Include,
    Mirror,
    Position,
    Role,
    Say,
    Silence,
    Step,
    When,
)

_KINDS: dict[str, tuple[str, ...]] = {
    "say": ("say", "id"),
    "ask": asks.KEYS,
    "silence": ("silence", "id"),
    "mirror": ("mirror", "id"),
    "each": ("each", "steps", "id"),
    "when": ("when", "steps", "id"),
    "include": ("include", "id"),
}
_STEPS = "a list of steps, each behind a dash"
_LONGEST_SILENCE = 600.0  # seconds
_MOST_STEPS = 2000  # of a script with its parts; a long one has 100


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a step stands: what it may name depends on it."""

    told: set[Role] | None = None
    """Inside `each`: who has told something that no mirror has said back; None outside."""
    parts: tuple[str, ...] = ()
    """The parts that are being read, the innermost last."""
    ids: dict[str, Position] = field(default_factory=dict)
    """Ids that this file has given so far."""

    @property
    def names(self) -> tuple[str, ...]:
        """The {names} that have a meaning here."""
        both = ("first", "second")
        return both if self.told is None else ("speaker", "listener", *both)


class Reader:
    """Reads the steps of one script and its parts."""

    def __init__(self, notes: Notes, read_part: ReadPart) -> None:
        self.notes = notes
        self._parts = Parts(notes, read_part)
        self._saved = Saved(notes)
        self._count = 0

    def steps(self, fields: Fields, scope: Scope) -> tuple[Step, ...]:
        """The steps under the key `steps`; broken ones are left out."""
        read = [self._step(node, scope) for node in fields.list("steps", _STEPS)]
        steps = tuple(step for step in read if step is not None)
        seen: dict[str, Step] = {}
        for step, label in zip(steps, labels(steps), strict=True):
            if label in RESERVED:
                self.notes.add(
                    step.at, f'"{label}" is the name of a step of the guide itself', "choose another"
                )
            twin = seen.setdefault(label, step)
            if twin is not step and (step.id is None or twin.id is None):
                self.notes.add(step.at, f'two steps here are called "{label}"', "give one of them another id")
        return steps

    def _step(self, node: Node, scope: Scope) -> Step | None:
        self._count += 1
        if self._count == _MOST_STEPS + 1:
            self.notes.add(node.at, f"with its parts, the script has over {_MOST_STEPS} steps", "shorten it")
        kind = self._kind(node) if self._count <= _MOST_STEPS else None
        step = None
        if kind is not None and isinstance(node, Mapping):
            fields = Fields(node, _KINDS[kind], self.notes)
            step = self._of_kind(kind, fields, scope)
            if step is not None and step.id is not None:
                self._note_id(step.id, fields.place("id"), scope)
        if step is None and scope.told is not None:
            scope.told.update((Role.SPEAKER, Role.LISTENER))  # who told is not known: no word about mirrors
        return step

    def _kind(self, node: Node) -> str | None:
        begin = f"begin it with {listed(_KINDS)} and a colon"
        if not isinstance(node, Mapping) or not node.entries:
            self.notes.add(node.at, "this is not a step", begin)
            return None
        keys = [key.text for key, _ in node.entries]
        kinds = [kind for kind in _KINDS if kind in keys]
        if not kinds:
            first = node.entries[0][0]
            hint = nearest(first.text, _KINDS, begin)
            self.notes.add(first.at, f'a step cannot begin with "{first.text}"', hint)
        elif len(kinds) > 1:
            at = next(key.at for key, _ in reversed(node.entries) if key.text in kinds)
            message = f"{listed(kinds, 'and')} cannot be in one step"
            self.notes.add(at, message, "begin a new step with a dash")
        return kinds[0] if len(kinds) == 1 else None

    def _note_id(self, id: str, at: Position, scope: Scope) -> None:
        if id in scope.ids:
            first = scope.ids[id].line
            self.notes.add(at, f'the id "{id}" stands here twice, first in line {first}', "choose another")
        scope.ids.setdefault(id, at)

    def _of_kind(self, kind: str, fields: Fields, scope: Scope) -> Step | None:
        match kind:
            case "say":
                text = fields.text("say", scope.names, 'the words to say, as in say: "..."')
                return None if text is None else Say(text=text, id=fields.name("id"), at=fields.at)
            case "silence":
                seconds = fields.duration("silence", _LONGEST_SILENCE)
                id = fields.name("id")
                return None if seconds is None else Silence(seconds=seconds, id=id, at=fields.at)
            case "ask":
                return self._ask(fields, scope)
            case "mirror":
                return self._mirror(fields, scope)
            case "each":
                return self._each(fields, scope)
            case "when":
                return self._when(fields, scope)
            case _:
                return self._include(fields, scope)

    def _ask(self, fields: Fields, scope: Scope) -> Ask | None:
        ask = asks.read_ask(fields, scope.names, self.notes)
        if ask is not None and ask.of is not Role.BOTH and scope.told is None:
            hint = "write of: both, or move it under - each: speaker"
            self.notes.add(fields.place("of"), f"outside each nobody is the {ask.of.value}", hint)
        if fields.has("save"):
            self._saved.give(fields, ask)
        if scope.told is not None and ask is not None and ask.answer in TOLD:
            scope.told.add(ask.of)
        return ask

    def _mirror(self, fields: Fields, scope: Scope) -> Mirror | None:
        form = "write it as mirror: {of: listener}"
        value = fields.node("mirror", form)
        if not isinstance(value, Mapping):
            if value is not None:
                self.notes.add(value.at, "a mirror says who says it back", form)
            return None
        hint = "the one who says it back: listener or speaker"
        of = Fields(value, ("of",), self.notes).one_of("of", Role, hint)
        if of is None:
            return None
        if of is Role.BOTH:
            self.notes.add(value.at, "only one partner can say something back", form)
        elif scope.told is None:
            message = "a mirror has a meaning only inside each"
            self.notes.add(fields.at, message, "move it under - each: speaker")
        else:
            teller = Role.SPEAKER if of is Role.LISTENER else Role.LISTENER
            if teller not in scope.told:
                hint = f"put an ask of: {teller.value} with answer: {listed(TOLD)} before it"
                self.notes.add(fields.at, f"there is nothing that the {of.value} could say back here", hint)
            scope.told.discard(teller)
        return Mirror(of=of, id=fields.name("id"), at=fields.at)

    def _each(self, fields: Fields, scope: Scope) -> Each | None:
        value = fields.word("each", "write each: speaker")
        if value is not None and value.text != "speaker":
            self.notes.add(value.at, f'each cannot go over "{value.text}"', "write each: speaker")
        if scope.told is not None:
            self.notes.add(fields.at, "an each stands inside another each", "end the first one before it")
        with self._saved.round():
            steps = self.steps(fields, replace(scope, told=set()))
        return Each(steps=steps, id=fields.name("id"), at=fields.at)

    def _when(self, fields: Fields, scope: Scope) -> When | None:
        form = "write it as when: {ready: yes}"
        value = fields.node("when", form)
        found = None
        if isinstance(value, Mapping) and len(value.entries) == 1:
            key, wanted = value.entries[0]
            found = (key.text, self._saved.value(key, wanted))
        elif value is not None:
            self.notes.add(value.at, "when compares one saved answer with one value", form)
        steps = self.steps(fields, scope)
        if found is None or found[1] is None:
            return None
        return When(key=found[0], equals=found[1], steps=steps, id=fields.name("id"), at=fields.at)

    def _include(self, fields: Fields, scope: Scope) -> Include | None:
        name = fields.word("include", "write it as include: parts/opening")
        inside = None if name is None else self._parts.open(name, scope.parts)
        if name is None or inside is None:
            return None
        inner = Scope(told=scope.told, parts=(*scope.parts, name.text))
        steps = self.steps(inside, inner)
        return Include(part=name.text, steps=steps, id=fields.name("id"), at=fields.at)
