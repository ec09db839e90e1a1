"""ONNX files, opened for a machine whose other core listens."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime

_HINT = "voice-guide models verify"


def open_model(file: Path, inputs: Collection[str], what: str, wrong: str) -> onnxruntime.InferenceSession:
    """The network in `file`, which takes exactly these `inputs`.

    Raises ModelError: that `what` cannot be read, or that the file is something else, in the words of `wrong`.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Little work at a time: a second thread, or one that spins in between, only costs.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(file, sess_options=options, providers=["CPUExecutionProvider"])
        found = {each.name for each in session.get_inputs()}
    except Exception as error:  # onnxruntime's errors share no base class of their own
        raise ModelError(f"{what} cannot be read from {file}.", _HINT) from error
    if found != set(inputs):
        raise ModelError(f"{file} {wrong}.", _HINT)
    return session
