"""What is kept of a sound to compare it with others: where it speaks, its colours, its sounds, its melody."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.speech.hearing.embedding import embed
from trainer.speech.hearing.levels import FRAME, Levels, Span
from trainer.speech.hearing.pitch import semitones
from trainer.speech.hearing.spectra import cepstra
from trainer.speech.sound import Sound

SCHEMA = 2
"""Of what is computed and how: features of another one are computed anew."""


@dataclass(frozen=True, slots=True)
class Features:
    """Of the speech, from its first to its last moment."""

    seconds: float
    pauses: tuple[Span, ...]
    """From the first moment of the speech."""
    cepstra: npt.NDArray[np.float32]
    """A row for each 20 ms."""
    sounds: npt.NDArray[np.float32]
    """The embedding, a row for each 80 ms; no row without the model."""
    pitch: npt.NDArray[np.float32]
    """Semitones above 1 Hz for each 10 ms; nan where there is no voice."""


def features_of(sound: Sound, levels: Levels, model: Path | None) -> Features:
    first, last = round(levels.start / FRAME), round(levels.end / FRAME)
    step = round(FRAME * sound.rate)
    speech = Sound(sound.samples[first * step : last * step], sound.rate)
    return Features(
        seconds=levels.speech_seconds,
        pauses=tuple((start - levels.start, end - levels.start) for start, end in levels.pauses),
        cepstra=cepstra(speech),
        sounds=embed(speech, model) if model else np.empty((0, 0), np.float32),
        pitch=semitones(sound, levels)[first:last].astype(np.float32),
    )


def pack(features: Features) -> bytes:
    file = BytesIO()
    np.savez(
        file,
        seconds=np.float64(features.seconds),
        pauses=np.array(features.pauses, np.float32).reshape(-1, 2),
        cepstra=features.cepstra.astype(np.float16),
        sounds=features.sounds.astype(np.float16),
        pitch=features.pitch,
    )
    return file.getvalue()


def unpack(data: bytes) -> Features:
    """Raises `ValueError`, `KeyError`, `OSError`, `EOFError` or `BadZipFile` for what was never packed."""
    with np.load(BytesIO(data), allow_pickle=False) as kept:
        return Features(
            seconds=float(kept["seconds"]),
            pauses=tuple((float(start), float(end)) for start, end in kept["pauses"]),
            cepstra=kept["cepstra"].astype(np.float32),
            sounds=kept["sounds"].astype(np.float32),
            pitch=kept["pitch"],
        )
