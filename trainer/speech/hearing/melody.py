"""Two melodies on one time axis: where the voice goes up and down, as the model's does or not."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from trainer.speech.hearing.alignment import Path
from trainer.speech.hearing.levels import FRAME, Span
from trainer.speech.hearing.spectra import STEP

MOST_POINTS = 240
"""Of an overlay that is kept: more are not seen."""
FLAT = 0.4
"""Of the model's range, below which a take is flatter than the model."""
LEAST_RANGE = 2.0
"""Semitones that the model must move for anybody to be flatter."""
LOW, HIGH = 5, 95
"""The percentiles between which a voice moves."""
_APART = 5
"""Frames of 20 ms between which a voice goes up or down: over less, alignment is too rough to compare them."""
_SMOOTHED = 3
"""Frames."""
_MOVES = 1.0
"""Semitones from which on the model moves."""
_FEWEST_MOVES = 10
_SHORTEST_STRETCH = 5
_BRIDGED = 2
CLOSE, PARTLY = 0.7, 0.5
"""Shares of the moving moments that go the same way."""

Floats = npt.NDArray[np.float64]


class ToneBand(StrEnum):
    CLOSE = "close"
    PARTLY = "partly"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ToneVerdict:
    """How far the voice goes the model's ways. `is_provisional` where that has been measured on too little."""

    band: ToneBand
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class PitchOverlay:
    """Both melodies on the model's time axis, in semitones above each voice's own median; None without voice."""

    step: float
    """Seconds from one point to the next."""
    model: tuple[float | None, ...]
    take: tuple[float | None, ...]
    is_flat: bool
    """The take moves much less than the model."""
    tone: ToneVerdict | None
    """None where melody tells no words apart, or the model voice cannot be trusted with it."""
    disagreements: tuple[Span, ...]
    """Where they go different ways, in seconds of the axis; empty without a verdict."""


@dataclass(frozen=True, slots=True)
class Melodies:
    """Both, for each frame of the model."""

    model: Floats
    take: Floats
    take_range: float
    model_range: float

    @property
    def is_flat(self) -> bool:
        return self.model_range >= LEAST_RANGE and self.take_range < FLAT * self.model_range


def melodies(take: npt.NDArray[np.float32], model: npt.NDArray[np.float32], path: Path) -> Melodies | None:
    """None if either has no voice."""
    if np.isnan(take).all() or np.isnan(model).all():
        return None
    own, others = _centred(take), _centred(model)
    places = np.arange(path.second[-1] + 1)
    met = np.interp(places, path.second, path.first)
    return Melodies(
        model=_at(others, places * STEP), take=_at(own, met * STEP), take_range=_range(own), model_range=_range(others)
    )


def agreement(found: Melodies) -> float | None:
    """The share of moments at which the model moves and the take goes the same way; None if there are too few."""
    model, take = _moves(found.model), _moves(found.take)
    counts = ~np.isnan(take) & (np.abs(np.nan_to_num(model)) >= _MOVES)
    if counts.sum() < _FEWEST_MOVES:
        return None
    return float((np.sign(model[counts]) == np.sign(take[counts])).mean())


def correlation(found: Melodies) -> float | None:
    both = ~np.isnan(found.model) & ~np.isnan(found.take)
    if both.sum() < _FEWEST_MOVES:
        return None
    model, take = found.model[both], found.take[both]
    if model.std() < 0.1 or take.std() < 0.1:
        return 0.0
    return float(np.corrcoef(model, take)[0, 1])


def tone_of(share: float | None, *, is_provisional: bool) -> ToneVerdict | None:
    if share is None:
        return None
    band = ToneBand.CLOSE if share >= CLOSE else ToneBand.PARTLY if share >= PARTLY else ToneBand.DIFFERENT
    return ToneVerdict(band, is_provisional)


def disagreements(found: Melodies) -> tuple[Span, ...]:
    """The stretches, long enough to be heard, in which the model moves and the take goes the other way."""
    model, take = _moves(found.model), _moves(found.take)
    with np.errstate(invalid="ignore"):
        is_off = (np.abs(model) >= _MOVES) & (np.sign(model) != np.sign(take)) & ~np.isnan(take)
    places = np.flatnonzero(is_off)
    if not places.size:
        return ()
    runs = np.split(places, np.flatnonzero(np.diff(places) > _BRIDGED + 1) + 1)
    return tuple(
        (float(run[0] * STEP), float((run[-1] + _APART + 1) * STEP))
        for run in runs
        if run[-1] - run[0] + 1 >= _SHORTEST_STRETCH
    )


def overlay(found: Melodies, tone: ToneVerdict | None) -> PitchOverlay:
    every = -(-found.model.size // MOST_POINTS)
    return PitchOverlay(
        step=STEP * every,
        model=_points(found.model[::every]),
        take=_points(found.take[::every]),
        is_flat=found.is_flat,
        tone=tone,
        disagreements=disagreements(found) if tone is not None else (),
    )


def _centred(pitch: npt.NDArray[np.float32]) -> Floats:
    return np.asarray(pitch - np.nanmedian(pitch), np.float64)


def _range(pitch: Floats) -> float:
    low, high = np.nanpercentile(pitch, (LOW, HIGH))
    return float(high - low)


def _at(pitch: Floats, seconds: Floats) -> Floats:
    """The pitch at each of these times: the mean of what is voiced there and just after."""
    first = np.clip((seconds / FRAME).astype(np.int64), 0, pitch.size - 1)
    here, next_ = pitch[first], pitch[np.minimum(first + 1, pitch.size - 1)]
    mean = np.where(np.isnan(here), next_, np.where(np.isnan(next_), here, (here + next_) / 2))
    return np.asarray(mean)


def _moves(pitch: Floats) -> Floats:
    """Semitones from each frame to one a little later."""
    smooth = _smoothed(pitch)
    return np.concatenate([smooth[_APART:] - smooth[:-_APART], np.full(min(_APART, pitch.size), np.nan)])[: pitch.size]


def _smoothed(pitch: Floats) -> Floats:
    """The mean of each frame and those beside it that have a pitch."""
    is_voiced = ~np.isnan(pitch)
    beside = np.ones(_SMOOTHED)
    sums = np.convolve(np.where(is_voiced, pitch, 0), beside, "same")[: pitch.size]
    counts = np.convolve(is_voiced, beside, "same")[: pitch.size]
    return np.where(is_voiced, sums / np.maximum(counts, 1), np.nan)


def _points(pitch: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(each) else round(float(each), 1) for each in pitch)
