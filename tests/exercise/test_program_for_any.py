"""Unrolling, for any script: unique ids, jumps that go forward, both partners alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from tests.english import unroll
from voice_guide.exercise.flat import RECALLED, FlatStep, Line, Program, Question, Skip, Who
from voice_guide.exercise.steps import (
    AnswerKind,
    Ask,
    Choose,
    Deeper,
    Each,
    Exercise,
    Include,
    Mirror,
    Position,
    Recall,
    Role,
    Say,
    Silence,
    Step,
    When,
)

AT = Position("s.yaml", 1, 1)
PARTNERS = ("Ana", "Ben")
SWAPPED = {Who.FIRST: Who.SECOND, Who.SECOND: Who.FIRST, Who.BOTH: Who.BOTH}

Plan = tuple[str, tuple["Plan", ...]]
"""Kind of a step and the plans of the steps inside; saves and keys are put in by `built`."""

LEAVES = ("say", "silence", "ask", "named", "yes-no", "mirror", "recall")


def plans(leaves: tuple[str, ...], depth: int) -> st.SearchStrategy[tuple[Plan, ...]]:
    """Lists of steps, with `when` and `include` inside one another."""
    leaf = st.tuples(st.sampled_from(leaves), st.just(()))
    if depth == 0:
        return st.lists(leaf, max_size=4).map(tuple)
    inner = plans(leaves, depth - 1)
    blocks = st.tuples(st.sampled_from(("when", "include", "choose")), inner)
    return st.lists(leaf | blocks, max_size=4).map(tuple)


EACH = st.tuples(st.just("each"), plans(LEAVES, 2))
TOGETHER = st.tuples(st.sampled_from(("include", "deeper")), plans(("say", "silence", "both"), 1))
DEEPER = st.tuples(st.just("deeper"), st.lists(EACH | TOGETHER, max_size=2).map(tuple))


def built(plan: tuple[Plan, ...], numbers: Callable[[], int], keys: list[str]) -> tuple[Step, ...]:
    """The steps of a plan; a `when` compares the last answer saved, if there is one."""
    steps: list[Step] = []
    for kind, inside in plan:
        n = numbers()
        if kind == "when" and keys:
            key = keys[-1]
            steps.append(When(key=key, equals=n % 2 == 0, steps=built(inside, numbers, keys), at=AT))
        elif kind in ("include", "when"):
            steps.append(Include(part=f"parts/p{n % 2}", steps=built(inside, numbers, keys), at=AT))
        elif kind == "deeper":
            steps.append(Deeper(depth=2 + n % 2, steps=built(inside, numbers, keys), at=AT))
        elif kind == "choose":
            steps.append(choose(inside, n, numbers, keys))
        elif kind == "recall":
            steps += recall(n)
        elif kind == "each":
            steps.append(Each(steps=built(inside, numbers, []), at=AT))
        elif kind == "mirror":
            steps.append(Mirror(of=(Role.LISTENER, Role.SPEAKER)[n % 2], at=AT))
        elif kind == "silence":
            steps.append(Silence(seconds=n + 1.0, at=AT))
        elif kind == "say":
            steps.append(Say(text=f"{n} {{first}}, {{second}}", at=AT))
        else:
            steps.append(ask(kind, n, keys))
    return tuple(steps)


def choose(inside: tuple[Plan, ...], n: int, numbers: Callable[[], int], keys: list[str]) -> Choose:
    """Two ways, the second of them empty but for one sentence; who chooses depends on nothing here."""
    question = Ask(text=f"{n}?", of=Role.BOTH, answer=AnswerKind.CHOICE, choices=("tea", "rum"), at=AT)
    ways = (("tea", built(inside, numbers, list(keys))), ("rum", (Say(text=f"{n}", at=AT),)))
    return Choose(ask=question, between=ways, at=AT)


def recall(n: int) -> list[Step]:
    """A short answer, and the same said again."""
    key = f"word{n}"
    told = Ask(text=f"{{speaker}} {n}?", of=Role.SPEAKER, answer=AnswerKind.SHORT, save=key, at=AT)
    return [told, Recall(key=key, of=Role.SPEAKER, text=f"{{speaker}}: {RECALLED}", at=AT)]


def ask(kind: str, n: int, keys: list[str]) -> Ask:
    """An ask of some kind; `yes-no` saves its answer."""
    if kind == "both":
        return Ask(text=f"{n}?", of=Role.BOTH, answer=AnswerKind.OPEN, at=AT)
    if kind == "yes-no":
        keys.append(f"key{n}")
        return Ask(text=f"{{speaker}} {n}?", of=Role.SPEAKER, answer=AnswerKind.YES_NO, save=keys[-1], at=AT)
    id = f"id{n}" if kind == "named" else None
    of = (Role.LISTENER, Role.SPEAKER)[n % 2]
    return Ask(
        text="{listener} {speaker}?", of=of, answer=AnswerKind.SHORT, again=("{speaker}",), id=id, at=AT
    )


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """Any script that the loader could let through (some of its mirrors have nothing to say back)."""
    counter = count()
    steps = built(tuple(draw(st.lists(EACH | TOGETHER | DEEPER, max_size=4))), lambda: next(counter), [])
    return Exercise(name="x", title="X", summary="X", minutes=5, depth=1, steps=steps, at=AT)


@given(exercises())
def test_ids_are_unique(exercise: Exercise) -> None:
    """An id names one step, or the record could not say what was answered."""
    ids = [step.id for step in unroll(exercise, PARTNERS).steps]
    assert len(set(ids)) == len(ids)


@given(exercises())
def test_skips_go_forward_and_end_inside_or_right_after_the_program(exercise: Exercise) -> None:
    """No script can run for ever, or fall off its end."""
    steps = unroll(exercise, PARTNERS).steps
    for place, step in enumerate(steps):
        if isinstance(step, Skip):
            assert place < step.target <= len(steps)


@given(exercises())
def test_skips_compare_answers_that_were_asked_for_before(exercise: Exercise) -> None:
    """The key of a skip is that of a question above it, and only of one; or empty, where it always goes on."""
    known: list[str] = []
    for step in unroll(exercise, PARTNERS).steps:
        if isinstance(step, Question):
            known += {step.id, step.save or step.id}
        if isinstance(step, Skip) and step.key:
            assert known.count(step.key) == 1
        if isinstance(step, Line) and step.recalls:
            assert known.count(step.recalls) == 1


@given(exercises())
def test_mirrors_point_back_at_questions_that_the_other_partner_answers(exercise: Exercise) -> None:
    """What is said back was told before, by the one who does not say it back."""
    before: dict[str, Question] = {}
    for step in unroll(exercise, PARTNERS).steps:
        if isinstance(step, Question):
            assert all(before[id].who is SWAPPED[step.who] for id in step.mirrors)
            before[step.id] = step


@given(exercises())
def test_both_rounds_of_each_correspond_one_to_one(exercise: Exercise) -> None:
    """Each partner gets the same steps: the second round is the first with the partners exchanged."""
    first = [bare(step) for step in relative(unroll(exercise, PARTNERS)) if "@first/" in step.id]
    second = [bare(step) for step in relative(unroll(exercise, PARTNERS)) if "@second/" in step.id]
    assert [exchanged(step) for step in first] == second


def relative(program: Program) -> list[FlatStep]:
    """The steps, with the length of each jump in place of its target."""
    return [
        replace(step, target=step.target - place) if isinstance(step, Skip) else step
        for place, step in enumerate(program.steps)
    ]


def bare(step: FlatStep) -> FlatStep:
    """A step without its words, which hold names."""
    if isinstance(step, Question):
        return replace(step, text="", again=(), help="")
    return replace(step, text="") if isinstance(step, Line) else step


def exchanged(step: FlatStep) -> FlatStep:
    """A step of the first round as it must stand in the second."""
    id = step.id.replace("@first", "@second")
    if isinstance(step, Skip):
        return replace(step, id=id, key=step.key.replace("@first", "@second"))
    if isinstance(step, Question):
        mirrors = tuple(one.replace("@first", "@second") for one in step.mirrors)
        save = step.save and step.save.replace("@first", "@second")
        return replace(step, id=id, who=SWAPPED[step.who], mirrors=mirrors, save=save)
    if isinstance(step, Line):
        return replace(step, id=id, recalls=step.recalls.replace("@first", "@second"))
    return replace(step, id=id)


@given(exercises(), st.text(), st.text())
def test_all_but_the_words_is_independent_of_names(exercise: Exercise, one: str, other: str) -> None:
    """An evening can be taken up again after a name was corrected."""
    renamed, usual = unroll(exercise, (one, other)), unroll(exercise, PARTNERS)
    assert [bare(step) for step in renamed.steps] == [bare(step) for step in usual.steps]


@given(exercises())
def test_unrolling_twice_gives_the_same_program(exercise: Exercise) -> None:
    """Nothing but the script and the names decides."""
    assert unroll(exercise, PARTNERS) == unroll(exercise, PARTNERS)
