"""No text, however odd, makes the loader fail in any way but its own."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.exercise.scripts_in_memory import GOOD, part
from voice_guide.exercise.load import load
from voice_guide.exercise.problems import Problem, ScriptErrors


def loads_or_tells(text: str) -> None:
    """Load the text; ScriptErrors is the only exception that may come of it."""
    found: tuple[Problem, ...] | None = None
    try:
        load(text, "s.yaml", part)
    except ScriptErrors as errors:
        found = errors.problems
    assert found is None or found
    assert all(problem.at.line >= 1 and problem.at.column >= 1 for problem in found or ())


@given(st.text())
@example("\ud800")
@example('"\\UFFFFFFFF"')
@example("%YAML 9.9\n---\na")
def test_any_text_loads_or_is_told_what_is_wrong(text: str) -> None:
    """No text makes the loader fail in any other way."""
    loads_or_tells(text)


MORE = """\
  - id: deep
    depth: 2
    manner: {pace: slow, ends: 8s}
    because: It is a test.
    steps:
      - choose: Tea, or coffee?
        of: both
        again: [Which?, Which of them?]
        between:
          tea: [{say: Tea., manner: {pause: 3s}}]
          coffee:
            - each: speaker
              steps:
                - {ask: "{speaker}?", of: speaker, answer: short, save: word}
                - recall: word
                  say: "You said: {word}."
  - include: parts/about
    with: {topic: "{first}'s day"}
"""
WHOLE = GOOD + MORE
"""A script that uses everything that the language has."""
LINES = WHOLE.splitlines()
WORDS = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "\n",
        "  ",
        '"',
        "'",
        "#",
        "&a ",
        "*a",
        "yes",
        "0",
        "{speaker}",
        "of: both",
        "|",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), WORDS), max_size=4))
def test_a_damaged_script_loads_or_is_told_what_is_wrong(damages: list[tuple[int, int, str]]) -> None:
    """Characters of a good script are cut out and others put in."""
    text = WHOLE
    for place, cut, put in damages:
        text = text[:place] + put + text[place + cut :]
    loads_or_tells(text)


@given(st.permutations(range(len(LINES))), st.integers(0, len(LINES)))
def test_a_shuffled_script_loads_or_is_told_what_is_wrong(order: list[int], keep: int) -> None:
    """Lines of a good script in another order, some of them lost."""
    loads_or_tells("\n".join(LINES[n] for n in sorted(order[:keep]) + order[keep : keep + 3]))


def test_the_whole_language_loads() -> None:
    """Else the damages above would be done to something broken already."""
    assert load(WHOLE, "s.yaml", part).steps
