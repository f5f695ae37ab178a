"""How high a voice is from moment to moment, by YIN (de Cheveigné and Kawahara 2002), in semitones."""

import numpy as np
import numpy.typing as npt

from trainer.speech.hearing.levels import FRAME, Levels
from trainer.speech.hearing.recordings import RATE
from trainer.speech.sound import Sound, halve_rate

LOWEST, HIGHEST = 60.0, 500.0
"""Hertz."""
_WINDOW = 0.025
_CLEAR = 0.15
"""Of YIN's difference: the first dip below it is the period."""
_VOICED = 0.3
"""The deepest dip must be below it, or the moment has no pitch."""
_SHORTEST_RUN = 3
"""Frames that a pitch must last."""
_LEAP = 8.0
"""Semitones from what is around it, beyond which a frame is taken for an octave error."""
_AROUND = 25
"""Frames on each side that are around it."""

Floats = npt.NDArray[np.float64]


def semitones(sound: Sound, levels: Levels) -> Floats:
    """Of each frame of `levels`, above 1 Hz; nan where there is no voice."""
    if levels.is_speech.size == 0:
        return np.empty(0)
    half = halve_rate(sound) if sound.rate == RATE else sound
    difference = _difference(half, levels.is_speech.size)
    period, depth = _periods(difference)
    is_voiced = levels.is_speech & (depth < _VOICED)
    found = np.where(is_voiced, 12 * np.log2(half.rate / period), np.nan)
    return _without_flickers(_within_octave(found))


def _difference(sound: Sound, count: int) -> Floats:
    """YIN's cumulative mean normalised difference: a row for each frame, a column for each lag from 0."""
    window, longest = round(_WINDOW * sound.rate), int(sound.rate / LOWEST) + 2
    step = round(FRAME * sound.rate)
    whole = window + longest
    padded = np.pad(sound.samples.astype(np.float64), (whole // 2, whole))
    frames = np.lib.stride_tricks.sliding_window_view(padded, whole)[step // 2 :: step][:count]
    size = 1 << int(np.ceil(np.log2(whole)))
    start = np.fft.rfft(frames[:, :window], size, axis=1)
    product = np.fft.irfft(np.conj(start) * np.fft.rfft(frames, size, axis=1), size, axis=1)[:, :longest]
    energy = np.pad(np.cumsum(frames**2, axis=1), ((0, 0), (1, 0)))
    each = energy[:, window : window + longest] - energy[:, :longest]
    raw = np.maximum(each[:, :1] + each - 2 * product, 0)
    sums = np.cumsum(raw[:, 1:], axis=1)
    normal = np.ones_like(raw)
    normal[:, 1:] = raw[:, 1:] * np.arange(1, longest) / np.maximum(sums, 1e-12)
    return normal


def _periods(difference: Floats) -> tuple[Floats, Floats]:
    """The period of each frame in samples, and how deep its dip is."""
    shortest = int(RATE / 2 / HIGHEST)
    inner = difference[:, shortest:-1]
    is_dip = (inner <= difference[:, shortest - 1 : -2]) & (inner <= difference[:, shortest + 1 :])
    is_clear = is_dip & (inner < _CLEAR)
    lag = np.where(is_clear.any(axis=1), is_clear.argmax(axis=1), np.where(is_dip, inner, np.inf).argmin(axis=1))
    rows = np.arange(len(difference))
    place = lag + shortest
    left, here, right = (difference[rows, place + offset] for offset in (-1, 0, 1))
    bend = left - 2 * here + right
    shift = np.divide(left - right, 2 * bend, out=np.zeros_like(bend), where=bend > 1e-9)
    return place + np.clip(shift, -1, 1), here


def _within_octave(found: Floats) -> Floats:
    """Frames an octave off what is around them are brought back; what is as far off otherwise has no pitch."""
    if np.isnan(found).all():
        return found
    padded = np.pad(found, _AROUND, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1)
    usual = np.full(found.size, np.nan)
    is_voiced = ~np.isnan(found)
    usual[is_voiced] = np.nanmedian(around[is_voiced], axis=1)
    off = found - usual
    mended = np.where(np.abs(off) > _LEAP, found - 12 * np.sign(off), found)
    return np.where(np.abs(mended - usual) > _LEAP, np.nan, mended)


def _without_flickers(found: Floats) -> Floats:
    """Without voices of a frame or two, which are noise."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~np.isnan(found), [False]]).astype(np.int8)))
    kept = found.copy()
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start < _SHORTEST_RUN:
            kept[start:end] = np.nan
    return kept
