"""Which model speaks, and which one listens, in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.models.models_fakes import Quiet, Registry, a_model, install, know
from voice_guide.errors import ModelError
from voice_guide.models import Role, find
from voice_guide.models import store as stored
from voice_guide.models.fetch import fetch
from voice_guide.models.manifest import Model, manifest, parse_languages, usual_models
from voice_guide.models.store import name_for, write_choice

SPANISH = {"es": {Role.TRANSCRIBER: "base", Role.VOICE: "davefx"}}
MODELS = {
    "tiny.en": (Role.TRANSCRIBER, ("en",)),
    "base": (Role.TRANSCRIBER, ("many",)),
    "joe": (Role.VOICE, ("en",)),
    "davefx": (Role.VOICE, ("es",)),
    "claude": (Role.VOICE, ("es",)),
    "silero": (Role.VAD, ("any",)),
    "smart-turn": (Role.TURN, ("any",)),
    "d-vector": (Role.SPEAKER, ("any",)),
}


def model(name: str) -> Model:
    """One of the models above."""
    role, languages = MODELS[name]
    return replace(a_model(name), role=role, languages=languages)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing installed; the manifest knows the models above, and what Spanish takes."""
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path))
    know(monkeypatch, *map(model, MODELS))

    def usual(language: str) -> Mapping[Role, str]:
        return SPANISH.get(language, {})

    monkeypatch.setattr(stored, "usual_models", usual)
    return tmp_path


def test_each_language_has_its_own_voice(home: Path) -> None:
    """The chosen voice, where it knows the language; else what the manifest has for that."""
    for name in MODELS:
        install(model(name), home)
    write_choice({"voice": "joe", "transcriber": "base"})
    assert (find("voice").name, find("voice", "es").name) == ("joe", "davefx")
    assert find("vad", "es").name == "silero"


def test_a_transcriber_of_many_languages_serves_all(home: Path) -> None:
    """What was chosen for this machine stays, if it can; tiny.en cannot."""
    for name in MODELS:
        install(model(name), home)
    write_choice({"transcriber": "base"})
    assert (find("transcriber").name, find("transcriber", "es").name) == ("base", "base")
    write_choice({"transcriber": "tiny.en"})
    assert (find("transcriber").name, find("transcriber", "es").name) == ("tiny.en", "base")


def test_a_chosen_voice_of_that_language_counts(home: Path) -> None:
    """`models fetch NAME --use` is obeyed in any language."""
    for name in MODELS:
        install(model(name), home)
    write_choice({"voice": "claude"})
    assert find("voice", "es").name == "claude"


def test_another_voice_of_that_language_is_better_than_none(home: Path) -> None:
    """Whoever has fetched one of their own need not fetch ours."""
    install(model("claude"), home)
    assert find("voice", "es").name == "claude"


def test_what_is_missing_names_the_language(home: Path) -> None:
    """With the command that brings it."""
    install(model("joe"), home)
    with pytest.raises(ModelError) as caught:
        find("voice", "es")
    assert str(caught.value) == (
        "The voice davefx is not installed. (Run: voice-guide models fetch --language es)"
    )


def test_a_damaged_voice_is_told_as_damaged(home: Path) -> None:
    """Not as missing."""
    folder = install(model("davefx"), home)
    next(path for path in folder.iterdir() if path.name.startswith("model")).write_bytes(b"")
    with pytest.raises(ModelError, match="The voice davefx is damaged"):
        find("voice", "es")


def test_fetch_brings_what_a_language_takes() -> None:
    """Silero, the voice of that language, and a transcriber that knows it."""
    write_choice({"transcriber": "tiny.en"})
    found = fetch([], Quiet(), Registry().ways(), language="es")
    assert [entry.name for entry in found] == ["silero", "davefx", "base", "smart-turn", "d-vector"]
    assert fetch([], Quiet(), Registry().ways(), language="es") == ()


def test_the_shipped_manifest_has_a_voice_for_every_translation() -> None:
    """And a transcriber that knows the language, or is fetched by its name."""
    known = {entry.name: entry.languages for entry in manifest()}
    roles = usual_models("es")
    assert roles[Role.VOICE] == "es_ES-davefx-medium"
    assert "many" in known[roles[Role.TRANSCRIBER]]
    assert name_for(Role.VOICE, "en") == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[language]]\ncode = "es"\nvoice = "v"\n', "language 1 of the file has no transcriber"),
        (
            '[[language]]\ncode = "spanish"\n',
            "language 1 of the file has a code that cannot be right: 'spanish'",
        ),
        (
            '[[language]]\ncode = "es"\nvoice = "v"\ntranscriber = "t"\nvad = "s"\n',
            "language 1 of the file has an unknown key: vad",
        ),
    ],
)
def test_a_wrong_entry_is_named(text: str, message: str) -> None:
    """As for the models themselves."""
    with pytest.raises(ModelError, match=message):
        parse_languages(text)
