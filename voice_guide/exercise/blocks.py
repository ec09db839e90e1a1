"""Reads the steps that hold other steps, or that depend on what was said before."""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from dataclasses import replace
from typing import TYPE_CHECKING

from voice_guide.exercise import asks
from voice_guide.exercise.fields import Fields, put_in
from voice_guide.exercise.flat import RECALLED
from voice_guide.exercise.manners import read_manner
from voice_guide.exercise.problems import Notes, listed, nearest
from voice_guide.exercise.scope import Scope
from voice_guide.exercise.source import Mapping, Scalar, Sequence
from voice_guide.exercise.steps import (
    AnswerKind,
    Ask,
    Choose,
    Deeper,
    Each,
    Include,
    Recall,
    Role,
    Step,
    When,
)

if TYPE_CHECKING:
    from voice_guide.exercise.reader import Reader

_PARAMETER = re.compile(r"[a-z]{1,20}")
_TAKEN = ("speaker", "listener", "first", "second")
_BETWEEN = "as in between: {tea: [...], coffee: [...]}, with steps below each"


def each(reader: Reader, fields: Fields, scope: Scope) -> Each | None:
    """Steps that run once for each partner."""
    value = fields.word("each", "write each: speaker")
    if value is not None and value.text != "speaker":
        reader.notes.add(value.at, f'each cannot go over "{value.text}"', "write each: speaker")
    if scope.told is not None:
        reader.notes.add(fields.at, "an each stands inside another each", "end the first one before it")
    with reader.saved.round():
        steps = reader.steps(fields, replace(scope, told=set()))
    return Each(steps=steps, manner=read_manner(fields, reader.notes), id=fields.name("id"), at=fields.at)


def when(reader: Reader, fields: Fields, scope: Scope) -> When | None:
    """Steps that depend on an earlier answer."""
    form = "write it as when: {ready: yes}"
    value = fields.node("when", form)
    found = None
    if isinstance(value, Mapping) and len(value.entries) == 1:
        key, wanted = value.entries[0]
        found = (key.text, reader.saved.value(key, wanted))
    elif value is not None:
        reader.notes.add(value.at, "when compares one saved answer with one value", form)
    steps, manner = reader.steps(fields, scope), read_manner(fields, reader.notes)
    if found is None or found[1] is None:
        return None
    return When(key=found[0], equals=found[1], steps=steps, manner=manner, id=fields.name("id"), at=fields.at)


def deeper(reader: Reader, fields: Fields, scope: Scope) -> Deeper | None:
    """Steps for which both consent anew."""
    depth = fields.whole("depth", 2, 3)
    if scope.told is not None:
        hint = "put the each inside it, so that both are asked once"
        reader.notes.add(fields.at, "a depth stands inside each", hint)
    if depth is not None and depth > scope.depth:
        hint = f"write depth: {depth} at the head of the script, or go less deep here"
        reader.notes.add(fields.place("depth"), "this goes deeper than the script says", hint)
    steps = reader.steps(fields, scope)
    if depth is None:
        return None
    manner = read_manner(fields, reader.notes)
    return Deeper(depth=depth, steps=steps, manner=manner, id=fields.name("id"), at=fields.at)


def choose(reader: Reader, fields: Fields, scope: Scope) -> Choose | None:
    """Several ways on, of which they choose one."""
    text = fields.text("choose", scope.names, 'the question, as in choose: "..."', scope.given)
    of = fields.one_of("of", Role, "who chooses: speaker, listener or both")
    again, help = asks.read_more(fields, scope.names, scope.given)
    manner, id = read_manner(fields, reader.notes), fields.name("id")
    if of is not None:
        reader.somebody(of, fields, scope)
    between = _between(reader, fields, scope)
    if text is None or of is None or not between:
        return None
    choices = tuple(name for name, _ in between)
    ask = Ask(
        text=text, of=of, answer=AnswerKind.CHOICE, choices=choices, again=again, help=help, manner=manner,
        at=fields.at,
    )  # fmt: skip
    return Choose(ask=ask, between=between, manner=manner, id=id, at=fields.at)


