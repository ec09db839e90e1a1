"""The JSON Schema of scripts, so that editors complete and check while somebody types.

It knows keys, kinds and values; what ties steps to one another (names, saved answers, both partners alike) only
`voice-guide check` can tell. `voice-guide check --schema` prints it, and `scripts/exercise.schema.json` holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from voice_guide.exercise.fields import MOST_AGAIN, NAME
from voice_guide.exercise.load import HEADER
from voice_guide.exercise.reader import KINDS
from voice_guide.exercise.steps import AnswerKind, Role

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_NAME: Schema = {"type": "string", "pattern": f"^{NAME.pattern}$"}
_STEPS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}}
_DURATION: Schema = {"type": ["string", "number"], "description": "20s, 2 min or 1m30s"}
_OF: Schema = {"enum": [role.value for role in Role]}
_TEXTS: Schema = {"type": "object", "additionalProperties": _TEXT}

_VALUES: dict[str, Schema] = {
    "say": {**_TEXT, "description": "The guide speaks."},
    "ask": {**_TEXT, "description": "The guide asks and listens."},
    "of": _OF,
    "answer": {"enum": [kind.value for kind in AnswerKind]},
    "choices": {"type": "array", "minItems": 2, "maxItems": 6, "items": {"type": ["string", "number", "boolean"]}},
    "low": {"type": "integer"},
    "high": {"type": "integer"},
    "minutes": {"anyOf": [{"type": "number", "minimum": 0.25, "maximum": 120}, {"const": "no limit"}]},
    "again": {"anyOf": [_TEXT, {"type": "array", "minItems": 1, "maxItems": MOST_AGAIN, "items": _TEXT}]},
    "help": {**_TEXT, "description": "What the guide says to help; end it with a way out."},
    "save": _NAME,
    "id": _NAME,
    "silence": {**_DURATION, "description": "Nobody is asked anything; a chime ends it."},
    "mirror": {"type": "object", "required": ["of"], "additionalProperties": False, "properties": {"of": _OF}},
    "recall": {**_NAME, "description": "A short answer, said again with its speaker's yes."},
    "choose": {**_TEXT, "description": "The partners choose one of several ways on."},
    "between": {"type": "object", "minProperties": 2, "maxProperties": 6, "additionalProperties": _STEPS},
    "each": {"const": "speaker", "description": "Its steps run once for each partner."},
    "when": {"type": "object", "minProperties": 1, "maxProperties": 1},
    "depth": {"enum": [1, 2, 3], "description": "1 gentle, 2 open, 3 exposed; as a step it asks both afresh."},
    "include": {"type": "string", "pattern": "^parts/"},
    "with": _TEXTS,
    "steps": _STEPS,
    "manner": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "pace": {
                "anyOf": [
                    {"enum": ["slow", "calm", "brisk"]},
                    {"type": "number", "minimum": 0.8, "maximum": 1.25},
                ]
            },
            "pause": _DURATION,
            "ends": _DURATION,
            "nudge": _DURATION,
        },
    },
    "because": {**_TEXT, "description": "Why a warning does not count here."},
    "title": _TEXT,
    "summary": {**_TEXT, "description": "One sentence that says what happens."},
    "record": {"enum": ["yes", "no", True, False], "description": "no: nothing of it is ever written down."},
    "after": {"type": "array", "items": _NAME},
    "language": {"type": "string", "pattern": "^[a-z]{2}$", "description": "Two letters; en if there is none."},
    "say-as": {**_TEXTS, "description": "Words, and how they are spelled for the voice."},
}  # fmt: skip


def schema() -> Schema:
    """The whole schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An exercise of Voice Guide",
        **_mapping(HEADER, ("title", "summary", "minutes", "depth", "steps")),
        "$defs": {"step": {"oneOf": [_mapping(keys, _needed(kind)) for kind, keys in KINDS.items()]}},
    }


def _needed(kind: str) -> tuple[str, ...]:
    more = {
        "ask": ("of", "answer"),
        "each": ("steps",),
        "when": ("steps",),
        "depth": ("steps",),
        "recall": ("say",),
        "choose": ("of", "between"),
    }
    return (kind, *more.get(kind, ()))


def _mapping(keys: Iterable[str], needed: tuple[str, ...]) -> Schema:
    properties = {key: _VALUES[key] for key in keys}
    return {
        "type": "object",
        "required": list(needed),
        "additionalProperties": False,
        "properties": properties,
    }
