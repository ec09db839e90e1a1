"""Reads the steps of a script and of its parts, and the rules that tie steps to one another."""

from __future__ import annotations

from collections.abc import Callable

from voice_guide.exercise import asks, blocks
from voice_guide.exercise.fields import Fields
from voice_guide.exercise.labels import RESERVED, labels
from voice_guide.exercise.manners import read_manner
from voice_guide.exercise.mirror import TOLD
from voice_guide.exercise.parts import Parts, ReadPart
from voice_guide.exercise.problems import Notes, listed, nearest
from voice_guide.exercise.saved import Saved
from voice_guide.exercise.scope import Scope
from voice_guide.exercise.source import Mapping, Node
from voice_guide.exercise.steps import Ask, Mirror, Position, Role, Say, Silence, Step

KINDS: dict[str, tuple[str, ...]] = {
    "say": ("say", "manner", "because", "id"),
    "ask": (*asks.KEYS, "because"),
    "silence": ("silence", "because", "id"),
    "mirror": ("mirror", "because", "id"),
    "recall": ("recall", "say", "manner", "because", "id"),
    "choose": ("choose", "of", "between", "again", "help", "manner", "because", "id"),
    "each": ("each", "steps", "manner", "because", "id"),
    "when": ("when", "steps", "manner", "because", "id"),
    "depth": ("depth", "steps", "manner", "because", "id"),
    "include": ("include", "with", "manner", "because", "id"),
}
"""The kinds of steps, each with the keys that it takes."""

_STEPS = "a list of steps, each behind a dash"
_LONGEST_SILENCE = 600.0  # seconds
_MOST_STEPS = 1000  # of a script with its parts; a long one has 100


class Reader:
    """Reads the steps of one script and its parts."""

    def __init__(self, notes: Notes, read_part: ReadPart) -> None:
        self.notes = notes
        self.parts = Parts(notes, read_part)
        self.saved = Saved(notes)
        self.waived: set[Position] = set()
        """Steps, and the script itself, whose author has said why a warning does not count there."""
        self._count = 0

    def steps(self, fields: Fields, scope: Scope) -> tuple[Step, ...]:
        """The steps under the key `steps`; broken ones are left out."""
        return self.read(fields.list("steps", _STEPS), scope)

    def read(self, nodes: tuple[Node, ...], scope: Scope) -> tuple[Step, ...]:
        """These steps; broken ones are left out."""
        read = [self._step(node, scope) for node in nodes]
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
            fields = Fields(node, KINDS[kind], self.notes)
            self.waive(fields)
            step = self._of_kind(kind, fields, scope)
            if step is not None and step.id is not None:
                self._note_id(step.id, fields.place("id"), scope)
        if step is None and scope.told is not None:
            scope.told.update((Role.SPEAKER, Role.LISTENER))  # who told is not known: no word about mirrors
        return step

    def waive(self, fields: Fields) -> None:
        """Note a `because`: a reason is needed, for whoever reads the script."""
        if fields.has("because") and fields.text("because", (), "why a warning does not count here"):
            self.waived.add(fields.at)

    def _kind(self, node: Node) -> str | None:
        begin = f"begin it with {listed(KINDS)} and a colon"
        if not isinstance(node, Mapping) or not node.entries:
            self.notes.add(node.at, "this is not a step", begin)
            return None
        keys = [key.text for key, _ in node.entries]
        kinds = [kind for kind in KINDS if kind in keys]
        if kinds[:1] == ["say"] and "recall" in kinds:
            kinds.remove("say")  # there it is what is said
        if not kinds:
            first = node.entries[0][0]
            hint = nearest(first.text, KINDS, begin)
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
        return _READ[kind](self, fields, scope)

    def ask(self, fields: Fields, scope: Scope) -> Ask | None:
        """A question, and the rules for whom it can be asked of."""
        ask = asks.read_ask(fields, scope.names, self.notes, scope.given)
        if ask is not None:
            self.somebody(ask.of, fields, scope)
        if fields.has("save"):
            self.saved.give(fields, ask)
        if scope.told is not None and ask is not None and ask.answer in TOLD:
            scope.told.add(ask.of)
        return ask

    def somebody(self, of: Role, fields: Fields, scope: Scope) -> None:
        """A problem if nobody is in this role here."""
        if of is not Role.BOTH and scope.told is None:
            hint = "write of: both, or move it under - each: speaker"
            self.notes.add(fields.place("of"), f"outside each nobody is the {of.value}", hint)


def _say(reader: Reader, fields: Fields, scope: Scope) -> Say | None:
    text = fields.text("say", scope.names, 'the words to say, as in say: "..."', scope.given)
    manner, id = read_manner(fields, reader.notes), fields.name("id")
    return None if text is None else Say(text=text, manner=manner, id=id, at=fields.at)


def _silence(reader: Reader, fields: Fields, scope: Scope) -> Silence | None:
    del reader, scope
    seconds = fields.duration("silence", _LONGEST_SILENCE)
    return None if seconds is None else Silence(seconds=seconds, id=fields.name("id"), at=fields.at)


def _mirror(reader: Reader, fields: Fields, scope: Scope) -> Mirror | None:
    form, notes = "write it as mirror: {of: listener}", reader.notes
    value = fields.node("mirror", form)
    if not isinstance(value, Mapping):
        if value is not None:
            notes.add(value.at, "a mirror says who says it back", form)
        return None
    hint = "the one who says it back: listener or speaker"
    of = Fields(value, ("of",), notes).one_of("of", Role, hint)
    if of is None:
        return None
    if of is Role.BOTH:
        notes.add(value.at, "only one partner can say something back", form)
    elif scope.told is None:
        notes.add(fields.at, "a mirror has a meaning only inside each", "move it under - each: speaker")
    else:
        teller = Role.SPEAKER if of is Role.LISTENER else Role.LISTENER
        if teller not in scope.told:
            hint = f"put an ask of: {teller.value} with answer: {listed(TOLD)} before it"
            notes.add(fields.at, f"there is nothing that the {of.value} could say back here", hint)
        scope.told.discard(teller)
    return Mirror(of=of, id=fields.name("id"), at=fields.at)


_READ: dict[str, Callable[[Reader, Fields, Scope], Step | None]] = {
    "say": _say,
    "ask": Reader.ask,
    "silence": _silence,
    "mirror": _mirror,
    "recall": blocks.recall,
    "choose": blocks.choose,
    "each": blocks.each,
    "when": blocks.when,
    "depth": blocks.deeper,
    "include": blocks.include,
}
