"""Where in a sound there is speech, and how far it stands out from what is behind it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trainer.speech.sound import Sound

FRAME = 0.01
"""Seconds."""
PAUSE = 0.25
"""Seconds from which on a silence within the speech is a pause; stops such as a long t or kk are shorter."""
SHORTEST_RUN = 0.04
"""Seconds that something loud must last to be more than a click."""
DEEPEST = 30.0
"""Decibels below its loud moments at which speech still counts."""
ABOVE_NOISE = 10.0
SILENCE = -100.0
"""Decibels that digital silence counts as."""
CLIPPED = 0.999
LOUD, FAINT = 0.05, 0.1
"""The speech is as loud as this share of the frames are at least, what is behind it as this share are at most."""
MOST_LOUD = 20
"""Frames that need be so loud at most: a short word in a long recording is speech too."""

Floats = npt.NDArray[np.float64]
Span = tuple[float, float]
"""From when to when, in seconds."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What is loud when."""

    seconds: float
    start: float
    """Of the first speech; so `end` of the last. Both 0 where there is none."""
    end: float
    loud: float
    """Decibels below full scale (negative) of the speech."""
    snr: float
    """Decibels of the speech above what is behind it."""
    peak: float
    clipped: float
    """The share of all samples at the very limit."""
    pauses: tuple[Span, ...]
    """Within the speech, from the beginning of the sound."""
    is_speech: npt.NDArray[np.bool_]
    """Of each frame."""

    @property
    def speech_seconds(self) -> float:
        return self.end - self.start


def levels_of(sound: Sound) -> Levels:
    level = _decibels(sound)
    faint, loud = _faint_and_loud(level)
    least = max(loud - DEEPEST, faint + min(ABOVE_NOISE, (loud - faint) / 2))
    runs = _runs(level > least, round(SHORTEST_RUN / FRAME))
    is_speech = np.zeros(level.size, bool)
    for start, end in runs:
        is_speech[start:end] = True
    magnitude = np.abs(sound.samples)
    return Levels(
        seconds=sound.samples.size / sound.rate,
        start=runs[0][0] * FRAME if runs else 0.0,
        end=runs[-1][1] * FRAME if runs else 0.0,
        loud=loud,
        snr=loud - faint,
        peak=float(magnitude.max(initial=0.0)),
        clipped=float((magnitude >= CLIPPED).mean()) if magnitude.size else 0.0,
        pauses=tuple(
            (before[1] * FRAME, after[0] * FRAME)
            for before, after in pairwise(runs)
            if (after[0] - before[1]) * FRAME > PAUSE
        ),
        is_speech=is_speech,
    )


def _faint_and_loud(level: Floats) -> tuple[float, float]:
    if level.size == 0:
        return SILENCE, SILENCE
    ordered = np.sort(level)
    return float(ordered[int(FAINT * level.size)]), float(ordered[-1 - min(int(LOUD * level.size), MOST_LOUD)])


def _decibels(sound: Sound) -> Floats:
    """Of each whole frame."""
    frame = round(FRAME * sound.rate)
    whole = sound.samples[: sound.samples.size // frame * frame].reshape(-1, frame).astype(np.float64)
    power = (whole**2).mean(axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (SILENCE / 10))))


def _runs(is_loud: npt.NDArray[np.bool_], shortest: int) -> list[tuple[int, int]]:
    """First and after-last frame of each stretch, of those that are long enough."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_loud, [False]]).astype(np.int8)))
    pairs = edges.reshape(-1, 2).tolist()
    return [(start, end) for start, end in pairs if end - start >= shortest]
