"""A Piper voice of one kilobyte that whispers a constant: the suite speaks with it where no model is."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

SAMPLES_AN_ID = 256
RATE = 22_050
LEVEL = 0.001


def write_silent_voice(folder: Path) -> Path:
    """Write `silent.onnx` and `silent.onnx.json` into `folder`, and give the folder back.

    It lasts 256 samples for each phoneme id, stretched by the length scale, as a real voice about does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_model(), str(folder / "silent.onnx"))
    settings = {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
    }
    (folder / "silent.onnx.json").write_text(json.dumps(settings), "utf-8")
    return folder


def _model() -> onnx.ModelProto:
    """output[1, 1, 1, ids * 256 * length scale], every sample `LEVEL`."""
    nodes = [
        helper.make_node("Cast", ["input_lengths"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Slice", ["scales", "one", "two"], ["length_scale"]),
        helper.make_node("Mul", ["ids", "length_scale"], ["stretched"]),
        helper.make_node("Cast", ["stretched"], ["count"], to=TensorProto.INT64),
        helper.make_node("Mul", ["count", "hop"], ["samples"]),
        helper.make_node("Concat", ["ones", "samples"], ["shape"], axis=0),
        helper.make_node(
            "ConstantOfShape",
            ["shape"],
            ["output"],
            value=helper.make_tensor("level", TensorProto.FLOAT, [1], [LEVEL]),
        ),
    ]
    numbers = {"one": [1], "two": [2], "hop": [SAMPLES_AN_ID], "ones": [1, 1, 1]}
    graph = helper.make_graph(
        nodes,
        "silent",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "ids"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [helper.make_tensor(name, TensorProto.INT64, [len(n)], n) for name, n in numbers.items()],
    )
    # Versions that every supported onnxruntime reads.
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
