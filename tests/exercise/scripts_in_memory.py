"""A script that uses the whole language, parts good and bad, and ways to load them; no disk."""

from __future__ import annotations

import pytest

from voice_guide.errors import ExitCode, UsageError
from voice_guide.exercise.load import load
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.exercise.steps import Exercise

HEAD = "title: T\nsummary: S\nminutes: 5\ndepth: 1\nsteps:\n"
GOOD = """\
title: What I'm afraid of
summary: Each guesses what the other fears.
minutes: 20
depth: 2          # 1 gentle, 2 open, 3 exposed
after: [eye-level]
steps:
  - include: parts/opening
  - ask: "On a scale, how awake are you?"
    of: both
    answer: number
    low: 1
    high: 10
    save: awake
  - when: {awake: 1}
    steps:
      - say: Then rest first.
  - each: speaker
    id: fear
    steps:
      - ask: "{listener}, what is {speaker} afraid of?"
        of: listener
        answer: short
        again: "{listener}, guess."
        help: "You can say pass."
      - ask: >
          {speaker}, take three minutes
          to tell it.
        of: speaker
        answer: timed
        minutes: 1.5
      - mirror:
          of: listener
      - ask: "{speaker}, tea, or none at all?"
        of: speaker
        answer: choice
        choices: [tea, no]
        save: cup
      - when: {cup: no}
        steps:
          - silence: 1m30s
  - ask: "Shall we go on?"
    of: both
    answer: yes-no
    save: on
  - when:
      on: yes
    steps:
      - ask: "Talk as long as you like."
        of: both
        answer: timed
        minutes: no limit
"""
PARTS = {
    "parts/opening": "steps:\n  - say: Hello, {first} and {second}.\n",
    "parts/about": 'needs: [topic]\nsteps:\n  - say: "Now about {topic}, {first}."\n',
    "parts/telling": 'steps:\n  - ask: "{speaker}?"\n    of: speaker\n    answer: open\n    id: tell\n',
    "parts/bad": "steps:\n  - sya: x\n",
    "parts/broken": 'steps:\n  - say: "x\n',
    "parts/ring": "steps:\n  - include: parts/round\n",
    "parts/round": "steps:\n  - include: parts/ring\n",
    "parts/keep": "steps:\n  - say: x\n",
    "parts/list": "- say: x\n",
    "parts/many": "steps:\n" + "  - include: parts/more\n" * 100,
    "parts/more": "steps:\n" + "  - say: x\n" * 100,
    **{f"parts/deep{n}": f"steps:\n  - include: parts/deep{n + 1}\n" for n in range(9)},
}


def part(name: str) -> str:
    """The text of a part, from memory."""
    if name not in PARTS:
        raise UsageError(f"there is no part {name}", "did you mean parts/opening?")
    return PARTS[name]


def good(text: str) -> Exercise:
    """The exercise in this text."""
    return load(text, "dir/s.yaml", part)


def problems(text: str) -> list[str]:
    """What the loader says about this text, one string for a problem."""
    with pytest.raises(ScriptErrors) as caught:
        load(text, "s.yaml", part)
    assert caught.value.exit_code is ExitCode.WRONG
    return str(caught.value).splitlines()