def _between(reader: Reader, fields: Fields, scope: Scope) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    value = fields.node("between", _BETWEEN)
    if not isinstance(value, Mapping):
        if value is not None:
            reader.notes.add(value.at, "between has an entry for each choice", _BETWEEN)
        return ()
    asks.check_choices([key for key, _ in value.entries], fields.place("between"), reader.notes)
    found = []
    for key, steps in value.entries:
        if not isinstance(steps, Sequence) or not steps.items:
            reader.notes.add(key.at, f'no steps follow the choice "{key.text}"', _BETWEEN)
            continue
        found.append((" ".join(key.text.split()), reader.read(steps.items, scope)))
    return tuple(found)


def recall(reader: Reader, fields: Fields, scope: Scope) -> Recall | None:
    """Words that somebody said in a short answer, said again if their speaker wishes that."""
    key = fields.word("recall", "the name under which a short answer was saved")
    ask = None if key is None else reader.saved.words(key)
    if key is None or ask is None:
        return None
    form = f'what the guide says, with {{{key.text}}} in it, as in say: "You said: {{{key.text}}}."'
    text = fields.text("say", (*scope.names, key.text), form, scope.given)
    if text is None:
        return None
    if f"{{{key.text}}}" not in text:
        reader.notes.add(fields.place("say"), f"{{{key.text}}} is missing in what is said", form)
    return Recall(
        key=key.text, of=ask.of, text=put_in(text, {key.text: RECALLED}),
        manner=read_manner(fields, reader.notes), id=fields.name("id"), at=fields.at,
    )  # fmt: skip


def include(reader: Reader, fields: Fields, scope: Scope) -> Include | None:
    """A part, with the texts that it needs."""
    name = fields.word("include", "write it as include: parts/opening")
    inside = None if name is None else reader.parts.open(name, scope.parts)
    given = _given(fields, scope, reader.notes)
    if name is None or inside is None:
        return None
    needs = (
        [need.text for need in inside.words("needs", "as in needs: [topic]")] if inside.has("needs") else []
    )
    _fits(name, fields, given, needs, reader.notes)
    inner = Scope(
        depth=scope.depth, told=scope.told, parts=(*scope.parts, name.text),
        given={need: given.get(need, "") for need in needs if _PARAMETER.fullmatch(need)},
    )  # fmt: skip
    steps, manner = reader.steps(inside, inner), read_manner(fields, reader.notes)
    return Include(part=name.text, steps=steps, manner=manner, id=fields.name("id"), at=fields.at)


def _given(fields: Fields, scope: Scope, notes: Notes) -> Mapped[str, str]:
    form = 'as in with: {topic: "what is hard"}'
    value = fields.node("with", form) if fields.has("with") else None
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        notes.add(value.at, "with has an entry for each text", form)
        return {}
    keys = tuple(key.text for key, _ in value.entries)
    inside = Fields(value, keys, notes)
    found = {key: inside.text(key, scope.names, "a text", scope.given) for key in dict.fromkeys(keys)}
    return {key: text for key, text in found.items() if text is not None}


def _fits(name: Scalar, fields: Fields, given: Mapped[str, str], needs: list[str], notes: Notes) -> None:
    """Whether a part gets what it needs, and nothing else."""
    for need in needs:
        if not _PARAMETER.fullmatch(need) or need in _TAKEN:
            notes.add(
                name.at,
                f'{name.text} needs "{need}", which cannot be a name',
                "small letters only, as in topic",
            )
        elif need not in given:
            notes.add(name.at, f'{name.text} needs a text for "{need}"', f'as in with: {{{need}: "..."}}')
    for extra in given:
        if extra not in needs:
            hint = nearest(extra, needs, f"it needs {listed(needs, 'and')}" if needs else "it needs none")
            notes.add(fields.place("with"), f'{name.text} has no use for "{extra}"', hint)
