"""What a step is called among its siblings: the author's `id`, or kind and number; ids are paths of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from voice_guide.exercise.steps import (
    Ask,
    Choose,
    Deeper,
    Each,
    Include,
    Mirror,
    Recall,
    Say,
    Silence,
    Step,
    When,
)

RESERVED = frozenset(
    {"welcome", "rights", "voices", "consent", "write", "landing", "keep", "goodbye", "nothing-kept"}
)
"""Labels of the steps that the machine puts around every program; a script cannot use them."""

_KINDS = {
    Say: "say",
    Ask: "ask",
    Silence: "silence",
    Mirror: "mirror",
    Each: "each",
    When: "when",
    Deeper: "depth",
    Choose: "choose",
    Recall: "recall",
}


def labels(steps: Sequence[Step]) -> tuple[str, ...]:
    """The label of each step among its siblings.

    Steps with an `id` count, too, so that naming one does not rename the others.
    """
    seen: Counter[str] = Counter()
    found = []
    for step in steps:
        if isinstance(step, Include):
            kind = step.part.rpartition("/")[2]
            seen[kind] += 1
            label = kind if seen[kind] == 1 else f"{kind}-{seen[kind]}"
        else:
            kind = _KINDS[type(step)]
            seen[kind] += 1
            label = f"{kind}-{seen[kind]}"
        found.append(step.id or label)
    return tuple(found)
