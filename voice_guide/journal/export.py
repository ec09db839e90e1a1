"""A record in the clear: as Markdown to read, as JSON for programs, as plain text for the terminal."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from voice_guide.journal.evening import Evening, State

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST_MARK = re.compile(r"^(\s*(?:\d+(?=[.)])|(?=[-+])))", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

_STATES = {
    State.UNDECIDED: "Not yet decided whether it is kept.",
    State.INTERRUPTED: "Interrupted: the record has no end.",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one partner said in one turn, all its lines joined."""

    who: str
    clock: str
    """Local time of day, hours and minutes."""
    text: str = field(repr=False)
    again: bool = False
    """Some of its words are not those that the guide heard at first: a better model heard them again."""

    @property
    def name(self) -> str:
        """Who said it, and whether it was heard again."""
        return f"{self.who} (heard again)" if self.again else self.who


def paragraphs(evening: Evening) -> Iterator[Paragraph]:
    """The evening's lines, grouped by turn and by who spoke."""
    for (_, who), group in itertools.groupby(evening.lines, key=lambda line: (line.turn, line.who)):
        lines = list(group)
        text = " ".join(line.text.strip() for line in lines)
        again = any(line.again for line in lines)
        yield Paragraph(_plain(who), _clock(evening, lines[0].at), _plain(text), again)


def remarks(evening: Evening) -> tuple[str, ...]:
    """What a reader has to know of the record: no words of it."""
    found = ["A rehearsal."] if evening.rehearsal else []
    if evening.state in _STATES:
        found.append(_STATES[evening.state])
    if evening.torn:
        found.append("It ends in the middle of a line, which is lost.")
    if evening.damaged:
        found.append(f"Damaged, and missing here: {evening.damaged} of its parts.")
    return tuple(found)


def title(evening: Evening) -> str:
    """The exercise's title, fit for a terminal."""
    return _plain(evening.info.title) if evening.info else "(title unreadable)"


def as_text(evening: Evening) -> str:
    """The evening for a terminal: no control character of a text gets there."""
    head = [title(evening), _subtitle(evening), *remarks(evening), ""]
    body = [f"{one.clock}  {one.name}: {one.text}" for one in paragraphs(evening)]
    return "\n".join([*head, *body]) + "\n"


def as_markdown(evening: Evening) -> str:
    """The evening as Markdown; what was said cannot become markup."""
    blocks = [f"# {_escaped(title(evening))}", _escaped(_subtitle(evening))]
    blocks += [f"*{remark}*" for remark in remarks(evening)]
    blocks += [
        f"**{_escaped(one.name)}** ({one.clock})\n\n{_escaped(one.text)}" for one in paragraphs(evening)
    ]
    return "\n\n".join(blocks) + "\n"


def as_json(evening: Evening) -> str:
    """The evening as one JSON object; its keys stay the same from version to version."""
    info = evening.info
    fields = {
        "id": evening.id,
        "exercise": info.exercise if info else None,
        "title": info.title if info else None,
        "started": info.started if info else None,
        "partners": list(info.partners) if info else [],
        "seal": info.seal if info else None,
        "state": evening.state,
        "rehearsal": evening.rehearsal,
        "damaged": evening.damaged + evening.torn,
        "lines": [
            {
                "seq": line.seq,
                "at": line.at,
                "turn": line.turn,
                "step": line.step,
                "who": line.who,
                "text": line.text,
                "sure": list(line.sure),
                "again": line.again,
            }
            for line in evening.lines
        ],
    }
    return json.dumps(fields, indent=2, ensure_ascii=False) + "\n"


def _subtitle(evening: Evening) -> str:
    if evening.info is None:
        return evening.id
    return (
        f"{' and '.join(map(_plain, evening.info.partners))}, {evening.info.started[:16].replace('T', ' ')}"
    )


def _clock(evening: Evening, at: float) -> str:
    if evening.info is None:
        return f"+{int(at // 60)} min"
    started = datetime.fromisoformat(evening.info.started)
    return f"{started + timedelta(seconds=at):%H:%M}"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).replace("\n", " ")


def _escaped(text: str) -> str:
    return _LIST_MARK.sub(r"\1\\", _MARKUP.sub(r"\\\1", text))
