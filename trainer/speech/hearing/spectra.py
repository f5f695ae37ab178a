"""Mel cepstra: the colour of each moment of a sound, to align two and, without the model, to tell them apart."""

from functools import cache

import numpy as np
import numpy.typing as npt

from trainer.speech.sound import Sound

STEP = 0.02
"""Seconds from one frame to the next."""
_WINDOW = 512
_BANDS, _CEPSTRA = 26, 12
_LOWEST, _HIGHEST = 80.0, 7000.0
_FLOOR = 1e-7

Floats = npt.NDArray[np.float32]


def cepstra(sound: Sound) -> Floats:
    """One row for each 20 ms, less the mean of all: how a microphone colours everything is taken out."""
    step = round(STEP * sound.rate)
    padded = np.pad(sound.samples, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: sound.samples.size : step]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    mels = np.log(power @ _bands(sound.rate) + _FLOOR)
    found = mels @ _cosines()
    return np.asarray(found - found.mean(axis=0), np.float32)


@cache
def _bands(rate: int) -> npt.NDArray[np.float64]:
    """What each frequency gives to each band: triangles of equal width in mel."""
    edges = _hertz(np.linspace(_mel(_LOWEST), _mel(_HIGHEST), _BANDS + 2))
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / rate)[:, np.newaxis]
    rising = (frequencies - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequencies) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rising, falling))


@cache
def _cosines() -> npt.NDArray[np.float64]:
    """The discrete cosine transform without its first row, which is the volume."""
    place = (np.arange(_BANDS) + 0.5)[:, np.newaxis]
    return np.asarray(np.cos(np.pi / _BANDS * place * np.arange(1, _CEPSTRA + 1)) * np.sqrt(2 / _BANDS))


def _mel(hertz: float) -> float:
    return 2595 * float(np.log10(1 + hertz / 700))


def _hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(700 * (10 ** (mel / 2595) - 1))
